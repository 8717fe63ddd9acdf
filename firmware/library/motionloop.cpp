#include "motionloop.h"

#include <string.h>

#include "core/predictor.h"
#include "motionloop_classifier.h"
#include "motionloop_model.h"

namespace {

using wire::Status;

static_assert(MOTIONLOOP_MAX_LABELS == wire::MAX_CLASSES, "motionloop.h has another number");
static_assert(MOTIONLOOP_UNKNOWN == wire::NO_LABEL, "motionloop.h has another number");

constexpr float kRadPerDegree = 0.017453292f;

// Time is that of the samples: nothing here waits.
struct SampleTime final : core::Clock {
  uint64_t us = 0;
  uint64_t now_us() override { return us; }
};

// Takes each prediction where a board sends it.
struct LastPrediction final : core::Radio {
  wire::PredictionHeader header = {};
  int8_t outputs[wire::MAX_CLASSES] = {};

  bool notify(core::Notification, const uint8_t* bytes, uint32_t length) override {
    memcpy(&header, bytes, sizeof header);
    memcpy(outputs, bytes + sizeof header, length - sizeof header);
    return true;
  }
  bool listened_to() override { return true; }
  void end_link() override {}
};

struct Recognizer {
  core::RingBuffer ring;
  SampleTime time;
  LastPrediction last;
  core::Predictor predictor{motionloop_classifier(), time};
  uint32_t scale[2] = {0, 0};  // of acceleration and rotation
  char label[wire::LABEL_BYTES + 1] = {};
};

Recognizer& recognizer() {
  static Recognizer only;
  return only;
}

int16_t steps(float value, float nano_per_unit, uint32_t nano_per_lsb) {
  const float limit = static_cast<float>(wire::MAX_RAW);
  const float whole = value * nano_per_unit / static_cast<float>(nano_per_lsb);
  if (!(whole < limit)) return static_cast<int16_t>(wire::MAX_RAW);
  if (whole < -limit) return static_cast<int16_t>(-static_cast<int32_t>(wire::MAX_RAW));
  return static_cast<int16_t>(whole < 0.0f ? whole - 0.5f : whole + 0.5f);
}

}  // namespace

int motionloop_begin(uint32_t rate_mhz, uint32_t accel_ng_per_lsb, uint32_t gyro_nrads_per_lsb) {
  Recognizer& own = recognizer();
  if (rate_mhz == 0 || accel_ng_per_lsb == 0 || gyro_nrads_per_lsb == 0) {
    return static_cast<int>(Status::BAD_RATE);
  }
  own.scale[0] = accel_ng_per_lsb;
  own.scale[1] = gyro_nrads_per_lsb;
  own.ring = core::RingBuffer();
  own.ring.start(static_cast<uint32_t>(1000000000ull / rate_mhz));
  const core::Verdict verdict =
      own.predictor.use(motionloop_package, motionloop_package_bytes,
                        {rate_mhz, accel_ng_per_lsb, gyro_nrads_per_lsb}, own.ring);
  return static_cast<int>(verdict.status);
}

bool motionloop_add_raw(const int16_t axes[6], uint32_t t_us, motionloop_answer* answer) {
  Recognizer& own = recognizer();
  if (!own.predictor.ready()) return false;
  own.time.us += static_cast<uint32_t>(t_us - static_cast<uint32_t>(own.time.us));
  own.ring.push(axes, own.time.us);
  uint32_t refused = 0;
  if (!own.predictor.step(own.ring, true) || !own.predictor.send(own.last, refused)) return false;
  const wire::PredictionHeader& header = own.last.header;
  answer->label = own.predictor.label();
  answer->confidence = header.confidence;
  answer->raw_label = header.raw_label;
  answer->label_count = header.class_count;
  memcpy(answer->probabilities, own.last.outputs, header.class_count);
  answer->t_us = static_cast<uint32_t>(header.t_us);
  return true;
}

bool motionloop_add(const float accel_g[3], const float gyro_dps[3], uint32_t t_us,
                    motionloop_answer* answer) {
  const Recognizer& own = recognizer();
  int16_t axes[6];
  for (int axis = 0; axis < 3; ++axis) {
    axes[axis] = steps(accel_g[axis], 1e9f, own.scale[0]);
    axes[3 + axis] = steps(gyro_dps[axis] * kRadPerDegree, 1e9f, own.scale[1]);
  }
  return motionloop_add_raw(axes, t_us, answer);
}

const char* motionloop_label(uint8_t label) {
  Recognizer& own = recognizer();
  if (!own.predictor.ready() || label >= own.predictor.header().class_count) return "unknown";
  // In the package a label of full length has no zero behind it.
  const uint8_t* text = motionloop_package + own.predictor.header().labels_offset +
                        static_cast<uint32_t>(label) * wire::LABEL_BYTES;
  memcpy(own.label, text, wire::LABEL_BYTES);
  own.label[wire::LABEL_BYTES] = '\0';
  return own.label;
}

const char* motionloop_error(int reason) {
  switch (static_cast<Status>(reason)) {
    case Status::OK:
      return "the model runs";
    case Status::BAD_RATE:
      return "the model cannot be fed at this rate or with these scales";
    case Status::ARENA_TOO_SMALL:
      return "the arena of classifier.h is too small for the model";
    case Status::BAD_GOLDEN:
      return "this TensorFlow Lite Micro computes the golden windows otherwise: use another "
             "version of it";
    default:
      return "motionloop_model.cpp is damaged: export the model again";
  }
}
