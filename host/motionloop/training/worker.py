"""The training process: `python -m motionloop.training.worker`. See motionloop.trainer.

stdout carries the protocol alone; what TensorFlow prints there goes to stderr.
"""

from __future__ import annotations

import json
import os
import sys
import traceback
from collections.abc import Callable
from dataclasses import asdict
from typing import Any

from motionloop.errors import MotionLoopError
from motionloop.trainer import Progress, TrainingFailedError, TrainingRequest, error_event


def main() -> None:
    """Answer requests until stdin ends."""
    events = os.fdopen(os.dup(1), "w", encoding="utf-8")
    os.dup2(2, 1)

    def send(event: dict[str, Any]) -> None:
        events.write(json.dumps(event) + "\n")
        events.flush()

    # Imported after stdout is safe, and at once: this is what the process is kept warm for.
    from motionloop.training.pipeline import train_recordings

    def answer(line: str, report: Callable[[Progress], None]) -> dict[str, Any]:
        try:
            request = TrainingRequest.from_json(json.loads(line))
            return {"event": "result", **asdict(train_recordings(request, report))}
        except MotionLoopError as error:
            return error_event(error)
        except BrokenPipeError:
            raise
        except Exception as error:  # whatever it is, the client hears of it and can go on
            traceback.print_exc()
            return error_event(
                TrainingFailedError(
                    f"The training failed unexpectedly ({type(error).__name__}: {error}). "
                    "Please report this with the recordings' folder listing."
                )
            )

    try:
        send({"event": "ready"})
        for line in sys.stdin:
            send(answer(line, lambda p: send({"event": "progress", **asdict(p)})))
    except BrokenPipeError:  # the client is gone, so there is nobody to train for
        os._exit(1)


if __name__ == "__main__":
    main()
