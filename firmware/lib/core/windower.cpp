#include "windower.h"

#include <string.h>

namespace core {

namespace {

// Rounded to 26 bits for sums in 1/256 sample. Sums in 1/512 and five bits more give the same
// product in the upper word, where a Cortex-M4 need not shift.
constexpr uint32_t kMultiplierBits = 26;
constexpr uint32_t kSumBits = 32;
constexpr uint32_t kLinearBits = 24;
constexpr uint32_t kMaxNanoPerLsb = 2000000;  // 65 g or rad/s at full scale

int32_t round_shift(int64_t value, uint32_t bits) {
  return static_cast<int32_t>((value + (static_cast<int64_t>(1) << (bits - 1))) >> bits);
}

int8_t clamp(int32_t value) {
  // -127, not -128: a device turned around gives exactly the negated input.
  return static_cast<int8_t>(value > 127 ? 127 : value < -127 ? -127 : value);
}

// What the three axes of a triad sum to over a box from `low` to `high`. Positions are in 1/256
// sample, sample i covers i to i + 1; sums are in 1/512, see kSumBits.
struct Sums {
  int32_t x, y, z;
};

// Three axes at a time, because finding the samples is half of the work. `at` is the first one;
// the others, and one more than the box may need, follow it without a break.
Sums sum_in_line(const int16_t* at, uint32_t low, uint32_t high) {
  const int32_t first = static_cast<int32_t>(512 - 2 * (low & 255u));
  const int32_t last = static_cast<int32_t>(2 * (high & 255u));
  Sums sums = {first * at[0], first * at[1], first * at[2]};
  at += wire::AXES;
  for (uint32_t whole = (high >> 8) - (low >> 8); --whole != 0; at += wire::AXES) {
    sums.x += 512 * at[0];
    sums.y += 512 * at[1];
    sums.z += 512 * at[2];
  }
  sums.x += last * at[0];
  sums.y += last * at[1];
  sums.z += last * at[2];
  return sums;
}

int32_t sum_of_axis(const SampleView& storage, uint32_t axis, uint32_t low, uint32_t high) {
  int32_t sum = -static_cast<int32_t>(low & 255u) * storage.at(low >> 8, axis);
  for (uint32_t i = low >> 8; i < high >> 8; ++i) sum += 256 * storage.at(i, axis);
  if ((high & 255u) != 0) sum += static_cast<int32_t>(high & 255u) * storage.at(high >> 8, axis);
  return 2 * sum;
}

// The same around the end of the storage, and where no sample follows the box.
Sums sum_at_end(const SampleView& storage, uint32_t axis, uint32_t low, uint32_t high) {
  return {sum_of_axis(storage, axis, low, high), sum_of_axis(storage, axis + 1, low, high),
          sum_of_axis(storage, axis + 2, low, high)};
}

int32_t mean_of(const int32_t* points, uint32_t count) {
  int64_t sum = 0;
  const int32_t* const end = points + count;
  do {
    sum += *points++;
  } while (points != end);
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
      spec.window > wire::MAX_WINDOW || format.rate_mhz / wire::MAX_RATE_RATIO > spec.rate_mhz) {
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
  const uint32_t span_q8 =
      static_cast<uint32_t>(points_to_samples_q16(spec.window - 1) >> 8) + width_q8_;
  span_ = (span_q8 + 255u) >> 8;
  for (uint32_t i = 0; i < 2; ++i) {
    const uint64_t numerator = static_cast<uint64_t>(scales[i])
                               << (wire::FIXED_POINT_BITS + kMultiplierBits);
    const uint64_t divisor = static_cast<uint64_t>(1000000000u) * width_q8_;
    const uint64_t multiplier = (numerator + divisor / 2) / divisor;
    multiplier_[i] = static_cast<int32_t>(multiplier << (kSumBits - 1 - kMultiplierBits));
  }
  for (uint32_t channel = 0; channel < spec.channel_count; ++channel) {
    const uint32_t table = spec.channels[channel].table;
    if (table == wire::NO_TABLE) continue;
    if (table >= wire::MAX_TABLES) return false;
    companders_[table].open(spec.tables + table * wire::THRESHOLDS * sizeof(int32_t));
  }
  return span_ <= wire::RING_SAMPLES;
}

void Windower::resample_triad(const SampleView& view, uint32_t axis, TriadPoints& points) const {
  const int32_t multiplier = multiplier_[axis < 3 ? 0 : 1];
  const uint32_t width = width_q8_, ratio = ratio_q16_, window = spec_.window;
  const SampleView storage = {view.samples, 0, view.capacity};
  const uint32_t capacity = view.capacity << 8;
  const uint32_t view_end = (view.first + span_) << 8;
  const uint32_t line_end = view_end < capacity ? view_end : capacity;
  // Where a point's box ends in the storage, rounded up to 1/256 sample. The last one ends where
  // the last sample does.
  uint32_t position_q16 = (view_end << 8) + 255u - (window - 1) * ratio;
  uint32_t k = 0;
  do {
    uint32_t high = position_q16 >> 8;
    uint32_t low = high - width;
    Sums sums;
    if (high < line_end) {
      sums = sum_in_line(view.samples[low >> 8] + axis, low, high);
    } else {
      if (low >= capacity) {
        high -= capacity;
        low -= capacity;
        position_q16 -= capacity << 8;
      }
      sums = sum_at_end(storage, axis, low, high);
    }
    points[0][k] = round_shift(static_cast<int64_t>(sums.x) * multiplier, kSumBits);
    points[1][k] = round_shift(static_cast<int64_t>(sums.y) * multiplier, kSumBits);
    points[2][k] = round_shift(static_cast<int64_t>(sums.z) * multiplier, kSumBits);
    position_q16 += ratio;
  } while (++k != window);
}

void Windower::resample(const SampleView& view, uint32_t axis, int32_t* points) const {
  TriadPoints triad;
  resample_triad(view, axis - axis % 3, triad);
  memcpy(points, triad[axis % 3], spec_.window * sizeof *points);
}

void Windower::quantize(const int32_t* points, uint32_t channel, int8_t* input) const {
  const wire::Channel& spec = spec_.channels[channel];
  const bool remove_mean = (spec.flags & static_cast<uint8_t>(wire::ChannelFlag::REMOVE_MEAN)) != 0;
  const int32_t mean = remove_mean ? mean_of(points, spec_.window) : 0;
  const uint32_t stride = spec_.channel_count;
  int8_t* out = input + channel;
  if (spec.table != wire::NO_TABLE) {
    return companders_[spec.table].apply(points, spec_.window, mean, out, stride);
  }
  const int32_t multiplier = spec.multiplier;
  const int32_t* const end = points + spec_.window;
  do {
    *out = clamp(round_shift(static_cast<int64_t>(*points++ - mean) * multiplier, kLinearBits));
    out += stride;
  } while (points != end);
}

void Windower::prepare(const SampleView& view, int8_t* input) const {
  TriadPoints points;
  for (uint32_t first_axis = 0; first_axis < wire::AXES; first_axis += 3) {
    resample_triad(view, first_axis, points);
    for (uint32_t channel = 0; channel < spec_.channel_count; ++channel) {
      const uint32_t axis = spec_.channels[channel].axis - first_axis;
      if (axis < 3) quantize(points[axis], channel, input);
    }
  }
}

}  // namespace core
