// Runs the active model on the ring: a window every hop, smoothed, as prediction notifications.
#pragma once
#include "package_view.h"
#include "ports.h"
#include "ring_buffer.h"
#include "windower.h"

namespace core {

class Predictor {
 public:
  Predictor(Classifier& classifier, Clock& clock) : classifier_(classifier), clock_(clock) {}

  // Check the package in every way there is, golden windows last, and run it from now on. After
  // anything but OK there is no model until use() succeeds again.
  Verdict use(const uint8_t* package, uint32_t length, const SampleFormat& format,
              const RingBuffer& ring);

  // The same in parts, since a sensor's FIFO does not hold the samples of all the golden windows'
  // time: load() checks all but these, check_golden() one at a time while golden_left(), and run()
  // is the end. There is no model from load() to run().
  Verdict load(const uint8_t* package, uint32_t length, const SampleFormat& format);
  bool golden_left() const { return golden_ < package_.header().golden_count; }
  Verdict check_golden();
  void run(const RingBuffer& ring);

  void drop() { ready_ = false; }
  bool ready() const { return ready_; }
  const wire::PackageHeader& header() const { return package_.header(); }

  // Classify at most one window. True when a window was due. A prediction is queued for the radio
  // if `connected`.
  bool step(const RingBuffer& ring, bool connected);
  // Send at most one queued prediction.
  bool send(Radio& radio, uint32_t& refused_count);
  void forget_queue() { queued_ = 0; }

  // The smoothed answer for the board's own display; NO_LABEL before the first, for an unknown
  // activity and without a model.
  uint8_t label() const {
    return ready_ && !unknown() ? label_ : static_cast<uint8_t>(wire::NO_LABEL);
  }
  uint32_t predictions() const { return predictions_; }
  uint32_t windows_skipped() const { return skipped_; }
  uint32_t inference_failures() const { return failures_; }

 private:
  static constexpr uint32_t kQueue = 4;
  static constexpr uint32_t kOne = 255 * 256;  // of smoothed probabilities
  struct Queued {
    wire::PredictionHeader header;
    int8_t outputs[wire::MAX_CLASSES];
  };

  void advance();
  void smooth();
  // Whether the running mean of rejected windows, 0 or 1 each, has reached a half.
  bool unknown() const { return smoothed_unknown_ >= kOne / 2; }
  uint8_t flags() const;
  bool rejects() const;  // the newest window
  void queue(const wire::PredictionHeader& header);

  Classifier& classifier_;
  Clock& clock_;
  PackageView package_;
  Rejection rejection_;
  Windower windower_;
  bool ready_ = false;
  uint32_t golden_ = 0;        // golden windows checked
  uint32_t next_end_ = 0;      // last sample of the next window
  uint32_t end_fraction_ = 0;  // of next_end_, in 1/65536 sample
  alignas(16) int8_t input_[wire::MAX_INPUT_BYTES];
  int8_t output_[wire::MAX_CLASSES + wire::MAX_EMBEDDING];  // probabilities, then the embedding
  uint32_t smoothed_[wire::MAX_CLASSES];
  uint32_t smoothed_unknown_ = 0;
  bool smoothing_begun_ = false;
  uint8_t label_ = wire::NO_LABEL;
  uint8_t raw_label_ = wire::NO_LABEL;
  bool raw_unknown_ = false;
  Queued queue_[kQueue];
  uint32_t queued_ = 0;
  uint32_t predictions_ = 0, skipped_ = 0, failures_ = 0;
};

}  // namespace core
