"""Print a few seconds of a board's motion: `python examples/stream.py`.

Without a board, start a virtual one beside it: `motionloop virtual-board`.
"""

from __future__ import annotations

import asyncio

from motionloop.board.client import BoardClient


async def main(seconds: float = 5.0) -> int:
    """Print the acceleration of each packet; returns the number of samples."""
    samples = 0
    async with BoardClient.find() as board:
        accel_g = board.info.accel_ng_per_lsb / 1e9
        async for packet in board.stream():
            samples += len(packet.raw)
            x, y, z = packet.raw[-1, :3] * accel_g
            print(f"sample {packet.seq + len(packet.raw) - 1}: {x:+.2f} {y:+.2f} {z:+.2f} g")
            if samples >= seconds * board.info.native_rate_mhz / 1000:
                break
    return samples


if __name__ == "__main__":
    asyncio.run(main())
