"""What the columns of a table are, by their names."""

from __future__ import annotations

import itertools
import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from motionloop.language import joined, tr
from motionloop.recordings import units
from motionloop.recordings.tables import words_of


class Role(StrEnum):
    """What a column holds."""

    ACCELERATION = "acceleration"
    ROTATION = "rotation"
    LINEAR = "acceleration without gravity"
    GRAVITY = "gravity"
    PLAIN = "axis"  # of a sensor that the name does not say
    TIME = "time"
    INDEX = "index"
    LABEL = "label"
    WEARER = "wearer"
    SESSION = "session"
    SENSOR = "sensor"
    OTHER = "other"


@dataclass(frozen=True)
class Column:
    """One column of a table.

    Attributes:
        index: Its place, from 0 on.
        name: As the file has it.
        role: What it holds.
        axis: 0, 1 or 2 of a sensor; else -1.
        unit: Of acceleration, rotation or time, as the name says it; None if it does not.
        group: What else stands in the name of a sensor's axis, such as "wrist".
    """

    index: int
    name: str
    role: Role
    axis: int = -1
    unit: str | None = None
    group: str = ""

    @property
    def words(self) -> str:
        """The name, or the number of a column without one."""
        return self.name or tr("column {number}", number=self.index + 1)


def words_of_columns(columns: Iterable[Column]) -> str:
    """The names of columns, one behind the other."""
    return joined((column.words for column in columns), ", ")


_LINEAR = (
    "linearacceleration|linearaccelerometer|linearaccel|linearacc|linacc|linaccel|useracceleration"
    "|useraccel|useracc|accelerationwithoutg|accelerationohneg|linearebeschleunigung|dmuacc"
)
_SENSORS = {
    Role.LINEAR: _LINEAR,
    Role.GRAVITY: "gravity|grav|schwerkraft",
    Role.ROTATION: "gyroscope|gyroskop|gyroscopio|giroscopio|gyros|gyro|gyr|giro|angularvelocity"
    "|angularrate|angularspeed|angvel|rotationrate|rotrate|rotation|rotacion|rot|omega|drehrate"
    "|winkelgeschwindigkeit|vitesseangulaire|gy|w|g|r",
    Role.ACCELERATION: "totalacceleration|totalacc|accelerometers|accelerometer|accelerometre"
    "|acelerometro|accelerometro|beschleunigungssensor|beschleunigung|accelerations|acceleration"
    "|aceleracion|accelerazione|aceleracao|gforce|gkraft|accelero|accel|accl|acce|acc|acel|bes"
    "|xl|gf|ac|a",
    Role.OTHER: "magnetometer|magneticfield|magnetic|magnetfeld|magn|mag|orientation|attitude"
    "|quaternion|quat|euler|angle|pressure|b|m|q",
}
_FILLERS = words_of(
    "axis achse ejes asse axe value val raw data sensor imu calibrated cal component "
    "komponente direction richtung des der in"
)
_TIMES = words_of(
    "time timestamp timestamps t ts zeit zeitstempel zeitpunkt uhrzeit datum date datetime "
    "epoch epochtime unixtime unixtimestamp elapsed elapsedtime secondselapsed loggingtime "
    "sampletime systemtime devicetime sensortime timems millis micros nanos milliseconds "
    "microseconds nanoseconds seconds sec secs ms us ns s tempo temps temp tiempo hora "
    "zeitinmillisekunden zeitinsekunden timestart timeelapsed relativetime clock tms tus tns "
    "tick ticks createdat recordedat localtime utc utctime epoc timesincestart yyyymoddhhmisssss"
) - {"temp"}
_CLOCK_OWNERS = words_of("device server sensor host pc phone board mcu system recv received")
_INDICES = words_of(
    "index idx i seq sequence sequencenumber sample samples samplenumber samplenr sampleno "
    "sampleid count counter nr no n num number row rownumber frame unnamed packet line zeile"
) | {"", "unnamed0"}
_LABELS = words_of(
    "label labels class classes klasse target gesture geste category activity activities "
    "activityname activitylabel activitytype aktivitat aktivitaet action actionlabel "
    "annotation annotations state exercise movement movementtype motion motiontype labelname "
    "classlabel classname groundtruth gt letter bewegung ubung uebung activite actividad"
)  # fmt: skip
_LABEL_CODES = frozenset(["activityid", "labelid", "classid", "activitycode", "gestureid"])
_WEARERS = words_of(
    "subject subjects subjectid user userid username participant participantid person "
    "personid wearer volunteer proband probandin subjectname individual patient patientid who"
)
_SESSIONS = words_of(
    "session sessionid trial trialid experiment experimentid expid recording recordingid run "
    "runid file filename repetition rep repid gestureno segmentid sequenceid windowid take"
)
_SENSOR_NAMES = frozenset(["sensor", "sensortype", "sensorname", "type"])
_TIME_UNITS = {
    "s": "s", "sec": "s", "secs": "s", "second": "s", "seconds": "s", "sekunden": "s",
    "ms": "ms", "msec": "ms", "millis": "ms", "millisecond": "ms", "milliseconds": "ms",
    "millisekunden": "ms", "us": "us", "\u00b5s": "us", "usec": "us", "micros": "us",
    "microsecond": "us", "microseconds": "us", "mikrosekunden": "us", "ns": "ns", "nsec": "ns",
    "nanos": "ns", "nanosecond": "ns", "nanoseconds": "ns", "nanosekunden": "ns",
    "min": "min", "mins": "min", "minute": "min", "minutes": "min", "minuten": "min",
    "h": "h", "hr": "h", "hrs": "h", "hour": "h", "hours": "h", "stunden": "h",
}  # fmt: skip
TIME_WORDS = _TIMES | _TIME_UNITS.keys()
# What stands in brackets behind "time" and is no unit.
_NO_TIME_UNITS = words_of(
    "utc gmt local lokal unix epoch posix iso iso8601 relative rel absolute abs start elapsed "
    "sensor device system phone host"
)
_BRACKETS = re.compile(r"[\[({]([^\])}]*)[\])}]")
_LETTERS = re.compile(r"[A-Z]+(?![a-z])|[A-Z]?[a-z\u00b5]+|\d+")


