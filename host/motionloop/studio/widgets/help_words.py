"""What the help says about each page, and the words of the glossary that it explains."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import cache

from motionloop import installation
from motionloop.language import tr
from motionloop.studio.widgets.elements import key_name

GLOSSARY = "docs/glossary.md"  # the one source of what a word means
WORDS_OF_ALL = ("arena", "held out", "int8", "kMAC")

PageWords = tuple[str, tuple[str, ...]]  # three sentences, words of the glossary


def keys_of_all() -> Sequence[tuple[str, str]]:
    """The keys of every page, and what they do."""
    sizes = ", ".join(map(key_name, ("Ctrl++", "Ctrl+-", "Ctrl+0")))
    pages = tr("{first} to {last}", first=key_name("Ctrl+1"), last=key_name("Ctrl+7"))
    return (
        (pages, tr("the pages")),
        (key_name("F10"), tr("the menu, with all that can be done")),
        (key_name("Ctrl+T"), tr("light or dark")),
        (sizes, tr("larger text, smaller text, as the system has it")),
    )


def about(page: str) -> PageWords:
    """What a page is for, and the words that it uses."""
    pages: Mapping[str, PageWords] = {
        "Connect": (
            tr(
                "Here you connect a board, over Bluetooth or a virtual one without hardware. "
                "Boards in range show up by themselves. When one is connected, go on with Record."
            ),
            ("virtual board",),
        ),
        "Record": (
            tr(
                "Here you record motion and say what is being done: by the labels' number keys, or "
                "by a plan with times. Write down who wears the board, since a model is tested on "
                "people that it has not seen. The recording goes on while you look at other pages."
            ),
            (),
        ),
        "Label": (
            tr(
                "Here you correct what was recorded: draw, move, split, merge and rename the "
                "labelled stretches below the signal. Each change is saved at once and can be "
                "undone. The list above finds, edits, excludes and deletes recordings."
            ),
            ("event", "gap"),
        ),
        "Data": (
            tr(
                "Here you see whether there is enough motion for a training, of which label and "
                "whom. Problems of recordings and labels that look alike are named, and what to do "
                "next. Import and Export exchange recordings with other programs."
            ),
            ("window",),
        ),
        "Train": (
            tr(
                "Here one button makes a model of the recordings and puts it on the board. The "
                "result says how often the model was right on motion that it had not seen. "
                "Variants compares smaller forms of the model, Evaluation leaves each person out "
                "in turn, and Labels and people chooses what is trained on."
            ),
            ("package", "variant"),
        ),
        "Room": (
            tr(
                "Here you see all boards of a room at once, a tile per board. Record all records "
                "them into one session, and a label is for all of them. Push to all puts one model "
                "on every board, and Class list has the names of those who come next."
            ),
            ("package",),
        ),
        "Live": (
            tr(
                "Here you see what the board recognises while it is worn. When it is wrong, press "
                "W and the number of the right label: that motion is kept for the next training. "
                "This computer computes the same windows and says whether both agree."
            ),
            ("unknown", "smoothing"),
        ),
    }
    return pages[page]


@cache
def glossary() -> Mapping[str, str]:
    """What each word means, as the page of the documentation says it."""
    page = (installation.root() / GLOSSARY).read_text(encoding="utf-8")
    parts = re.split(r"^### (.+)$", page, flags=re.MULTILINE)[1:]
    meanings = (part.partition("\n#")[0] for part in parts[1::2])
    return dict(zip(parts[::2], map(_plain, meanings), strict=True))


def _plain(markdown: str) -> str:
    """Without links and marks."""
    words = re.sub(r"\[([^]]+)\]\([^)]+\)", r"\1", markdown)
    return " ".join(re.sub(r"[*`]", "", words).split())
