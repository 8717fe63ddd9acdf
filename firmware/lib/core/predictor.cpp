#include "predictor.h"

#include <string.h>

#include "crc32.h"
#include "tflite_check.h"

namespace core {

namespace {

using wire::Status;

// So far behind, an answer is history: go on with the newest window.
constexpr uint32_t kMaxHopsBehind = 4;

template <class Value>
uint8_t largest(const Value* values, uint32_t count) {
  uint32_t best = 0;
  for (uint32_t i = 1; i < count; ++i) {
    if (values[i] > values[best]) best = i;
  }
  return static_cast<uint8_t>(best);
}

}  // namespace

constexpr uint32_t Predictor::kQueue;
constexpr uint32_t Predictor::kOne;

Verdict Predictor::use(const uint8_t* package, uint32_t length, const SampleFormat& format,
                       const RingBuffer& ring) {
  Verdict verdict = load(package, length, format);
  while (verdict.ok() && golden_left()) verdict = check_golden();
  if (verdict.ok()) run(ring);
  return verdict;
}

Verdict Predictor::load(const uint8_t* package, uint32_t length, const SampleFormat& format) {
  ready_ = false;
  golden_ = 0;
  Verdict verdict = package_.open(package, length);
  if (!verdict.ok()) return verdict;
  const wire::PackageHeader& header = package_.header();
  rejection_ = package_.rejection();
  // A hop of less than a sample would classify the same samples again and again.
  if (!windower_.configure(format, package_.input()) ||
      windower_.points_to_samples_q16(header.hop) < 65536) {
    return refused(Status::BAD_RATE, format.rate_mhz);
  }
  verdict = check_tflite(package_.tflite(), header.tflite_bytes, package_.input_bytes(),
                         header.class_count, rejection_.embedding_size());
  if (!verdict.ok()) return verdict;
  const Status loaded = classifier_.load(package_.tflite(), header.tflite_bytes);
  return loaded == Status::OK ? accepted() : refused(loaded, 0);
}

Verdict Predictor::check_golden() {
  const wire::PackageHeader& header = package_.header();
  const uint32_t i = golden_++;
  // From RAM, as live windows are.
  memcpy(input_, package_.golden_input(i), package_.input_bytes());
  const uint64_t begin_us = clock_.now_us();
  if (!classifier_.invoke(input_, package_.input_bytes(), output_, header.class_count)) {
    return refused(Status::INFERENCE_FAILED, i);
  }
  const uint64_t took_us = clock_.now_us() - begin_us;
  if (took_us > wire::MAX_WINDOW_US) {
    return refused(Status::TOO_SLOW, static_cast<uint32_t>(took_us / 1000));
  }
  if (memcmp(output_, package_.golden_output(i), header.class_count) != 0) {
    return refused(Status::BAD_GOLDEN, i);
  }
  return accepted();
}

void Predictor::run(const RingBuffer& ring) {
  // The first window ends with the newest sample, or as soon as there are enough.
  next_end_ = ring.next_seq() - 1;
  const uint32_t earliest = ring.oldest_seq() + windower_.span() - 1;
  if (static_cast<int32_t>(earliest - next_end_) > 0) next_end_ = earliest;
  end_fraction_ = 0;
  smoothing_begun_ = false;
  label_ = raw_label_ = wire::NO_LABEL;
  raw_unknown_ = false;
  smoothed_unknown_ = 0;
  ready_ = true;
}

void Predictor::advance() {
  const uint64_t hop_q16 = windower_.points_to_samples_q16(package_.header().hop) + end_fraction_;
  next_end_ += static_cast<uint32_t>(hop_q16 >> 16);
  end_fraction_ = static_cast<uint32_t>(hop_q16 & 0xffffu);
}

void Predictor::smooth() {
  const wire::PackageHeader& header = package_.header();
  const int32_t weight = header.smoothing + 1;
  const auto blend = [&](uint32_t& mean, int32_t newest) {
    const int32_t before = smoothing_begun_ ? static_cast<int32_t>(mean) : newest;
    mean = static_cast<uint32_t>(before + (newest - before) * weight / 256);
  };
  for (uint32_t i = 0; i < header.class_count; ++i) blend(smoothed_[i], (output_[i] + 128) * 256);
  raw_unknown_ = rejection_.active() && rejects();
  blend(smoothed_unknown_, raw_unknown_ ? static_cast<int32_t>(kOne) : 0);
  smoothing_begun_ = true;
  label_ = largest(smoothed_, header.class_count);
  raw_label_ = largest(output_, header.class_count);
}

bool Predictor::rejects() const {
  const wire::PackageHeader& header = package_.header();
  int8_t features[kMaxFeatures];
  memcpy(features, output_ + header.class_count, rejection_.embedding_size());
  channel_statistics(input_, header.window, header.channel_count,
                     features + rejection_.embedding_size());
  return rejection_.rejects(features);
}

bool Predictor::step(const RingBuffer& ring, bool connected) {
  if (!ready_ || static_cast<int32_t>(ring.next_seq() - 1 - next_end_) < 0) return false;
  const wire::PackageHeader& header = package_.header();
  const uint32_t hop = static_cast<uint32_t>(windower_.points_to_samples_q16(header.hop) >> 16);
  while (ring.next_seq() - 1 - next_end_ > kMaxHopsBehind * (hop + 1)) {
    ++skipped_;
    advance();
  }
  const uint32_t end = next_end_;
  const uint32_t first = end - windower_.span() + 1;
  advance();
  if (!ring.holds(first) || !ring.contiguous(first, end)) {
    ++skipped_;
    smoothing_begun_ = false;  // what was before the gap says nothing about after it
    return true;
  }
  const uint64_t begin_us = clock_.now_us();
  windower_.prepare(ring.view(first), input_);
  if (!classifier_.invoke(input_, package_.input_bytes(), output_,
                          header.class_count + rejection_.embedding_size())) {
    ++failures_;
    return true;
  }
  smooth();
  ++predictions_;
  if (!connected) return true;
  wire::PredictionHeader prediction = {};
  prediction.seq_end = end;
  prediction.t_us = ring.t_us(end);
  memcpy(prediction.model_id, header.model_id, sizeof prediction.model_id);
  prediction.latency_us = static_cast<uint32_t>(clock_.now_us() - begin_us);
  prediction.input_crc32 = crc32(input_, package_.input_bytes());
  prediction.label = label_;
  prediction.confidence = static_cast<uint8_t>(smoothed_[label_] / 256);
  prediction.raw_label = raw_label_;
  prediction.class_count = header.class_count;
  prediction.flags = flags();
  queue(prediction);
  return true;
}

uint8_t Predictor::flags() const {
  using wire::PredictionFlag;
  return static_cast<uint8_t>(
      (unknown() ? static_cast<uint8_t>(PredictionFlag::UNKNOWN) : 0) |
      (raw_unknown_ ? static_cast<uint8_t>(PredictionFlag::RAW_UNKNOWN) : 0));
}

void Predictor::queue(const wire::PredictionHeader& header) {
  if (queued_ == kQueue) {
    // The radio takes nothing: the oldest answer makes room, and counts as not delivered.
    memmove(queue_, queue_ + 1, sizeof queue_ - sizeof queue_[0]);
    --queued_;
    ++skipped_;
  }
  queue_[queued_].header = header;
  memcpy(queue_[queued_].outputs, output_, header.class_count);
  ++queued_;
}

bool Predictor::send(Radio& radio, uint32_t& refused_count) {
  if (queued_ == 0) return false;
  const Queued& first = queue_[0];
  uint8_t bytes[sizeof(Queued)];
  memcpy(bytes, &first.header, sizeof first.header);
  memcpy(bytes + sizeof first.header, first.outputs, first.header.class_count);
  const uint32_t length = static_cast<uint32_t>(sizeof first.header) + first.header.class_count;
  if (!radio.notify(Notification::prediction, bytes, length)) {
    ++refused_count;
    return false;
  }
  memmove(queue_, queue_ + 1, sizeof queue_ - sizeof queue_[0]);
  --queued_;
  return true;
}

}  // namespace core