def time_unit_named(text: str) -> str | None:
    """The unit of time that a text means: s, ms, us, ns, min or h; None for others."""
    return _TIME_UNITS.get(text.strip().lower().replace("\u03bc", "\u00b5"))


def _time_unit_said(text: str) -> str | None:
    """The unit that brackets name, also one that is not known here; None where they name none."""
    text = text.strip()
    if text.lower() in _NO_TIME_UNITS or not re.fullmatch(r"[^\W\d]+", text):
        return time_unit_named(text)
    return time_unit_named(text) or text


def columns_of(names: Sequence[str], unit_names: Sequence[str] | None = None) -> list[Column]:
    """Find what the columns of a table are.

    Args:
        names: As the header has them.
        unit_names: A line of units below it.

    Returns:
        A column for each name.
    """
    found = [_column(index, name) for index, name in enumerate(names)]
    if unit_names is None:
        return found
    return [
        Column(c.index, c.name, c.role, c.axis, c.unit or _unit_for(c.role, text), c.group)
        for c, text in zip(found, unit_names, strict=True)
    ]


def _column(index: int, name: str) -> Column:
    said = _BRACKETS.search(name)
    bare = _BRACKETS.sub(" ", name) if said else name
    words = [word.lower() for word in _LETTERS.findall(_folded(bare))]
    key = "".join(words)
    unit_text = said[1] if said else ""
    if key in _LABELS:
        return Column(index, name, Role.LABEL)
    if key in _LABEL_CODES:
        return Column(index, name, Role.LABEL, unit="code")
    if key in _WEARERS:
        return Column(index, name, Role.WEARER)
    if key in _SESSIONS:
        return Column(index, name, Role.SESSION)
    if key in _SENSOR_NAMES:
        return Column(index, name, Role.SENSOR)
    if key in _INDICES:
        return Column(index, name, Role.INDEX)
    time = _time_column(index, name, words, key, unit_text)
    if time:
        return time
    return _axis_column(index, name, bare, words, unit_text)


