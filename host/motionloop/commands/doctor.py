"""Check this computer, its Bluetooth, the boards in range and the way to flash one.

Gives advice on each fault. The exit status is 1 if a fault keeps the loop from running.
"""

from __future__ import annotations

import argparse

from rich.table import Table
from rich.text import Text

from motionloop.commands.bars import waiting
from motionloop.commands.console import print_json, terminal
from motionloop.commands.options import above_zero, add_json
from motionloop.errors import MotionLoopError
from motionloop.flashing.checks import Finding, Severity, check_real, check_virtual

_STYLES = {Severity.OK: "green", Severity.WARNING: "yellow", Severity.PROBLEM: "bold red"}


class ProblemsFoundError(MotionLoopError):
    """A fault keeps the loop from running."""


def configure(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--virtual", action="store_true", help="check only what the virtual board needs"
    )
    parser.add_argument(
        "--timeout", type=above_zero, default=5.0, help="seconds to listen (default: 5)"
    )
    add_json(parser)


async def run(options: argparse.Namespace) -> None:
    console = terminal(stderr=options.json)
    findings = await check_virtual()
    if not options.virtual:
        with waiting(console, "Listening for boards"):
            findings += await check_real(options.timeout)
    if options.json:
        print_json({"checks": [_document(finding) for finding in findings]})
    else:
        console.print(_table(findings))
    problems = [finding.name for finding in findings if finding.level is Severity.PROBLEM]
    if problems:
        board = "the virtual board" if options.virtual else "a real board"
        virtual = (
            "" if options.virtual else " The virtual board's needs: `motionloop doctor --virtual`."
        )
        raise ProblemsFoundError(
            f"With {board} the loop does not run yet ({', '.join(problems)}). Do what the table "
            f"says and repeat the command.{virtual}"
        )


def _document(finding: Finding) -> dict[str, str]:
    return {
        "name": finding.name,
        "level": finding.level,
        "found": finding.found,
        "advice": finding.advice,
    }


def _table(findings: list[Finding]) -> Table:
    table = Table("", "Check", "Found, and what to do")
    for finding in findings:
        said = Text(finding.found)
        if finding.advice:
            said.append(f"\n{finding.advice}", style="bold")
        table.add_row(Text(finding.level, style=_STYLES[finding.level]), finding.name, said)
    return table
