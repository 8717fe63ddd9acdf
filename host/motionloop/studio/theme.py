"""The one visual language: two palettes, one style sheet, an 8-pixel grid, few type sizes.

Lengths that hold text grow with its size: `theme.scaled`, and `$px13` in the style sheet.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from string import Template

from PySide6.QtCore import QObject, QSettings, Qt, Signal
from PySide6.QtGui import QColor, QFontInfo, QIcon, QPalette
from PySide6.QtWidgets import QApplication

GRID = 8  # pixels; margins and gaps are multiples of it
_KEY = "window/theme"
_TEXT_KEY = "window/text"
CHOICES = ("system", "light", "dark")
TEXT_SIZES = (1.0, 1.25, 1.5)
_TEXT_PX = 13  # running text at size 1, as most systems have it


@dataclass(frozen=True)
class Colours:
    window: str
    surface: str
    raised: str
    border: str
    text: str
    muted: str
    accent: str
    on_accent: str
    accent_soft: str
    danger: str
    danger_soft: str
    good: str
    warning_soft: str


LIGHT = Colours(
    window="#F4F5F7", surface="#FFFFFF", raised="#EDEFF2", border="#D9DEE4", text="#1A1E23",
    muted="#59636E", accent="#4453C9", on_accent="#FFFFFF", accent_soft="#E6E8FA",
    danger="#B3261E", danger_soft="#FBE9E7", good="#1B7F4D", warning_soft="#FFF4DA",
)  # fmt: skip
DARK = Colours(
    window="#131619", surface="#1C2024", raised="#272C32", border="#343B43", text="#E9ECEF",
    muted="#A0AAB5", accent="#98A4FF", on_accent="#10131C", accent_soft="#2B3050",
    danger="#FF8A80", danger_soft="#3C2322", good="#5FD39A", warning_soft="#3A3117",
)  # fmt: skip

_SHEET = Template("""
* { font-size: $px13; }
QWidget { color: $text; }
QMainWindow, QWidget#page, QScrollArea, QScrollArea > QWidget > QWidget { background: $window; }
QScrollArea { border: none; }
QFrame#card QScrollArea, QFrame#card QScrollArea > QWidget > QWidget { background: $surface; }
QToolTip { background: $raised; color: $text; border: 1px solid $border; padding: 4px 8px; }
QLabel { background: transparent; }
QLabel[type="title"] { font-size: $px22; font-weight: 600; }
QLabel[type="heading"] { font-size: $px15; font-weight: 600; }
QLabel[type="display"] { font-size: $px44; font-weight: 600; }
QLabel[type="figure"] { font-size: $px22; font-weight: 600; }
QLabel[muted="true"] { color: $muted; }
QLabel[good="true"] { color: $good; }
QLabel[danger="true"] { color: $danger; }
QFrame#card { background: $surface; border: 1px solid $border; border-radius: 8px; }
QFrame#card[chosen="true"] { border: 2px solid $accent; }
QFrame#card[alarm="true"] { border: 2px solid $danger; }
QFrame#rail { background: $surface; border: none; border-right: 1px solid $border; }
QFrame#strip { background: $surface; border: none; border-top: 1px solid $border; }
QFrame#banner { background: $danger_soft; border: 1px solid $danger; border-left: 4px solid $danger;
  border-radius: 6px; }
QFrame#banner[calm="true"] { background: $accent_soft; border: 1px solid $accent;
  border-left: 4px solid $accent; }
QFrame#help { background: $surface; border: none; border-left: 1px solid $border; }
QFrame#help QScrollArea, QFrame#help QScrollArea > QWidget > QWidget { background: $surface; }
QFrame#notice { background: $warning_soft; border: none; border-radius: 6px; }

QPushButton { background: $surface; border: 1px solid $border; border-radius: 6px;
  padding: 6px 16px; min-height: $px18; }
QPushButton:hover { background: $raised; }
QPushButton:pressed { background: $accent_soft; }
QPushButton:focus { border: 1px solid $accent; }
QPushButton:disabled { color: $muted; background: $window; }
QPushButton:checked { background: $accent_soft; border-color: $accent; }
QPushButton[kind="primary"] { background: $accent; color: $on_accent; border: 1px solid $accent;
  font-weight: 600; }
