"""A stand-in for the training process: goes through its stages at once, or stays in one of them.

It answers as motionloop.training.worker does, and as there the package is the last file written.
STAND_IN_MODEL names the folder of the model that comes out, STAND_IN_STAYS the stage that it does
not leave.
"""

from __future__ import annotations

import json
import os
import shutil
import sys
from pathlib import Path

from motionloop.model.folder import METRICS_FILE, PACKAGE_FILE

STAGES = ("windows", "train", "convert", "evaluate", "save")


def say(event: str, **fields: object) -> None:
    print(json.dumps({"event": event, **fields}), flush=True)


def stay_in(stage: str) -> None:
    """Until the client goes away, if it is this one."""
    if os.environ["STAND_IN_STAYS"] == stage:
        sys.stdin.read()


def train(folder: Path, made: Path) -> None:
    for place, stage in enumerate(STAGES):
        if stage == "save":  # half of it is there when that is known
            folder.mkdir(parents=True)
            shutil.copy(made / METRICS_FILE, folder)
        say("progress", stage=stage, done=place, total=len(STAGES), remaining_s=None)
        stay_in(stage)
    package = shutil.copy(made / PACKAGE_FILE, folder)
    metrics = json.loads((folder / METRICS_FILE).read_bytes())
    say("result", folder=str(folder), package=str(package), metrics=metrics)


if __name__ == "__main__":
    stay_in("start the trainer")
    say("ready")
    while line := sys.stdin.readline():
        train(Path(json.loads(line)["folder"]), Path(os.environ["STAND_IN_MODEL"]))
