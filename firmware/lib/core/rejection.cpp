#include "rejection.h"

#include <string.h>

namespace core {

namespace {

constexpr uint8_t kMaxShift = 15;

uint32_t features(const wire::Rejection& header, uint32_t channel_count) {
  return header.embedding_size + kStatisticsPerChannel * channel_count;
}

// 16 log2(ratio) of 256 x ratio, for ratios of 1 to below 256.
int8_t level(uint32_t ratio_q8) {
  const uint32_t exponent = 31u - static_cast<uint32_t>(__builtin_clz(ratio_q8));
  return static_cast<int8_t>((exponent - 8) * 16 + ((ratio_q8 >> (exponent - 4)) & 15u));
}

}  // namespace

void channel_statistics(const int8_t* input, uint32_t window, uint32_t channel_count,
                        int8_t* statistics) {
  for (uint32_t channel = 0; channel < channel_count; ++channel) {
    int32_t sum = 0;
    uint32_t magnitude = 0;
    const int8_t* value = input + channel;
    for (uint32_t i = 0; i < window; ++i, value += channel_count) {
      sum += *value;
      magnitude += static_cast<uint32_t>(*value < 0 ? -*value : *value);
    }
    const int32_t twice = 2 * sum / static_cast<int32_t>(window);
    *statistics++ = static_cast<int8_t>(twice > 127 ? 127 : twice < -128 ? -128 : twice);
    *statistics++ = level(((magnitude + window) << 8) / window);
  }
}

Rejection::Rejection(const uint8_t* section, uint32_t class_count, uint32_t channel_count)
    : class_count_(class_count) {
  memcpy(&header_, section, sizeof header_);
  feature_count_ = features(header_, channel_count);
  means_ = reinterpret_cast<const int16_t*>(section + sizeof header_);
  shifts_ = reinterpret_cast<const uint8_t*>(means_ + header_.rank * class_count);
  weights_ = reinterpret_cast<const int8_t*>(shifts_ + header_.rank);
}

bool Rejection::fits(const uint8_t* section, uint32_t length, uint32_t class_count,
                     uint32_t channel_count) {
  wire::Rejection header;
  if (length < sizeof header) return false;
  memcpy(&header, section, sizeof header);
  if (header.embedding_size == 0 || header.embedding_size > wire::MAX_EMBEDDING ||
      header.rank == 0 || header.rank > wire::MAX_RANK) {
    return false;
  }
  const uint32_t means = class_count * static_cast<uint32_t>(sizeof(int16_t));
  const uint32_t row = means + 1 + features(header, channel_count);
  if (length - sizeof header < header.rank * row) return false;
  const uint8_t* shifts = section + sizeof header + header.rank * means;
  for (uint32_t i = 0; i < header.rank; ++i) {
    if (shifts[i] > kMaxShift) return false;
  }
  return true;
}

uint64_t Rejection::distance(const int8_t* features) const {
  uint64_t squared[wire::MAX_CLASSES] = {};
  const int16_t* mean = means_;
  const int8_t* weight = weights_;
  for (uint32_t row = 0; row < header_.rank; ++row) {
    int32_t coordinate = 0;  // at most kMaxFeatures x 2^14
    for (uint32_t i = 0; i < feature_count_; ++i) coordinate += *weight++ * features[i];
    coordinate >>= shifts_[row];
    for (uint32_t c = 0; c < class_count_; ++c) {
      const int64_t difference = coordinate - *mean++;
      squared[c] += static_cast<uint64_t>(difference * difference);
    }
  }
  uint64_t nearest = squared[0];
  for (uint32_t c = 1; c < class_count_; ++c) {
    if (squared[c] < nearest) nearest = squared[c];
  }
  return nearest;
}

}  // namespace core
