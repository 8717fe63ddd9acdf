#include "windower.h"

#include <string.h>

namespace core {

namespace {

constexpr uint32_t kMultiplierBits = 26;
constexpr uint32_t kLinearBits = 24;
constexpr uint32_t kMaxNanoPerLsb = 2000000;  // 65 g or rad/s at full scale

int64_t round_shift(int64_t value, uint32_t bits) {
  return (value + (static_cast<int64_t>(1) << (bits - 1))) >> bits;
}

int8_t clamp(int64_t value) {
  // -127, not -128: a device turned around gives exactly the negated input.
  return static_cast<int8_t>(value > 127 ? 127 : value < -127 ? -127 : value);
}

int32_t threshold(const uint8_t* table, uint32_t index) {
  int32_t value;
  memcpy(&value, table + index * sizeof value, sizeof value);
  return value;
}

// How many of the ascending thresholds `magnitude` reaches.
int32_t codes_reached(const uint8_t* table, int32_t magnitude) {
  uint32_t low = 0, high = wire::THRESHOLDS;
  while (low < high) {
    const uint32_t middle = (low + high) / 2;
    if (threshold(table, middle) <= magnitude) {
      low = middle + 1;
    } else {
      high = middle;
    }
  }
  return static_cast<int32_t>(low);
}

int32_t mean_of(const int32_t* points, uint32_t count) {
  int64_t sum = 0;
  for (uint32_t i = 0; i < count; ++i) sum += points[i];
  // Rounded to nearest, halves up, for both signs: floor((2 sum + n) / 2n).
  const int64_t divisor = 2 * static_cast<int64_t>(count);
  const int64_t dividend = 2 * sum + count;
  int64_t mean = dividend / divisor;
  if (dividend % divisor < 0) --mean;
  return static_cast<int32_t>(mean);
}

}  // namespace

bool Windower::configure(const SampleFormat& format, const InputSpec& spec) {
  if (format.rate_mhz == 0 || spec.rate_mhz == 0 || spec.window == 0 ||
      spec.window > wire::MAX_WINDOW ||
      format.rate_mhz / wire::MAX_RATE_RATIO > spec.rate_mhz) {
    return false;
  }
  const uint32_t scales[2] = {format.accel_ng_per_lsb, format.gyro_nrads_per_lsb};
  for (uint32_t scale : scales) {
    if (scale == 0 || scale > kMaxNanoPerLsb) return false;
  }
  const uint64_t ratio_q16 =
      ((static_cast<uint64_t>(format.rate_mhz) << 16) + spec.rate_mhz / 2) / spec.rate_mhz;
  if (ratio_q16 == 0) return false;
  spec_ = spec;
  ratio_q16_ = static_cast<uint32_t>(ratio_q16);
  // Downsampling averages the samples between two points; upsampling interpolates linearly,
  // which is the same box, one sample wide.
  width_q8_ = ratio_q16_ > 65536u ? ratio_q16_ >> 8 : 256u;
  span_q8_ = static_cast<uint32_t>(points_to_samples_q16(spec.window - 1) >> 8) + width_q8_;
  span_ = (span_q8_ + 255u) >> 8;
  for (uint32_t i = 0; i < 2; ++i) {
    const uint64_t numerator = static_cast<uint64_t>(scales[i])
                               << (wire::FIXED_POINT_BITS + kMultiplierBits);
    const uint64_t divisor = static_cast<uint64_t>(1000000000u) * width_q8_;
    multiplier_[i] = static_cast<int64_t>((numerator + divisor / 2) / divisor);
  }
  return span_ <= wire::RING_SAMPLES;
}

void Windower::resample(const SampleView& view, uint32_t axis, int32_t* points) const {
  const int64_t multiplier = multiplier_[axis < 3 ? 0 : 1];
  // Sample i covers the positions i to i + 1; the last point's box ends where the last sample does.
  const uint32_t end_q8 = span_ << 8;
  for (uint32_t k = 0; k < spec_.window; ++k) {
    const uint32_t back_q8 =
        static_cast<uint32_t>(points_to_samples_q16(spec_.window - 1 - k) >> 8);
    const uint32_t high = end_q8 - back_q8;
    const uint32_t low = high - width_q8_;
    const uint32_t low_part = low & 255u, high_part = high & 255u;
    int32_t sum = 0;
    if (low_part != 0) sum -= static_cast<int32_t>(low_part) * view.at(low >> 8, axis);
    for (uint32_t i = low >> 8; i < high >> 8; ++i) sum += 256 * view.at(i, axis);
    if (high_part != 0) sum += static_cast<int32_t>(high_part) * view.at(high >> 8, axis);
    points[k] = static_cast<int32_t>(round_shift(sum * multiplier, kMultiplierBits));
  }
}

void Windower::quantize(const int32_t* points, uint32_t channel, int8_t* input) const {
  const wire::Channel& spec = spec_.channels[channel];
  const bool remove_mean =
      (spec.flags & static_cast<uint8_t>(wire::ChannelFlag::REMOVE_MEAN)) != 0;
  const int32_t mean = remove_mean ? mean_of(points, spec_.window) : 0;
  int8_t* out = input + channel;
  if (spec.table == wire::NO_TABLE) {
    const int64_t multiplier = spec.multiplier;
    for (uint32_t k = 0; k < spec_.window; ++k, out += spec_.channel_count) {
      *out = clamp(round_shift((points[k] - mean) * multiplier, kLinearBits));
    }
    return;
  }
  const uint8_t* table = spec_.tables + spec.table * wire::THRESHOLDS * sizeof(int32_t);
  for (uint32_t k = 0; k < spec_.window; ++k, out += spec_.channel_count) {
    const int32_t value = points[k] - mean;
    const int32_t code = codes_reached(table, value < 0 ? -value : value);
    *out = static_cast<int8_t>(value < 0 ? -code : code);
  }
}

void Windower::prepare(const SampleView& view, int8_t* input) const {
  int32_t points[wire::MAX_WINDOW];  // 2 KB of stack; one axis at a time keeps it at that
  for (uint32_t axis = 0; axis < wire::AXES; ++axis) {
    bool filled = false;
    for (uint32_t channel = 0; channel < spec_.channel_count; ++channel) {
      if (spec_.channels[channel].axis != axis) continue;
      if (!filled) resample(view, axis, points);
      filled = true;
      quantize(points, channel, input);
    }
  }
}

}  // namespace core
