"""The plan of a recording: as it is typed, and how far it has come, for another process."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Self

from motionloop.errors import OptionsError
from motionloop.language import tr
from motionloop.recordings.segments import typed_label
from motionloop.typed_values import typed_value

NO_LABEL = "-"  # in a plan: a pause
_REPEAT = "repeat"
_MOST_STEPS = 10_000


@dataclass(frozen=True)
class Step:
    """One part of a plan.

    Attributes:
        label: The activity; None for a pause.
        seconds: Length; may be infinite.
    """

    label: str | None
    seconds: float


@dataclass(frozen=True)
class PlanState:
    """A plan that is being recorded.

    Attributes:
        steps: All steps.
        reaction_s: Time at the start of each step without a label.
        at: Index of the step that goes on.
        began_us: Time of the recording at which that step began.
    """

    steps: tuple[Step, ...]
    reaction_s: float
    at: int
    began_us: int

    @classmethod
    def from_document(cls, item: Any) -> Self:
        """Read "plan" of recording.json.

        Args:
            item: As parsed from JSON.

        Returns:
            The checked plan.

        Raises:
            ValueError: The plan says something impossible.
        """
        if not isinstance(item, dict):
            raise ValueError(tr("plan is not an object"))
        made = cls(
            tuple(
                Step(
                    None if step.get("label") is None else typed_value(step, "label", str),
                    float("inf")
                    if step.get("seconds") is None
                    else typed_value(step, "seconds", float),
                )
                for step in typed_value(item, "steps", list)
            ),
            typed_value(item, "reaction_s", float),
            typed_value(item, "at", int),
            typed_value(item, "began_us", int),
        )
        if not 0 <= made.at < len(made.steps):
            raise ValueError(
                tr("the plan is at step {at} of {count}", at=made.at, count=len(made.steps))
            )
        if not all(step.seconds > 0 for step in made.steps) or not 0 <= made.reaction_s < 3600:
            raise ValueError(tr("the plan has an impossible number of seconds"))
        return made

    def to_document(self) -> dict[str, Any]:
        """The value of "plan" in recording.json, to be written as JSON."""
        return {
            "steps": [
                {
                    "label": step.label,
                    "seconds": None if step.seconds == float("inf") else step.seconds,
                }
                for step in self.steps
            ],
            "reaction_s": self.reaction_s,
            "at": self.at,
            "began_us": self.began_us,
        }


def parse_plan(text: str) -> list[Step]:
    """Read a plan.

    Args:
        text: Labels and seconds such as "sitting 60, - 5, walking 60, repeat 3", separated by
            commas or lines; NO_LABEL is a pause. "repeat 3" has all before it done three times.
            A line with a comma and one number is one step: "walking, fast 30".

    Returns:
        The steps in order.

    Raises:
        OptionsError: A part is not a label and a finite number of seconds above 0, or the plan
            has too many steps. Of several lines it names the line.
    """
    steps: list[Step] = []
    lines = text.splitlines()
    if len(lines) < 2:
        for part in _parts(text):
            _add_part(steps, part, tr("The plan's part "))
        return steps
    for number, line in enumerate(lines, 1):
        if line.strip():
            for part in _parts(line):
                _add_part(steps, part, tr("Line {number} of the plan: ", number=number))
    if not steps:
        raise OptionsError(
            tr("The plan has no step: write a label and seconds, such as 'walking 60'.")
        )
    return steps


def _parts(line: str) -> list[str]:
    parts = [part.strip() for part in line.split(",")]
    if all(parts) and sum(_number(part) is not None for part in parts) == 1 < len(parts):
        return [line.strip()]  # the comma is the label's
    return parts


def _number(part: str) -> float | None:
    """The number at the end of a part of a plan."""
    try:
        value = float(part.rpartition(" ")[2])
    except ValueError:
        return None
    return value if 0 < value < float("inf") else None


def _add_part(steps: list[Step], part: str, where: str) -> None:
    """Add what a part of a plan says to the steps before it."""
    label, value = part.rpartition(" ")[0].strip(), _number(part)
    if label == _REPEAT and value is not None and value.is_integer():
        if not steps or len(steps) * value > _MOST_STEPS:
            raise OptionsError(
                tr(
                    "{where}{part!r} makes {count} steps: 1 to {most} are possible.",
                    where=where,
                    part=part,
                    count=len(steps) * int(value),
                    most=_MOST_STEPS,
                )
            )
        steps *= int(value)
    elif not label or value is None:
        raise OptionsError(
            tr(
                "{where}{part!r} is not a label and seconds above zero, such as 'walking 60'.",
                where=where,
                part=part,
            )
        )
    elif label == NO_LABEL:
        steps.append(Step(None, value))
    else:
        try:
            steps.append(Step(typed_label(label), value))
        except ValueError as error:
            raise OptionsError(
                tr(
                    "{where}{part!r} cannot be recorded: {reason}. Choose another label.",
                    where=where,
                    part=part,
                    reason=error,
                )
            ) from error


def new_label(text: str) -> str:
    """Take a label as a person types it for later use, in a list or in a recording.

    Args:
        text: What was typed.

    Returns:
        The label, as `typed_label` has it.

    Raises:
        ValueError: As by `typed_label`, or a plan would read the label as something else.
    """
    label = typed_label(text)
    try:
        steps = parse_plan(f"{label} 1\n{NO_LABEL} 1")
    except OptionsError:
        steps = []
    repeats = label.partition(" ")[0] == _REPEAT and _number(label) is not None
    if repeats or steps != [Step(label, 1.0), Step(None, 1.0)]:
        raise ValueError(tr("a plan would not read {label!r} as a label", label=label))
    return label
