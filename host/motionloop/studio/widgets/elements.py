"""Labels, buttons, cards and pages in the one visual language; see theme."""

from __future__ import annotations

import html
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QEvent, QObject, QSize, Qt, QUrl
from PySide6.QtGui import (
    QDesktopServices,
    QKeyEvent,
    QKeySequence,
    QPainter,
    QPaintEvent,
    QResizeEvent,
    QShortcut,
)
from PySide6.QtWidgets import (
    QBoxLayout,
    QCheckBox,
    QComboBox,
    QFrame,
    QHBoxLayout,
    QLabel,
    QLayout,
    QLineEdit,
    QPlainTextEdit,
    QPushButton,
    QScrollArea,
    QSizePolicy,
    QStyle,
    QStyleOptionButton,
    QStyleOptionComboBox,
    QStylePainter,
    QVBoxLayout,
    QWidget,
)

from motionloop.studio.theme import GRID, icon, theme


def text(words: str = "", kind: str = "", muted: bool = False, wrap: bool = False) -> QLabel:
    """A label; `kind` is title, heading, figure or display, or "" for running text."""
    made = QLabel(words)
    made.setTextFormat(Qt.TextFormat.PlainText)
    made.setProperty("type", kind)
    made.setProperty("muted", muted)
    made.setWordWrap(wrap)
    return made


def tip(words: str) -> str:
    """Words of others for a tooltip, which Qt would take for HTML if they look like it."""
    if "<" not in words:
        return words
    return f"<qt>{html.escape(words)}</qt>".replace("\n", "<br>")


