// Generated from host/motionloop/wire.py by `make wire`. Do not edit.
#pragma once
#include <stddef.h>
#include <stdint.h>

namespace wire {

constexpr uint32_t WIRE_HASH = 0xa8b727b9u;
constexpr uint8_t FIRMWARE_MAJOR = 0;
constexpr uint8_t FIRMWARE_MINOR = 2;
constexpr uint8_t FIRMWARE_PATCH = 0;
constexpr uint32_t AXES = 6u;
constexpr uint32_t SAMPLE_BYTES = 12u;
constexpr uint32_t MAX_RAW = 32767u;
constexpr uint32_t ATT_MTU = 247u;
constexpr uint32_t MAX_NOTIFY_BYTES = 244u;
constexpr uint32_t MAX_PACKET_SAMPLES = 19u;
constexpr uint32_t MAX_MODEL_WRITE_BYTES = 228u;
constexpr uint32_t MAX_MODEL_READ_BYTES = 180u;
constexpr uint32_t RING_SAMPLES = 3600u;
constexpr uint32_t ARENA_BYTES = 24576u;
constexpr uint32_t MAX_CLASSES = 16u;
constexpr uint32_t MAX_CHANNELS = 16u;
constexpr uint32_t MAX_TABLES = 4u;
constexpr uint32_t MAX_WINDOW = 512u;
constexpr uint32_t MAX_EMBEDDING = 128u;
constexpr uint32_t MAX_RANK = 64u;
constexpr uint32_t MAX_INPUT_BYTES = 4096u;
constexpr uint32_t MAX_RATE_RATIO = 15u;
constexpr uint32_t MAX_WORK = 5000000u;
constexpr uint32_t MAX_WINDOW_US = 1000000u;
constexpr uint32_t LABEL_BYTES = 24u;
constexpr uint32_t THRESHOLDS = 127u;
constexpr uint32_t FLASH_PAGE_BYTES = 4096u;
constexpr uint32_t FLASH_WORD_BYTES = 4u;
constexpr uint32_t UNOWNED_CHANGES = 60u;
constexpr uint32_t UNOWNED_CHANGE_S = 300u;
constexpr uint32_t NO_SLOT = 255u;
constexpr uint32_t NO_TABLE = 255u;
constexpr uint32_t NO_LABEL = 255u;
constexpr uint32_t FROM_NOW = 4294967295u;
constexpr uint32_t PACKAGE_MAGIC = 1263553613u;
constexpr uint32_t PACKAGE_FORMAT = 1u;
constexpr uint32_t SIGNED_MAGIC = 1129532493u;
constexpr uint32_t PUBLIC_KEY_BYTES = 64u;
constexpr uint32_t SIGNATURE_BYTES = 64u;
constexpr uint32_t KEY_ID_BYTES = 8u;
constexpr uint32_t CHALLENGE_BYTES = 32u;
constexpr uint32_t FIXED_POINT_BITS = 16u;
constexpr uint32_t INPUT_SCALE_BITS = 5u;
constexpr uint32_t EMULATED_VARIANT = 1162696012u;
constexpr const char* SERVICE_UUID = "4d4f5449-4f4e-4c4f-8f50-000000000000";
constexpr const char* INFO_UUID = "4d4f5449-4f4e-4c4f-8f50-000000000001";
constexpr const char* COMMAND_UUID = "4d4f5449-4f4e-4c4f-8f50-000000000002";
constexpr const char* REPLY_UUID = "4d4f5449-4f4e-4c4f-8f50-000000000003";
constexpr const char* MOTION_UUID = "4d4f5449-4f4e-4c4f-8f50-000000000004";
constexpr const char* MODEL_UUID = "4d4f5449-4f4e-4c4f-8f50-000000000005";
constexpr const char* PREDICTION_UUID = "4d4f5449-4f4e-4c4f-8f50-000000000006";

enum class Opcode : uint8_t {
  STATUS = 1,
  STREAM_START = 2,
  STREAM_STOP = 3,
  RESEND = 4,
  MODEL_BEGIN = 5,
  MODEL_DATA = 6,
  MODEL_COMMIT = 7,
  MODEL_ABORT = 8,
  ROLLBACK = 9,
  IDENTIFY = 10,
  MODEL_READ = 11,
  OWNER = 12,
  SIGNED = 13,
  CLAIM = 14,
  AUTHENTICATE = 15,
  STRANGERS = 16,
};

enum class Status : uint8_t {
  OK = 0,
  BAD_COMMAND = 1,
  BUSY = 2,
  NO_MODEL = 3,
  TOO_LARGE = 4,
  BAD_OFFSET = 5,
  INCOMPLETE = 6,
  BAD_CRC = 7,
  BAD_PACKAGE = 8,
  BAD_VERSION = 9,
  BAD_MODEL = 10,
  BAD_OPERATOR = 11,
  BAD_SHAPE = 12,
  ARENA_TOO_SMALL = 13,
  BAD_GOLDEN = 14,
  FLASH_FAILED = 15,
  BAD_RATE = 16,
  BAD_SIGNATURE = 17,
  INFERENCE_FAILED = 18,
  TOO_MUCH_WORK = 19,
  TOO_SLOW = 20,
  OWNER_ONLY = 21,
  TOO_MANY_CHANGES = 22,
};

enum class ModelCheck : uint8_t {
  PASSED = 0,  // it passes every check, but TensorFlow Lite Micro cannot prepare it
  IDENTIFIER = 1,  // it is no TensorFlow Lite file
  BOUNDS = 2,  // it is damaged: a part of it lies outside the file or is not aligned
  SUBGRAPHS = 3,  // it does not have exactly one graph
  METADATA = 4,  // it has parts that no board needs, such as metadata or signatures, and that a reader of the file would act on
  BUFFERS = 5,  // a constant is not in the file or has another size than its tensor
  TENSOR = 6,  // a tensor has a shape, type or quantization that the board's operators do not take
  OPERATORS = 7,  // its operators or their inputs and outputs are too many, missing or numbered wrongly
  ORDER = 8,  // an operator reads a tensor that no operator before it has made
  GEOMETRY = 9,  // an operator does not fit the shapes of its tensors
};

enum class SignatureFault : uint8_t {
  OTHER_KEY = 1,
  WRONG = 2,
  REPLAYED = 3,
  NO_CHALLENGE = 4,
};

enum class Imu : uint8_t {
  UNKNOWN = 0,
  LSM9DS1 = 1,
  BMI270 = 2,
  SYNTHETIC = 3,
  REPLAY = 4,
};

enum class BoardFlag : uint8_t {
  VIRTUAL = 1,
  SYNTHETIC = 2,
  EMULATED = 4,
  MODEL_DROPPED = 8,
};

enum class OwnerFlag : uint8_t {
  OWNED = 1,
  STRANGERS_READ = 2,
  AUTHENTICATED = 4,
};

enum class PredictionFlag : uint8_t {
  UNKNOWN = 1,
  RAW_UNKNOWN = 2,
};

enum class ChannelFlag : uint8_t {
  REMOVE_MEAN = 1,
};

enum class Operator : uint8_t {
  ADD = 0,
  AVERAGE_POOL_2D = 1,
  CONCATENATION = 2,
  CONV_2D = 3,
  DEPTHWISE_CONV_2D = 4,
  FULLY_CONNECTED = 9,
  MAX_POOL_2D = 17,
  MUL = 18,
  RELU = 19,
  RESHAPE = 22,
  SOFTMAX = 25,
  PAD = 34,
  MEAN = 40,
};

struct __attribute__((packed)) Info {
  uint32_t wire_hash;  // WIRE_HASH of the firmware: the host refuses another
  uint8_t firmware_major;  // firmware version
  uint8_t firmware_minor;  // firmware version
  uint8_t firmware_patch;  // firmware version
  uint8_t imu;  // Imu
  uint16_t flags;  // BoardFlag
  uint16_t max_model_write;  // bytes of one write to the model characteristic, header included
  uint32_t boot_id;  // random, new at each start: sequence numbers begin again
  uint32_t native_rate_mhz;  // sample rate of the IMU
  uint32_t accel_ng_per_lsb;  // accelerometer scale
  uint32_t gyro_nrads_per_lsb;  // gyroscope scale
  uint16_t accel_range_mg;  // full scale, +-
  uint16_t gyro_range_dps;  // full scale, +-
  uint32_t ring_samples;  // history that can be sent again
  uint32_t slot_bytes;  // largest package
  uint32_t arena_bytes;  // tensor arena
  uint8_t active_slot;  // 0 to 2; NO_SLOT without a model
  uint8_t owner_flags;  // OwnerFlag
  uint8_t reserved[2];  // zero
  uint32_t model_version;  // version counter of the active package, 0 without
  uint8_t model_id[8];  // of the active package, zero without
  uint8_t previous_model_id[8];  // what a rollback activates, zero without
  uint8_t owner_id[8];  // of the owner's key, zero without an owner
  template <class Visit> void each_field(Visit& visit) const {
    visit.number("wire_hash", wire_hash);
    visit.number("firmware_major", firmware_major);
    visit.number("firmware_minor", firmware_minor);
    visit.number("firmware_patch", firmware_patch);
    visit.number("imu", imu);
    visit.number("flags", flags);
    visit.number("max_model_write", max_model_write);
    visit.number("boot_id", boot_id);
    visit.number("native_rate_mhz", native_rate_mhz);
    visit.number("accel_ng_per_lsb", accel_ng_per_lsb);
    visit.number("gyro_nrads_per_lsb", gyro_nrads_per_lsb);
    visit.number("accel_range_mg", accel_range_mg);
    visit.number("gyro_range_dps", gyro_range_dps);
    visit.number("ring_samples", ring_samples);
    visit.number("slot_bytes", slot_bytes);
    visit.number("arena_bytes", arena_bytes);
    visit.number("active_slot", active_slot);
    visit.number("owner_flags", owner_flags);
    visit.raw("reserved", reserved, sizeof reserved);
    visit.number("model_version", model_version);
    visit.raw("model_id", model_id, sizeof model_id);
    visit.raw("previous_model_id", previous_model_id, sizeof previous_model_id);
    visit.raw("owner_id", owner_id, sizeof owner_id);
  }
};
static_assert(sizeof(Info) == 76, "Info");

struct __attribute__((packed)) CommandHeader {
  uint8_t opcode;  // Opcode
  uint8_t tag;  // chosen by the host, repeated in the reply
  template <class Visit> void each_field(Visit& visit) const {
    visit.number("opcode", opcode);
    visit.number("tag", tag);
  }
};
static_assert(sizeof(CommandHeader) == 2, "CommandHeader");

struct __attribute__((packed)) ReplyHeader {
  uint8_t opcode;  // Opcode
  uint8_t tag;  // of the command
  uint8_t status;  // Status
  uint8_t reserved;  // zero
  uint32_t detail;  // a number that explains the status
  template <class Visit> void each_field(Visit& visit) const {
    visit.number("opcode", opcode);
    visit.number("tag", tag);
    visit.number("status", status);
    visit.number("reserved", reserved);
    visit.number("detail", detail);
  }
};
static_assert(sizeof(ReplyHeader) == 8, "ReplyHeader");

struct __attribute__((packed)) Counters {
  uint64_t now_us;  // device time
  uint32_t next_seq;  // sequence number of the next sample
  uint32_t oldest_seq;  // oldest sample in the ring
  uint32_t saturated;  // samples with an axis at the end of its range: see MAX_RAW
  uint32_t sensor_gaps;  // times that the sensor lost samples before the core saw them
  uint32_t notify_refused;  // notifications that the radio did not take at once
  uint32_t bad_commands;  // commands that were refused as malformed
  uint32_t predictions;  // windows classified
  uint32_t windows_skipped;  // windows not classified: a gap inside, or no time
  uint32_t inference_failures;  // invocations that the interpreter refused
  uint32_t radio_restarts;  // times that the board restarted itself because its radio was silent, since power was applied
  template <class Visit> void each_field(Visit& visit) const {
    visit.number("now_us", now_us);
    visit.number("next_seq", next_seq);
    visit.number("oldest_seq", oldest_seq);
    visit.number("saturated", saturated);
    visit.number("sensor_gaps", sensor_gaps);
    visit.number("notify_refused", notify_refused);
    visit.number("bad_commands", bad_commands);
    visit.number("predictions", predictions);
    visit.number("windows_skipped", windows_skipped);
    visit.number("inference_failures", inference_failures);
    visit.number("radio_restarts", radio_restarts);
  }
};
static_assert(sizeof(Counters) == 48, "Counters");

struct __attribute__((packed)) StreamStart {
  uint32_t from_seq;  // first sample to send, or FROM_NOW
  uint16_t max_delay_ms;  // longest time a sample may wait for its packet to fill
  template <class Visit> void each_field(Visit& visit) const {
    visit.number("from_seq", from_seq);
    visit.number("max_delay_ms", max_delay_ms);
  }
};
static_assert(sizeof(StreamStart) == 6, "StreamStart");

struct __attribute__((packed)) SequenceRange {
  uint32_t first_seq;  // sequence number
  uint32_t count;  // samples
  template <class Visit> void each_field(Visit& visit) const {
    visit.number("first_seq", first_seq);
    visit.number("count", count);
  }
};
static_assert(sizeof(SequenceRange) == 8, "SequenceRange");

struct __attribute__((packed)) ModelBegin {
  uint32_t total_bytes;  // package size
  uint32_t crc32;  // CRC-32 of the whole package: names the transfer, so that it can resume
  template <class Visit> void each_field(Visit& visit) const {
    visit.number("total_bytes", total_bytes);
    visit.number("crc32", crc32);
  }
};
static_assert(sizeof(ModelBegin) == 8, "ModelBegin");

struct __attribute__((packed)) ModelOffset {
  uint32_t offset;  // bytes that the board holds
  template <class Visit> void each_field(Visit& visit) const {
    visit.number("offset", offset);
  }
};
static_assert(sizeof(ModelOffset) == 4, "ModelOffset");

struct __attribute__((packed)) ModelIdentity {
  uint8_t model_id[8];  // zero without a model
  template <class Visit> void each_field(Visit& visit) const {
    visit.raw("model_id", model_id, sizeof model_id);
  }
};
static_assert(sizeof(ModelIdentity) == 8, "ModelIdentity");

struct __attribute__((packed)) ModelChunkHeader {
  uint32_t offset;  // of the first byte in the package; bytes follow, a multiple of 4 but the last
  template <class Visit> void each_field(Visit& visit) const {
    visit.number("offset", offset);
  }
};
static_assert(sizeof(ModelChunkHeader) == 4, "ModelChunkHeader");

struct __attribute__((packed)) ModelRead {
  uint32_t offset;  // in the active package
  uint16_t length;  // 1 to MAX_MODEL_READ_BYTES; fewer come back at the package's end
  template <class Visit> void each_field(Visit& visit) const {
    visit.number("offset", offset);
    visit.number("length", length);
  }
};
static_assert(sizeof(ModelRead) == 6, "ModelRead");

struct __attribute__((packed)) Identify {
  uint8_t seconds;  // how long to blink
  template <class Visit> void each_field(Visit& visit) const {
    visit.number("seconds", seconds);
  }
};
static_assert(sizeof(Identify) == 1, "Identify");

struct __attribute__((packed)) OwnerState {
  uint8_t challenge[32];  // for the next signed command on this link
  uint8_t key_id[8];  // of the owner's key, zero without an owner
  uint32_t counter;  // version_counter of the owner's newest package
  uint8_t flags;  // OwnerFlag
  uint8_t reserved[3];  // zero
  template <class Visit> void each_field(Visit& visit) const {
    visit.raw("challenge", challenge, sizeof challenge);
    visit.raw("key_id", key_id, sizeof key_id);
    visit.number("counter", counter);
    visit.number("flags", flags);
    visit.raw("reserved", reserved, sizeof reserved);
  }
};
static_assert(sizeof(OwnerState) == 48, "OwnerState");

struct __attribute__((packed)) SignedHeader {
  uint8_t signature[64];  // ECDSA P-256 over SHA-256
  template <class Visit> void each_field(Visit& visit) const {
    visit.raw("signature", signature, sizeof signature);
  }
};
static_assert(sizeof(SignedHeader) == 64, "SignedHeader");

struct __attribute__((packed)) SignedText {
  uint32_t magic;  // SIGNED_MAGIC: a signature of anything else is none of a command
  uint32_t boot_id;  // of the board's Info
  uint8_t challenge[32];  // of OwnerState
  template <class Visit> void each_field(Visit& visit) const {
    visit.number("magic", magic);
    visit.number("boot_id", boot_id);
    visit.raw("challenge", challenge, sizeof challenge);
  }
};
static_assert(sizeof(SignedText) == 40, "SignedText");

struct __attribute__((packed)) Claim {
  uint8_t public_key[64];  // the new owner's
  template <class Visit> void each_field(Visit& visit) const {
    visit.raw("public_key", public_key, sizeof public_key);
  }
};
static_assert(sizeof(Claim) == 64, "Claim");

struct __attribute__((packed)) Strangers {
  uint8_t may_read;  // 0: only the owner may stream and read the model
  template <class Visit> void each_field(Visit& visit) const {
    visit.number("may_read", may_read);
  }
};
static_assert(sizeof(Strangers) == 1, "Strangers");

struct __attribute__((packed)) MotionHeader {
  uint32_t seq;  // sequence number of the first sample
  uint64_t t_us;  // device time of the first sample
  uint16_t period_us;  // mean distance of the samples in this packet
  uint8_t count;  // 1 to MAX_PACKET_SAMPLES
  uint8_t flags;  // 1: sent again on request
  template <class Visit> void each_field(Visit& visit) const {
    visit.number("seq", seq);
    visit.number("t_us", t_us);
    visit.number("period_us", period_us);
    visit.number("count", count);
    visit.number("flags", flags);
  }
};
static_assert(sizeof(MotionHeader) == 16, "MotionHeader");

struct __attribute__((packed)) PredictionHeader {
  uint32_t seq_end;  // sequence number of the window's last sample
  uint64_t t_us;  // device time of that sample
  uint8_t model_id[8];  // of the model that ran
  uint32_t latency_us;  // preparing the window and inference, on the device's clock
  uint32_t input_crc32;  // CRC-32 of the int8 input: shows whether inputs or only sums differ
  uint8_t label;  // index of the smoothed answer
  uint8_t confidence;  // smoothed probability of it, 255 = 1
  uint8_t raw_label;  // index of this window's answer
  uint8_t class_count;  // outputs that follow
  uint8_t flags;  // PredictionFlag
  uint8_t reserved[3];  // zero
  template <class Visit> void each_field(Visit& visit) const {
    visit.number("seq_end", seq_end);
    visit.number("t_us", t_us);
    visit.raw("model_id", model_id, sizeof model_id);
    visit.number("latency_us", latency_us);
    visit.number("input_crc32", input_crc32);
    visit.number("label", label);
    visit.number("confidence", confidence);
    visit.number("raw_label", raw_label);
    visit.number("class_count", class_count);
    visit.number("flags", flags);
    visit.raw("reserved", reserved, sizeof reserved);
  }
};
static_assert(sizeof(PredictionHeader) == 36, "PredictionHeader");

struct __attribute__((packed)) PackageHeader {
  uint32_t magic;  // PACKAGE_MAGIC
  uint16_t format;  // PACKAGE_FORMAT
  uint16_t header_bytes;  // size of this header
  uint32_t total_bytes;  // size of the package
  uint32_t crc32;  // CRC-32, see above
  uint8_t signature[64];  // ECDSA P-256 over SHA-256; zero: unsigned
  uint8_t key_id[8];  // of the owner's key, zero: unsigned
  uint32_t version_counter;  // grows with each push of an owner
  uint8_t model_id[8];  // first bytes of the SHA-256 of everything after the header
  uint32_t model_rate_mhz;  // rate of the window's points
  uint16_t window;  // points per window
  uint16_t hop;  // points from one window's end to the next
  uint8_t channel_count;  // input channels
  uint8_t class_count;  // labels and outputs
  uint8_t table_count;  // compander tables
  uint8_t golden_count;  // golden windows
  uint8_t smoothing;  // weight of the newest window in 1/256 less one: 255 = no smoothing
  uint8_t reserved;  // zero
  uint16_t rejection_words;  // offset of the rejection in units of 4 bytes; 0: there is none
  uint32_t labels_offset;  // class_count x LABEL_BYTES
  uint32_t channels_offset;  // channel_count x Channel
  uint32_t tables_offset;  // table_count x THRESHOLDS x int32, ascending
  uint32_t golden_offset;  // golden_count x (window x channel_count int8 in, class_count int8 out)
  uint32_t tflite_offset;  // multiple of 16
  uint32_t tflite_bytes;  // size of the .tflite
  template <class Visit> void each_field(Visit& visit) const {
    visit.number("magic", magic);
    visit.number("format", format);
    visit.number("header_bytes", header_bytes);
    visit.number("total_bytes", total_bytes);
    visit.number("crc32", crc32);
    visit.raw("signature", signature, sizeof signature);
    visit.raw("key_id", key_id, sizeof key_id);
    visit.number("version_counter", version_counter);
    visit.raw("model_id", model_id, sizeof model_id);
    visit.number("model_rate_mhz", model_rate_mhz);
    visit.number("window", window);
    visit.number("hop", hop);
    visit.number("channel_count", channel_count);
    visit.number("class_count", class_count);
    visit.number("table_count", table_count);
    visit.number("golden_count", golden_count);
    visit.number("smoothing", smoothing);
    visit.number("reserved", reserved);
    visit.number("rejection_words", rejection_words);
    visit.number("labels_offset", labels_offset);
    visit.number("channels_offset", channels_offset);
    visit.number("tables_offset", tables_offset);
    visit.number("golden_offset", golden_offset);
    visit.number("tflite_offset", tflite_offset);
    visit.number("tflite_bytes", tflite_bytes);
  }
};
static_assert(sizeof(PackageHeader) == 140, "PackageHeader");

struct __attribute__((packed)) Channel {
  uint8_t axis;  // 0 to 5
  uint8_t flags;  // ChannelFlag
  uint8_t table;  // index of the compander table, or NO_TABLE
  uint8_t reserved;  // zero
  int32_t multiplier;  // int8 steps per 2^-16 unit, times 2^24; 0 with a table
  template <class Visit> void each_field(Visit& visit) const {
    visit.number("axis", axis);
    visit.number("flags", flags);
    visit.number("table", table);
    visit.number("reserved", reserved);
    visit.number("multiplier", multiplier);
  }
};
static_assert(sizeof(Channel) == 8, "Channel");

struct __attribute__((packed)) Rejection {
  uint8_t embedding_size;  // of the .tflite's second output, 1 to MAX_EMBEDDING
  uint8_t rank;  // rows, 1 to MAX_RANK
  uint8_t reserved[2];  // zero
  uint32_t threshold;  // a window with a larger squared distance to every class is unknown
  template <class Visit> void each_field(Visit& visit) const {
    visit.number("embedding_size", embedding_size);
    visit.number("rank", rank);
    visit.raw("reserved", reserved, sizeof reserved);
    visit.number("threshold", threshold);
  }
};
static_assert(sizeof(Rejection) == 8, "Rejection");

}  // namespace wire
