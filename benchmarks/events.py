"""Events that are found in recordings of people, where there are gestures or none.

Three counts. Recordings of one activity have no events: those with a proposal are counted, apart
for people who move and for people who sit, stand or lie. A recording of postures has transitions
between them with rest before and after each: those that are found, and what is found beside them.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from pathlib import Path

from benchmarks.output import finish, parser
from motionloop.errors import MotionLoopError
from motionloop.recordings import sources
from motionloop.recordings.events import FoundEvents, find_events
from motionloop.recordings.recording import Recording
from motionloop.recordings.recording_json import Trim
from motionloop.recordings.segments import Segment

STILL = ("sitting", "standing", "laying")
_BETWEEN = "_to_"  # in the labels of HAPT's transitions
_NEAR_US = 500_000


def main() -> None:
    made = parser(__doc__)
    made.add_argument("--data", type=Path, nargs="+", required=True, metavar="FILE")
    options = made.parse_args()
    counts: Counter[str] = Counter()
    for path in options.data:
        for recording in sources.read_recordings(path):
            between = [s for s in recording.segments if _BETWEEN in s.label.lower()]
            if between:
                count_transitions(postures_only(recording), between, counts)
            else:
                still = all(label.lower() in STILL for label in recording.labels)
                kind = "still" if still else "moving"
                counts[kind] += 1
                counts[f"{kind}_with_events"] += found_in(recording) is not None
    finish(options, dict(counts))


def found_in(recording: Recording, **lengths_s: float) -> FoundEvents | None:
    """The events; None where the recording is refused."""
    try:
        found = find_events(recording, **lengths_s)
    except MotionLoopError as error:
        print(error)
        return None
    print(f"{recording.name}: {len(found.events)} events")
    return found


def postures_only(recording: Recording) -> Recording:
    """The part from the first posture to the first walking."""
    known = [*STILL, *(s.label.lower() for s in recording.segments if _BETWEEN in s.label.lower())]
    start_us = min(s.start_us for s in recording.segments if s.label.lower() in STILL)
    walks = [s.start_us for s in recording.segments if s.label.lower() not in known]
    trim = Trim(start_us, min([t for t in walks if t > start_us], default=recording.end_us))
    return replace(recording, description=replace(recording.description, trim=trim))


def count_transitions(recording: Recording, between: list[Segment], counts: Counter[str]) -> None:
    assert recording.trim is not None
    between = [s for s in between if s.end_us <= recording.trim.end_us]
    # Of 2 to 5 s, longer than gestures.
    found = found_in(recording, shortest_s=0.5, longest_s=8.0)
    spans = [(e.start_us - _NEAR_US, e.end_us + _NEAR_US) for e in found.events] if found else []

    def meets(segment: Segment, span: tuple[int, int]) -> bool:
        return segment.start_us < span[1] and span[0] < segment.end_us

    counts["transitions"] += len(between)
    counts["transitions_found"] += sum(any(meets(s, span) for span in spans) for s in between)
    counts["found_beside"] += sum(not any(meets(s, span) for s in between) for span in spans)


if __name__ == "__main__":
    main()
