"""The plan of a recording, and how far it has come, so that another process can go on with it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Self

from motionloop.language import tr
from motionloop.typed_values import typed_value


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
