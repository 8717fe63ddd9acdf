"""The button that puts the model of this program on a board that has none."""

from __future__ import annotations

from PySide6.QtGui import QShowEvent

from motionloop import installation
from motionloop.language import tr
from motionloop.studio.session import Session
from motionloop.studio.widgets.elements import Button, tip

PACKAGE = "models/builtin.mlpkg"


class BuiltinButton(Button):
    """Offered while the board in use has no model; says how far the push is."""

    def __init__(self, session: Session) -> None:
        super().__init__(tr("Push the built-in model"), self._push, "upload")
        self._session = session
        self._package = installation.root() / PACKAGE
        for signal in (session.training.changed, session.boards_changed, session.current_changed):
            signal.connect(self._follow)

    def _push(self) -> None:
        self._session.training.push(self._package)

    def _follow(self) -> None:
        link, jobs = self._session.current, self._session.training
        if self.parentWidget() is None:  # it would be shown as a window
            return
        self.setVisible(link is not None and not link.has_model)
        self.enable(jobs.why_not)
        now, words = jobs.progress, jobs.running or tr("Push the built-in model")
        if jobs.running and now is not None and now.total:
            words = tr("{job} {share:.0%}", job=jobs.running, share=now.done / now.total)
        self.setText(words)

    def showEvent(self, event: QShowEvent) -> None:
        from motionloop.model.package import load_package, unpack_package

        labels = unpack_package(load_package(self._package), str(self._package)).labels
        self._tip = tip(tr("It knows {labels}", labels=", ".join(labels)))
        self._follow()
