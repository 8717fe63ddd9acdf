"""The one definition of everything that crosses the radio or lies in a model package.

UUIDs, opcodes, statuses and byte layouts are written here and nowhere else. Run

    python -m motionloop.wire > firmware/lib/wire/wire_layout.h

to regenerate the firmware's header; `make check` fails when the committed one is stale.
All integers are little-endian and unpadded. Units stand in the names: `_us` microseconds,
`_mhz` millihertz, `_ng` nano-g, `_nrads` nano-rad/s.
"""

from __future__ import annotations

import struct
import zlib
from dataclasses import dataclass, field, fields
from enum import IntEnum, IntFlag
from typing import Any, ClassVar, Self, TypeVar, dataclass_transform

from motionloop.language import again, tr

# --- GATT ---------------------------------------------------------------------------------
# One characteristic never both takes writes and notifies: ArduinoBLE echoes each write as a
# notification on such a characteristic.
_UUID = "4d4f5449-4f4e-4c4f-8f50-0000000000{:02x}"  # "MOTIONLO.P" in ASCII
SERVICE_UUID = _UUID.format(0x00)
INFO_UUID = _UUID.format(0x01)  # read: Info
COMMAND_UUID = _UUID.format(0x02)  # write with response: CommandHeader + arguments
REPLY_UUID = _UUID.format(0x03)  # notify: ReplyHeader + result
MOTION_UUID = _UUID.format(0x04)  # notify: MotionHeader + samples
MODEL_UUID = _UUID.format(0x05)  # write with response: ModelChunkHeader + bytes of the package
PREDICTION_UUID = _UUID.format(0x06)  # notify: PredictionHeader + int8 outputs

# The version of firmware/.
FIRMWARE_VERSION = (0, 2, 0)

# --- limits -------------------------------------------------------------------------------
AXES = 6  # ax ay az gx gy gz
SAMPLE_BYTES = 2 * AXES
# A raw value of an axis is saturated when |raw| >= MAX_RAW: it stands for everything beyond, too.
# Both ends alike, since the firmware turns some axes round.
MAX_RAW = 32767
ATT_MTU = 247  # what fits one packet on the air, 251 bytes, less its header
MAX_NOTIFY_BYTES = ATT_MTU - 3  # ArduinoBLE truncates silently above it
MAX_PACKET_SAMPLES = 19  # (MAX_NOTIFY_BYTES - 16) / SAMPLE_BYTES
# With its headers 240 of the 255 bytes that ArduinoBLE can count; one packet on the air.
MAX_MODEL_WRITE_BYTES = 228
MAX_MODEL_READ_BYTES = 180
RING_SAMPLES = 3600  # 30 s at 119 Hz: 20 s without a link, and time to find each other again
ARENA_BYTES = 24576  # TFLM's tensor arena
MAX_CLASSES = 16
MAX_CHANNELS = 16
MAX_TABLES = 4
MAX_WINDOW = 512  # model-rate points
MAX_EMBEDDING = 128  # int8 values behind the probabilities, to find unknown activities
MAX_RANK = 64  # dimensions in which a rejection measures distances
MAX_INPUT_BYTES = 4096  # window x channels of the int8 input tensor
MAX_RATE_RATIO = 15  # native rate / model rate
# Work of a model per window in multiply-accumulates, and 8 for each element that an operator reads
# or writes. So much takes the Nano about 0.27 s, in which the LSM9DS1's FIFO fills.
MAX_WORK = 5_000_000
MAX_WINDOW_US = 1_000_000  # what a golden window may take on the board's clock
LABEL_BYTES = 24  # UTF-8, zero padded
THRESHOLDS = 127  # one compander table: int8 codes 1..127, mirrored for negative values
FLASH_PAGE_BYTES = 4096
FLASH_WORD_BYTES = 4
# What a board without an owner does for anybody, since a page of flash lasts 10,000 erases: so many
# pushes and rollbacks in a row, then one each time so many seconds are over.
UNOWNED_CHANGES = 60
UNOWNED_CHANGE_S = 300
NO_SLOT = 0xFF
NO_TABLE = 0xFF  # the channel is linear
NO_LABEL = 0xFF
FROM_NOW = 0xFFFFFFFF  # StreamStart.from_seq: begin with the next sample
PACKAGE_MAGIC = 0x4B504C4D  # "MLPK"
PACKAGE_FORMAT = 1
SIGNED_MAGIC = 0x43534C4D  # "MLSC"
PUBLIC_KEY_BYTES = 64  # ECDSA P-256: x and y, big-endian
SIGNATURE_BYTES = 64  # r and s, big-endian
KEY_ID_BYTES = 8  # the first of a public key's SHA-256
CHALLENGE_BYTES = 32
FIXED_POINT_BITS = 16  # the windower's unit: 2^-16 g and 2^-16 rad/s
INPUT_SCALE_BITS = 5  # the model's int8 input is quantized with scale 2^-5 and zero point 0
EMULATED_VARIANT = 0x454D554C  # "EMUL": FICR.INFO.VARIANT of the emulated Nano