QPushButton[kind="primary"]:focus { border: 1px solid $text; }
QPushButton[kind="primary"]:disabled { background: $raised; color: $muted;
  border: 1px solid $border; }
QPushButton[kind="danger"] { color: $danger; border: 1px solid $danger; }
QPushButton[kind="quiet"] { background: transparent; border: 1px solid transparent; padding: 6px; }
QPushButton[kind="quiet"]:hover { background: $raised; }
QPushButton[kind="quiet"]:focus { border: 1px solid $accent; }
QFrame#rail QToolButton { border: none; border-radius: 8px; padding: 8px 0; color: $muted;
  background: transparent; font-size: $px12; }
QFrame#rail QToolButton[small="true"] { padding: 4px 0; }
QFrame#rail QToolButton:hover { background: $raised; color: $text; }
QFrame#rail QToolButton:checked { background: $accent_soft; color: $accent; font-weight: 600; }
QFrame#rail QToolButton:focus { border: 1px solid $accent; }
QToolButton { border: 1px solid transparent; border-radius: 6px; padding: 4px; }
QToolButton:hover { background: $raised; }

QLineEdit, QPlainTextEdit, QComboBox, QSpinBox, QDoubleSpinBox { background: $surface;
  border: 1px solid $border; border-radius: 6px; padding: 5px 8px; min-height: $px18;
  selection-background-color: $accent; selection-color: $on_accent; }
QLineEdit:focus, QPlainTextEdit:focus, QComboBox:focus, QSpinBox:focus,
QDoubleSpinBox:focus { border: 1px solid $accent; }
QComboBox::drop-down { border: none; width: 24px; }
QComboBox::down-arrow { image: none; }
QComboBox QAbstractItemView { background: $surface; border: 1px solid $border;
  selection-background-color: $accent_soft; selection-color: $text; }
QCheckBox, QRadioButton { background: transparent; spacing: 8px; }
QCheckBox::indicator { width: $px14; height: $px14; border: 1px solid $muted; border-radius: 4px;
  background: $surface; }
QCheckBox::indicator:checked, QCheckBox::indicator:indeterminate { background: $accent;
  border-color: $accent; }

QTableView, QTableWidget, QListView, QListWidget, QTreeView { background: $surface;
  border: 1px solid $border; border-radius: 8px; gridline-color: $border; outline: none;
  alternate-background-color: $window; selection-background-color: $accent_soft;
  selection-color: $text; }
QTableView::item, QListView::item { padding: 4px 8px; }
QHeaderView { background: $surface; }
QHeaderView::section { background: $surface; color: $muted; border: none;
  border-bottom: 1px solid $border; padding: 6px 11px; font-size: $px12; }
QTableCornerButton::section { background: $surface; border: none; }

QProgressBar { background: $raised; border: none; border-radius: 4px; max-height: 8px;
  min-height: 8px; text-align: center; }
QProgressBar::chunk { background: $accent; border-radius: 4px; }
QScrollBar { background: transparent; border: none; }
QScrollBar:vertical { width: 12px; }
QScrollBar:horizontal { height: 12px; }
QScrollBar::handle { background: $border; border-radius: 4px; margin: 2px; min-height: 24px;
  min-width: 24px; }
QScrollBar::handle:hover { background: $muted; }
QScrollBar::add-line, QScrollBar::sub-line { width: 0; height: 0; }
QScrollBar::add-page, QScrollBar::sub-page { background: transparent; }
QTabWidget::pane { border: none; }
QTabBar { background: transparent; }
QTabBar::tab { background: transparent; color: $muted; padding: 8px 16px;
  border-bottom: 2px solid transparent; }
