"""What one can say of a data file that does not say it itself, or says it wrongly."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class ReadOptions:
    """Corrections to what a data file says. None or "": as the file says, or as the data shows.

    Attributes:
        accel_unit: Of acceleration, as `units.accel_factor` takes it.
        gyro_unit: Of rotation, as `units.gyro_factor` takes it.
        rate_hz: Samples per second; the times of the file are then not used.
        time_unit: Of a column of times: s, ms, us, ns, min or h.
        columns: What each column of a table is: ax, ay, az, gx, gy, gz, t, label, wearer or -.
        label: Of all samples, whatever the file says.
        wearer: The person, whatever the file says.
        placement: Where the sensor was worn, whatever the file says.
        signing_key: With which a file's signature is checked.
    """

    accel_unit: str | None = None
    gyro_unit: str | None = None
    rate_hz: float | None = None
    time_unit: str | None = None
    columns: tuple[str, ...] | None = None
    label: str = ""
    wearer: str = ""
    placement: str = ""
    signing_key: str = ""


AS_THE_FILE_SAYS = ReadOptions()