class Opcode(IntEnum):
    """First byte of a command, repeated in its reply."""

    STATUS = 1  # -> Counters
    STREAM_START = 2  # StreamStart -> SequenceRange (first_seq)
    STREAM_STOP = 3
    RESEND = 4  # SequenceRange -> SequenceRange that the ring still holds
    MODEL_BEGIN = 5  # ModelBegin -> ModelOffset: where to go on
    MODEL_DATA = 6  # reply only: a chunk was refused, detail = the offset expected
    MODEL_COMMIT = 7  # -> ModelIdentity of the model now active
    MODEL_ABORT = 8
    ROLLBACK = 9  # -> ModelIdentity of the model now active
    IDENTIFY = 10  # Identify: blink for so long
    MODEL_READ = 11  # ModelRead -> bytes of the active package
    OWNER = 12  # -> OwnerState: who owns the board, and a new challenge
    SIGNED = 13  # SignedHeader + another command, which is answered: the owner gives it
    CLAIM = 14  # Claim, signed by that key: the owner from the commit of a signed package on
    AUTHENTICATE = 15  # signed: until the link ends the central is known as the owner
    STRANGERS = 16  # Strangers, signed: what others than the owner may do


class Status(IntEnum):
    """The result of a command. `detail` in the reply carries the number in brackets."""

    OK = 0
    BAD_COMMAND = 1  # unknown opcode or wrong length [length]
    BUSY = 2  # an earlier command is still being worked on
    NO_MODEL = 3  # nothing to read or to roll back to, or no transfer begun
    TOO_LARGE = 4  # the package is larger than the slot [slot bytes]
    BAD_OFFSET = 5  # a chunk does not follow the last one [offset expected]
    INCOMPLETE = 6  # commit before the last byte [bytes received]
    BAD_CRC = 7  # [CRC-32 computed]
    BAD_PACKAGE = 8  # the header or a section lies outside its limits [field offset]
    BAD_VERSION = 9  # package format or .tflite schema version unknown [version]
    BAD_MODEL = 10  # the .tflite is malformed [ModelCheck]
    BAD_OPERATOR = 11  # an operator the board does not have [builtin code]
    BAD_SHAPE = 12  # input or output tensor does not match the package [bytes expected]
    ARENA_TOO_SMALL = 13  # the board's arena stands in its Info
    BAD_GOLDEN = 14  # a golden window gives other outputs [its index]
    FLASH_FAILED = 15  # erase, program or verify failed [address]
    BAD_RATE = 16  # the model's rate cannot be made from the board's [board rate, mHz]
    BAD_SIGNATURE = 17  # of a package or a command [SignatureFault]
    INFERENCE_FAILED = 18
    TOO_MUCH_WORK = 19  # the model computes more than MAX_WORK per window [thousands]
    TOO_SLOW = 20  # a golden window took longer than MAX_WINDOW_US [milliseconds]
    OWNER_ONLY = 21  # another than the board's owner asked for it
    TOO_MANY_CHANGES = 22  # see UNOWNED_CHANGES [seconds until the next may be]


