"""Show what is in a model package: labels, input, network, hashes, and where each part lies.

A damaged package is refused, with the reason.
"""

from __future__ import annotations

import argparse
from dataclasses import asdict
from pathlib import Path

from rich.table import Table
from rich.text import Text

from motionloop import installation
from motionloop.commands.console import print_json, terminal
from motionloop.commands.options import add_json
from motionloop.model.contents import Channel, Contents, read_contents


def configure(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "file",
        type=Path,
        nargs="?",
        default=installation.root() / "models/builtin.mlpkg",
        help="a package file (.mlpkg) or a model's folder (default: the firmware's built-in model)",
    )
    add_json(parser)


async def run(options: argparse.Namespace) -> None:
    contents = read_contents(options.file)
    if options.json:
        print_json(asdict(contents))
        return
    console = terminal()
    for table in (_about(contents), _network(contents), _parts(contents)):
        console.print(table)


def _about(contents: Contents) -> Table:
    arena = "not known here" if contents.arena_bytes is None else f"{contents.arena_bytes} bytes"
    rows = {
        "file": contents.file,
        "size": f"{contents.file_bytes} bytes",
        "format": f"{contents.format}, version counter {contents.version_counter}, "
        f"{'signed' if contents.signed else 'unsigned'}",
        "model id": contents.model_id
        + ("" if contents.model_id_right else ", which is NOT the hash of its contents"),
        "CRC-32": contents.crc32,
        "SHA-256": contents.sha256,
        "labels": ", ".join(contents.labels),
        "window": f"{contents.window} points at {contents.rate_hz:g} Hz ({contents.window_s:g} s)",
        "hop": f"{contents.hop} points ({contents.hop_s:g} s)",
        "channels": "\n".join(
            f"{number}: {_channel(channel)}" for number, channel in enumerate(contents.channels)
        ),
        "input": f"{contents.input_bytes} bytes, one int8 step is {contents.input_scale:g}",
        "output": f"one int8 step is {contents.output_scale:g}",
        "smoothing": f"the newest window counts {contents.smoothing:g}"
        + (", so there is none" if contents.smoothing == 1 else ""),
        "unknown": _rejection(contents),
        "golden windows": str(contents.golden_windows),
        "arena": arena,
    }
    table = Table(show_header=False)
    table.add_column()
    table.add_column(overflow="fold")  # a hash is shown whole
    for name, value in rows.items():
        table.add_row(name, Text(value))
    return table


def _channel(channel: Channel) -> str:
    words = f"{channel.axis} in {channel.unit}"
    if channel.remove_mean:
        words += ", less its mean"
    words += f", times {channel.scale:g}" if channel.table is None else f", table {channel.table}"
    return words if channel.largest is None else f"{words}, up to {channel.largest:g}"


def _rejection(contents: Contents) -> str:
    found = contents.rejection
    if found is None:
        return "no activity is unknown to it"
    return (
        f"an embedding of {found.embedding_size}, in {found.rank} rows; "
        f"farther than {found.threshold} is unknown"
    )


def _network(contents: Contents) -> Table:
    table = Table("Operator", "Output", "Output bytes", "Constants", title="Network", min_width=60)
    for operator in contents.operators:
        shape = " x ".join(map(str, operator.shape))
        table.add_row(
            operator.name, shape, str(operator.output_bytes), str(operator.constant_bytes)
        )
    constants = sum(operator.constant_bytes for operator in contents.operators)
    table.add_section()
    table.add_row(f"{contents.tensors} tensors", "", "", str(constants))
    return table


def _parts(contents: Contents) -> Table:
    table = Table("Part", "Offset", "Bytes", title="Where it lies", min_width=60)
    for part in contents.parts:
        table.add_row(part.name, str(part.offset), str(part.bytes))
    table.add_section()
    table.add_row("", "", str(contents.file_bytes))
    return table
