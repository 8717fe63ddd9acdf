// Whether a window fits any of the model's activities: the Mahalanobis distance of its features to
// the nearest class, with one covariance for all classes (Lee et al. 2018, arXiv 1807.03888). The
// host whitens: wire::Rejection has the linear map into a space where that distance is Euclidean.
//
// The features are the network's embedding and, since a network keeps only what tells its own
// classes apart, the mean and the level of each input channel.
#pragma once
#include "wire_layout.h"

namespace core {

constexpr uint32_t kStatisticsPerChannel = 2;
constexpr uint32_t kMaxFeatures = wire::MAX_EMBEDDING + kStatisticsPerChannel * wire::MAX_CHANNELS;

// Of an int8 window as the network gets it, [window][channel]: for each channel twice its mean, and
// 16 log2(1 + mean |x|), the logarithm piecewise linear.
void channel_statistics(const int8_t* input, uint32_t window, uint32_t channel_count,
                        int8_t* statistics);

class Rejection {
 public:
  Rejection() {}
  // Of a checked section of a package; the bytes stay with the caller, 4-byte aligned.
  Rejection(const uint8_t* section, uint32_t class_count, uint32_t channel_count);

  // Whether `length` bytes begin with a whole section with sane content.
  static bool fits(const uint8_t* section, uint32_t length, uint32_t class_count,
                   uint32_t channel_count);

  bool active() const { return header_.rank != 0; }
  uint32_t embedding_size() const { return header_.embedding_size; }
  uint32_t feature_count() const { return feature_count_; }
  // The squared distance of `features`, embedding first, to the nearest class.
  uint64_t distance(const int8_t* features) const;
  bool rejects(const int8_t* features) const { return distance(features) > header_.threshold; }

 private:
  wire::Rejection header_ = {};
  uint32_t class_count_ = 0;
  uint32_t feature_count_ = 0;
  const int16_t* means_ = nullptr;   // [rank][class]
  const uint8_t* shifts_ = nullptr;  // [rank]
  const int8_t* weights_ = nullptr;  // [rank][feature]
};

}  // namespace core
