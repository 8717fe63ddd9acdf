"""What --json says of a board, a recording and a finding: the same keys in every command."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:  # a list of recordings starts sooner without Bluetooth
    from motionloop.board.link import FoundBoard
    from motionloop.recordings.checks.finding import Finding
    from motionloop.recordings.facts import Facts


def board_document(board: FoundBoard) -> dict[str, Any]:
    is_heard = not (board.is_virtual or board.held or board.in_use)
    return {
        "name": board.name,
        "address": board.address,
        "virtual": board.is_virtual,
        "rssi_dbm": board.rssi_dbm if is_heard else None,
        "in_use": board.in_use,
    }


def recording_document(facts: Facts) -> dict[str, Any]:
    return {
        "path": facts.path,
        "name": facts.name,
        "wearer": facts.wearer,
        "placement": facts.placement,
        "created": facts.created,
        "labels_s": facts.seconds,
        **asdict(facts.quality),
        "synthetic": facts.synthetic,
        "excluded": facts.excluded,
        "problems": facts.problems,
    }


def finding_document(finding: Finding) -> dict[str, str]:
    return {"kind": finding.kind, "severity": finding.severity.value, "text": str(finding)}
