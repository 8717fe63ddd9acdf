"""Texts for users, in the users' language.

Write every text that a user reads as `tr("Saved {name}.", name=name)`: the whole sentence, with
its values by name, so that a translator may change their order. The window asks for translations
(`studio/translation.py`); the command line speaks English. `make translations` finds the texts
with Qt's `lupdate`, which needs the text itself in the call: no f-string, no variable, no constant.
"""

from __future__ import annotations

import string
from collections.abc import Callable, Mapping

Translate = Callable[[str, str, int], str]


class Text(str):
    """A text in the users' language that remembers what it was made of.

    A process that speaks English can so hand its text to a window that speaks German.

    Args:
        words: The text as a user reads it.
        source: The English text with its names in braces.
        number: What decides between one and several; -1 for a text without a count.
        values: By name, for the braces.
    """

    source: str
    number: int
    values: Mapping[str, object]

    def __new__(cls, words: str, source: str, number: int, values: Mapping[str, object]) -> Text:
        made = super().__new__(cls, words)
        made.source, made.number, made.values = source, number, values
        return made

    def __reduce__(self) -> tuple[type[Text], tuple[str, str, int, Mapping[str, object]]]:
        return Text, (str(self), self.source, self.number, self.values)


def tr(source: str, comment: str = "", count: int = -1, /, **values: object) -> Text:
    """The text in the users' language.

    Call it when the text is shown, not while a module is imported: the language is not yet
    known then.

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
    return Text(words, source, count, values)


def again(text: str) -> str:
    """The same text in the language of this process, if it was made by `tr`."""
    if not isinstance(text, Text):
        return text
    values = {name: again(v) if isinstance(v, str) else v for name, v in text.values.items()}
    return tr(text.source, "", text.number, **values)


def english(source: str, comment: str, count: int) -> str:
    """The source itself, with its count."""
    if count < 0:
        return source
    return source.replace("%n", str(count)).replace("(s)", "" if count == 1 else "s")


def speak(translate: Translate, decimal_point: str = ".", group: str = ",") -> None:
    """Have `tr` ask this function from now on.

    Args:
        translate: Takes source, comment and count, as `english` does.
        decimal_point: Of numbers in texts.
        group: Between thousands.
    """
    global _translate, _formatter
    _translate, _formatter = translate, _Formatter(decimal_point, group)


class _Formatter(string.Formatter):
    """As `str.format`, with the language's decimal point and separator of thousands."""

    def __init__(self, decimal_point: str, group: str) -> None:
        self._signs = str.maketrans({".": decimal_point, ",": group})

    def format_field(self, value: object, format_spec: str) -> str:
        words = str(super().format_field(value, format_spec))
        if isinstance(value, (int, float)) and format_spec:
            return words.translate(self._signs)
        return words


_translate: Translate = english
_formatter = _Formatter(".", ",")
