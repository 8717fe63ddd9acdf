"""Watch a board's predictions live.

`--shadow` streams the motion too, runs the same windows on this computer through TFLM and
reports every output byte that differs. If the board's model is among the models here, the motion is
streamed too, to report a board that is worn turned compared with the training. Each ten seconds of
streamed motion are checked as recordings are: units, gravity, dead axes.
"""

from __future__ import annotations

import argparse
import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import ExitStack, asynccontextmanager
from typing import Any

from rich.console import Group, RenderableType
from rich.live import Live
from rich.text import Text

from motionloop import label_colours, wire
from motionloop.board.activities import Activities
from motionloop.board.client import BoardClient
from motionloop.board.latency import latency_text, measured_where
from motionloop.board.packets import Packet
from motionloop.board.prediction import Prediction, label_of
from motionloop.board.shadow import Shadow, ShadowResult
from motionloop.commands.board_options import add_board, chosen_board
from motionloop.commands.console import is_redrawn, print_json, terminal
from motionloop.commands.documents import board_document
from motionloop.commands.options import above_zero, add_json, add_models
from motionloop.errors import MotionLoopError
from motionloop.model.package import unpack_package
from motionloop.model.wearing import WearingCheck, wearing_check
from motionloop.recordings.checks.stretch import StretchCheck
from motionloop.recordings.recording_json import is_synthetic
from motionloop.sample_format import SampleFormat

TIMELINE = 60  # predictions
UNKNOWN = "unknown"


def configure(parser: argparse.ArgumentParser) -> None:
    add_board(parser)
    add_models(parser)
    parser.add_argument("--seconds", type=above_zero, help="how long (default: until Ctrl-C)")
    parser.add_argument("--shadow", action="store_true", help="check every window on this computer")
    add_json(parser)


class Dashboard:
    """The display of `motionloop live`; rich can print it.

    `info` is the board's: it says which model the labels are of, and what kind of board the
    latencies.
    """

    def __init__(
        self,
        board: str,
        labels: tuple[str, ...],
        info: wire.Info,
        shadow: Shadow | None = None,
        worn: WearingCheck | None = None,
        stretch: StretchCheck | None = None,
    ) -> None:
        self.labels = labels
        self.predictions = 0
        self._board, self._info = board, info
        self._title = f"{board}, model {info.model_id.hex()}"
        if is_synthetic(info):
            self._title += ", synthetic motion"
        self._shadow = shadow
        self._worn = worn
        self._stretch = stretch
        self._colours = label_colours.LabelColours(label_colours.order_file())
        self._activities = Activities()
        self._last: Prediction | None = None

    def add(self, prediction: Prediction) -> None:
        self._activities.add(prediction.t_us, self._label_of(prediction))
        self._last = prediction
        self.predictions += 1

    def _label_of(self, prediction: Prediction) -> str | None:
        return label_of(prediction, self.labels, self._info.model_id, self._board)

    @property
    def warning(self) -> str | None:
        """The warning that its samples cannot be right, or that it is worn turned; None without a
        reason."""
        if self._stretch is not None and self._stretch.warning is not None:
            return self._stretch.warning
        return None if self._worn is None else self._worn.warning

    def line(self, prediction: Prediction) -> str:
        """One prediction as a line of text, where there is no terminal."""
        # The most similar activity is no answer for an unknown activity: no percentage.
        confidence = "-" if prediction.unknown else f"{prediction.confidence:.0%}"
        return (
            f"{prediction.t_us / 1e6:9.2f} s  {self._label_of(prediction) or UNKNOWN:<16}"
            f"{confidence:>6}  {prediction.latency_us / 1000:6.1f} ms "
            f"{measured_where(self._info.flags)}"
        )

    def document(self, prediction: Prediction) -> dict[str, Any]:
        """One prediction for --json."""
        label = self._label_of(prediction)
        return {
            "event": "prediction",
            "t_s": prediction.t_us / 1e6,
            "label": label,
            "confidence": None if label is None else prediction.confidence,
            "latency_ms": prediction.latency_us / 1000,
            "latency_of": measured_where(self._info.flags),
        }

    def __rich__(self) -> RenderableType:
        head = Text(self._title, style="dim")
        last = self._last
        if last is None:
            return Group(head, Text("Waiting for the first window ...", style="bold"))
        if last.unknown:
            certainty = "none of the activities that the model knows"
        else:
            certainty = f"{'█' * round(last.confidence * 30):<30} {last.confidence:.0%}"
        label = self._label_of(last)
        now = Text.assemble(
            ("\n  " + (label or UNKNOWN), f"bold {self._colour(label)}"),
            f"\n  {certainty}",
            f"\n  latency {latency_text(last.latency_us, self._info.flags)}, "
            f"{self.predictions} windows\n",
        )
        timeline = Text("  ")
        for moment in self._activities.moments[-TIMELINE:]:
            timeline.append("▇", style=self._colour(moment.label))
        totals = Text("\n")
        seconds = self._activities.seconds
        for name in (*self.labels, *((None,) if seconds.get(None) else ())):
            totals.append("  ■ ", style=self._colour(name))
            totals.append(f"{name or UNKNOWN} {seconds.get(name, 0.0):.0f} s")
        parts = [head, now, timeline, totals]
        if self.warning is not None:
            parts.append(Text("  " + self.warning, style="yellow"))
        if self._shadow is not None:
            parts.append(Text("  " + shadow_summary(self._shadow)))
        return Group(*parts)

    def _colour(self, label: str | None) -> str:
        return label_colours.UNKNOWN if label is None else self._colours.colour(label)