QTabBar::tab:selected { color: $text; border-bottom: 2px solid $accent; }
QSplitter::handle { background: transparent; }
QMenu { background: $surface; border: 1px solid $border; padding: 4px; }
QMenu::item { padding: 6px 24px; border-radius: 4px; }
QMenu::item:selected { background: $accent_soft; }
QMenu::item:disabled { color: $muted; }
QMenu::separator { background: $border; height: 1px; margin: 4px 8px; }
""")


_LENGTHS = (12, 13, 14, 15, 18, 22, 44)


class Theme(QObject):
    """The palette that is on; `changed` after a change."""

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.choice = "system"
        self.colours = LIGHT
        self._settings: QSettings | None = None
        self._worn: tuple[Colours, float] | None = None  # by the application
        self.text_size = 1.0  # one of TEXT_SIZES
        self._system_text_size = 1.0

    @property
    def dark(self) -> bool:
        return self.colours is DARK

    def start(self, settings: QSettings) -> None:
        """Put on what `settings` remember, and follow the system if that is the choice."""
        self._settings = settings
        if self._worn is None:
            QApplication.setStyle("Fusion")
            QApplication.styleHints().colorSchemeChanged.connect(self._apply)
            share = QFontInfo(QApplication.font()).pixelSize() / _TEXT_PX
            self._system_text_size = min(TEXT_SIZES, key=lambda size: abs(size - share))
        stored = str(settings.value(_TEXT_KEY, ""))
        known = {str(size): size for size in TEXT_SIZES}
        self.text_size = known.get(stored, self._system_text_size)
        self.choose(str(settings.value(_KEY, "system")))

    def choose(self, choice: str) -> None:
        """Choose one of CHOICES; the settings keep it."""
        self.choice = choice if choice in CHOICES else "system"
        if self._settings is not None:
            self._settings.setValue(_KEY, self.choice)
        self._apply()

    def toggle(self) -> None:
        """Change from dark to light or back, from any choice."""
        self.choose("light" if self.dark else "dark")

    def resize_text(self, step: int) -> None:
        """Take the next size of TEXT_SIZES, larger with step 1, smaller with -1; 0: the system's.

        The settings keep it.
        """
        place = TEXT_SIZES.index(self.text_size) + step
        self.text_size = TEXT_SIZES[min(max(place, 0), len(TEXT_SIZES) - 1)]
        if step == 0:
            self.text_size = self._system_text_size
        if self._settings is not None:
            self._settings.setValue(_TEXT_KEY, str(self.text_size) if step else "")
        self._apply()

    def scaled(self, length: int) -> int:
        """Pixels for what is `length` pixels long at text size 1."""
        return round(length * self.text_size)

    def _apply(self) -> None:
        system_dark = QApplication.styleHints().colorScheme() is Qt.ColorScheme.Dark
        is_dark = self.choice == "dark" or (self.choice == "system" and system_dark)
        self.colours = DARK if is_dark else LIGHT
        if (self.colours, self.text_size) == self._worn:
            return
        self._worn = (self.colours, self.text_size)
        c, palette = self.colours, QPalette()
        for role, value in (
            (QPalette.ColorRole.Window, c.window),
            (QPalette.ColorRole.WindowText, c.text),
            (QPalette.ColorRole.Base, c.surface),
            (QPalette.ColorRole.AlternateBase, c.window),
            (QPalette.ColorRole.Text, c.text),
            (QPalette.ColorRole.Button, c.surface),
            (QPalette.ColorRole.ButtonText, c.text),
            (QPalette.ColorRole.PlaceholderText, c.muted),
            (QPalette.ColorRole.Highlight, c.accent),
            (QPalette.ColorRole.HighlightedText, c.on_accent),
            (QPalette.ColorRole.Mid, c.border),
            (QPalette.ColorRole.Link, c.accent),
            (QPalette.ColorRole.ToolTipBase, c.raised),
            (QPalette.ColorRole.ToolTipText, c.text),
        ):
            palette.setColor(role, QColor(value))
        QApplication.setPalette(palette)
        application = QApplication.instance()
        assert isinstance(application, QApplication)
        lengths = {f"px{length}": f"{self.scaled(length)}px" for length in _LENGTHS}
        application.setStyleSheet(_SHEET.substitute(vars(c), **lengths))
        icon.cache_clear()
        self.changed.emit()


theme = Theme()


@cache
def icon(name: str, colour: str | None = None) -> QIcon:
    """A Material Design icon of qtawesome, in the text's colour unless another is given.

    Icons are drawn for the palette that is on: set them again when the theme changes.
    """
    import qtawesome  # the import loads fonts: not before the first icon

    made: QIcon = qtawesome.icon(
        f"mdi6.{name}",
        color=colour or theme.colours.text,
        color_disabled=theme.colours.muted,
    )
    return made