class ModelCheck(IntEnum):
    """What the check of a .tflite found: the detail of BAD_MODEL.

    `fault` says what is wrong with the model and `advice` what to do, both for the user, to be
    shown by `language.again`.
    """

    fault: str
    advice: str

    def __new__(cls, number: int, fault: str, advice: str = "") -> Self:
        """Make a number with words."""
        member = int.__new__(cls, number)
        member._value_ = number
        member.fault, member.advice = fault, advice or tr("Train the model again.")
        return member

    PASSED = (
        0,
        tr("it passes every check, but TensorFlow Lite Micro cannot prepare it"),
        tr("Train one of MotionLoop's networks."),
    )
    IDENTIFIER = 1, tr("it is no TensorFlow Lite file")
    BOUNDS = 2, tr("it is damaged: a part of it lies outside the file or is not aligned")
    SUBGRAPHS = (
        3,
        tr("it does not have exactly one graph"),
        tr("Convert a network without branches and loops."),
    )
    METADATA = (
        4,
        tr(
            "it has parts that no board needs, such as metadata or signatures, and that a reader "
            "of the file would act on"
        ),
        tr("Remove them, as MotionLoop's training does."),
    )
    BUFFERS = (
        5,
        tr("a constant is not in the file or has another size than its tensor"),
        tr("Convert the model with its weights inside the file."),
    )
    TENSOR = (
        6,
        tr("a tensor has a shape, type or quantization that the board's operators do not take"),
        tr("Convert the model to full int8, with fixed shapes of at most 4 dimensions."),
    )
    OPERATORS = (
        7,
        tr("its operators or their inputs and outputs are too many, missing or numbered wrongly"),
        tr("Train a smaller network, with one input and one output, or two for an embedding."),
    )
    ORDER = 8, tr("an operator reads a tensor that no operator before it has made")
    GEOMETRY = 9, tr("an operator does not fit the shapes of its tensors")


def model_fault(detail: int) -> str:
    """Say what is wrong with a model that is BAD_MODEL with this detail, and what to do."""
    for check in ModelCheck:
        if check == detail:
            return tr(
                "{fault} (check {detail}). {advice}",
                fault=again(check.fault),
                detail=detail,
                advice=again(check.advice),
            )
    return tr(
        "check {detail} failed, which only newer programs know. Update the program.",
        detail=detail,
    )


def work_fault(thousands: int) -> str:
    """Say what TOO_MUCH_WORK with this detail means."""
    return tr(
        "it computes {thousands:,} thousand multiply-accumulates per window, or what takes as "
        "long, and a board takes at most {most:,} thousand",
        thousands=thousands,
        most=MAX_WORK // 1000,
    )


class SignatureFault(IntEnum):
    """Why a signature does not count: the detail of BAD_SIGNATURE."""

    OTHER_KEY = 1  # it is not the owner's, or there is none
    WRONG = 2  # it does not belong to these bytes
    REPLAYED = 3  # the package is not newer than the owner's last one
    NO_CHALLENGE = 4  # OWNER must be asked for one, for each signed command anew


class Imu(IntEnum):
    """The sensor that makes the samples."""

    UNKNOWN = 0
    LSM9DS1 = 1  # Nano 33 BLE Sense Rev1
    BMI270 = 2  # Nano 33 BLE Sense Rev2
    SYNTHETIC = 3  # computed, never measured
    REPLAY = 4  # a recording or data file played back


class BoardFlag(IntFlag):
    """The kind and the state of a board, in Info."""

    VIRTUAL = 1  # no hardware behind it
    SYNTHETIC = 2  # its motion is computed
    EMULATED = 4  # the image on an emulated processor: times are estimates of a cycle model
    MODEL_DROPPED = 8  # a model ended the board twice in a row: it is in use no more


class OwnerFlag(IntFlag):
    """Whose the board is and what others may do, in Info and OwnerState."""

    OWNED = 1  # only its owner changes it, and it runs its owner's models only
    STRANGERS_READ = 2  # others may stream and read the model
    AUTHENTICATED = 4  # the central of this link has shown that it is the owner


class PredictionFlag(IntFlag):
    """Unknown activities, in PredictionHeader."""

    UNKNOWN = 1  # no activity of the model fits, smoothed as `label` is
    RAW_UNKNOWN = 2  # this window alone fits none


class ChannelFlag(IntFlag):
    """Steps of preparing an input channel, in Channel."""

    REMOVE_MEAN = 1  # subtract the mean over the window


class Operator(IntEnum):
    """TFLite builtin operators that the board's resolver has (schema.fbs BuiltinOperator)."""

    ADD = 0
    AVERAGE_POOL_2D = 1
    CONCATENATION = 2
    CONV_2D = 3
    DEPTHWISE_CONV_2D = 4
    FULLY_CONNECTED = 9
    MAX_POOL_2D = 17
    MUL = 18
    RELU = 19
    RESHAPE = 22
    SOFTMAX = 25
    PAD = 34
    MEAN = 40