def shadow_summary(shadow: Shadow) -> str:
    """Counts of windows that the host computed again, and of those that differ."""
    against = "TFLM" if shadow.is_reference else "LiteRT (TFLM is not published for this platform)"
    return (
        f"shadow: {shadow.compared} windows computed again with {against}, "
        f"{shadow.differing} differ, {shadow.skipped} not comparable"
    )


@asynccontextmanager
async def shadowing(client: BoardClient) -> AsyncIterator[Shadow]:
    """A Shadow of the board's active model that is fed with its stream inside the context."""
    shadow = await _shadow(client)
    async with _streaming(client, [shadow.add_packet]):
        yield shadow


async def _shadow(client: BoardClient) -> Shadow:
    return Shadow(unpack_package(await client.read_package(), "The board's package"), client.info)


@asynccontextmanager
async def _streaming(
    client: BoardClient, takers: list[Callable[[Packet], object]]
) -> AsyncIterator[None]:
    """Gives the board's stream to all `takers` inside the context; without any, nothing streams."""

    async def feed() -> None:
        async for packet in client.stream():
            for take in takers:
                take(packet)

    try:
        async with asyncio.TaskGroup() as tasks:  # a stream that fails ends what is inside, too
            feeding = tasks.create_task(feed()) if takers else None
            yield
            if feeding is not None:
                feeding.cancel()
    except ExceptionGroup as group:
        said, others = group.split(MotionLoopError)
        if said is None or others is not None:
            raise
        raise said.exceptions[0] from None


async def run(options: argparse.Namespace) -> None:
    async with BoardClient(await chosen_board(options)) as client:
        if client.info.active_slot == wire.NO_SLOT:
            raise MotionLoopError(
                f"{client.board} has no model yet. Train one with `motionloop train` and push it "
                "with `motionloop push`."
            )
        labels = await client.labels()
        takers: list[Callable[[Packet], object]] = []
        shadow = await _shadow(client) if options.shadow else None
        if shadow is not None:
            takers.append(shadow.add_packet)
        worn = wearing_check(options.models, client.info)
        if worn is not None:
            check = worn
            takers.append(lambda packet: check.add_samples(packet.raw))
        stretch = StretchCheck(SampleFormat.from_info(client.info))
        if takers:
            takers.append(lambda packet: stretch.add_samples(packet.raw, packet.t_us))
        async with _streaming(client, takers):
            dashboard = Dashboard(str(client.board), labels, client.info, shadow, worn, stretch)
            if options.json:
                print_json(
                    {
                        "event": "connected",
                        "board": board_document(client.board),
                        "model_id": client.info.model_id.hex(),
                        "labels": labels,
                        "synthetic": is_synthetic(client.info),
                    }
                )
            await watch(client, dashboard, options, shadow)
        if shadow is None:
            return
        if options.json:
            print_json(
                {
                    "event": "shadow",
                    "compared": shadow.compared,
                    "differing": shadow.differing,
                    "skipped": shadow.skipped,
                }
            )
        else:
            terminal().print(shadow_summary(shadow))
        if shadow.differing:
            raise MotionLoopError(
                f"{shadow.differing} of {shadow.compared} windows differ between board and host: "
                "they do not run the same program. Flash the board and push the model again."
            )


async def watch(
    client: BoardClient, dashboard: Dashboard, options: argparse.Namespace, shadow: Shadow | None
) -> None:
    """Show predictions for so many seconds, or until cancelled."""
    console, seconds = terminal(stderr=options.json), options.seconds
    predictions = client.predictions()
    printed = 0  # differences
    warned: str | None = None
    now = asyncio.get_running_loop().time
    end_s = None if seconds is None else now() + seconds
    with ExitStack() as stack:
        # Without a terminal, one line per prediction instead of a picture that changes.
        live = None
        if is_redrawn(console) and not options.json:
            live = stack.enter_context(Live(dashboard, console=console, auto_refresh=False))
            live.refresh()
        try:
            while True:
                left_s = None if end_s is None else end_s - now()
                async with asyncio.timeout(left_s):
                    prediction = await anext(predictions)
                dashboard.add(prediction)
                if shadow is not None:
                    shadow.add_prediction(prediction)
                    new = shadow.differing - printed
                    for comparison in list(shadow.differences)[-new:] if new else []:
                        console.print(_difference(comparison), style="red")
                    printed = shadow.differing
                if live is not None:
                    live.update(dashboard, refresh=True)
                    continue
                if dashboard.warning not in (warned, None):
                    console.print(dashboard.warning, style="yellow")
                warned = dashboard.warning
                if options.json:
                    print_json(dashboard.document(prediction))
                else:
                    console.print(dashboard.line(prediction), highlight=False)
        except TimeoutError:
            pass
        finally:
            await predictions.aclose()


def _difference(comparison: ShadowResult) -> str:
    return (
        f"The window that ends with sample {comparison.prediction.seq_end} differs: "
        f"{comparison.differing_outputs} output bytes"
        + (", and its input" if comparison.input_differs else "")
        + (", and whether it is unknown." if comparison.rejection_differs else ".")
    )