class OneLine(QLabel):
    """Words of any length that end in an ellipsis where there is no room for them, at first of
    the kind `smaller`, if there is one."""

    def __init__(self, words: str = "", kind: str = "", smaller: str = "") -> None:
        super().__init__()
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setProperty("type", kind)
        self._kind, self._smaller = kind, smaller
        self._words = words
        self._fit()

    @property
    def words(self) -> str:
        return self._words

    @words.setter
    def words(self, words: str) -> None:
        if words != self._words:  # a fit has the whole page laid out again
            self._words = words
            self._fit()

    def sizeHint(self) -> QSize:
        width = 0 if self._smaller else self.fontMetrics().horizontalAdvance(self._words)
        return QSize(width + GRID, super().sizeHint().height())

    def minimumSizeHint(self) -> QSize:
        return QSize(0, super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._fit()

    def _fit(self) -> None:
        restyle(self, type=self._kind)
        needed = self.fontMetrics().horizontalAdvance(self._words)
        if self._smaller and needed > self.width():
            restyle(self, type=self._smaller)
        fonts = self.fontMetrics()
        self.setText(fonts.elidedText(self._words, Qt.TextElideMode.ElideRight, self.width()))
        self.updateGeometry()


def show_in_folder(path: Path) -> None:
    """Open a folder, or the folder of a file, in the system's own window."""
    folder = path if path.is_dir() else path.parent
    QDesktopServices.openUrl(QUrl.fromLocalFile(str(folder.absolute())))


def key_name(key: str) -> str:
    """A key, such as "Ctrl+Return", as the user's keyboard names it."""
    return QKeySequence(key).toString(QKeySequence.SequenceFormat.NativeText)


def restyle(widget: QWidget, **properties: object) -> None:
    """Set style properties and have the style sheet look at them again."""
    if any(widget.property(name) != value for name, value in properties.items()):
        for name, value in properties.items():
            widget.setProperty(name, value)
        widget.style().unpolish(widget)
        widget.style().polish(widget)


class Button(QPushButton):
    """A push button with an icon that follows the theme and a key that its tooltip names.

    `kind` is primary, danger, quiet or "". The key works wherever the focus is in the window,
    while the button can be seen.
    """

    def __init__(
        self,
        words: str,
        clicked: Callable[[], None],
        icon_name: str = "",
        kind: str = "",
        key: str = "",
        tip: str = "",
    ) -> None:
        super().__init__(words)
        self._icon_name = icon_name
        self._tip = tip or words
        self.setProperty("kind", kind)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.clicked.connect(lambda _checked=False: clicked())
        # The button's own shortcut would press it for a tenth of a second first.
        self._key = QShortcut(self)
        self._key.setAutoRepeat(False)
        self._key.activated.connect(self.click)
        self.set_key(key)
        self._draw_icon()
        theme.changed.connect(self._draw_icon)

    @property
    def words(self) -> str:
        """What the button does, for a menu."""
        return self.text() or self._tip

    @property
    def tip(self) -> str:
        """The same in more words."""
        return self._tip

    @property
    def listens(self) -> bool:
        """Whether a key presses it."""
        return not self._key.key().isEmpty()

    @property
    def shown_key(self) -> str:
        """The name of its key; empty without one."""
        return self._shown_key

    def set_key(self, key: str, listens: bool = True) -> None:
        """Name the key in the tooltip; unless the button `listens`, others have to act on it."""
        self._shown_key = key_name(key) if key else ""
        self._key.setKey(QKeySequence(key) if key and listens else QKeySequence())
        self.setToolTip(self._tip_with_key)
        self.setAccessibleName(self._tip)

    @property
    def _tip_with_key(self) -> str:
        return f"{self._tip} ({self._shown_key})" if self._shown_key else self._tip

    def enable(self, why_not: str = "") -> None:
        """Have the button pressed, or for a reason not: then it is grey, and its tooltip says
        why."""
        if why_not:
            self._let_focus_go()
        self.setEnabled(not why_not)
        self.setToolTip(tip(why_not) if why_not else self._tip_with_key)
        self.setAccessibleDescription(why_not)

    def setVisible(self, visible: bool) -> None:
        if not visible:
            self._let_focus_go()
        super().setVisible(visible)

    def _let_focus_go(self) -> None:
        """Qt would give the focus to whatever comes next, as far as the rail: Space then led to
        another page."""
        if self.hasFocus():
            leave_field(self)

    def set_words(self, words: str, icon_name: str, kind: str) -> None:
        """Another action on the same button; its key stays."""
        if (words, icon_name, kind) == (self.text(), self._icon_name, self.property("kind")):
            return
        key = self._key.key()
        self._icon_name, self._tip = icon_name, words
        self.setText(words)
        restyle(self, kind=kind)
        self.set_key(key.toString())
        self._draw_icon()

    def _draw_icon(self) -> None:
        if self._icon_name:
            colours = theme.colours
            kind = self.property("kind")
            ink = {"primary": colours.on_accent, "danger": colours.danger}.get(kind, colours.text)
            self.setIcon(icon(self._icon_name, ink))
        size = theme.scaled(2 * GRID)
        self.setIconSize(QSize(size, size))


class _Leaving(QObject):
    """Has Esc, and in a line Return, give the focus of a field to the page."""

    def eventFilter(self, field: QObject, event: QEvent) -> bool:
        if not isinstance(event, QKeyEvent) or event.key() != Qt.Key.Key_Escape:
            return False
        if event.type() is QEvent.Type.ShortcutOverride:
            event.accept()  # Esc is for this field, not for a button
        elif event.type() is QEvent.Type.KeyPress and isinstance(field, QWidget):
            leave_field(field)
        return True


def leave_field(field: QWidget) -> None:
    """Give the focus to the page around a field, so that the page's keys work."""
    parent = field.parentWidget()
    while parent is not None and not isinstance(parent, Page) and not parent.isWindow():
        parent = parent.parentWidget()
    if isinstance(parent, Page):
        parent.setFocus()


class Line(QLineEdit):
    """A field of a page. Return and Esc leave it."""

    def __init__(self, words: str = "") -> None:
        super().__init__(words)
        self.installEventFilter(_Leaving(self))
        self.returnPressed.connect(lambda: leave_field(self))


class Lines(QPlainTextEdit):
    """A field of several lines. Tab and Esc leave it."""

    def __init__(self, words: str = "") -> None:
        super().__init__(words)
        self.setTabChangesFocus(True)
        self.installEventFilter(_Leaving(self))


class CheckBox(QCheckBox):
    """A box with a tick, which style sheets cannot draw without files."""

    def __init__(self, words: str) -> None:
        super().__init__(words.replace("&", "&&"))  # a name is no shortcut

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        mark = {Qt.CheckState.Checked: "check-bold", Qt.CheckState.PartiallyChecked: "minus-thick"}
        if (name := mark.get(self.checkState())) is not None:
            option = QStyleOptionButton()
            self.initStyleOption(option)
            box = self.style().subElementRect(QStyle.SubElement.SE_CheckBoxIndicator, option, self)
            QPainter(self).drawPixmap(box, icon(name, theme.colours.on_accent).pixmap(box.size()))


class Choice(QComboBox):
    """A combo box whose arrow follows the theme, which style sheets cannot draw without files.
    A choice that is too long ends in an ellipsis."""

    def paintEvent(self, event: QPaintEvent) -> None:
        option = QStyleOptionComboBox()
        self.initStyleOption(option)
        option.currentText = self.shown_words
        painter = QStylePainter(self)
        painter.drawComplexControl(QStyle.ComplexControl.CC_ComboBox, option)
        painter.drawControl(QStyle.ControlElement.CE_ComboBoxLabel, option)
        painter.end()
        arrow = icon("chevron-down", theme.colours.muted).pixmap(2 * GRID, 2 * GRID)
        top = (self.height() - 2 * GRID) // 2
        QPainter(self).drawPixmap(self.width() - 3 * GRID, top, arrow)

    @property
    def shown_words(self) -> str:
        """The choice as far as there is room for it."""
        option = QStyleOptionComboBox()
        self.initStyleOption(option)
        field = QStyle.SubControl.SC_ComboBoxEditField
        room = self.style().subControlRect(QStyle.ComplexControl.CC_ComboBox, option, field, self)
        return self.fontMetrics().elidedText(
            self.currentText(), Qt.TextElideMode.ElideRight, room.width()
        )


def row(*parts: QWidget | QLayout | int | None, gap: int = GRID) -> QHBoxLayout:
    """Side by side; a number is a fixed space, None takes what is left."""
    made = QHBoxLayout()
    _fill(made, parts, gap)
    return made


def column(*parts: QWidget | QLayout | int | None, gap: int = GRID) -> QVBoxLayout:
    """One below the other; as `row`."""
    made = QVBoxLayout()
    _fill(made, parts, gap)
    return made


def _fill(layout: QBoxLayout, parts: tuple[QWidget | QLayout | int | None, ...], gap: int) -> None:
    layout.setContentsMargins(0, 0, 0, 0)
    layout.setSpacing(gap)
    for part in parts:
        if part is None:
            layout.addStretch(1)
        elif isinstance(part, int):
            layout.addSpacing(part)
        elif isinstance(part, QWidget):
            layout.addWidget(part)
        else:
            layout.addLayout(part)


def card(*parts: QWidget | QLayout | int | None, gap: int = GRID) -> QFrame:
    """A surface with a border around parts in a column."""
    made = QFrame()
    made.setObjectName("card")
    inside = column(*parts, gap=gap)
    inside.setContentsMargins(2 * GRID, 2 * GRID, 2 * GRID, 2 * GRID)
    made.setLayout(inside)
    return made


def clear(layout: QLayout) -> None:
    """Remove and delete everything in `layout`."""
    while (item := layout.takeAt(0)) is not None:
        if (widget := item.widget()) is not None:
            widget.hide()
            widget.deleteLater()
        elif (inner := item.layout()) is not None:
            clear(inner)


class Upright(QScrollArea):
    """Parts one below the other, which are scrolled where they are too high."""

    def __init__(self, inside: QLayout) -> None:
        super().__init__(widgetResizable=True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._inside = Pane()
        self._inside.setLayout(inside)
        self.setWidget(self._inside)

    def minimumSizeHint(self) -> QSize:
        bar = self.verticalScrollBar().sizeHint().width()
        least = self._inside.minimumSizeHint().width() + bar
        return QSize(least, super().minimumSizeHint().height())


class Shelf(QScrollArea):
    """As high as what is in it, and scrolled sideways where that is too wide."""

    def __init__(self, inside: QLayout) -> None:
        super().__init__(widgetResizable=True)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self._inside = QWidget()
        self._inside.setLayout(inside)
        self.setWidget(self._inside)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.LayoutRequest:
            self.updateGeometry()
        return super().eventFilter(watched, event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.updateGeometry()  # it may have become wide enough, or too narrow

    def sizeHint(self) -> QSize:
        wanted = self._inside.sizeHint()
        too_wide = self._inside.minimumSizeHint().width() > self.width()
        bar = self.horizontalScrollBar().sizeHint().height() if too_wide else 0
        layout, height = self._inside.layout(), wanted.height()
        if layout is not None and layout.hasHeightForWidth():  # words that wrap
            width = max(self.width(), self._inside.minimumSizeHint().width())
            height = layout.totalHeightForWidth(width)
        return QSize(wanted.width(), height + bar)

    def minimumSizeHint(self) -> QSize:
        return QSize(0, self.sizeHint().height())


class EmptyState(QWidget):
    """Fills an empty place: an icon, the next step in words, and its button."""

    def __init__(self, icon_name: str, heading: str, advice: str, *buttons: QWidget) -> None:
        super().__init__()
        self._icon_name = icon_name
        self._picture = QLabel()
        self._picture.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.heading = text(heading, "heading")
        self.heading.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.advice = text(advice, muted=True, wrap=True)
        self.advice.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.advice.setMinimumWidth(360)
        self.advice.setMaximumWidth(520)
        self.setLayout(
            column(
                None,
                self._picture,
                self.heading,
                row(None, self.advice, None),
                row(None, *buttons, None) if buttons else 0,
                None,
                gap=2 * GRID,
            )
        )
        self._draw()
        theme.changed.connect(self._draw)

    def _draw(self) -> None:
        self._picture.setPixmap(icon(self._icon_name, theme.colours.muted).pixmap(48, 48))


class Tools(QWidget):
    """A row, as `row`, in which buttons with icons lose their words where it is too narrow."""

    def __init__(self, *parts: QWidget | QLayout | int | None, gap: int = GRID) -> None:
        super().__init__()
        self._row = row(*parts, gap=gap)
        self._words = {
            part: part.text() for part in parts if isinstance(part, Button) and part.text()
        }
        self.setLayout(self._row)

    def minimumSizeHint(self) -> QSize:
        words = sum(button.sizeHint().width() - _only_icon(button) for button in self._words)
        return self._row.minimumSize() - QSize(words, 0)

    def resizeEvent(self, event: QResizeEvent) -> None:
        for button, words in self._words.items():
            button.setText(words)
        if self._row.minimumSize().width() > self.width():
            for button in self._words:
                button.setText("")


def _only_icon(button: Button) -> int:
    """How wide the button is without words."""
    words = button.fontMetrics().size(Qt.TextFlag.TextShowMnemonic, button.text()).width()
    return button.sizeHint().width() - words


class Pane(QWidget):
    """Asks for the least height that its wrapped words need at its width, and takes any height
    above. Qt's layouts would insist on the best height, its splitters would cut the words."""

    def hasHeightForWidth(self) -> bool:
        return False

    def heightForWidth(self, width: int) -> int:
        """The least height, for a scroll area, which asks all the same."""
        layout = self.layout()
        return layout.totalMinimumHeightForWidth(width) if layout is not None else -1

    def minimumSizeHint(self) -> QSize:
        least = super().minimumSizeHint()
        height = self.heightForWidth(max(self.width(), least.width()))
        return QSize(least.width(), max(least.height(), height))

    def resizeEvent(self, event: QResizeEvent) -> None:
        if event.size().width() != event.oldSize().width():
            self.updateGeometry()


_PADDING = 8 * GRID  # of cards and buttons, which does not grow with the text


class SideColumn(QScrollArea):
    """Cards one below the other, `width` pixels wide at text size 1. Where they are too high, they
    are scrolled."""

    def __init__(self, width: int, *parts: QWidget | QLayout | int | None) -> None:
        super().__init__(widgetResizable=True)
        self._width = width
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        inside = Pane()
        inside.setLayout(column(*parts, gap=2 * GRID))
        self.setWidget(inside)
        self._fit()
        theme.changed.connect(self._fit)

    def _fit(self) -> None:
        bar = self.verticalScrollBar().sizeHint().width()
        self.setFixedWidth(theme.scaled(self._width - _PADDING) + _PADDING + bar)


class Page(Pane):
    """A view of the rail: a title with actions beside it, and a body. A click beside its fields
    leaves them."""

    def __init__(self, title: str, *actions: QWidget | QLayout) -> None:
        super().__init__()
        self.setObjectName("page")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        heading = text(title, "title")
        top = row(heading, None, *actions)
        top.addStrut(4 * GRID)  # as a button, so that all pages begin alike
        self.body = column(top, gap=2 * GRID)
        self.body.setContentsMargins(3 * GRID, 2 * GRID, 3 * GRID, 2 * GRID)
        self.setLayout(self.body)