# --- layouts ------------------------------------------------------------------------------
def _number(code: str, doc: str) -> Any:
    return field(metadata={"code": code, "doc": doc})


def u8(doc: str) -> Any:
    """Field of a layout: 8-bit unsigned integer; `doc` is its meaning."""
    return _number("B", doc)


def u16(doc: str) -> Any:
    """Field of a layout: 16-bit unsigned integer; `doc` is its meaning."""
    return _number("H", doc)


def u32(doc: str) -> Any:
    """Field of a layout: 32-bit unsigned integer; `doc` is its meaning."""
    return _number("I", doc)


def i32(doc: str) -> Any:
    """Field of a layout: 32-bit signed integer; `doc` is its meaning."""
    return _number("i", doc)


def u64(doc: str) -> Any:
    """Field of a layout: 64-bit unsigned integer; `doc` is its meaning."""
    return _number("Q", doc)


def raw(length: int, doc: str) -> Any:
    """Field of a layout: `length` bytes; `doc` is their meaning."""
    return _number(f"{length}s", doc)


_C_TYPES = {"B": "uint8_t", "H": "uint16_t", "I": "uint32_t", "i": "int32_t", "Q": "uint64_t"}


@dataclass(frozen=True)
class Layout:
    """A fixed number of bytes. Subclasses list their fields in wire order.

    Attributes:
        FORMAT: Of the `struct` module.
        SIZE: Number of bytes.
    """

    FORMAT: ClassVar[str]
    SIZE: ClassVar[int]

    def pack(self) -> bytes:
        """Write the bytes in wire order.

        Returns:
            SIZE bytes.

        Raises:
            struct.error: A value does not fit its field.
        """
        return struct.pack(self.FORMAT, *(getattr(self, f.name) for f in fields(self)))

    @classmethod
    def unpack(cls, data: bytes | bytearray | memoryview, offset: int = 0) -> Self:
        """Read the fields from bytes.

        Args:
            data: At least `offset` + SIZE bytes.
            offset: Begin of the layout in `data`.

        Returns:
            The fields' values.

        Raises:
            struct.error: There are too few bytes.
        """
        return cls(*struct.unpack_from(cls.FORMAT, data, offset))

    @classmethod
    def offset_of(cls, name: str) -> int:
        """The offset of field `name` in bytes."""
        place = [f.name for f in fields(cls)].index(name)
        return struct.calcsize("<" + "".join(f.metadata["code"] for f in fields(cls)[:place]))


LAYOUTS: list[type[Layout]] = []
T = TypeVar("T", bound=Layout)


@dataclass_transform(frozen_default=True, field_specifiers=(u8, u16, u32, i32, u64, raw))
def layout(cls: type[T]) -> type[T]:
    """Make a frozen dataclass of `cls` and compute its struct format and size."""
    made = dataclass(frozen=True)(cls)
    made.FORMAT = "<" + "".join(f.metadata["code"] for f in fields(made))
    made.SIZE = struct.calcsize(made.FORMAT)
    LAYOUTS.append(made)
    return made


@layout
class Info(Layout):
    """The board's description of itself. `wire_hash` shows other versions."""

    # The first four fields stay where they are in every version.
    wire_hash: int = u32("WIRE_HASH of the firmware: the host refuses another")
    firmware_major: int = u8("firmware version")
    firmware_minor: int = u8("firmware version")
    firmware_patch: int = u8("firmware version")
    imu: int = u8("Imu")
    flags: int = u16("BoardFlag")
    max_model_write: int = u16("bytes of one write to the model characteristic, header included")
    boot_id: int = u32("random, new at each start: sequence numbers begin again")
    native_rate_mhz: int = u32("sample rate of the IMU")
    accel_ng_per_lsb: int = u32("accelerometer scale")
    gyro_nrads_per_lsb: int = u32("gyroscope scale")
    accel_range_mg: int = u16("full scale, +-")
    gyro_range_dps: int = u16("full scale, +-")
    ring_samples: int = u32("history that can be sent again")
    slot_bytes: int = u32("largest package")
    arena_bytes: int = u32("tensor arena")
    active_slot: int = u8("0 to 2; NO_SLOT without a model")
    owner_flags: int = u8("OwnerFlag")
    reserved: bytes = raw(2, "zero")
    model_version: int = u32("version counter of the active package, 0 without")
    model_id: bytes = raw(8, "of the active package, zero without")
    previous_model_id: bytes = raw(8, "what a rollback activates, zero without")
    owner_id: bytes = raw(KEY_ID_BYTES, "of the owner's key, zero without an owner")