def _folded(text: str) -> str:
    """Letters without their marks, as umlauts are written without them, too."""
    text = unicodedata.normalize("NFKD", text)
    return "".join(letter for letter in text if not unicodedata.combining(letter))


def _time_column(
    index: int, name: str, words: list[str], key: str, unit_text: str
) -> Column | None:
    unit = _time_unit_said(unit_text) if unit_text else None
    if len(words) > 1 and words[0] in _CLOCK_OWNERS:
        words, key = words[1:], key.removeprefix(words[0])
    if unit is None and key in ("tick", "ticks"):
        unit = "ticks"  # as long as its program had them
    for end in (1, 0):
        stem = "".join(words[: len(words) - end]) if end else key
        if stem and (stem in _TIMES or stem.removesuffix("in") in _TIMES):
            said = time_unit_named(words[-1]) if words else None
            if key in ("tms", "tus", "tns", "timems"):
                said = time_unit_named(key[-2:])
            if key == "secondselapsed":
                said = "s"
            if end and said is None:
                continue  # "time of day" and the like
            return Column(index, name, Role.TIME, unit=unit or (said if key != "t" else None))
    return None


def _axis_column(index: int, name: str, bare: str, words: list[str], unit_text: str) -> Column:
    """A sensor's axis: the word for the sensor and a letter, in either order, units behind."""
    words = list(words)
    unit = unit_text
    # "ax_g", "gx_rad_s", "acc_x_mg": the unit stands behind the axis.
    for size in (3, 2, 1):
        tails = ("/".join(words[-size:]), "".join(words[-size:]))
        tail = next((t for t in tails if _unit_of_motion(t)), "")
        if not unit and tail and len(words) > size and "".join(words[:-size])[-1] in "xyz":
            unit, words = tail, words[:-size]
            break
    words = [word for word in words if word not in _FILLERS]
    # A number of the sensor or board, as in MPU6050 or acc1, is no part of the words.
    words = [word for word in words if not word.isdigit()]
    key = "".join(words)
    matches = []
    for role, sensors in _SENSORS.items():
        for pattern in (
            rf"(.*?)({sensors})([xyz])()",
            rf"(.*?)([xyz])({sensors})()",
            rf"(.*?)({sensors})([xyz])(.+)",
        ):
            found = re.fullmatch(pattern, key)
            if found:
                before, first, second, after = found.groups()
                axis = second if second in ("x", "y", "z") else first
                sensor = first if axis == second else second
                rest = before + after
                if len(sensor) < 3 and rest and not _own_word(words, sensor, axis):
                    continue  # a single letter inside a word is no sensor
                matches.append((len(rest), -len(sensor), role, axis, rest))
    if matches:
        _, _, role, axis, rest = min(matches, key=lambda match: match[:2])
        if key in ("gfx", "gfy", "gfz"):
            unit = "g"
        return Column(
            index, name, role, "xyz".index(axis), _unit_for(role, unit), rest.strip("0123456789")
        )
    if key in ("x", "y", "z"):
        return Column(index, name, Role.PLAIN, "xyz".index(key), unit or None)
    return Column(index, name, Role.OTHER)


def _own_word(words: list[str], sensor: str, axis: str) -> bool:
    """Whether sensor and axis stand for themselves among the words: "ax", or "a" and "x"."""
    pairs = [*words, *("".join(pair) for pair in itertools.pairwise(words))]
    return sensor + axis in pairs or axis + sensor in pairs


def _unit_of_motion(text: str) -> str | None:
    return units.accel_unit_named(text) or units.gyro_unit_named(text)


def _unit_for(role: Role, text: str | None) -> str | None:
    if not text:
        return None
    if role in (Role.ACCELERATION, Role.LINEAR, Role.GRAVITY):
        return units.accel_unit_named(text)
    if role is Role.ROTATION:
        return units.gyro_unit_named(text)
    if role is Role.TIME:
        return _time_unit_said(text.strip("[]()"))
    return text
