"""Show a board's description of itself, and its counters."""

from __future__ import annotations

import argparse
from dataclasses import asdict
from typing import Any

from rich.table import Table

from motionloop import wire
from motionloop.board.client import BoardClient
from motionloop.board.link import FoundBoard
from motionloop.commands.board_options import add_board, chosen_board
from motionloop.commands.console import print_json, terminal
from motionloop.commands.documents import board_document
from motionloop.commands.options import add_json, at_least
from motionloop.recordings.recording_json import is_synthetic


def configure(parser: argparse.ArgumentParser) -> None:
    add_board(parser)
    parser.add_argument(
        "--blink", type=at_least(1), metavar="SECONDS", help="have the board blink too"
    )
    add_json(parser)


async def run(options: argparse.Namespace) -> None:
    async with BoardClient(await chosen_board(options)) as client:
        if options.blink:
            await client.resumed(lambda: client.identify(min(options.blink, 255)))
        counters, labels = await client.resumed(lambda: _asked(client))
    if options.json:
        print_json(_document(client.board, client.info, counters, labels))
        return
    table = Table(show_header=False)
    for name, value in _rows(client.board, client.info, counters, labels).items():
        table.add_row(name, value)
    terminal().print(table)


async def _asked(client: BoardClient) -> tuple[wire.Counters, tuple[str, ...]]:
    """The counters, and the labels of the model; none without a model."""
    counters = await client.status()
    has_model = client.info.active_slot != wire.NO_SLOT
    return counters, await client.labels() if has_model else ()


def _document(
    board: FoundBoard, info: wire.Info, counters: wire.Counters, labels: tuple[str, ...]
) -> dict[str, Any]:
    return {
        "board": board_document(board),
        "firmware": _firmware(info),
        "sensor": {
            "name": wire.Imu(info.imu).name,
            "rate_hz": info.native_rate_mhz / 1000,
            "accel_range_g": info.accel_range_mg / 1000,
            "gyro_range_deg_s": info.gyro_range_dps,
        },
        "kind": _kind(info),
        "synthetic": is_synthetic(info),
        "slot_bytes": info.slot_bytes,
        "arena_bytes": info.arena_bytes,
        "ring_samples": info.ring_samples,
        "model_id": info.model_id.hex() if labels else None,
        "labels": labels,
        "previous_model_id": _previous(info),
        "model_dropped": bool(info.flags & wire.BoardFlag.MODEL_DROPPED),
        "counters": asdict(counters),
    }


def _firmware(info: wire.Info) -> str:
    return f"{info.firmware_major}.{info.firmware_minor}.{info.firmware_patch}"


def _kind(info: wire.Info) -> str:
    if info.flags & wire.BoardFlag.EMULATED:
        return "emulated"
    return "virtual" if info.flags & wire.BoardFlag.VIRTUAL else "hardware"


def _previous(info: wire.Info) -> str | None:
    return info.previous_model_id.hex() if any(info.previous_model_id) else None


def _rows(
    board: FoundBoard, info: wire.Info, counters: wire.Counters, labels: tuple[str, ...]
) -> dict[str, str]:
    """The values to show, by their names."""
    model = f"{info.model_id.hex()} ({', '.join(labels)})" if labels else "none: push one"
    if info.flags & wire.BoardFlag.MODEL_DROPPED:
        model += "; another one ended the board twice in a row and is in use no more"
    return {
        "board": str(board),
        "firmware": _firmware(info),
        "sensor": f"{wire.Imu(info.imu).name}, {info.native_rate_mhz / 1000:g} Hz, "
        f"±{info.accel_range_mg / 1000:g} g, ±{info.gyro_range_dps} °/s",
        "nature": _nature(info),
        "memory": f"slots of {info.slot_bytes} bytes, arena of {info.arena_bytes} bytes, "
        f"{info.ring_samples} samples of history",
        "model": model,
        "model before": _previous(info) or "none",
        "running for": f"{counters.now_us / 1e6:.1f} s",
        "samples": f"{counters.next_seq}, saturated {counters.saturated}, "
        f"sensor gaps {counters.sensor_gaps}",
        "predictions": f"{counters.predictions}, skipped {counters.windows_skipped}, "
        f"failed {counters.inference_failures}",
        "radio": f"{counters.notify_refused} notifications put off, "
        f"{counters.bad_commands} bad commands",
        "silent radio": _restarts(counters.radio_restarts),
    }


def _restarts(count: int) -> str:
    if count == 0:
        return "never since power was applied"
    times = "once" if count == 1 else f"{count} times"
    return f"the board restarted itself {times} because of it since power was applied"


def _nature(info: wire.Info) -> str:
    if info.flags & wire.BoardFlag.EMULATED:
        return "emulated: the firmware's image on a computer, its times are estimates"
    if info.flags & wire.BoardFlag.SYNTHETIC:
        return "virtual, its motion is synthetic"
    return "virtual, its motion is replayed" if info.flags & wire.BoardFlag.VIRTUAL else "hardware"
