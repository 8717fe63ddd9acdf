"""A video beside the signal: it follows the cursor, and the cursor follows while it plays.

Qt's player is in PySide6-Addons, which the studio does without: then the pane says so.
"""

from __future__ import annotations

import os
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from PySide6 import __version__ as pyside_version
from PySide6.QtCore import QUrl, Signal
from PySide6.QtWidgets import QDoubleSpinBox, QFileDialog, QWidget

from motionloop import installation
from motionloop.language import tr
from motionloop.recordings.recording_json import Video
from motionloop.studio.labelling.timeline_state import TimelineState
from motionloop.studio.theme import GRID
from motionloop.studio.widgets.elements import Button, column, row, text

_LONGEST_OFFSET_S = 86_400.0
_FILMS = "*.mp4 *.mov *.mkv *.avi *.webm"


def player_installed() -> bool:
    """Whether Qt's player is installed."""
    return find_spec("PySide6.QtMultimedia") is not None


class VideoPane(QWidget):
    """`changed` gives the Video to note, or None, after the user chose."""

    changed = Signal(object)

    def __init__(self, state: TimelineState) -> None:
        super().__init__()
        self._state = state
        self._folder = Path()
        self._video: Video | None = None
        self._player: Any = None
        inside = column(text(tr("Video"), "heading"), gap=GRID)
        self.setLayout(inside)
        self.words = text(muted=True, wrap=True)
        inside.addWidget(self.words)
        if not player_installed():
            self.words.setText(
                tr(
                    "To see a film beside the signal, install its player: {command}. Everything "
                    "else works without it.",
                    command=installation.add(f"PySide6-Addons=={pyside_version}"),
                )
            )
            return
        self.choose_button = Button(
            tr("Choose"), self._choose, "filmstrip", tip=tr("Choose a video file")
        )
        self.play_button = Button(tr("Play"), self._play, "play-pause", key="Space")
        self.offset = QDoubleSpinBox(suffix=tr(" s"), decimals=2, singleStep=0.04)
        self.offset.setButtonSymbols(QDoubleSpinBox.ButtonSymbols.NoButtons)  # arrow keys do it
        self.offset.setRange(-_LONGEST_OFFSET_S, _LONGEST_OFFSET_S)
        self.offset.setToolTip(
            tr("When the film begins, after the first sample: type it, or press Up and Down")
        )
        self.offset.setAccessibleName(tr("Video offset"))
        self.offset.valueChanged.connect(self._offset_changed)
        inside.addLayout(row(self.choose_button, self.play_button, None))
        inside.addLayout(row(text(tr("Begins after"), muted=True), self.offset, None))
        multimedia, widgets = (
            import_module(f"PySide6.{name}") for name in ("QtMultimedia", "QtMultimediaWidgets")
        )
        screen = widgets.QVideoWidget()
        screen.setMinimumHeight(160)
        inside.insertWidget(1, screen, 1)
        self._player = multimedia.QMediaPlayer(self)
        self._player.setVideoOutput(screen)
        self._player.positionChanged.connect(self._played_to)
        self._player.errorOccurred.connect(lambda _, words: self.words.setText(words))
        state.changed.connect(self._follow)

    def show_video(self, folder: Path, video: Video | None) -> None:
        """Show the video of the recording in `folder`."""
        self._folder, self._video = folder, video
        if self._player is None:
            return
        self.offset.blockSignals(True)
        self.offset.setValue(video.offset_s if video else 0.0)
        self.offset.blockSignals(False)
        self.words.setText(Path(video.file).name if video else tr("No video was chosen."))
        path = folder / video.file if video else None
        if path is not None and not path.exists():
            self.words.setText(tr("{path} is not there: choose the video again.", path=path))
            path = None
        self._player.setSource(QUrl.fromLocalFile(str(path)) if path else QUrl())
        if path is not None:
            self._player.pause()
            self._follow()

    @property
    def _playing(self) -> bool:
        return bool(self._player.isPlaying())

    def _choose(self) -> None:
        films = tr("Videos") + f" ({_FILMS});;" + tr("All files") + " (*)"
        chosen, _ = QFileDialog.getOpenFileName(self, tr("Video"), str(self._folder), films)
        if chosen:
            try:
                kept = os.path.relpath(chosen, self._folder)
            except ValueError:  # on another drive
                kept = chosen
            self.show_video(self._folder, Video(kept, self.offset.value()))
            self.changed.emit(self._video)

    def _play(self) -> None:
        if self._playing:
            self._player.pause()
        else:
            self._player.play()

    def _offset_changed(self, offset_s: float) -> None:
        if self._video is not None:
            self._video = Video(self._video.file, offset_s)
            self._follow()
            self.changed.emit(self._video)

    def _follow(self) -> None:
        if self._video is not None and not self._playing:
            since_s = (self._state.cursor_us - self._state.editor.start_us) / 1e6
            self._player.setPosition(max(round((since_s - self._video.offset_s) * 1000), 0))

    def _played_to(self, position_ms: int) -> None:
        if self._video is not None and self._playing:
            since_us = position_ms * 1000 + self._video.offset_s * 1e6
            self._state.place_cursor(self._state.editor.start_us + since_us)
