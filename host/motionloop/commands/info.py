"""Show a board's description of itself, and its counters."""

from __future__ import annotations

import argparse

from rich.table import Table

from motionloop import wire
from motionloop.board.client import BoardClient
from motionloop.commands.board_options import add_board, chosen_board
from motionloop.commands.console import terminal


def configure(parser: argparse.ArgumentParser) -> None:
    add_board(parser)
    parser.add_argument("--blink", type=int, metavar="SECONDS", help="have the board blink too")


async def run(options: argparse.Namespace) -> None:
    async with BoardClient(await chosen_board(options)) as client:
        if options.blink:
            await client.resumed(lambda: client.identify(min(options.blink, 255)))
        rows = await client.resumed(lambda: _rows(client))
    table = Table(show_header=False)
    for name, value in rows.items():
        table.add_row(name, value)
    terminal().print(table)


async def _rows(client: BoardClient) -> dict[str, str]:
    """The values to show, by their names."""
    info, counters = client.info, await client.status()
    has_model = info.active_slot != wire.NO_SLOT
    labels = ", ".join(await client.labels()) if has_model else "none: push one"
    return {
        "board": str(client.board),
        "firmware": f"{info.firmware_major}.{info.firmware_minor}.{info.firmware_patch}",
        "sensor": f"{wire.Imu(info.imu).name}, {info.native_rate_mhz / 1000:g} Hz, "
        f"±{info.accel_range_mg / 1000:g} g, ±{info.gyro_range_dps} °/s",
        "nature": _nature(info),
        "memory": f"slots of {info.slot_bytes} bytes, arena of {info.arena_bytes} bytes, "
        f"{info.ring_samples} samples of history",
        "model": f"{info.model_id.hex()} ({labels})" if has_model else labels,
        "model before": info.previous_model_id.hex() if any(info.previous_model_id) else "none",
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
