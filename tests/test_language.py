"""Texts in the users' language."""

from __future__ import annotations

import json
import pickle
from collections.abc import Iterator

import numpy as np
import pytest

from motionloop import language
from motionloop.language import again, tr


@pytest.fixture
def german() -> Iterator[None]:
    words = {
        "Saved {name}: {seconds:.1f} s.": "{name} gespeichert: {seconds:.1f} s.",
        "{rows:,} rows": "{rows:,} Zeilen",
        "%n file(s)": "%n Dateien",
        "no board": "kein Board",
        "It failed: {cause}": "Es ging nicht: {cause}",
    }
    language.speak(lambda source, _, n: words[source].replace("%n", str(n)), ",", ".")
    yield
    language.speak(language.english)


def test_english_needs_no_translation() -> None:
    assert tr("Saved {name}: {seconds:.1f} s.", name="a.b", seconds=2.5) == "Saved a.b: 2.5 s."
    assert [tr("%n file(s)", "", n) for n in (0, 1, 2)] == ["0 files", "1 file", "2 files"]
    assert tr("the file(s)") == "the file(s)"


def test_numbers_have_the_signs_of_the_language(german: None) -> None:
    saved = tr("Saved {name}: {seconds:.1f} s.", name="a.b", seconds=2.5)
    assert saved == "a.b gespeichert: 2,5 s."
    assert tr("{rows:,} rows", rows=12345) == "12.345 Zeilen"


def test_a_text_of_another_process_is_translated_here() -> None:
    sent = pickle.dumps(tr("It failed: {cause}", cause=tr("no board")))
    assert str(pickle.loads(sent)) == "It failed: no board"
    language.speak(lambda source, _, n: {"no board": "kein Board"}.get(source, "Ach: {cause}"))
    try:
        assert again(pickle.loads(sent)) == "Ach: kein Board"
        assert again("no text of ours") == "no text of ours"
    finally:
        language.speak(language.english)


def test_an_error_keeps_the_text_across_json() -> None:
    told = language.joined(
        [
            tr("It failed: {cause}", cause=ValueError(tr("no board"))),
            "C{3}",
            tr("%n file(s)", "", 2),
        ]
    )
    assert told == "It failed: no board C{3} 2 files"
    sent = json.dumps(language.to_json(str(ValueError(told))))
    words = {"no board": "kein Board", "It failed: {cause}": "Ach: {cause}", "%n file(s)": "%n F."}
    language.speak(lambda source, _, n: words.get(source, source).replace("%n", str(n)))
    try:
        assert language.from_json(json.loads(sent)) == "Ach: kein Board C{3} 2 F."
        assert language.from_json("plain") == "plain"
    finally:
        language.speak(language.english)


def test_numbers_cross_json_as_numbers() -> None:
    rows = tr("{rows:,} rows, {share:.1%}", rows=np.int64(1234), share=np.float32(0.5))
    assert language.from_json(json.loads(json.dumps(language.to_json(rows)))) == rows