@layout
class CommandHeader(Layout):
    """Begin of a command; the arguments follow."""

    opcode: int = u8("Opcode")
    tag: int = u8("chosen by the host, repeated in the reply")


@layout
class ReplyHeader(Layout):
    """Begin of a reply; the result follows."""

    opcode: int = u8("Opcode")
    tag: int = u8("of the command")
    status: int = u8("Status")
    reserved: int = u8("zero")
    detail: int = u32("a number that explains the status")


@layout
class Counters(Layout):
    """Every loss is counted. All but `radio_restarts` count from the start of the board."""

    now_us: int = u64("device time")
    next_seq: int = u32("sequence number of the next sample")
    oldest_seq: int = u32("oldest sample in the ring")
    saturated: int = u32("samples with an axis at the end of its range: see MAX_RAW")
    sensor_gaps: int = u32("times that the sensor lost samples before the core saw them")
    notify_refused: int = u32("notifications that the radio did not take at once")
    bad_commands: int = u32("commands that were refused as malformed")
    predictions: int = u32("windows classified")
    windows_skipped: int = u32("windows not classified: a gap inside, or no time")
    inference_failures: int = u32("invocations that the interpreter refused")
    radio_restarts: int = u32(
        "times that the board restarted itself because its radio was silent, "
        "since power was applied"
    )


@layout
class StreamStart(Layout):
    """Arguments of STREAM_START."""

    from_seq: int = u32("first sample to send, or FROM_NOW")
    max_delay_ms: int = u16("longest time a sample may wait for its packet to fill")


@layout
class SequenceRange(Layout):
    """A run of samples."""

    first_seq: int = u32("sequence number")
    count: int = u32("samples")


@layout
class ModelBegin(Layout):
    """Arguments of MODEL_BEGIN."""

    total_bytes: int = u32("package size")
    crc32: int = u32("CRC-32 of the whole package: names the transfer, so that it can resume")


@layout
class ModelOffset(Layout):
    """Result of MODEL_BEGIN."""

    offset: int = u32("bytes that the board holds")


@layout
class ModelIdentity(Layout):
    """Result of MODEL_COMMIT and ROLLBACK."""

    model_id: bytes = raw(8, "zero without a model")


@layout
class ModelChunkHeader(Layout):
    """Begin of a write to the model characteristic; a part of the package follows."""

    offset: int = u32(
        "of the first byte in the package; bytes follow, a multiple of 4 but the last"
    )


@layout
class ModelRead(Layout):
    """Arguments of MODEL_READ."""

    offset: int = u32("in the active package")
    length: int = u16("1 to MAX_MODEL_READ_BYTES; fewer come back at the package's end")


@layout
class Identify(Layout):
    """Arguments of IDENTIFY."""

    seconds: int = u8("how long to blink")


@layout
class OwnerState(Layout):
    """Result of OWNER."""

    challenge: bytes = raw(CHALLENGE_BYTES, "for the next signed command on this link")
    key_id: bytes = raw(KEY_ID_BYTES, "of the owner's key, zero without an owner")
    counter: int = u32("version_counter of the owner's newest package")
    flags: int = u8("OwnerFlag")
    reserved: bytes = raw(3, "zero")


@layout
class SignedHeader(Layout):
    """Begin of the arguments of SIGNED; the command follows, its CommandHeader first.

    What is signed is a SignedText and the command behind it.
    """

    signature: bytes = raw(SIGNATURE_BYTES, "ECDSA P-256 over SHA-256")


@layout
class SignedText(Layout):
    """Begin of what the owner signs for a command; it is not sent."""

    magic: int = u32("SIGNED_MAGIC: a signature of anything else is none of a command")
    boot_id: int = u32("of the board's Info")
    challenge: bytes = raw(CHALLENGE_BYTES, "of OwnerState")


