"""The study of `motionloop tune`: Optuna's, with our trials and errors."""

from __future__ import annotations

import re
import sqlite3
from dataclasses import asdict
from pathlib import Path
from typing import Any, Self

from motionloop import installation
from motionloop.errors import MotionLoopError
from motionloop.language import tr
from motionloop.safe_files import check_database, disk_error
from motionloop.trainer.messages import Trial
from motionloop.typed_values import made_of

try:
    import optuna
    from optuna.trial import FrozenTrial, TrialState
except ImportError:
    optuna = None

STUDY_FILE = "study.db"
_OURS = "trial"  # user attribute that holds ours
_DATA = "data"


class Study:
    """Trials with three objectives: more accuracy, less arena, fewer multiply-accumulates.

    Each is written to the storage as it ends, so that a search can be stopped at any moment and
    gone on with, and several machines can add to one study. `storage` is its address, without a
    password.
    """

    def __init__(self, study: Any, storage: str, shared: bool) -> None:
        self._study, self.storage, self._shared = study, storage, shared
        self._asked: dict[int, Any] = {}

    @classmethod
    def open(cls, folder: Path, name: str, storage: str | None, data: dict[str, Any]) -> Self:
        """The study `name` in the database `storage` (a URL; None: a file in `folder`), made if
        it is not there.

        Raises MotionLoopError when Optuna is missing, the database cannot be reached, or `data`
        is not what the study was begun with; DiskFullError or RecordingError for the folder.
        """
        if optuna is None:
            raise MotionLoopError(
                tr(
                    "`motionloop tune` needs Optuna: `{command}`",
                    command=installation.add("motionloop[tune]"),
                )
            )
        optuna.logging.set_verbosity(optuna.logging.ERROR)
        file = folder / STUDY_FILE
        try:
            folder.mkdir(parents=True, exist_ok=True)
            if storage is None:
                check_database(file)
        except OSError as error:
            raise disk_error(
                error, Path(error.filename or folder), tr("No study was made.")
            ) from error
        url = storage or f"sqlite:///{file.resolve()}"
        shown = re.sub(r"(://[^:/@]*:)[^@]*@", r"\1***@", url) if storage else url
        try:
            study = optuna.create_study(
                storage=storage or _in_file(file.resolve()),
                study_name=name,
                directions=["maximize", "minimize", "minimize"],
                load_if_exists=True,
            )
            begun_with = study.user_attrs.get(_DATA)
            if begun_with is None:
                study.set_user_attr(_DATA, data)
            made = cls(study, shown, shared=storage is not None)
            made.trials()  # which another version may have written
        # Whatever the database's driver raises, and ImportError when there is no driver.
        except Exception as error:
            lines = str(error).strip().splitlines() or [type(error).__name__]
            reason = lines[0].replace(url, shown)
            raise MotionLoopError(
                tr(
                    "The study {name!r} cannot be opened at {shown} ({reason}). Check the "
                    "address and that the database runs; without --storage it is a file.",
                    name=name,
                    shown=shown,
                    reason=reason,
                )
            ) from error
        if begun_with not in (None, data):
            raise MotionLoopError(
                tr(
                    "The study {name!r} was begun with other recordings, labels, splits or "
                    "choices, so its trials cannot be compared with new ones. Choose another "
                    "--study or folder.",
                    name=name,
                )
            )
        made._forget_interrupted()
        return made

    def _forget_interrupted(self) -> None:
        if not self._shared:  # of a shared study another machine may be at work on them
            for trial in self._study.get_trials(deepcopy=False, states=[TrialState.RUNNING]):
                self._study.tell(trial.number, state=TrialState.FAIL)

    def ask(self, space: dict[str, tuple[Any, ...]], seed: int) -> tuple[int, dict[str, Any]]:
        """The next trial's number and a choice for each name in `space`.

        Alone, a study repeats with its seed; machines that share one each go their own way.
        """
        self._study.sampler = optuna.samplers.TPESampler(
            seed=None if self._shared else seed + len(self._study.get_trials(deepcopy=False)),
            constant_liar=self._shared,
        )
        trial = self._study.ask()
        settings = {n: trial.suggest_categorical(n, list(choices)) for n, choices in space.items()}
        self._asked[trial.number] = trial
        return trial.number, settings

    def tell(self, trial: Trial) -> None:
        """Write down the end of a trial that `ask` gave."""
        asked = self._asked.pop(trial.number)
        asked.set_user_attr(_OURS, asdict(trial))
        if trial.pruned is not None:
            self._study.tell(asked, state=TrialState.PRUNED)
        else:
            # Where TFLM is not published no arena is known: an equal value for all decides nothing.
            self._study.tell(asked, [trial.accuracy, trial.arena_bytes or 0, trial.macs])

    def known(self, settings: dict[str, Any]) -> Trial | None:
        """An ended trial with these settings."""
        return next((trial for trial in self.trials() if trial.settings == settings), None)

    def trials(self) -> list[Trial]:
        """All trials that ended, pruned trials too."""
        ended = (TrialState.COMPLETE, TrialState.PRUNED)
        return [_ours(t) for t in self._study.get_trials(deepcopy=False, states=ended)]

    def front(self) -> list[Trial]:
        """The trials that no other beats in everything, most accurate first; equal ones once."""
        best = {tuple(t.params.values()): _ours(t) for t in reversed(self._study.best_trials)}
        return sorted(best.values(), key=lambda trial: -(trial.accuracy or 0))


def _in_file(file: Path) -> Any:
    """A storage in a file of any name: in a URL, signs such as ? and { have a meaning."""

    def connect() -> sqlite3.Connection:
        return sqlite3.connect(file, check_same_thread=False)  # as SQLAlchemy opens a file

    return optuna.storages.RDBStorage("sqlite:///file", engine_kwargs={"creator": connect})


def _ours(trial: FrozenTrial) -> Trial:
    return made_of(Trial, trial.user_attrs.get(_OURS))
