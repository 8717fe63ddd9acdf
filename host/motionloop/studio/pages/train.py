"""One button from the recordings to the new model running on the board."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import (
    QComboBox,
    QFrame,
    QGridLayout,
    QProgressBar,
    QScrollArea,
    QStackedWidget,
    QTabWidget,
)

from motionloop.language import tr
from motionloop.model.folder import StoredModel, stored_models
from motionloop.recordings.named_split import stored_splits
from motionloop.studio.inside.looker import Looker
from motionloop.studio.jobs.stages import RetrainStage
from motionloop.studio.jobs.training_data import TrainingData
from motionloop.studio.labelling.recording_list import Entry, entries
from motionloop.studio.page_titles import title
from motionloop.studio.pages.split_dialog import SplitDialog
from motionloop.studio.pages.training_choice import TrainingChoice
from motionloop.studio.results.evaluation_panel import EvaluationPanel
from motionloop.studio.results.result import ResultPanel
from motionloop.studio.results.stage_list import StageList
from motionloop.studio.results.variants_panel import VariantsPanel
from motionloop.studio.session import Session
from motionloop.studio.theme import GRID, theme
from motionloop.studio.widgets.builtin_button import BuiltinButton
from motionloop.studio.widgets.claim_box import ClaimBox
from motionloop.studio.widgets.elements import (
    Button,
    CheckBox,
    Choice,
    EmptyState,
    Page,
    SideColumn,
    card,
    column,
    row,
    show_in_folder,
    text,
    tip,
)
from motionloop.studio.widgets.question import Question

if TYPE_CHECKING:
    from motionloop.studio.inside.series import Series
    from motionloop.trainer.messages import TrainingResult

_SIDE_WIDTH = 320
_LONGEST_WORD = 120  # beside the button Choose, at text size 1


class TrainView(Page):
    """Settings and stages on the left, the results on the right."""

    go_to = Signal(str)

    def __init__(self, session: Session) -> None:
        super().__init__(title("Train"))
        self._session = session
        self._jobs = session.training
        self.looker = Looker(session, self)
        self.flash_question: Question | None = None
        self._stored: dict[str, StoredModel] = {}  # by their folders
        self._entries: list[Entry] = []
        self.splitting: SplitDialog | None = None
        self._stale = True  # `choice`, of which only a page that is shown needs to know
        side = SideColumn(_SIDE_WIDTH, self._start_card(), self._models_card(), None)
        right = column(self._question_notice(), self._tabs(), gap=2 * GRID)
        right.setStretch(1, 1)
        whole = row(side, right, gap=2 * GRID)
        whole.setStretch(1, 1)
        self.body.addLayout(whole, 1)
        self._jobs.changed.connect(self.refresh)
        session.boards_changed.connect(self.refresh)
        session.current_changed.connect(self.refresh)
        session.recordings_changed.connect(self._recordings_changed)
        theme.changed.connect(self.refresh)
        self.refresh()

    # --- parts --------------------------------------------------------------------------------
    def _start_card(self) -> QFrame:
        self.summary = text(muted=True, wrap=True)
        self.choose_button = Button(
            tr("Choose"), lambda: self.tabs.setCurrentWidget(self.choice),
            "checkbox-marked-outline", "quiet",
            tip=tr("Tick the labels and people of the next training"),
        )  # fmt: skip
        summary = row(self.summary, self.choose_button)
        summary.setStretch(0, 1)
        self.preset = Choice()
        self.preset.addItem(tr("Quick, for a first try"), "quick")
        self.preset.addItem(tr("Thorough"), "thorough")
        self.wearer = Choice()
        self.wearer.setToolTip(tr("A personal model counts this person's recordings most"))
        self.named_split = Choice()
        self.named_split.setToolTip(
            tr("Who is held out: as a split says that was fixed once, or chosen by the program")
        )
        self.fix_button = Button(
            "", self._open_split, "pin-outline", "quiet",
            tip=tr("Fix who is tested, so that models can be compared"),
        )  # fmt: skip
        self.then_variants = CheckBox(tr("Then measure its variants"))
        self.then_variants.setToolTip(
            tr("Quantized, pruned, clustered: a minute or more, while the board runs the new model")
        )
        stored = self._session.settings.value("train/variants", False, bool)
        self.then_variants.setChecked(bool(stored))
        self.then_variants.toggled.connect(
            lambda on: self._session.settings.setValue("train/variants", on)
        )
        self.skip_bad = CheckBox(tr("Leave out what cannot be read"))
        self.skip_bad.setToolTip(tr("Else one recording that cannot be read stops the training"))
        self.despite_checks = CheckBox(tr("In spite of the checks"))
        self.despite_checks.setToolTip(
            tr(
                "Else recordings with a wrong unit, without gravity or with a dead axis stop it: "
                "the page Data names them"
            )
        )
        self.claim = ClaimBox(self._session)
        self.retrain_button = Button(
            tr("Retrain and flash"), lambda: self._start(push=True), "flash-outline", "primary",
            "Ctrl+Return", tip=tr("Train on all recordings and put the model on the board"),
        )  # fmt: skip
        self.train_button = Button(
            tr("Train only"),
            lambda: self._start(push=False),
            tip=tr("Make the model, push nothing"),
        )
        self.cancel_button = Button(
            tr("Cancel"), self._jobs.cancel, "close", "danger", "Esc",
            tip=tr("Stop and leave everything as it was"),
        )  # fmt: skip
        settings = QGridLayout()
        settings.setSpacing(GRID)
        settings.setColumnStretch(1, 1)
        rows = (
            (text(tr("Training"), muted=True), self.preset),
            (text(tr("For"), muted=True), self.wearer),
            (text(tr("Test"), muted=True), self.named_split),
        )
        for place, (words, choice) in enumerate(rows):
            choice.setAccessibleName(words.text())
            settings.addWidget(words, place, 0)
            settings.addWidget(choice, place, 1, 1, 1 if choice is self.named_split else 2)
        settings.addWidget(self.fix_button, len(rows) - 1, 2)
        self.stages = StageList([stage.value for stage in RetrainStage])
        self.job = text(kind="heading", wrap=True)
        self.watch_button = Button(
            tr("Watch live"), self._watch_live, "pulse",
            tip=tr("See what the board recognises with its new model"),
        )  # fmt: skip
        self.step_bar = QProgressBar(textVisible=False)
        return card(
            summary,
            settings,
            self.then_variants,
            self.skip_bad,
            self.despite_checks,
            self.claim,
            row(self.retrain_button, self.train_button, self.cancel_button, None),
            self.job,
            row(self.watch_button, None),
            self.step_bar,
            self.stages,
        )

    def _models_card(self) -> QFrame:
        self.models = Choice()
        self.models.setAccessibleName(tr("Models"))
        self.push_button = Button(
            tr("Push"), self._push, "upload", tip=tr("Push this model to the board")
        )
        self.rollback_button = Button(
            tr("Model before"), self._jobs.rollback, "undo",
            tip=tr("Have the board go back to the model before"),
        )  # fmt: skip
        self.flash_button = Button(
            tr("Flash firmware"), self._ask_to_flash, "usb-port",
            tip=tr("Build the firmware and upload it over USB; asks first"),
        )  # fmt: skip
        self.folder_button = Button(
            "", self._show_folder, "folder-open-outline", "quiet", tip=tr("Show in folder")
        )
        self.models.setSizePolicy(self.wearer.sizePolicy())
        for names in (self.models, self.wearer, self.named_split):  # of any length
            names.setMinimumContentsLength(12)
            names.setSizeAdjustPolicy(
                QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon
            )
        self.models.currentIndexChanged.connect(self._show_model)
        return card(
            text(tr("Models"), "heading"),
            row(self.models, self.folder_button),
            row(self.push_button, self.rollback_button, None),
            row(self.flash_button, None),
        )

    def _question_notice(self) -> QFrame:
        self.question = QFrame()
        self.question.setObjectName("notice")
        self.question_words = text(wrap=True)
        self.keep_button = Button(
            tr("Keep the old one"), lambda: self._jobs.decide(False), "shield-check-outline",
            "primary", "K",
        )  # fmt: skip
        self.anyway_button = Button(
            tr("Flash the new one"), lambda: self._jobs.decide(True), "flash-outline", key="F"
        )
        inside = column(self.question_words, row(self.keep_button, self.anyway_button, None))
        inside.setContentsMargins(2 * GRID, 2 * GRID, 2 * GRID, 2 * GRID)
        self.question.setLayout(inside)
        return self.question

    def _tabs(self) -> QTabWidget:
        self.look_button = Button(
            tr("Look inside"), self._look_inside, "layers-search-outline", key="L",
            tip=tr("See what each layer makes of the held-out windows, the worst first"),
        )  # fmt: skip
        self.result = ResultPanel(self._session, self.look_button)
        scroll = QScrollArea(widgetResizable=True)
        scroll.setWidget(self.result)
        self._no_result = EmptyState(
            "school-outline",
            tr("No model yet"),
            tr(
                "Record at least two activities, half a minute of each, in two sessions if you "
                "can. Then press Retrain and flash."
            ),
            Button(tr("Record"), lambda: self.go_to.emit("Record"), "record-circle-outline"),
            BuiltinButton(self._session),
        )
        self._result_stack = QStackedWidget()
        self._result_stack.addWidget(self._no_result)
        self._result_stack.addWidget(scroll)
        self.variants = VariantsPanel(self._session)
        self.evaluation = EvaluationPanel(self._session, self._evaluate)
        self.choice = TrainingChoice(self._session.settings)
        self.choice.changed.connect(self._say_what)
        self.tabs = QTabWidget()
        self.tabs.addTab(self._result_stack, tr("Result"))
        self.tabs.addTab(self.variants, tr("Variants"))
        self.tabs.addTab(self.evaluation, tr("Evaluation"))
        self.tabs.addTab(self.choice, tr("Selection"))
        return self.tabs

    # --- what is going on ---------------------------------------------------------------------
    def refresh(self) -> None:
        """Show the job, its stages and its result."""
        jobs, link = self._jobs, self._session.current
        busy, connected = bool(jobs.running), link is not None
        if not busy:
            self._fill()
        for button in (self.retrain_button, self.train_button):
            button.setVisible(not busy)
        self.retrain_button.enable(
            "" if connected else tr("No board is connected: connect one, or press Train only")
        )
        self.cancel_button.setVisible(busy)
        self.cancel_button.enable(tr("Cancelling") if jobs.cancelling else "")
        choices = (
            self.preset, self.wearer, self.named_split, self.then_variants, self.skip_bad,
            self.despite_checks,
        )  # fmt: skip
        for part in choices:
            part.setEnabled(not busy)
        self.fix_button.enable(jobs.why_not)
        not_now = jobs.why_no_push
        no_model = "" if self.models.count() else tr("There is no model yet: train one first.")
        self.push_button.enable(not_now or no_model)
        none_before = "" if link is not None and link.has_model else tr("No model is on the board.")
        self.rollback_button.enable(not_now or none_before)
        self.claim.show_for([] if link is None else [link])
        self.claim.setEnabled(not busy)
        self.flash_button.enable(jobs.why_not)
        is_there = self._session.models_folder.is_dir()
        self.folder_button.enable("" if is_there else tr("There is no model yet: train one first."))
        self.job.setText(self._job_words())
        self.job.setVisible(bool(self.job.text()))
        pushed_to = jobs.outcome.address if jobs.outcome is not None else ""
        self.watch_button.setVisible(pushed_to in self._session.links)
        self.stages.show_stages(jobs.stages, jobs.progress, jobs.failed)
        self.stages.setVisible(not jobs.step)
        self.step_bar.setVisible(busy and bool(jobs.step))
        self.step_bar.setRange(0, jobs.step_share[1])
        self.step_bar.setValue(jobs.step_share[0])
        self.question.setVisible(jobs.question is not None)
        if jobs.question is not None:
            self.question_words.setText(
                tr(
                    "Not better: the new model gets {new:.1%} of {windows} held-out windows right, "
                    "the one on the board {old:.1%}. Keep the old one?",
                    new=jobs.question.new,
                    windows=jobs.question.windows,
                    old=jobs.question.old or 0.0,
                )
            )
        self._say_what()
        self._show_model()

    def _say_what(self) -> None:
        """Say what will be trained on. A word alone must not widen the column: it may be a name."""
        words, fonts = self.choice.words, self.summary.fontMetrics()
        most, cut = theme.scaled(_LONGEST_WORD), Qt.TextElideMode.ElideRight
        self.summary.setText(" ".join(fonts.elidedText(w, cut, most) for w in words.split(" ")))
        self.summary.setToolTip(tip(words))

    def _job_words(self) -> str:
        jobs = self._jobs
        if jobs.cancelling:
            return tr("Cancelling")
        if jobs.running:
            job = tr("{job}: {step}", job=jobs.running, step=jobs.step)
            return self._with_boards(job if jobs.step else jobs.running)
        if jobs.outcome is None:
            return jobs.cancelled
        if not jobs.outcome.pushed:
            return tr("Done: the board was left as it is.")
        said = jobs.outcome.first_label or tr("unknown")
        return tr("On {board}. It says: {label}", board=jobs.outcome.board, label=said)

    def _with_boards(self, job: str) -> str:
        """The present job with the boards that it is for: the window may show another one."""
        match self._jobs.boards:
            case ():
                return job
            case (board,):
                return tr("{job}. Board: {board}", job=job, board=board)
            case boards:
                return tr("{job}. Boards: {boards}", job=job, boards=", ".join(boards))

    def _fill(self) -> None:
        """The lists of people and models as the folders have them now."""
        stored = stored_models(self._session.models_folder)
        self._stored = {str(model.path): model for model in stored}
        if list(self._stored) != [self.models.itemData(i) for i in range(self.models.count())]:
            self.models.clear()
            for model in stored:
                self.models.addItem(model.words, str(model.path))
                place = self.models.count() - 1
                self.models.setItemData(place, model.labels, Qt.ItemDataRole.ToolTipRole)

    def _show_model(self) -> None:
        """Show the chosen model's result, at first that of the last training."""
        jobs, chosen = self._jobs, self.models.currentData()
        self.variants.show_model(Path(chosen) if chosen else None)
        self.evaluation.refresh()
        model = self._stored.get(chosen or "")
        result = self._result_shown
        if result is not None:
            self.result.show_result(result.metrics, jobs.comparison, jobs.outcome)
        elif model is not None:
            self.result.show_stored(model)
        self.result.show_board(self._session.current)
        self._result_stack.setCurrentIndex(int(result is not None or model is not None))

    @property
    def _result_shown(self) -> TrainingResult | None:
        """The last training's result, unless another model was chosen since."""
        result = self._jobs.result
        if result is None or result.folder not in self._stored:  # the list will know it later
            return result
        return result if result.folder == self.models.currentData() else None

    def _recordings_changed(self) -> None:
        self._stale = True
        if self.isVisible():
            self._look()
        self.refresh()

    def _look(self) -> None:
        """Read what the recordings hold."""
        self._stale = False
        self._entries = entries(self._session.recordings_folder)
        self.choice.show_entries(self._entries)
        self._offer_splits()

    def _offer_splits(self) -> None:
        splits = stored_splits([self._session.recordings_folder])
        _offer(self.named_split, tr("automatic"), splits)

    def showEvent(self, event: QShowEvent) -> None:
        if self._stale:
            self._look()
        _offer(self.wearer, tr("everyone"), self._session.wearers())
        self._offer_splits()
        self.refresh()

    # --- actions ------------------------------------------------------------------------------
    def _data(self) -> TrainingData:
        """What is ticked, with the settings beside it."""
        return TrainingData(
            self.choice.paths,
            str(self.preset.currentData()),
            self.choice.labels,
            _chosen(self.named_split),
            self.skip_bad.isChecked(),
            self.despite_checks.isChecked(),
        )

    def _start(self, push: bool) -> None:
        self._jobs.retrain(
            self._data(),
            push,
            wearer=_chosen(self.wearer),
            variants=self.then_variants.isChecked(),
        )

    def _evaluate(self, trainings: int, lesson: bool) -> None:
        """Test honestly what is ticked."""
        self._jobs.evaluate(self._data(), trainings, lesson)

    def _look_inside(self) -> None:
        """Look inside the model whose result is shown."""
        result, model = self._result_shown, self._stored.get(self.models.currentData() or "")
        recordings = self._session.recordings_folder
        if result is not None:
            folder, metrics = Path(result.folder), result.metrics
        elif model is not None:
            folder, metrics = model.path, model.metrics
        else:
            return

        def make() -> Series:
            from motionloop.studio.inside.series import of_held_out

            return of_held_out(folder, metrics, recordings)

        self.looker.open(make)

    def _ask_to_flash(self) -> None:
        words = tr(
            "Upload the firmware to the board on USB?\n\nThe upload may erase the models on "
            "that board. If it is the board in use, its model is read first and pushed again "
            "afterwards; the model before may be lost. Leave the cable in until it is done."
        )
        self.flash_question = Question(
            self, words, tr("Flash firmware"), tr("Leave it as it is"), self._jobs.flash
        )

    def _open_split(self) -> None:
        self.splitting = SplitDialog(self._session, self._entries, self)
        self.splitting.open()

    def _show_folder(self) -> None:
        """The chosen model's files, or the folder of all models."""
        chosen = self.models.currentData()
        show_in_folder(Path(chosen) if chosen else self._session.models_folder)

    def _watch_live(self) -> None:
        """Go to the page Live with the board that got the model."""
        if self._jobs.outcome is not None:
            self._session.choose(self._jobs.outcome.address)
            self.go_to.emit("Live")

    def _push(self) -> None:
        self._jobs.push(Path(self.models.currentData()))


def _offer(choice: QComboBox, first: str, names: Iterable[str]) -> None:
    """Offer what there is now, and keep what was chosen while it is there."""
    chosen = choice.currentText()
    choice.clear()
    choice.addItems([first, *names])
    choice.setCurrentIndex(max(0, choice.findText(chosen)))


def _chosen(choice: QComboBox) -> str | None:
    """The chosen name; the first of the list is none."""
    return choice.currentText() if choice.currentIndex() > 0 else None