@layout
class Claim(Layout):
    """Arguments of CLAIM."""

    public_key: bytes = raw(PUBLIC_KEY_BYTES, "the new owner's")


@layout
class Strangers(Layout):
    """Arguments of STRANGERS."""

    may_read: int = u8("0: only the owner may stream and read the model")


@layout
class MotionHeader(Layout):
    """`count` samples of six int16 follow; sample i was taken at t_us + i * period_us."""

    seq: int = u32("sequence number of the first sample")
    t_us: int = u64("device time of the first sample")
    period_us: int = u16("mean distance of the samples in this packet")
    count: int = u8("1 to MAX_PACKET_SAMPLES")
    flags: int = u8("1: sent again on request")


@layout
class PredictionHeader(Layout):
    """`class_count` int8 outputs of the model follow."""

    seq_end: int = u32("sequence number of the window's last sample")
    t_us: int = u64("device time of that sample")
    model_id: bytes = raw(8, "of the model that ran")
    latency_us: int = u32("preparing the window and inference, on the device's clock")
    input_crc32: int = u32("CRC-32 of the int8 input: shows whether inputs or only sums differ")
    label: int = u8("index of the smoothed answer")
    confidence: int = u8("smoothed probability of it, 255 = 1")
    raw_label: int = u8("index of this window's answer")
    class_count: int = u8("outputs that follow")
    flags: int = u8("PredictionFlag")
    reserved: bytes = raw(3, "zero")


@layout
class PackageHeader(Layout):
    """Begin of a model package. Offsets count from the package's first byte.

    `crc32` covers everything from `signature` to the end, the signature everything from `key_id`
    to the end. A push signs: in a file all three fields of the owner are as training leaves them.
    """

    magic: int = u32("PACKAGE_MAGIC")
    format: int = u16("PACKAGE_FORMAT")
    header_bytes: int = u16("size of this header")
    total_bytes: int = u32("size of the package")
    crc32: int = u32("CRC-32, see above")
    signature: bytes = raw(SIGNATURE_BYTES, "ECDSA P-256 over SHA-256; zero: unsigned")
    key_id: bytes = raw(KEY_ID_BYTES, "of the owner's key, zero: unsigned")
    version_counter: int = u32("grows with each push of an owner")
    model_id: bytes = raw(8, "first bytes of the SHA-256 of everything after the header")
    model_rate_mhz: int = u32("rate of the window's points")
    window: int = u16("points per window")
    hop: int = u16("points from one window's end to the next")
    channel_count: int = u8("input channels")
    class_count: int = u8("labels and outputs")
    table_count: int = u8("compander tables")
    golden_count: int = u8("golden windows")
    smoothing: int = u8("weight of the newest window in 1/256 less one: 255 = no smoothing")
    reserved: int = u8("zero")
    rejection_words: int = u16("offset of the rejection in units of 4 bytes; 0: there is none")
    labels_offset: int = u32("class_count x LABEL_BYTES")
    channels_offset: int = u32("channel_count x Channel")
    tables_offset: int = u32("table_count x THRESHOLDS x int32, ascending")
    golden_offset: int = u32(
        "golden_count x (window x channel_count int8 in, class_count int8 out)"
    )
    tflite_offset: int = u32("multiple of 16")
    tflite_bytes: int = u32("size of the .tflite")


@layout
class Channel(Layout):
    """One input channel: the axis in 2^-16 g or rad/s, less its mean if asked, then to int8.

    Linear: x * multiplier / 2^24, rounded. With a table: the count of thresholds that `|x|`
    reaches, with the sign of x.
    """

    axis: int = u8("0 to 5")
    flags: int = u8("ChannelFlag")
    table: int = u8("index of the compander table, or NO_TABLE")
    reserved: int = u8("zero")
    multiplier: int = i32("int8 steps per 2^-16 unit, times 2^24; 0 with a table")


@layout
class Rejection(Layout):
    """Finds unknown activities: how far a window's features are from those of every class.

    The features are int8: the embedding, then two statistics of each input channel. rank x
    class_count int16 means, rank u8 shifts (0 to 15) and rank x features int8 weights follow, row
    by row. A row's coordinate is the sum of weight x feature, divided by 2^shift and rounded down;
    the squared distance to a class is the sum of (coordinate - mean)^2 over the rows.
    """

    embedding_size: int = u8("of the .tflite's second output, 1 to MAX_EMBEDDING")
    rank: int = u8("rows, 1 to MAX_RANK")
    reserved: bytes = raw(2, "zero")
    threshold: int = u32("a window with a larger squared distance to every class is unknown")


