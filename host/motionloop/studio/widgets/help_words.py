"""What the help says about each page, and the words of the glossary that it explains."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from motionloop.language import tr
from motionloop.studio.widgets.elements import key_name

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
            ("owner", "virtual board"),
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
                "in turn, and Selection chooses what is trained on."
            ),
            ("owner", "package", "variant"),
        ),
        "Room": (
            tr(
                "Here you see all boards of a room at once, a tile per board. Record all records "
                "them into one session, and a label is for all of them. Push to all puts one model "
                "on every board, and Class list has the names of those who come next."
            ),
            ("owner", "package"),
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


def glossary() -> Mapping[str, tuple[str, str]]:
    """The words of the help, and what each means: in English, what docs/glossary.md says."""
    return {
        "arena": (
            tr("arena"),
            tr(
                "The memory that TFLite Micro gets on a board for what it computes. A model whose "
                "layers need more does not run. The board's arena has 24,576 bytes."
            ),
        ),
        "event": (
            tr("event"),
            tr("A short motion with rest before and after, such as a gesture: gestures."),
        ),
        "gap": (
            tr("gap"),
            tr(
                "Missing samples in a recording, declared with their number and the reason. "
                "Nothing is filled in, but a training may bridge short gaps in memory "
                "(--bridge-ms)."
            ),
        ),
        "held out": (
            tr("held out"),
            tr("Kept from the training, to test on: whole people or whole sessions."),
        ),
        "int8": (
            tr("int8"),
            tr(
                "Whole numbers from -128 to 127, in 8 bits. Boards compute in them; training "
                "computes in float32, numbers of 32 bits."
            ),
        ),
        "kMAC": (
            tr("kMAC"),
            tr(
                "Thousand multiply-accumulates (a product, added to a sum) per window: the work of "
                "a network."
            ),
        ),
        "owner": (
            tr("owner"),
            tr(
                "Whose key a board obeys: only the owner can change it, and only models that the "
                "owner pushed run on it. The first push to a board makes its owner, unless you "
                "choose otherwise."
            ),
        ),
        "package": (
            tr("package"),
            tr(
                "The file that is pushed: a model with labels, channels, golden windows and "
                "everything else a board needs. Its name ends in .mlpkg."
            ),
        ),
        "smoothing": (
            tr("smoothing"),
            tr(
                "The weight of the newest window in the running mean of a board's answers. The "
                "smaller, the fewer flickers, and the later a change is noticed."
            ),
        ),
        "unknown": (
            tr("unknown"),
            tr("The answer when no activity of the model resembles the window."),
        ),
        "variant": (
            tr("variant"),
            tr("A smaller form of one model: quantized, pruned, clustered."),
        ),
        "virtual board": (
            tr("virtual board"),
            tr(
                "The firmware's own core on this computer, behind a simulated radio. An emulated "
                "board is more: the whole firmware, on an emulated processor."
            ),
        ),
        "window": (
            tr("window"),
            tr(
                "What a model sees at once: 128 points at 50 per second (2.56 s) unless you choose "
                "otherwise."
            ),
        ),
    }
