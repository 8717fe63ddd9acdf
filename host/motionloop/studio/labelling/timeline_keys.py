"""The keys of the Label view: their actions, and what the help says about them."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent, QKeySequence

from motionloop.language import tr
from motionloop.studio.labelling.timeline_state import TimelineState

_MODIFIERS = (
    Qt.KeyboardModifier.ControlModifier
    | Qt.KeyboardModifier.ShiftModifier
    | Qt.KeyboardModifier.AltModifier
)


def keys_in_words() -> tuple[tuple[str, str], ...]:
    """Each key, or several of a kind, and what it does."""
    return (
        (tr("Left, Right"), tr("move the cursor; with Ctrl ten times as far")),
        (tr("Shift+Left, Right"), tr("mark a stretch")),
        (tr("1 to 9"), tr("label the marked stretch, or rename the selected segment")),
        ("E", tr("find events, such as gestures; then 1 to 9 labels them all")),
        (tr("Down, Up"), tr("select the next or the previous segment")),
        (tr("[ and ]"), tr("have a segment begin or end at the cursor")),
        (tr("Alt+Left, Right"), tr("move the selected segment")),
        ("S, M, Del", tr("split, merge with the next one, delete")),
        ("Ctrl+Z, Ctrl+Y", tr("undo, redo")),
        (tr("Ctrl+Z in the list"), tr("undo the last change of recordings")),
        ("I, O, U", tr("use the recording from here on, up to here, all of it")),
        ("+, -, F", tr("zoom in, zoom out, see all of it")),
        ("H", tr("as high as what is in view, or as all of the recording")),
        (tr("Page Up, Page Down"), tr("the stretch before or after")),
        (tr("Home, End"), tr("the first or the last sample")),
        ("Esc", tr("unmark, drop what was found")),
        (tr("Drag on the lane"), tr("draw, move, or change an end")),
        (tr("Shift+drag"), tr("mark a stretch of the signal")),
        (tr("Wheel, Shift+wheel"), tr("zoom around the pointer, move along")),
    )


def actions(state: TimelineState) -> dict[str, Callable[[], None]]:
    """The action of each key, by the names of `key_of`.

    The keys are no shortcuts of buttons: a key that is held repeats here.
    """
    found: dict[str, Callable[[], None]] = {
        "S": state.split,
        "M": state.merge,
        "Del": state.delete,
        "Backspace": state.delete,
        "Ctrl+Z": state.undo,
        "Ctrl+Y": state.redo,
        "Ctrl+Shift+Z": state.redo,
        "I": state.trim_before,
        "O": state.trim_after,
        "U": state.untrim,
        "+": partial(state.zoom, 0.5),
        "=": partial(state.zoom, 0.5),  # + without Shift
        "-": partial(state.zoom, 2.0),
        "F": state.show_all,
        "H": state.fit_height,
        "[": state.begin_here,
        "]": state.end_here,
        "Esc": state.unmark,
        "Up": partial(state.select_next, -1),
        "Down": partial(state.select_next, 1),
        "PgUp": partial(state.page, -1),
        "PgDown": partial(state.page, 1),
        "Alt+Left": partial(state.move_selected, -1),
        "Alt+Right": partial(state.move_selected, 1),
    }
    for shift, mark in (("", False), ("Shift+", True)):
        for key, sign in (("Left", -1), ("Right", 1)):
            found[f"{shift}{key}"] = partial(state.step_cursor, sign, mark)
            found[f"Ctrl+{shift}{key}"] = partial(state.step_cursor, 10 * sign, mark)
        found[f"{shift}Home"] = partial(state.go_to_end, -1, mark)
        found[f"{shift}End"] = partial(state.go_to_end, 1, mark)
    return found


def key_of(event: QKeyEvent) -> str:
    """As in "Ctrl+Z"; where a sign needs Shift on this keyboard, without it."""
    if (sign := event.text()) in ("+", "-", "=", "[", "]"):
        return sign
    held = event.modifiers() & _MODIFIERS
    return QKeySequence(int(event.key()) | held.value).toString(
        QKeySequence.SequenceFormat.PortableText
    )
