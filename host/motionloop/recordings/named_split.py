"""A named split: who is tested, written down once, so that every model is tested on the same.

It is a small file beside the recordings, `splits/NAME.json`. `motionloop.splits` makes one and cuts
windows by it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from motionloop.errors import DatasetError
from motionloop.language import tr
from motionloop.recordings.recording import SAMPLES_FILE
from motionloop.recordings.recording_json import recording_folders
from motionloop.recordings.where import Described
from motionloop.safe_files import disk_error, json_bytes, own_folder, read_json, write_new
from motionloop.typed_values import texts, typed_value

SPLITS_FOLDER = "splits"
PERSON, SESSION = "person", "session"
_FORMAT = 1
_NAMED = 5  # recordings in a message; the others are counted


@dataclass(frozen=True)
class NamedSplit:
    """Who is trained on and who is tested on.

    Attributes:
        name: Its name.
        by: PERSON: all of a person's sessions are on one side; or SESSION.
        train: The sessions of each person for training.
        test: The sessions of each person for the test.
        created: When it was fixed, ISO 8601 with time zone.
        sha256: Hash of the recordings that it was made from.
    """

    name: str
    by: str
    train: Mapping[str, tuple[str, ...]]
    test: Mapping[str, tuple[str, ...]]
    created: str = ""
    sha256: str = ""

    @property
    def held_out(self) -> tuple[str, ...]:
        """The people or sessions in the test."""
        return _names(self.by, self.test)

    def words(self) -> str:
        """The split in a sentence."""
        held_out = ", ".join(self.held_out)
        if not self.created:
            return tr(
                "Split {name!r} by {by}: tested on {held_out}.",
                name=self.name,
                by=words_for_kind(self.by),
                held_out=held_out,
            )
        return tr(
            "Split {name!r} by {by}, fixed on {day}: tested on {held_out}.",
            name=self.name,
            by=words_for_kind(self.by),
            day=self.created[:10],
            held_out=held_out,
        )

    def changes(self, recordings: Iterable[Described]) -> list[str]:
        """Say what came and what went since the split was fixed.

        Args:
            recordings: All that are given, or their facts.

        Returns:
            Sentences; none when the recordings are those that were there.
        """
        whole = list(recordings)
        there = {(one.wearer, one.name) for one in whole}
        listed = {
            (person, name): tested
            for people, tested in ((self.train, False), (self.test, True))
            for person, names in people.items()
            for name in names
        }
        used = [(one.wearer, one.name) for one in whole if not one.excluded]
        new = [one for one in used if one not in listed]
        said: list[str] = []
        for tested in (False, True):
            part = tr("the test") if tested else tr("the training")
            names = [name for person, name in new if self._is_tested(person, name) is tested]
            if names:
                said.append(
                    tr(
                        "The split {split!r} does not list {names}, recorded or changed after "
                        "it was fixed: used for {part}.",
                        split=self.name,
                        names=_few(names),
                        part=part,
                    )
                )
            gone = [
                name
                for person, name in listed
                if listed[person, name] is tested and (person, name) not in there
            ]
            if gone:
                said.append(
                    tr(
                        "Of {part} of the split {split!r} these are not among the recordings: "
                        "{names}.",
                        part=part,
                        split=self.name,
                        names=_few(gone),
                    )
                )
        return said

    def left_out(self, recordings: Iterable[Described], used: Iterable[Described]) -> list[str]:
        """Say what of the test is not used: models that were tested on all of it compare badly.

        Args:
            recordings: All that are given, or their facts.
            used: Those of them that are used.

        Returns:
            A sentence; none when the whole test is used.
        """
        kept = {(one.wearer, one.name) for one in used}
        missing = [
            one.name
            for one in recordings
            if one.name in self.test.get(one.wearer, ()) and (one.wearer, one.name) not in kept
        ]
        if not missing:
            return []
        return [
            tr(
                "Of the test of the split {split!r} these are left out: {names}. Its figures "
                "compare only with those of models that were tested without them, too.",
                split=self.name,
                names=_few(missing),
            )
        ]

    def _is_tested(self, person: str, session: str) -> bool:
        key = person if self.by == PERSON else session
        return key in self.held_out

    def save(self, folder: Path) -> Path:
        """Write the split; one that is there already is never changed.

        Args:
            folder: Of the splits; made if it is missing.

        Returns:
            The file.

        Raises:
            DatasetError: There is another split of this name, or a recording in that place.
            RecordingError: The disk failed.
            DiskFullError: The disk has no room.
        """  # noqa: DOC501, `disk_error` makes one of the two
        path = folder / f"{self.name}.json"
        if (folder / SAMPLES_FILE).exists():
            raise DatasetError(
                tr(
                    "{folder} is a recording, and the splits would lie there: rename its folder.",
                    folder=folder,
                )
            )
        document = {"format": _FORMAT, **asdict(self)}
        del document["name"]  # the file's
        content = json_bytes(document, indent=1) + b"\n"
        try:
            own_folder(folder, parents=True)
            write_new(path, content)
        except OSError as error:
            if not isinstance(error, FileExistsError) or not folder.is_dir():
                raise disk_error(error, path, tr("The split was not saved.")) from error
            self._refuse_other(path)
        return path

    def _refuse_other(self, path: Path) -> None:
        old = load_split(path)
        if (old.by, old.train, old.test) != (self.by, self.train, self.test):
            raise DatasetError(
                tr(
                    "There is another split {name!r} already, {path}: {words} Models may have "
                    "been tested by it, so it is not changed. Choose another name, or delete "
                    "the file first.",
                    name=self.name,
                    path=path,
                    words=old.words(),
                )
            )


def words_for_kind(kind: str) -> str:
    """What a split is by, in words: PERSON or SESSION."""
    return tr("person") if kind == PERSON else tr("session")


def load_split(path: Path) -> NamedSplit:
    """Read a split.

    Args:
        path: Its file.

    Returns:
        The split.

    Raises:
        DatasetError: The file cannot be read, or says something impossible.
    """
    try:
        document = read_json(path)
        return _from_document(path.stem, document)
    except (OSError, ValueError, RecursionError) as error:
        raise DatasetError(
            tr(
                "{path} is no split ({error}). Put it back from a backup, or delete the file "
                "and make it again with `motionloop dataset --fix-split`.",
                path=path,
                error=error,
            )
        ) from error


def _from_document(name: str, document: Any) -> NamedSplit:
    if typed_value(document, "format", int) > _FORMAT:
        raise ValueError(tr("it is of a newer version of this program"))
    by = typed_value(document, "by", str)
    if by not in (PERSON, SESSION):
        raise ValueError(
            tr(
                "'by' is {by!r}, neither {person} nor {session}",
                by=by,
                person=PERSON,
                session=SESSION,
            )
        )
    train, test = (
        {person: tuple(texts(people, person)) for person in people}
        for people in (typed_value(document, part, dict) for part in ("train", "test"))
    )
    made = NamedSplit(
        name,
        by,
        train,
        test,
        typed_value(document, "created", str),
        typed_value(document, "sha256", str),
    )
    if not made.held_out:
        raise ValueError(tr("nobody is in its test"))
    if both := sorted({*made.held_out} & {*_names(by, train)}):
        raise ValueError(tr("{both} is in the training and in the test", both=", ".join(both)))
    return made


def _names(by: str, part: Mapping[str, tuple[str, ...]]) -> tuple[str, ...]:
    """The people or sessions in a part."""
    if by == PERSON:
        return tuple(sorted(part))
    return tuple(sorted({name for names in part.values() for name in names}))


def is_splits_folder(path: Path) -> bool:
    """Whether a folder among recordings is that of their splits, and no recording."""
    return path.name == SPLITS_FOLDER and not (path / SAMPLES_FILE).exists()


def splits_folder(source: str | Path) -> Path:
    """Find the place of the splits of recordings.

    Args:
        source: A recording, a folder of recordings, or a data file or a folder of them.

    Returns:
        The folder inside a folder of recordings, and beside all others. It need not be there.
    """
    path = Path(source)
    whole = not (path / SAMPLES_FILE).exists() and bool(recording_folders(path))
    return (path if whole else path.absolute().parent) / SPLITS_FOLDER


def stored_splits(sources: Iterable[str | Path]) -> dict[str, Path]:
    """Find the splits of recordings.

    Args:
        sources: As for `splits_folder`.

    Returns:
        The file of each name, in alphabetical order; of two with one name the first one's.
    """
    found: dict[str, Path] = {}
    for folder in dict.fromkeys(map(splits_folder, sources)):
        for path in folder.glob("*.json"):
            found.setdefault(path.stem, path)
    return dict(sorted(found.items()))


def find_split(name: str, sources: Sequence[str | Path]) -> NamedSplit:
    """Read the split of a name.

    Args:
        name: The name.
        sources: As for `splits_folder`.

    Returns:
        The split.

    Raises:
        DatasetError: There is none of this name, or its file cannot be read.
    """
    stored = stored_splits(sources)
    if name not in stored:
        places = ", ".join(dict.fromkeys(str(splits_folder(source)) for source in sources))
        there = tr("there is none")
        if stored:
            there = tr("there are: {names}", names=", ".join(stored))
        raise DatasetError(
            tr(
                "There is no split {name!r} in {places}; {there}. `motionloop dataset "
                "--fix-split {name}` makes one; person, session and block need no file.",
                name=name,
                places=places,
                there=there,
            )
        )
    return load_split(stored[name])


def _few(names: Sequence[str]) -> str:
    shown = ", ".join(names[:_NAMED])
    if len(names) <= _NAMED:
        return shown
    return tr("{names} and {count} more", names=shown, count=len(names) - _NAMED)
