"""The files of Edge Impulse: its data acquisition format, JSON or CBOR, and info.labels.

A file has `protected` (version and algorithm), `signature`, and `payload` (device, interval,
sensors with units, values). `info.labels` beside files says the exact label of each, and texts of
one's own. `edge_impulse` makes recordings of them.
"""

from __future__ import annotations

import hashlib
import hmac
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from motionloop.errors import DataFileError
from motionloop.language import tr
from motionloop.typed_values import typed_value

INFO_FILE = "info.labels"
LABEL_FILES = (INFO_FILE, "structured_labels.labels")  # of an export, and of an upload
NO_SIGNATURE = "0" * 64  # stands in the file while its signature is computed


def signature_of(content: bytes, hmac_key: str) -> str:
    """HMAC-SHA256 of a file whose signature is `NO_SIGNATURE`, hexadecimal."""
    return hmac.new(hmac_key.encode(), content, hashlib.sha256).hexdigest()


@dataclass(frozen=True)
class Acquisition:
    """The content of one file.

    Attributes:
        created: When it was made, ISO 8601; empty if unknown.
        device: Name or address of the device.
        interval_ms: From one sample to the next.
        names: Of the sensors' channels.
        units: Of the channels, as the file writes them.
        values: Samples [n, channels].
        signed: Whether the file says that it is signed.
    """

    created: str
    device: str
    interval_ms: float
    names: tuple[str, ...]
    units: tuple[str, ...]
    values: NDArray[np.float64]
    signed: bool


def read_acquisition(path: Path, content: bytes, hmac_key: str = "") -> Acquisition:
    """Read one file, JSON or CBOR.

    Args:
        path: The file, for messages.
        content: Its bytes.
        hmac_key: With it the signature is checked.

    Returns:
        The content.

    Raises:
        DataFileError: The file is damaged, says something impossible, or was not signed with the
            key.
    """  # noqa: DOC501, the ValueErrors end here
    try:
        document = _parsed(content)
        payload = typed_value(document, "payload", dict)
        interval_ms = _interval_of(payload)
        if not 0 < interval_ms < float("inf"):
            raise ValueError(tr("its interval_ms is {interval_ms:g}", interval_ms=interval_ms))
        sensors = typed_value(payload, "sensors", list)
        names = tuple(typed_value(sensor, "name", str) for sensor in sensors)
        unit_texts = tuple(str(sensor.get("units", "")) for sensor in sensors)
        rows = typed_value(payload, "values", list)
        values = _values_of(rows, len(names))
        if not np.isfinite(values).all():
            raise ValueError(tr("it has a value that is no number"))
        protected = typed_value(document, "protected", dict)
        signed = protected.get("alg") not in (None, "none")
        created = _iso(protected.get("iat"))
    except (ValueError, TypeError, AttributeError, RecursionError) as error:
        raise DataFileError(
            tr(
                "{path} cannot be used as a file of Edge Impulse: {error}. Export it again.",
                path=path,
                error=error,
            )
        ) from error
    if hmac_key:
        _check_signature(path, content, document, hmac_key)
    device = str(payload.get("device_name") or payload.get("device_type") or "")
    return Acquisition(created, device, interval_ms, names, unit_texts, values, signed)


def _interval_of(payload: Mapping[str, Any]) -> float:
    """Milliseconds from one sample to the next, also where the number stands as a text."""
    said = payload.get("interval_ms")
    if said is None:
        raise ValueError(tr("it has no interval_ms"))
    try:
        return float("nan" if isinstance(said, bool) else said)
    except (TypeError, ValueError):
        raise ValueError(tr("its interval_ms is {said!r}, which is no number", said=said)) from None


def _values_of(rows: Sequence[Any], sensors: int) -> NDArray[np.float64]:
    """Samples [n, sensors]; one sensor may stand as plain numbers."""
    if not rows:
        raise ValueError(tr("it holds no samples (its values are empty)"))
    lists = [row if isinstance(row, list | tuple) else [row] for row in rows]
    for number, row in enumerate(lists):
        if len(row) != sensors:
            raise ValueError(
                tr(
                    "its sample {number} has {count} values, for {sensors} sensors",
                    number=number,
                    count=len(row),
                    sensors=sensors,
                )
            )
    try:
        return np.array(lists, np.float64)
    except (TypeError, ValueError):
        raise ValueError(tr("it has a value that is no number")) from None