# Into wire_layout.h go every public upper-case name of a number, every UUID and every enum.
CONSTANTS = [
    n for n, v in list(globals().items()) if n[0] != "_" and n.isupper() and type(v) is int
]
UUIDS = [n for n in list(globals()) if n[0] != "_" and n.endswith("_UUID")]
ENUMS = [
    v for v in list(globals().values())
    if isinstance(v, type) and issubclass(v, (IntEnum, IntFlag)) and v.__module__ == __name__
]  # fmt: skip

# They change no byte that is sent: MAX_NOTIFY_BYTES says the one, a board only counts by the other.
# A check only explains a refusal.
_NOT_HASHED = {"ATT_MTU", "MAX_RAW", "ModelCheck"}


def _description() -> str:
    """Every name and number that both sides must agree on, as text."""
    names = [name for name in [*CONSTANTS, *UUIDS] if name not in _NOT_HASHED]
    lines = [f"{name}={globals()[name]}" for name in names]
    for enum in ENUMS:
        if enum.__name__ not in _NOT_HASHED:
            lines += [f"{enum.__name__}.{member.name}={member.value}" for member in enum]
    for cls in LAYOUTS:
        inside = ",".join(f"{f.name}:{f.metadata['code']}" for f in fields(cls))
        lines.append(f"{cls.__name__}({inside})")
    return "\n".join(lines)


WIRE_HASH = zlib.crc32(_description().encode())

assert MotionHeader.SIZE + MAX_PACKET_SAMPLES * SAMPLE_BYTES <= MAX_NOTIFY_BYTES
assert PredictionHeader.SIZE + MAX_CLASSES <= MAX_NOTIFY_BYTES
assert PackageHeader.SIZE % FLASH_WORD_BYTES == 0
assert Channel.SIZE % FLASH_WORD_BYTES == 0
assert Rejection.SIZE % FLASH_WORD_BYTES == 0


# --- wire_layout.h -------------------------------------------------------------------------------
def header() -> str:
    """The text of firmware/lib/wire/wire_layout.h."""
    out = [
        "// Generated from host/motionloop/wire.py by `make wire`. Do not edit.",
        "#pragma once",
        "#include <stddef.h>",
        "#include <stdint.h>",
        "",
        "namespace wire {",
        "",
        f"constexpr uint32_t WIRE_HASH = 0x{WIRE_HASH:08x}u;",
    ]
    for part, number in zip(("MAJOR", "MINOR", "PATCH"), FIRMWARE_VERSION, strict=True):
        out.append(f"constexpr uint8_t FIRMWARE_{part} = {number};")
    out += [f"constexpr uint32_t {name} = {globals()[name]}u;" for name in CONSTANTS]
    out += [f'constexpr const char* {name} = "{globals()[name]}";' for name in UUIDS]
    for enum in ENUMS:
        out += ["", f"enum class {enum.__name__} : uint8_t {{"]
        for member in enum:
            words = f"  // {member.fault}" if isinstance(member, ModelCheck) else ""
            out.append(f"  {member.name} = {member.value},{words}")
        out.append("};")
    for cls in LAYOUTS:
        out += ["", f"struct __attribute__((packed)) {cls.__name__} {{"]
        visits = []
        for f in fields(cls):
            code, doc = f.metadata["code"], f.metadata["doc"]
            if code.endswith("s"):
                out.append(f"  uint8_t {f.name}[{code[:-1]}];  // {doc}")
                visits.append(f'    visit.raw("{f.name}", {f.name}, sizeof {f.name});')
            else:
                out.append(f"  {_C_TYPES[code]} {f.name};  // {doc}")
                visits.append(f'    visit.number("{f.name}", {f.name});')
        out += ["  template <class Visit> void each_field(Visit& visit) const {", *visits, "  }"]
        out.append("};")
        out.append(f'static_assert(sizeof({cls.__name__}) == {cls.SIZE}, "{cls.__name__}");')
    out += ["", "}  // namespace wire", ""]
    return "\n".join(out)


if __name__ == "__main__":
    print(header(), end="")
