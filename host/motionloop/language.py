"""Texts for users, in the users' language.

Write every text that a user reads as `tr("Saved {name}.", name=name)`: the whole sentence, with
its values by name, so that a translator may change their order. The window asks for translations
(`studio/translation.py`); the command line speaks English. `make translations` finds the texts
with Qt's `lupdate`, which needs the text itself in the call: no f-string, no variable, no constant.
"""

from __future__ import annotations

import string
from collections.abc import Callable, Iterable, Mapping
from numbers import Integral, Real
from typing import Any

Translate = Callable[[str, str, int], str]


class Text(str):
    """A text in the users' language that remembers what it was made of.

    A process that speaks English can so hand its text to a window that speaks German. `str(text)`
    and `str(error)` of an error with a text remember it, too.

    Args:
        words: The text as a user reads it.
        source: The English text with its names in braces.
        comment: For the translator.
        number: What decides between one and several; -1 for a text without a count.
        values: By name, for the braces.
    """

    source: str
    comment: str
    number: int
    values: Mapping[str, object]

    def __new__(
        cls, words: str, source: str, comment: str, number: int, values: Mapping[str, object]
    ) -> Text:
        made = super().__new__(cls, words)
        made.source, made.comment, made.number, made.values = source, comment, number, values
        return made

    def __str__(self) -> str:
        return self

    def __reduce__(self) -> tuple[type[Text], tuple[str, str, str, int, Mapping[str, object]]]:
        return Text, (self[:], self.source, self.comment, self.number, self.values)


def tr(source: str, comment: str = "", count: int = -1, /, **values: object) -> Text:
    """The text in the users' language.

    Call it when the text is shown: while a module is imported, the language is not yet known. A
    constant may be made then, where `again` shows it.

    Args:
        source: In English. `{name}` stands for a value, as in `str.format`; `%n` for the count,
            and "(s)" for an "s" unless the count is one.
        comment: For the translator; the same source with two comments is two texts.
        count: Of what the text counts; -1 without.
        **values: For the names in braces.
    """
    words = _translate(source, comment, count)
    if values:
        words = _formatter.vformat(words, (), values)
    return Text(words, source, comment, count, values)


def number(value: float, spec: str) -> str:
    """A number outside of a text, such as at an axis, as the users' language writes it.

    Args:
        value: The number.
        spec: How, as in `format`: ".1f".
    """
    return _formatter.format_field(value, spec)


def joined(texts: Iterable[str], between: str = " ") -> Text:
    """Sentences, or lines, one behind the other."""
    values = {f"_{place}": text for place, text in enumerate(texts)}
    source = between.replace("{", "{{").replace("}", "}}").join(f"{{{name}}}" for name in values)
    return Text(between.join(map(str, values.values())), source, "", -1, values)


def again(text: str) -> str:
    """The same text in the language of this process, if it was made by `tr`."""
    return _made_again(text, _translate, _formatter)


def in_english(text: str) -> str:
    """The same text in English, for a file."""
    return _made_again(text, english, _Formatter(".", ",", "%"))


def _made_again(text: str, translate: Translate, formatter: _Formatter) -> str:
    if not isinstance(text, Text):
        return text
    values = {
        name: _made_again(str(value), translate, formatter)
        if isinstance(value, (str, BaseException))  # which may hold such a text
        else value
        for name, value in text.values.items()
    }
    words = translate(text.source, text.comment, text.number)
    if values:
        words = formatter.vformat(words, (), values)
    return Text(words, text.source, text.comment, text.number, values)


def replaced(text: str, old: str, new: str) -> str:
    """The same text with `new` in place of `old`, such as a path that it names."""
    if not isinstance(text, Text):
        return text.replace(old, new)
    values = {
        name: value if isinstance(value, Real) else replaced(str(value), old, new)
        for name, value in text.values.items()
    }
    return again(Text("", text.source, text.comment, text.number, values))


def to_json(text: str) -> Any:
    """What `from_json` makes the text of again, in another process and its language."""
    if not isinstance(text, Text):
        return str(text)
    values = {name: _value_to_json(value) for name, value in text.values.items()}
    return {
        "source": text.source, "comment": text.comment, "number": text.number, "values": values,
    }  # fmt: skip


def from_json(document: Any) -> str:
    """The text of a document of `to_json`, in the language of this process."""
    if not isinstance(document, dict):
        return str(document)
    values = {
        name: value if isinstance(value, (int, float)) else from_json(value)
        for name, value in document["values"].items()
    }
    made = Text("", document["source"], document["comment"], document["number"], values)
    return again(made)


def english(source: str, comment: str, count: int) -> str:
    """The source itself, with its count."""
    if count < 0:
        return source
    return source.replace("%n", str(count)).replace("(s)", "" if count == 1 else "s")


def speak(
    translate: Translate, decimal_point: str = ".", group: str = ",", percent: str = "%"
) -> None:
    """Have `tr` ask this function from now on.

    Args:
        translate: Takes source, comment and count, as `english` does.
        decimal_point: Of numbers in texts.
        group: Between thousands.
        percent: Behind a number, with a space where the language has one.
    """
    global _translate, _formatter
    _translate, _formatter = translate, _Formatter(decimal_point, group, percent)


def _value_to_json(value: object) -> Any:
    if isinstance(value, Integral):
        return int(value)
    return float(value) if isinstance(value, Real) else to_json(str(value))


class _Formatter(string.Formatter):
    """As `str.format`, with the language's decimal point, separator of thousands and percent."""

    def __init__(self, decimal_point: str, group: str, percent: str) -> None:
        self._signs = str.maketrans({".": decimal_point, ",": group, "%": percent})

    def format_field(self, value: object, format_spec: str) -> str:
        words = str(super().format_field(value, format_spec))
        if isinstance(value, (int, float)) and format_spec:
            return words.translate(self._signs)
        return words


_translate: Translate = english
_formatter = _Formatter(".", ",", "%")