def _iso(seconds: Any) -> str:
    """UTC of seconds since 1970; empty for no such number."""
    try:
        return datetime.fromtimestamp(seconds, UTC).isoformat()
    except (TypeError, ValueError, OverflowError, OSError):
        return ""


def is_acquisition(head: bytes) -> bool:
    """Whether a file begins as one of Edge Impulse does, JSON or CBOR."""
    start = head[:4096].lstrip()
    if start.startswith(b"{"):
        return b'"protected"' in head and (b'"payload"' in head or b'"signature"' in head)
    # A CBOR map whose first key is a text.
    return bool(head) and head[0] >> 5 == 5 and b"iprotected" in head[:4096]


def _parsed(content: bytes) -> Any:
    if content.lstrip().startswith(b"{"):
        return json.loads(content)
    import cbor2

    try:
        return cbor2.loads(content)
    except cbor2.CBORDecodeError as error:
        raise ValueError(tr("it is damaged ({error})", error=error)) from error


def _check_signature(path: Path, content: bytes, document: Any, hmac_key: str) -> None:
    signature = document.get("signature")
    alg = document["protected"].get("alg")
    if alg != "HS256" or not isinstance(signature, str) or len(signature) != len(NO_SIGNATURE):
        raise DataFileError(
            tr(
                "{path} is not signed (its algorithm is {alg!r}): leave the key away to import it.",
                path=path,
                alg=alg,
            )
        )
    unsigned = content.replace(signature.encode(), NO_SIGNATURE.encode(), 1)
    if not hmac.compare_digest(signature_of(unsigned, hmac_key), signature):
        raise DataFileError(
            tr(
                "{path} was not signed with this key, or was changed since: get the file "
                "again, use the key of the device that signed it, or leave the key away.",
                path=path,
            )
        )


@dataclass(frozen=True)
class Entry:
    """What info.labels says of a file.

    Attributes:
        category: training, testing, ...
        spans: First and last place of a sample, and the label; None for the whole file.
        metadata: Texts of one's own.
    """

    category: str
    spans: tuple[tuple[int, int | None, str], ...]
    metadata: Mapping[str, str]


def read_info(path: Path, content: bytes) -> dict[str, Entry]:
    """Read an info.labels, or the structured_labels.labels that an upload takes.

    Args:
        path: The file, for messages.
        content: Its bytes.

    Returns:
        By the path of each file, relative to the folder.

    Raises:
        DataFileError: The file is damaged.
    """
    try:
        document = json.loads(content)
        if "structuredLabels" in document:
            named = typed_value(document, "structuredLabels", dict)
            return {name: Entry("", _spans(found), {}) for name, found in named.items()}
        return {
            typed_value(item, "path", str): Entry(
                str(item.get("category", "")),
                _label_spans(item.get("label")),
                {str(k): str(v) for k, v in (item.get("metadata") or {}).items()},
            )
            for item in typed_value(document, "files", list)
        }
    except (ValueError, TypeError, AttributeError, RecursionError) as error:
        raise DataFileError(
            tr(
                "{path} cannot be used as an info.labels of Edge Impulse: {error}. Export it "
                "again, or remove it: labels then come from the names of the files.",
                path=path,
                error=error,
            )
        ) from error


def _label_spans(label: Any) -> tuple[tuple[int, int | None, str], ...]:
    if isinstance(label, str):
        return ((0, None, label),)
    kind = typed_value(label, "type", str)
    if kind == "unlabeled":
        return ()
    if kind == "multi-label":
        return _spans(typed_value(label, "labels", list))
    return ((0, None, typed_value(label, "label", str)),)


def _spans(items: Any) -> tuple[tuple[int, int | None, str], ...]:
    return tuple(
        (
            typed_value(item, "startIndex", int),
            typed_value(item, "endIndex", int),  # inclusive
            typed_value(item, "label", str),
        )
        for item in items
    )


def label_of_name(path: Path) -> str:
    """The label in a file's name: what stands before its first dot."""
    return path.name.split(".")[0].strip()
