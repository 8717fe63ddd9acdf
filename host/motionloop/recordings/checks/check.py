"""All checks of recordings, and those of a live stretch of samples."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence

import numpy as np
from numpy.typing import NDArray

from motionloop.language import joined, tr
from motionloop.recordings.checks import names, physics, sensors
from motionloop.recordings.checks.finding import Finding, Kind, Severity, words_for
from motionloop.recordings.checks.physics import AccelFault, Facts, TurnFault
from motionloop.recordings.recording import Recording
from motionloop.recordings.recording_json import Description, RecordedBoard
from motionloop.sample_format import SampleFormat

_COPIES = 3  # in words; the others are counted
_RATE_WARN = 1.05  # times the nominal rate, or its inverse
_RATE_REFUSE = 1.35
_ACCEL_AXES = 3  # ax ay az, and behind them the gyroscope's


def _sensor(axes: tuple[int, ...]) -> str:
    """The sensor that has just these axes; "" for none."""
    by_axes: dict[tuple[int, ...], str] = {
        (0, 1, 2): tr("The accelerometer"),
        (3, 4, 5): tr("The gyroscope"),
    }
    return by_axes.get(axes, "")


def _insist(cure: str, kind: Kind) -> str:
    despite = tr("`--despite {kind}` trains in spite of it.", kind=kind.value)
    return joined([cure, despite])


def _of_acceleration(fault: AccelFault, length: float) -> tuple[Kind, str, str]:
    """Kind, cause and cure; `length` is that of acceleration at rest."""
    match fault:
        case AccelFault.NO_GRAVITY:
            return (
                Kind.GRAVITY,
                tr(
                    "Gravity was removed from it, as in a phone's linear or user acceleration; a "
                    "board always measures gravity, so a model of this is of no use there"
                ),
                tr("Take the acceleration with gravity, from the same phone or program."),
            )
        case AccelFault.METRES:
            return (
                Kind.UNIT,
                tr("This looks like m/s2 where g is expected"),
                tr("`motionloop import FILE --accel-unit m/s2` converts it."),
            )
        case AccelFault.MILLI_G:
            return (
                Kind.UNIT,
                tr("This looks like mg where g is expected"),
                tr("`motionloop import FILE --accel-unit mg` converts it."),
            )
        case AccelFault.STEPS:
            cause = tr("This looks like the raw steps of a sensor where g is expected")
        case AccelFault.SCALE:
            cause = tr(
                "Its scale is wrong, as when a sensor's range is not the one that it was set to"
            )
    cure = tr(
        "`motionloop import FILE --accel-unit {steps}/g` converts it: the number is the length "
        "at rest.",
        steps=f"{length:.4g}",
    )
    return Kind.UNIT, cause, cure


def _of_rotation(fault: TurnFault) -> tuple[str, str]:
    """Cause and cure."""
    match fault:
        case TurnFault.DEGREES:
            return (
                tr("This looks like degrees per second where rad/s is expected"),
                tr("`motionloop import FILE --gyro-unit deg/s` converts it."),
            )
        case TurnFault.STEPS:
            return (
                tr(
                    "This looks like the raw steps of a gyroscope, or thousandths, where rad/s is "
                    "expected"
                ),
                tr(
                    "`motionloop import FILE --gyro-unit` with mdps, mrad/s or the steps per "
                    "degree per second, such as 131/dps, converts it."
                ),
            )
        case TurnFault.TOO_SMALL:
            return (
                tr(
                    "It is too small: rad/s that were taken for degrees per second, or a gyroscope "
                    "that hardly measures"
                ),
                tr("`motionloop import FILE --gyro-unit rad/s` reads it as it is."),
            )


def check_recordings(
    recordings: Iterable[Recording], gyroscope: bool = True
) -> tuple[Finding, ...]:
    """Check recordings before they are trained on.

    Args:
        recordings: Those that are used together.
        gyroscope: Whether the gyroscope is used.

    Returns:
        The findings, the gravest kinds first.
    """
    whole = list(recordings)
    sources: dict[str, list[Recording]] = defaultdict(list)
    for recording in whole:
        sources[_source_of(recording)].append(recording)
    findings: list[Finding] = []
    for source, members in sources.items():
        findings += _check_source(source, members, gyroscope)
    findings += _check_copies(whole)
    findings += _check_labels(whole)
    findings += _check_people(sources)
    return tuple(sorted(findings, key=lambda finding: list(Kind).index(finding.kind)))


def check_stretch(
    raw: NDArray[np.int16], t_us: NDArray[np.int64], samples: SampleFormat
) -> tuple[Finding, ...]:
    """Check samples as they come from a board.

    Args:
        raw: Samples [n, 6]; ten seconds or more say most.
        t_us: Device times [n] in microseconds.
        samples: Their rate and scales.

    Returns:
        The findings on units, gravity and axes.
    """
    description = Description(RecordedBoard("The board", samples), tr("The board's motion now"))
    stretch = Recording(description, np.arange(len(raw)), t_us, raw)
    return tuple(
        f for f in _check_source(tr("The board"), [stretch]) if f.severity is Severity.REFUSE
    )


def _source_of(recording: Recording) -> str:
    """What recordings have their units in common by: a file, or a board."""
    return recording.board.name


def _check_source(
    source: str, members: Sequence[Recording], gyroscope: bool = True
) -> list[Finding]:
    facts = [
        physics.facts_of(r.accel_g, r.gyro_rad_s, r.t_us, r.rate_hz) if len(r.raw) else Facts()
        for r in members
    ]
    dead = [sensors.dead_axes(r) for r in members]
    findings, has_gravity = _check_acceleration(source, members, facts, dead)
    if gyroscope:
        findings += _check_rotation(source, members, facts, dead, has_gravity)
    findings += _check_axes(source, members, dead, gyroscope)
    findings += _check_rate(source, members)
    findings += _check_held(source, members, dead)
    findings += _check_clipped(source, members)
    return findings


def _check_acceleration(
    source: str,
    members: Sequence[Recording],
    facts: Sequence[Facts],
    dead: Sequence[tuple[int, ...]],
) -> tuple[list[Finding], list[bool]]:
    """The findings, and of each recording whether gravity is in it."""
    judged = [
        physics.judge_acceleration(f) if not _is_dead(axes, 0) else None
        for f, axes in zip(facts, dead, strict=True)
    ]
    alive = [f for f, axes in zip(facts, dead, strict=True) if not _is_dead(axes, 0)]
    together = physics.judge_acceleration(physics.pooled(alive))
    faults: dict[AccelFault, list[int]] = defaultdict(list)
    for i, own in enumerate(judged):
        if _is_dead(dead[i], 0):
            continue
        # One file has one unit: what is seen in most of it holds where it cannot be seen.
        if together is not None and (own is not None or not physics.is_judged(facts[i])):
            faults[together[0]].append(i)
        elif own is not None:
            faults[own[0]].append(i)
    findings = []
    for fault, which in faults.items():
        found = (
            together
            if together is not None and fault is together[0]
            else physics.judge_acceleration(physics.pooled([facts[i] for i in which]))
        )
        evidence = (found or judged[which[0]] or (fault, tr("it is not in g")))[1]
        length = float(np.median(physics.pooled([facts[i] for i in which]).length))
        kind, cause, cure = _of_acceleration(fault, length)
        findings.append(_refusal(source, members, which, kind, evidence, cause, cure))
    without = set(faults[AccelFault.NO_GRAVITY])
    return findings, [i not in without for i in range(len(members))]


def _check_rotation(
    source: str,
    members: Sequence[Recording],
    facts: Sequence[Facts],
    dead: Sequence[tuple[int, ...]],
    has_gravity: Sequence[bool],
) -> list[Finding]:
    usable = [i for i, axes in enumerate(dead) if not _is_dead(axes, 0) and not _is_dead(axes, 1)]
    steady = [i for i in usable if has_gravity[i]]
    together = physics.judge_rotation(physics.pooled([facts[i] for i in steady]), True)
    faults: dict[TurnFault, list[int]] = defaultdict(list)
    for i in usable:
        own = physics.judge_rotation(facts[i], has_gravity[i])
        if own is not None:
            faults[(together or own)[0]].append(i)
    findings = []
    for fault, which in faults.items():
        found = physics.judge_rotation(
            physics.pooled([facts[i] for i in which]), all(has_gravity[i] for i in which)
        ) or physics.judge_rotation(facts[which[0]], has_gravity[which[0]])
        cause, cure = _of_rotation(fault)
        evidence = found[1] if found else tr("it is not in rad/s")
        if fault is TurnFault.TOO_SMALL:  # such motion can be: it is only said
            severity = Severity.WARN
        else:
            severity, cure = Severity.REFUSE, _insist(cure, Kind.ROTATION)
        findings.append(
            _finding(source, members, which, Kind.ROTATION, severity, evidence, cause, cure)
        )
    return findings


def _check_axes(
    source: str, members: Sequence[Recording], dead: Sequence[tuple[int, ...]], gyroscope: bool
) -> list[Finding]:
    by_axes: dict[tuple[int, ...], list[int]] = defaultdict(list)
    for i, axes in enumerate(dead):
        if used := tuple(axis for axis in axes if gyroscope or axis < _ACCEL_AXES):
            by_axes[used].append(i)
    findings = []
    for axes, which in by_axes.items():
        values = {
            float(members[i].raw[0, a]) * members[i].board.format.nano_per_lsb[a] / 1e9
            for i in which
            for a in axes
        }
        level = tr("one value each")
        if len(values) == 1:
            level = tr("{level:.4g}", level=values.pop())
        listed = ", ".join(sensors.AXIS_NAMES[a] for a in axes)
        whole = _sensor(axes)
        cause = tr("The axis is dead, was not recorded, or is there twice under another's name")
        if whole:
            cause = tr(
                "{sensor} was not recorded or is dead, and zeros stand in its place; a board "
                "measures it, so a model of this is of no use there",
                sensor=whole,
            )
        if len(axes) == 1:
            evidence = tr("{axis} never moves from {level}", axis=listed, level=level)
        else:
            evidence = tr("{axes} never move from {level}", axes=listed, level=level)
        findings.append(
            _refusal(
                source, members, which, Kind.AXES,
                evidence,
                cause,
                tr("`--axes accel` trains a model that needs no gyroscope.")
                if min(axes) >= _ACCEL_AXES
                else tr("Record again with all six axes, or leave these recordings out."),
            )
        )  # fmt: skip
    return findings


def _check_rate(source: str, members: Sequence[Recording]) -> list[Finding]:
    by_severity: dict[Severity, list[int]] = defaultdict(list)
    rates = [sensors.measured_rate_hz(r) for r in members]
    for i, (recording, rate_hz) in enumerate(zip(members, rates, strict=True)):
        if not rate_hz:
            continue
        off = max(rate_hz / recording.rate_hz, recording.rate_hz / rate_hz)
        if off > _RATE_WARN:
            by_severity[Severity.REFUSE if off > _RATE_REFUSE else Severity.WARN].append(i)
    findings = []
    for severity, which in by_severity.items():
        measured = float(np.median([rates[i] for i in which]))
        said = members[which[0]].rate_hz
        findings.append(
            _finding(
                source, members, which, Kind.RATE, severity,
                tr("its times step at {measured:.4g} Hz outside of holes, and its rate is "
                    "said to be {said:.4g} Hz", measured=measured, said=said),
                tr("The rate was given wrongly, or the times are not those of the samples"),
                tr(
                    "`motionloop import FILE --rate-hz {rate}`, if the times are right.",
                    rate=f"{measured:.4g}",
                ),
            )
        )  # fmt: skip
    return findings


def _check_held(
    source: str, members: Sequence[Recording], dead: Sequence[tuple[int, ...]]
) -> list[Finding]:
    findings = []
    held = [
        0.0 if len(axes) == recording.raw.shape[1] else sensors.longest_hold_s(recording)
        for recording, axes in zip(members, dead, strict=True)
    ]
    if which := [i for i, seconds in enumerate(held) if seconds]:
        findings.append(
            _finding(
                source, members, which, Kind.HELD, Severity.WARN,
                tr("all axes keep their values for up to {held:.1f} s", held=max(held)),
                tr("The sensor stopped, or a program filled a hole with the last sample"),
                tr("Remove the label there (`motionloop label RECORDING --clear START END`), "
"or record again."),
            )
        )  # fmt: skip
    shares = [
        0.0 if _is_dead(axes, 0) else sensors.repeated_share(recording)
        for recording, axes in zip(members, dead, strict=True)
    ]
    if which := [i for i, share in enumerate(shares) if share]:
        most = max(shares)
        findings.append(
            _finding(
                source, members, which, Kind.HELD, Severity.WARN,
                tr("up to {most:.0%} of the rows of acceleration repeat the one before in "
                    "motion", most=most),
                tr("The sensor was read faster than it measures, so its true rate is lower"),
                tr(
                    "Record at the sensor's own rate, about {share:.0%} of this rate.",
                    share=1 - most,
                ),
            )
        )  # fmt: skip
    return findings


def _check_clipped(source: str, members: Sequence[Recording]) -> list[Finding]:
    found = [sensors.clipped(recording) for recording in members]
    which = [i for i, clip in enumerate(found) if clip]
    if not which:
        return []
    clips = [clip for clip in found if clip]
    samples = sum(clip.samples for clip in clips)
    of = sum(len(members[i].raw) for i in which)
    accel, gyro = max(c.accel_g for c in clips), max(c.gyro_rad_s for c in clips)
    ends = tr(" and ", "between two values").join(
        tr("{value:.4g} {unit}", value=value, unit=unit)
        for value, unit in ((accel, "g"), (gyro, "rad/s"))
        if value
    )
    return [
        _finding(
            source, members, which, Kind.CLIPPED, Severity.WARN,
            tr(
                "{samples} of {of} samples ({share:.2%}) stop at {ends}",
                samples=samples, of=of, share=samples / of, ends=ends,
            ),
            tr("The motion went beyond the sensor's range, and its peaks are cut off"),
            tr("Record with a larger range, or wear the board where it is shaken less. A "
                    "board with another range will see other peaks."),
        )
    ]  # fmt: skip


def _check_copies(recordings: Sequence[Recording]) -> list[Finding]:
    copies = sorted(sensors.copies(recordings), key=lambda copy: -copy.seconds)
    if not copies:
        return []
    listed = []
    for copy in copies[:_COPIES]:
        later, earlier = recordings[copy.recording].name, recordings[copy.of].name
        if later == earlier:
            listed.append(
                tr("about {seconds:.0f} s twice in {one}", seconds=copy.seconds, one=later)
            )
        else:
            listed.append(
                tr(
                    "about {seconds:.0f} s in {one} and {other}",
                    seconds=copy.seconds,
                    one=earlier,
                    other=later,
                )
            )
    copied = "; ".join(listed)
    if len(copies) > _COPIES:
        copied = tr("{copies} and {count} more", copies=copied, count=len(copies) - _COPIES)
    involved = {recordings[i].name for copy in copies for i in (copy.of, copy.recording)}
    return [
        Finding(
            Kind.COPIED,
            Severity.WARN,
            tr("%n recording(s)", "", len(involved)),
            tr("the same samples are there twice: {copies}", copies=copied),
            tr(
                "A block was written twice, or a recording was copied: with one copy in "
                "training and one in the test, the accuracy is too good to be true"
            ),
            tr("Remove the copies."),
            tuple(sorted(involved)),
        )
    ]


def _check_labels(recordings: Sequence[Recording]) -> list[Finding]:
    seconds: dict[str, float] = defaultdict(float)
    holders: dict[str, list[str]] = defaultdict(list)
    people: dict[str, set[str]] = defaultdict(set)
    for recording in recordings:
        for segment in recording.used_segments:
            seconds[segment.label] += (segment.end_us - segment.start_us) / 1e6
        for label in sorted({segment.label for segment in recording.used_segments}):
            holders[label].append(recording.name)
            people[label].add(recording.wearer)
    is_files = any(recording.path is None for recording in recordings)
    findings = []
    for group, difference in names.groups_alike(holders):
        meant = max(group, key=lambda name: (name == name.strip(), seconds[name])).strip()
        renames = " ".join(f'"{label}={meant}"' for label in group if label != meant)
        listed = ", ".join(
            tr("{label!r} ({seconds:.0f} s)", label=label, seconds=seconds[label])
            for label in group
        )
        findings.append(
            Finding(
                Kind.LABELS,
                Severity.WARN,
                tr("The labels"),
                tr("{listed} differ in {difference}", listed=listed, difference=difference),
                tr(
                    "One activity was probably written in several ways, and becomes several classes"
                ),
                tr("If so: `--rename {renames}` trains on them as one label.", renames=renames)
                if is_files
                else tr(
                    "If so: `--rename {renames}` trains on them as one label; `motionloop labels "
                    "--rename {renames}` makes them one for good.",
                    renames=renames,
                ),
                tuple(dict.fromkeys(name for label in group for name in holders[label])),
            )
        )
    everyone = set().union(*people.values()) if people else set()
    single = sorted(label for label, known in people.items() if len(known) == 1)
    if len(everyone) > 1 and single:
        unnamed = tr("no name")
        listed = ", ".join(f"{label} ({next(iter(people[label])) or unnamed})" for label in single)
        findings.append(
            Finding(
                Kind.PEOPLE,
                Severity.WARN,
                tr("The people"),
                tr(
                    "one person only, of {count}, recorded {listed}",
                    count=len(everyone),
                    listed=listed,
                ),
                tr(
                    "The model may learn the person instead of the activity. The test of these "
                    "labels needs a second person"
                ),
                tr("Have somebody else record them too."),
                tuple(name for label in single for name in holders[label]),
            )
        )
    return findings


def _check_people(sources: dict[str, list[Recording]]) -> list[Finding]:
    findings = []
    wearers = {r.wearer for members in sources.values() for r in members if r.wearer}
    for group, difference in names.groups_alike(wearers):
        findings.append(
            Finding(
                Kind.PEOPLE,
                Severity.WARN,
                tr("The people"),
                tr(
                    "{group} differ in {difference}",
                    group=", ".join(map(repr, group)),
                    difference=difference,
                ),
                tr(
                    "One person was probably written in several ways, and can be in training "
                    "and test at once"
                ),
                tr("If so: give them one name with `motionloop edit NAME --wearer`."),
            )
        )
    numbered: dict[str, list[str]] = defaultdict(list)
    for source, members in sources.items():
        if all(recording.path is None for recording in members):
            # A name that does not begin with the file's is one person in all of them.
            of_file = (r.wearer for r in members if r.wearer.startswith(source))
            for rest in {wearer.removeprefix(source) for wearer in of_file} - {""}:
                numbered[rest].append(source)
    shared = {rest.strip(): tuple(found) for rest, found in numbered.items() if len(found) > 1}
    for files in sorted(set(shared.values())):
        alike = sorted((rest for rest, found in shared.items() if found == files), key=_by_number)
        few = (
            ", ".join(alike)
            if len(alike) < 4
            else tr("{first} to {last}", first=alike[0], last=alike[-1])
        )
        findings.append(
            Finding(
                Kind.PEOPLE,
                Severity.WARN,
                tr("The people"),
                tr(
                    "{few} ({count}) are in {files} alike, and are taken for different people",
                    few=few,
                    count=len(alike),
                    files=tr(" and ", "between two files").join(files),
                ),
                tr("If they are the same people, they can be in training and test at once"),
                tr(
                    "If so: train on one of the files, or import each with `--wearer` and one "
                    "name per person."
                ),
            )
        )
    return findings


def _by_number(name: str) -> tuple[int, str]:
    digits = "".join(c for c in name if c.isdigit())
    return int(digits or 0), name


def _is_dead(axes: tuple[int, ...], sensor: int) -> bool:
    """Whether all axes of the accelerometer (0) or the gyroscope (1) are dead."""
    return set(range(3 * sensor, 3 * sensor + 3)) <= set(axes)


def _refusal(
    source: str,
    members: Sequence[Recording],
    which: Sequence[int],
    kind: Kind,
    evidence: str,
    cause: str,
    cure: str,
) -> Finding:
    return _finding(
        source, members, which, kind, Severity.REFUSE, evidence, cause, _insist(cure, kind)
    )


def _finding(
    source: str,
    members: Sequence[Recording],
    which: Sequence[int],
    kind: Kind,
    severity: Severity,
    evidence: str,
    cause: str,
    cure: str,
) -> Finding:
    chosen = [members[i].name for i in which]
    where = words_for(source, chosen, len(members))
    return Finding(kind, severity, where, evidence, cause, cure, tuple(chosen))
