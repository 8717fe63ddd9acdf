// From raw samples at the board's rate to the model's int8 input. The only preprocessing there is:
// the board, the virtual board and the training all run this file.
//
// Integers and tables only, no libm and no floating point, so that every platform gives the same
// bits. Three steps: resample() averages the raw samples to the model's rate and to units of
// 2^-16 g or rad/s; the window's mean is removed where a channel asks for it; the value becomes
// int8, linearly or through the package's compander table.
#pragma once
#include "compander.h"
#include "ring_buffer.h"
#include "wire_layout.h"

namespace core {

// Rate and scales of the samples that go in.
struct SampleFormat {
  uint32_t rate_mhz;
  uint32_t accel_ng_per_lsb;
  uint32_t gyro_nrads_per_lsb;
};

// What the model wants to see. The pointers stay with the caller (the package in flash).
struct InputSpec {
  uint32_t rate_mhz;
  uint32_t window;  // points
  uint32_t channel_count;
  const wire::Channel* channels;
  const uint8_t* tables;  // table_count x THRESHOLDS little-endian int32, ascending
};

class Windower {
 public:
  // False when the rates or scales are outside the limits, or one window needs more samples than
  // the ring holds.
  bool configure(const SampleFormat& format, const InputSpec& spec);

  // Samples that one window of points covers.
  uint32_t span() const { return span_; }
  const InputSpec& spec() const { return spec_; }
  // Points to samples, in 1/65536 sample: how far one hop moves the window.
  uint64_t points_to_samples_q16(uint32_t points) const {
    return static_cast<uint64_t>(points) * ratio_q16_;
  }

  // `view` begins span() samples back. Fills spec().window points of one axis.
  void resample(const SampleView& view, uint32_t axis, int32_t* points) const;
  // One channel of the model's input from its axis's points, written every `channel_count` bytes.
  void quantize(const int32_t* points, uint32_t channel, int8_t* input) const;
  // The whole input, window x channel_count bytes, channels last. Takes 6 KB of stack.
  void prepare(const SampleView& view, int8_t* input) const;

 private:
  // Of the accelerometer or the gyroscope.
  using TriadPoints = int32_t[3][wire::MAX_WINDOW];

  // `axis` is the triad's first one.
  void resample_triad(const SampleView& view, uint32_t axis, TriadPoints& points) const;

  InputSpec spec_ = {};
  uint32_t ratio_q16_ = 0;  // samples a point
  uint32_t width_q8_ = 0;   // samples averaged into a point
  uint32_t span_ = 0;
  int32_t multiplier_[2] = {0, 0};  // sum over width_q8_, in 1/512, to 2^-16 units, times 2^32
  Compander companders_[wire::MAX_TABLES];
};

}  // namespace core
