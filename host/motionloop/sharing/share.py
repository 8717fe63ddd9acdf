"""Passes on what a board measures and recognises, each with the moment of its measurement."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol, Self

import numpy as np
from numpy.typing import NDArray

from motionloop import wire
from motionloop.board.client import BoardClient
from motionloop.board.clock_watch import ClockWatch
from motionloop.board.packets import Packet
from motionloop.board.prediction import Prediction, label_of
from motionloop.errors import MotionLoopError
from motionloop.language import tr
from motionloop.recordings.recording_json import RecordedBoard

_CLOCK_TIMEOUT_S = 20.0


@dataclass(frozen=True)
class SharedBoard:
    """What neighbours hear of a board.

    Attributes:
        board: Name, address, sensor, firmware.
        labels: Of the model; none without a model.
        model_id: Of the model, hexadecimal; empty without a model.
    """

    board: RecordedBoard
    labels: tuple[str, ...]
    model_id: str

    @classmethod
    async def of(cls, client: BoardClient) -> Self:
        """Ask a connected board."""
        board = RecordedBoard.from_info(client.info, client.board.name, client.board.address)
        if client.info.active_slot == wire.NO_SLOT:
            return cls(board, (), "")
        return cls(board, await client.labels(), client.info.model_id.hex())

    def label_of(self, prediction: Prediction) -> str | None:
        """The activity; None for an unknown one. Raises as `prediction.label_of`."""
        model_id = bytes.fromhex(self.model_id)
        return label_of(prediction, self.labels, model_id, self.board.name)


@dataclass(frozen=True)
class Moved:
    """Samples with their moments.

    Attributes:
        motion: Samples [n, 6] in g and rad/s.
        moments_s: The event loop's time of each measurement [n].
    """

    motion: NDArray[np.float64]
    moments_s: NDArray[np.float64]


@dataclass(frozen=True)
class Recognised:
    """A prediction with its moment.

    Attributes:
        label: The activity; None for an unknown one.
        likeness: Probability of the activity, 0 to 1; None for an unknown one, which has none.
        moment_s: The event loop's time of the window's last sample; None if unknown.
    """

    label: str | None
    likeness: float | None
    moment_s: float | None


class Neighbour(Protocol):
    """Who takes what a board says. `add_...` do not wait; `serve` does what takes time."""

    needs_motion: bool

    def add_motion(self, moved: Moved) -> None: ...

    def add_prediction(self, recognised: Recognised) -> None: ...

    async def serve(self) -> None: ...


class Share:
    """A board's motion and predictions for neighbours.

    `samples` and `predictions` count what was passed on, `unplaced` samples without a known moment.
    """

    def __init__(
        self, client: BoardClient, shared: SharedBoard, neighbours: Sequence[Neighbour]
    ) -> None:
        self._client = client
        self._shared = shared
        self._neighbours = neighbours
        self.samples = self.predictions = self.unplaced = 0

    async def run(self) -> None:
        """Go on until cancelled.

        Raises MotionLoopError when the board does not come back, its time cannot be told, or a
        neighbour cannot be reached.
        """
        try:
            async with ClockWatch(self._client) as watch, asyncio.TaskGroup() as tasks:
                for neighbour in self._neighbours:
                    tasks.create_task(neighbour.serve())
                if any(neighbour.needs_motion for neighbour in self._neighbours):
                    await self._wait_until_known(watch)
                    tasks.create_task(self._pass_motion(watch))
                if self._shared.labels:
                    tasks.create_task(self._pass_predictions(watch))
        except ExceptionGroup as group:
            said, others = group.split(MotionLoopError)
            if said is None or others is not None:
                raise
            raise said.exceptions[0] from None

    async def _wait_until_known(self, watch: ClockWatch) -> None:
        try:
            async with asyncio.timeout(_CLOCK_TIMEOUT_S):
                await watch.known()
        except TimeoutError:
            raise MotionLoopError(
                tr(
                    "The clock of {board} does not go as this computer's, so that no moment "
                    "can be given. A virtual board must run at --speed 1; bring a real one "
                    "nearer.",
                    board=self._client.board,
                )
            ) from None

    async def _pass_motion(self, watch: ClockWatch) -> None:
        async for packet in self._client.stream():
            watch.add_packet(packet)
            relation = watch.relations[-1] if watch.relations else None
            if relation is None:
                self.unplaced += len(packet.raw)
                continue
            moved = Moved(self._motion(packet), relation.moments_s(packet.t_us))
            for neighbour in self._neighbours:
                if neighbour.needs_motion:
                    neighbour.add_motion(moved)
            self.samples += len(packet.raw)

    async def _pass_predictions(self, watch: ClockWatch) -> None:
        async for prediction in self._client.predictions():
            relation = watch.relation_now
            recognised = Recognised(
                self._shared.label_of(prediction),
                None if prediction.unknown else prediction.confidence,
                None if relation is None else relation.moment_s(prediction.t_us),
            )
            for neighbour in self._neighbours:
                neighbour.add_prediction(recognised)
            self.predictions += 1

    def _motion(self, packet: Packet) -> NDArray[np.float64]:
        nano = packet.raw * np.array(self._shared.board.format.nano_per_lsb, np.float64)
        motion: NDArray[np.float64] = nano / 1e9
        return motion
