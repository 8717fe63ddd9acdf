"""Do something whenever the activity changes: `python examples/react.py`.

The board needs a model; a new one has the built-in model. Without a board, start a virtual one
beside it: `motionloop virtual-board`, and type an activity there.
"""

from __future__ import annotations

import asyncio

from motionloop.board.client import BoardClient


async def main(changes: int = 5) -> list[str]:
    """Print each new activity, `changes` of them; returns them."""
    seen: list[str] = []
    async with BoardClient.find() as board:
        labels = await board.labels()
        async for prediction in board.predictions():
            now = "unknown" if prediction.unknown else labels[prediction.class_index]
            if seen[-1:] != [now]:
                seen.append(now)
                print(f"{now}, {prediction.confidence:.0%}")
            if len(seen) >= changes:
                break
    return seen


if __name__ == "__main__":
    asyncio.run(main())
