"""What the names of files and folders say: label, person, sensor."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from motionloop.language import tr
from motionloop.recordings.tables import words_of
from motionloop.recordings.tables.headers import TIME_WORDS
from motionloop.recordings.units import WORDS as UNIT_WORDS

ACCELERATION_WORDS = (
    "accelerometer",
    "accelerometers",
    "acceleration",
    "accel",
    "accl",
    "acce",
    "acc",
)
ROTATION_WORDS = ("gyroscope", "gyroscopes", "gyros", "gyro", "gyr", "rotationrate", "rotation")
GRAVITY_WORDS, LINEAR_WORDS = ("gravity",), ("linear", "linearacceleration", "linearaccelerometer")
OTHER_WORDS = ("magnetometer", "magnetic", "magnet", "mag", "orientation")
# What is said of files and folders and is no activity.
_NO_LABEL = words_of(
    "data dataset datasets csv tsv txt raw rawdata recording recordings rec record log logs "
    "file files test testing train training val validation sample samples sensor sensors "
    "sensordata imu motion export exported download downloads "
    "arduino nano ble sense serial output session sessions day trial trials subject "
    "subjects user users person people participant participants part new copy final my the of "
    "and in at unlabelled unlabeled none untitled table tmp temp hz khz am pm "
    "times clocks rate rates freq frequency sps fps odr wrap wraps wraparound rollover overflow "
    "all jitter jittered drift ppm per percent lsb bit bits iphone android pixel samsung mpu lsm "
    "bmi icm linear gravity uncalibrated total meta wear metawear phyphox sensorlog logger index "
    "mm ss"
) | {*ACCELERATION_WORDS, *ROTATION_WORDS, *TIME_WORDS, *UNIT_WORDS}
# The same, unless nothing else is left: a gesture may be called so.
_PERHAPS_NO_LABEL = words_of("run left right wrist watch phone gesture gestures geste gesten")
# Beginnings of words for activities: they decide between the names of a file and its folder.
_ACTIVITIES = words_of(
    "walk run jog sit stand ly lay lie lying stair upstair downstair climb cycl bik row jump "
    "hop squat push pull situp lunge plank wav punch flex swing circle clap shak nod fall "
    "idle rest still sleep driv type typing writ eat drink brush wash cook clean kick throw "
    "catch dribbl geh lauf renn sitz steh lieg trepp winken spring schlaf hinauf hinunter up "
    "down left right swim ski danc stretch turn"
)
_PERSON = re.compile(
    r"(?<![a-zA-Z])(?:subject|subj|sub|user|person|participant|proband|wearer|s|p|u)"
    r"[ _.-]?0*(\d{1,4})(?!\d)",
    re.IGNORECASE,
)
_SHORT = 2  # letters: no word for an activity
_LETTER = re.compile(r"[^\W\d_]")
_WORD = re.compile(r"[^\W\d_]+")


@dataclass(frozen=True)
class Named:
    """What a name says.

    Attributes:
        label: Empty if there is none.
        wearer: Empty if there is none.
        evidence: Where the label is from, in words.
    """

    label: str = ""
    wearer: str = ""
    evidence: str = ""


def named_by(path: Path, root: Path | None) -> Named:
    """Find label and person in the name of a file, and of the folders up to the one given.

    Args:
        path: The file.
        root: The folder that the user named; None where the user named the file.

    Returns:
        What the names say. A folder's name counts only inside the folder that was named.
    """
    folders = list(path.relative_to(root).parts[:-1]) if root else []
    if root and not folders:
        folders = [root.name]
    stem = path.name.split(".")[0]
    wearer = next((w for w in map(_person, [stem, *reversed(folders)]) if w), "")
    from_file = _label(stem)
    from_folder = next((f for f in map(_label, reversed(folders)) if f), "")
    inner = root is not None and path.parent != root
    if inner and not from_folder and _LETTER.fullmatch(path.parent.name):
        from_folder = path.parent.name  # gestures are called by letters: O, V, Z
    if from_file and (_is_activity(from_file) or not from_folder):
        return Named(from_file, wearer, tr("by the file's name"))
    if from_folder and (inner or _is_activity(from_folder)):
        return Named(from_folder, wearer, tr("by the folder's name"))
    return Named(from_file, wearer, tr("by the file's name") if from_file else "")


def partner_of(path: Path, words: Sequence[str], other: Sequence[str]) -> Path | None:
    """The file beside this one whose name has another sensor's word in place of this one's.

    Args:
        path: A file whose name may hold one of `words`.
        words: Of this sensor.
        other: Of the other sensor.

    Returns:
        The other file; None if there is none, or no word in the name.
    """
    word = sensor_word(path, words)
    if not word:
        return None
    start = path.name.lower().rindex(word)
    before, after = path.name[:start].lower(), path.name[start + len(word) :].lower()
    names = {f"{before}{one}{after}" for one in other}
    return next(
        (file for file in sorted(path.parent.iterdir()) if file.name.lower() in names), None
    )


def sensor_word(path: Path, words: Sequence[str]) -> str:
    """The word for a sensor in the name of a file, lower case; empty without one."""
    stem = path.stem.lower()
    return next((word for word in words if re.search(rf"(?<![a-z]){word}(?![a-z])", stem)), "")


def _label(name: str) -> str:
    name = re.sub(r"(?<=[a-z])(?=[A-Z])", " ", name)
    words = [word for word in _WORD.findall(_PERSON.sub(" ", name)) if len(word) > 1]
    kept = [word for word in words if word.lower() not in _NO_LABEL]
    kept = [word for word in kept if len(word) > _SHORT or _is_activity(word)]
    kept = [word for word in kept if word.lower() not in _PERHAPS_NO_LABEL] or kept
    if not kept:
        return ""
    label = "_".join(kept)
    # As it is written, where nothing was between the words that are left out.
    found = re.search(r"[\s_-]".join(map(re.escape, kept)), name)
    return found[0] if found and len(kept) > 1 else label


def _person(name: str) -> str:
    found = _PERSON.search(name)
    return f"subject {found[1]}" if found else ""


def _is_activity(label: str) -> bool:
    words = re.split(r"[\s_-]", label.lower())
    return any(word.startswith(tuple(_ACTIVITIES)) for word in words)
