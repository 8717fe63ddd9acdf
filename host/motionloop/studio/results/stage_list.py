"""The stages of a job, one below the other, with their times."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QLabel, QProgressBar, QWidget

from motionloop.language import tr
from motionloop.studio.jobs.stages import RetrainStage, StageProgress
from motionloop.studio.theme import GRID, icon, theme
from motionloop.studio.widgets.elements import restyle, text

_ICON = 16


class StageList(QWidget):
    """`show_stages` marks those that are done, the one that is going on or failed, and those to
    come."""

    def __init__(self, stages: Sequence[str]) -> None:
        super().__init__()
        self._stages = stages
        self._marks: list[QLabel] = []
        self._names: list[QLabel] = []
        self._times: list[QLabel] = []
        grid = QGridLayout()
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setSpacing(GRID // 2)
        grid.setColumnStretch(1, 1)
        for place, stage in enumerate(stages):
            mark, name, took = (
                QLabel(),
                text(RetrainStage(stage).words, muted=True),
                text(muted=True),
            )
            mark.setFixedWidth(3 * GRID)
            took.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
            for at, part in enumerate((mark, name, took)):
                grid.addWidget(part, place, at)
            self._marks.append(mark)
            self._names.append(name)
            self._times.append(took)
        self.bar = QProgressBar(textVisible=False)
        grid.addWidget(self.bar, len(stages), 0, 1, 3)
        self.setLayout(grid)
        self.show_stages({}, None)

    def show_stages(
        self,
        seconds: dict[str, float],
        now: StageProgress | None,
        failed: RetrainStage | None = None,
    ) -> None:
        """`seconds` of the stages that have begun; `now` None without a running job; `failed` the
        stage that ended the last one."""
        colours = theme.colours
        for i, stage in enumerate(self._stages):
            going_on = now is not None and now.stage.value == stage
            done = stage in seconds and not going_on and stage != failed
            restyle(self._names[i], muted=not (done or going_on), danger=stage == failed)
            name, ink = "circle-outline", colours.border
            if stage == failed:
                name, ink = "close-circle", colours.danger
            elif going_on:
                name, ink = "circle-slice-4", colours.accent
            elif done:
                name, ink = "check-circle", colours.good
            self._marks[i].setPixmap(icon(name, ink).pixmap(_ICON, _ICON))
            took = tr("{seconds:.1f} s", seconds=seconds[stage]) if done else ""
            if going_on and now is not None and now.remaining_s is not None:
                took = tr("about {seconds:.0f} s left", seconds=now.remaining_s)
            self._times[i].setText(took)
        self.bar.setVisible(now is not None)
        if now is not None:
            self.bar.setRange(0, now.total)  # 0, 0: the progress is not known
            self.bar.setValue(now.done)
