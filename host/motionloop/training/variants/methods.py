"""The variants of one base network, as a course on small networks compares them.

Every method starts from the same trained base and may train for the same number of steps; the
base trained for as long without any method stands beside them, or their gain could be that of the
training alone.
"""

from __future__ import annotations

import gzip
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Protocol, TypeVar

import tensorflow as tf

from motionloop.board.latency import nano_estimate_ms
from motionloop.language import joined, to_json, tr
from motionloop.model.package import misfit
from motionloop.trainer.messages import Variant
from motionloop.training.convert import Converted, strip
from motionloop.training.variants import compress
from motionloop.training.variants.compress import Budget

_SEED = 1


class Score(Protocol):
    """The accuracy of one form of a network."""

    @property
    def accuracy(self) -> float: ...
    @property
    def macro_f1(self) -> float: ...


class Measured(Protocol):
    """A network in both forms: its files, figures, and what int8 takes on a board."""

    @property
    def converted(self) -> Converted: ...
    @property
    def base(self) -> Score: ...  # float32
    @property
    def int8(self) -> Score: ...
    @property
    def arena_bytes(self) -> int | None: ...
    @property
    def macs(self) -> int: ...


M = TypeVar("M", bound=Measured)


@dataclass(frozen=True)
class Method:
    """A way to another network, with its explanations as float32 (None: not shown) and as int8.
    `cost` is the duration of a step in steps of a plain training, for the progress."""

    name: str
    make: compress.Method
    float_why: str | None
    int8_why: str
    cost: float = 1.0


FLOAT, INT8 = "float32", "int8"  # the end of a variant's name
_PERCENT = round(100 * compress.SPARSITY)
_ZEROS = tr(
    "{percent} % of the weights are zero, but a zero is stored and multiplied like any number: "
    "only gzip shrinks, and the board does not unpack it.",
    percent=_PERCENT,
)
_CLUSTERED = tr(
    "Each layer has {count} different weights, still written out one by one: only gzip shrinks.",
    count=compress.CLUSTERS,
)
_CHANNELS = tr(
    "Whole channels are gone, so file, arena, work and time all fall, and nothing has to know."
)

METHODS: tuple[Method, ...] = (
    Method(
        tr("base"),
        compress.untouched,
        tr("As it was trained; the board computes in int8 only."),
        tr(
            "Rounded after training: a quarter of the bytes a weight, but the description of "
            "layers and scales does not shrink, so a small file stays above a quarter."
        ),
        cost=0.0,
    ),
    Method(
        tr("trained as long"),
        compress.trained_longer,
        tr("The control: what the same training brings without any method."),
        tr("The control, rounded after training."),
    ),
    Method(
        tr("quantization-aware"),
        compress.quantization_aware,
        None,
        tr(
            "Trained with the rounding in sight: as large as the rounded base, and no better than "
            "the control where rounding had cost nothing."
        ),
        cost=2.5,
    ),
    Method(tr("pruned"), compress.magnitude_pruned, _ZEROS, _ZEROS, cost=1.5),
    Method(tr("structurally pruned"), compress.structurally_pruned, _CHANNELS, _CHANNELS, cost=0.7),
    Method(tr("clustered"), compress.clustered, _CLUSTERED, _CLUSTERED, cost=2.5),
    Method(
        tr("pruned and clustered"),
        compress.pruned_and_clustered,
        None,
        tr(
            "Zeros and few values together: the smallest gzip for this many weights, and on the "
            "board as large as ever."
        ),
        cost=2.0,
    ),
    Method(
        tr("structurally pruned and quantization-aware"),
        compress.structurally_pruned_and_quantization_aware,
        None,
        tr("Fewer channels, then trained with the rounding in sight."),
        cost=1.5,
    ),
)


def variants(
    base: tf.keras.Model,
    budget_for: Callable[[Method], Budget],
    measure: Callable[[tf.keras.Model], M],
    methods: Sequence[Method] = METHODS,
) -> Iterator[tuple[M, list[Variant]]]:
    """Each method's network, measured, with the variants that it has; `base` stays as it is.

    `budget_for` gives every method the same number of steps.
    """
    for method in methods:
        tf.keras.utils.set_random_seed(_SEED)  # clustering begins at random centres
        made = measure(method.make(base, budget_for(method)))
        yield made, rows(method, made)


def rows(method: Method, made: Measured) -> list[Variant]:
    """The network that `method` made as one variant or two."""
    found = []
    if method.float_why is not None:
        stripped = strip(made.converted.base)
        found.append(
            Variant(
                name=_name(method, FLOAT),
                bytes=len(stripped),
                full_bytes=len(made.converted.base),
                gzip=_gzip_bytes(stripped),
                accuracy=made.base.accuracy,
                macro_f1=made.base.macro_f1,
                arena=None,
                macs=made.macs,
                latency_ms_estimate=None,
                fits=False,
                why=method.float_why,
                words=_words(_name(method, FLOAT), method.float_why),
            )
        )
    board, arena = made.converted.board, made.arena_bytes
    found.append(
        Variant(
            name=_name(method, INT8),
            bytes=len(board),
            full_bytes=len(made.converted.int8),
            gzip=_gzip_bytes(board),
            accuracy=made.int8.accuracy,
            macro_f1=made.int8.macro_f1,
            arena=arena,
            macs=made.macs,
            latency_ms_estimate=round(nano_estimate_ms(made.macs), 1),
            fits=_fits(board, arena),
            why=method.int8_why,
            words=_words(_name(method, INT8), method.int8_why),
        )
    )
    return found


def _name(method: Method, precision: str) -> str:
    return joined((method.name, precision), ", ")


def _words(name: str, why: str) -> dict[str, Any]:
    """For a window in another language: this process speaks English."""
    return {"name": to_json(name), "why": to_json(why)}


def _fits(board: bytes, arena: int | None) -> bool | None:
    if misfit(arena, len(board)) is not None:
        return False
    return None if arena is None else True


def _gzip_bytes(content: bytes) -> int:
    return len(gzip.compress(content, mtime=0))
