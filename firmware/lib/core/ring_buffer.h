// The last RING_SAMPLES samples with their sequence numbers and device times: what the streamer
// sends (again) and what the windower classifies.
#pragma once
#include <stdint.h>

#include "wire_layout.h"

namespace core {

// A run of samples that may wrap around the end of its storage.
struct SampleView {
  const int16_t (*samples)[wire::AXES];
  uint32_t first;     // index in `samples` of the view's sample 0
  uint32_t capacity;  // where the storage wraps

  const int16_t* at(uint32_t index) const {
    const uint32_t place = first + index;
    return samples[place >= capacity ? place - capacity : place];
  }
  int16_t at(uint32_t index, uint32_t axis) const { return at(index)[axis]; }
};

class RingBuffer {
 public:
  // `period_us` is the nominal distance of two samples. A larger step than 1.5 periods is a gap.
  void start(uint32_t period_us, uint32_t first_seq = 0);
  void push(const int16_t axes[wire::AXES], uint64_t t_us);

  uint32_t next_seq() const { return next_seq_; }
  uint32_t oldest_seq() const { return next_seq_ - count_; }
  uint32_t period_us() const { return period_us_; }
  uint32_t gaps() const { return gaps_; }
  bool holds(uint32_t seq) const { return next_seq_ - 1u - seq < count_; }

  // The rest is for sequence numbers that the ring holds.
  uint64_t t_us(uint32_t seq) const;
  const int16_t* axes(uint32_t seq) const { return samples_[place(seq)]; }
  SampleView view(uint32_t first_seq) const;
  // Whether time jumps between the samples seq - 1 and seq.
  bool gap_before(uint32_t seq) const;
  // Whether the samples first..last follow each other without a gap.
  bool contiguous(uint32_t first_seq, uint32_t last_seq) const;

 private:
  uint32_t place(uint32_t seq) const;

  int16_t samples_[wire::RING_SAMPLES][wire::AXES];
  uint32_t t_us_[wire::RING_SAMPLES];  // low half; the ring spans less than 2^32 us
  uint32_t head_ = 0;                  // where the next sample goes
  uint32_t count_ = 0;
  uint32_t next_seq_ = 0;
  uint32_t period_us_ = 0;
  uint32_t gaps_ = 0;
  uint32_t last_gap_seq_ = 0;  // first sample after the newest gap
  uint64_t newest_us_ = 0;
};

}  // namespace core
