"""Pushing a package of a given size under ArduinoBLE's limits, 15 ms connection interval.

A virtual board in a process of its own at real speed. The fourth push counts, into a slot that
was used before and is erased ahead. The fifth follows at once and waits for the erase of its slot.
With --bluez: two pushes through a real BlueZ, the second right after another command.
"""

from __future__ import annotations

import asyncio
import time
import zlib
from dataclasses import replace
from pathlib import Path

from benchmarks.output import finish, parser
from motionloop import wire
from motionloop.board.client import BoardClient
from motionloop.board.link import RadioChoice, find_board
from motionloop.virtual.process import VirtualBoardProcess

MODEL = Path(__file__).parent.parent / "tests" / "golden" / "model.mlpkg"
PUSHES = 5
COUNTS = 3  # the index of the one that counts
PREPARE_S = 8.0  # the board erases a slot meanwhile


def padded(package: bytes, size: int, number: int) -> bytes:
    """The package made `size` bytes long, a different one for each `number`."""
    grown = package + bytes([number]) * (size - len(package))
    header = wire.PackageHeader.unpack(grown)
    header = replace(header, total_bytes=size, model_id=bytes([number] * 8), crc32=0)
    grown = header.pack() + grown[wire.PackageHeader.SIZE :]
    header = replace(header, crc32=zlib.crc32(grown[wire.PackageHeader.offset_of("signature") :]))
    return header.pack() + grown[wire.PackageHeader.SIZE :]


async def push(size: int) -> list[float]:
    """Seconds of each push."""
    seconds = []
    model = MODEL.read_bytes()
    async with VirtualBoardProcess("--interval-ms", "15") as virtual:
        found = await find_board(virtual.address, 10.0, RadioChoice.VIRTUAL)
        async with BoardClient(found) as client:
            for number in range(PUSHES):
                if number == COUNTS:
                    await asyncio.sleep(PREPARE_S)
                package = padded(model, size, number)
                begin_s = time.monotonic()
                async for _ in client.push(package):
                    pass
                seconds.append(time.monotonic() - begin_s)
                print(f"push {number + 1}: {seconds[-1]:.2f} s", flush=True)
    return seconds


def main() -> None:
    arguments = parser(__doc__)
    arguments.add_argument("--bytes", type=int, default=30_000)
    arguments.add_argument(
        "--bluez",
        action="store_true",
        help="with `motionloop push` through a real BlueZ (see tests/bluez)",
    )
    options = arguments.parse_args()
    if options.bytes < MODEL.stat().st_size:
        arguments.error(f"--bytes: at least {MODEL.stat().st_size}, the size of a real model")
    if options.bluez:
        from benchmarks import bluez  # for Linux only

        model = MODEL.read_bytes()
        fresh_s, again_s = bluez.push_seconds([padded(model, options.bytes, n) for n in (0, 1)])
        finish(options, {"bytes": options.bytes, "seconds": fresh_s, "seconds_again": again_s})
        return
    seconds = asyncio.run(push(options.bytes))
    finish(
        options,
        {
            "bytes": options.bytes,
            "seconds": round(seconds[COUNTS], 2),
            "kb_per_s": round(options.bytes / seconds[COUNTS] / 1000, 2),
            "seconds_blank_slot": round(seconds[0], 2),
            "seconds_right_after_another": round(seconds[-1], 2),
        },
    )


if __name__ == "__main__":
    main()
