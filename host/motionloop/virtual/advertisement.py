"""The advertisement of a board, and the reading of all advertisements that boards may send."""

from __future__ import annotations

import uuid as uuid_module
from dataclasses import dataclass, field

from bumble.core import UUID, AdvertisingData

from motionloop import wire

NAME_BYTES = 8  # 31 of an advertisement, less flags (3) and the service's UUID (18)
_Type = AdvertisingData.Type
_FLAGS = b"\x06"  # general discoverable, no BR/EDR
_UUID_BYTES = {
    _Type.INCOMPLETE_LIST_OF_16_BIT_SERVICE_CLASS_UUIDS: 2,
    _Type.COMPLETE_LIST_OF_16_BIT_SERVICE_CLASS_UUIDS: 2,
    _Type.INCOMPLETE_LIST_OF_32_BIT_SERVICE_CLASS_UUIDS: 4,
    _Type.COMPLETE_LIST_OF_32_BIT_SERVICE_CLASS_UUIDS: 4,
    _Type.INCOMPLETE_LIST_OF_128_BIT_SERVICE_CLASS_UUIDS: 16,
    _Type.COMPLETE_LIST_OF_128_BIT_SERVICE_CLASS_UUIDS: 16,
}


def name_of(address: str) -> str:
    """The name of the board with this address: "ML-" and its last four digits."""
    return f"ML-{address.replace(':', '')[-4:].upper()}"


def advertising_data(name: str) -> bytes:
    """The advertisement byte for byte as ArduinoBLE makes it; its scan response is empty.

    ArduinoBLE names services in an incomplete list, even when there is only one.
    ValueError when the name does not fit.
    """
    if not 0 < len(name.encode()) <= NAME_BYTES:
        raise ValueError(f"{name!r} is not 1 to {NAME_BYTES} bytes long: choose another name")
    fields = [
        (_Type.FLAGS, _FLAGS),
        (_Type.INCOMPLETE_LIST_OF_128_BIT_SERVICE_CLASS_UUIDS, bytes(UUID(wire.SERVICE_UUID))),
        (_Type.COMPLETE_LOCAL_NAME, name.encode()),
    ]
    return bytes(AdvertisingData(list(fields)))


@dataclass
class Heard:
    """The advertisements and scan responses of one device together.

    A device may name its services in several lists, complete or not, and split between the two.
    """

    name: str | None = None
    service_uuids: list[str] = field(default_factory=list)
    _name_is_complete: bool = False

    def add(self, fields: AdvertisingData) -> None:
        """Add an advertisement or scan response; malformed parts are left out."""
        for kind, value in fields.ad_structures:
            if kind in _UUID_BYTES:
                self._add_uuids(value, _UUID_BYTES[kind])
            elif kind == _Type.COMPLETE_LOCAL_NAME:
                self.name, self._name_is_complete = _text(value), True
            elif kind == _Type.SHORTENED_LOCAL_NAME and not self._name_is_complete:
                self.name = _text(value)

    def _add_uuids(self, value: bytes, size: int) -> None:
        for begin in range(0, len(value) - size + 1, size):
            text = uuid_text(UUID.from_bytes(value[begin : begin + size]))
            if text not in self.service_uuids:
                self.service_uuids.append(text)


def uuid_text(uuid: UUID) -> str:
    """The UUID in bleak's form: 128 bits, lower case."""
    return str(uuid_module.UUID(bytes=uuid.to_bytes(force_128=True)[::-1]))


def _text(value: bytes) -> str:
    return value.decode(errors="replace")
