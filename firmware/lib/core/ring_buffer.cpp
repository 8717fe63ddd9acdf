#include "ring_buffer.h"

#include <string.h>

namespace core {

void RingBuffer::start(uint32_t period_us, uint32_t first_seq) {
  period_us_ = period_us;
  next_seq_ = first_seq;
}

void RingBuffer::push(const int16_t axes[wire::AXES], uint64_t t_us) {
  if (count_ != 0) {
    const uint64_t step_us = t_us - newest_us_;
    if (step_us > period_us_ + period_us_ / 2) {
      ++gaps_;
      last_gap_seq_ = next_seq_;
      // Half-width times could not tell so long a span from a short one: forget what is older.
      if (t_us - this->t_us(oldest_seq()) > 0x7fffffffu) count_ = 0;
    }
  }
  memcpy(samples_[head_], axes, sizeof samples_[head_]);
  t_us_[head_] = static_cast<uint32_t>(t_us);
  newest_us_ = t_us;
  head_ = head_ + 1 == wire::RING_SAMPLES ? 0 : head_ + 1;
  if (count_ < wire::RING_SAMPLES) ++count_;
  ++next_seq_;
}

uint32_t RingBuffer::place(uint32_t seq) const {
  const uint32_t back = next_seq_ - seq;  // 1 for the newest
  return head_ >= back ? head_ - back : head_ + wire::RING_SAMPLES - back;
}

uint64_t RingBuffer::t_us(uint32_t seq) const {
  const uint32_t age_us = static_cast<uint32_t>(newest_us_) - t_us_[place(seq)];
  return newest_us_ - age_us;
}

SampleView RingBuffer::view(uint32_t first_seq) const {
  return SampleView{samples_, place(first_seq), wire::RING_SAMPLES};
}

bool RingBuffer::gap_before(uint32_t seq) const {
  if (!holds(seq - 1)) return false;
  return t_us(seq) - t_us(seq - 1) > period_us_ + period_us_ / 2;
}

bool RingBuffer::contiguous(uint32_t first_seq, uint32_t last_seq) const {
  // The usual case, known at once: no gap is younger than the first sample.
  if (gaps_ == 0 || static_cast<int32_t>(last_gap_seq_ - first_seq) <= 0) return true;
  for (uint32_t seq = first_seq + 1; seq != last_seq + 1; ++seq) {
    if (gap_before(seq)) return false;
  }
  return true;
}

}  // namespace core
