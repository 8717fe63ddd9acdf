"""`motionloop doctor` as if it ran in the guest: it reads the guest's /sys, copied to GUEST_SYS."""

from __future__ import annotations

import os
import sys
from pathlib import Path

from motionloop import bluetooth
from motionloop.cli import main

if __name__ == "__main__":
    folder = Path(os.environ["GUEST_SYS"])
    for function in (bluetooth.unusable, bluetooth.switched_off_advice, bluetooth.bluetooth_advice):
        assert function.__defaults__ is not None
        function.__defaults__ = (folder, *function.__defaults__[1:])
    main(["doctor", *sys.argv[1:]])
