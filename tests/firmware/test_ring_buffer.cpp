#include "check.h"
#include "ring_buffer.h"

using core::RingBuffer;

namespace {

constexpr uint32_t kPeriod = 8403;  // 119 Hz

void push(RingBuffer& ring, uint64_t t_us) {
  const int16_t number = static_cast<int16_t>(ring.next_seq() & 0x7fff);
  const int16_t axes[wire::AXES] = {number, static_cast<int16_t>(-number), 1, 2, 3, number};
  ring.push(axes, t_us);
}

// A ring that starts at `t_us` and gets `count` samples a period apart.
void fill(RingBuffer& ring, uint32_t count, uint64_t t_us = 0) {
  ring.start(kPeriod);
  for (uint32_t i = 0; i < count; ++i) push(ring, t_us + static_cast<uint64_t>(i) * kPeriod);
}

}  // namespace

TEST(ring_is_empty_at_first) {
  RingBuffer ring;
  ring.start(kPeriod);
  CHECK_EQ(ring.next_seq(), 0);
  CHECK_EQ(ring.oldest_seq(), 0);
  CHECK(!ring.holds(0));
  CHECK(!ring.holds(0xffffffffu));
}

TEST(ring_keeps_the_newest_after_overflow) {
  RingBuffer ring;
  fill(ring, 2 * wire::RING_SAMPLES + 7);
  const uint32_t oldest = wire::RING_SAMPLES + 7;
  CHECK_EQ(ring.oldest_seq(), oldest);
  CHECK_EQ(ring.next_seq(), oldest + wire::RING_SAMPLES);
  CHECK(!ring.holds(oldest - 1));
  CHECK(ring.holds(oldest));
  CHECK(ring.holds(ring.next_seq() - 1));
  CHECK(!ring.holds(ring.next_seq()));
  for (uint32_t seq = oldest; seq != ring.next_seq(); ++seq) {
    CHECK_EQ(ring.axes(seq)[0], seq & 0x7fff);
    CHECK_EQ(ring.t_us(seq), static_cast<uint64_t>(seq) * kPeriod);
  }
}

TEST(ring_view_wraps_around_the_storage) {
  RingBuffer ring;
  fill(ring, wire::RING_SAMPLES + 10);
  const core::SampleView view = ring.view(ring.oldest_seq());
  for (uint32_t i = 0; i < wire::RING_SAMPLES; ++i) {
    CHECK_EQ(view.at(i, 0), (10 + i) & 0x7fff);
    CHECK_EQ(view.at(i, 1), -static_cast<int32_t>((10 + i) & 0x7fff));
  }
}

TEST(ring_times_go_on_beyond_32_bits) {
  RingBuffer ring;
  const uint64_t start_us = 0xffffffffull - 100ull * kPeriod;
  fill(ring, 300, start_us);
  for (uint32_t seq = 0; seq < 300; ++seq) {
    CHECK_EQ(ring.t_us(seq), start_us + static_cast<uint64_t>(seq) * kPeriod);
  }
  CHECK_EQ(ring.gaps(), 0);
  RingBuffer late;
  fill(late, 300, 7ull << 32);
  CHECK_EQ(late.t_us(0), 7ull << 32);
}

TEST(ring_tells_a_gap_from_jitter) {
  RingBuffer ring;
  ring.start(kPeriod);
  push(ring, 0);
  push(ring, kPeriod + kPeriod / 2);  // as late as may be
  push(ring, 2 * kPeriod);            // and early after it
  CHECK_EQ(ring.gaps(), 0);
  push(ring, 2 * kPeriod + kPeriod + kPeriod / 2 + 1);
  CHECK_EQ(ring.gaps(), 1);
  CHECK(!ring.gap_before(2));
  CHECK(ring.gap_before(3));
}

TEST(ring_contiguous_sees_every_gap) {
  RingBuffer ring;
  ring.start(kPeriod);
  uint64_t t_us = 0;
  for (uint32_t seq = 0; seq < 100; ++seq) {
    t_us += seq == 30 || seq == 60 ? 5 * kPeriod : kPeriod;
    push(ring, t_us);
  }
  CHECK_EQ(ring.gaps(), 2);
  CHECK(ring.contiguous(0, 29));
  CHECK(!ring.contiguous(0, 30));
  CHECK(!ring.contiguous(29, 30));
  CHECK(ring.contiguous(30, 59));  // begins right after one gap and ends right before another
  CHECK(!ring.contiguous(30, 60));
  CHECK(ring.contiguous(60, 99));
  CHECK(ring.contiguous(30, 30));
}

TEST(ring_gap_before_its_oldest_sample_is_no_longer_known) {
  RingBuffer ring;
  ring.start(kPeriod);
  push(ring, 0);
  for (uint32_t i = 0; i < wire::RING_SAMPLES; ++i) push(ring, (i + 10) * kPeriod);
  CHECK_EQ(ring.gaps(), 1);
  CHECK(!ring.gap_before(ring.oldest_seq()));
  CHECK(ring.contiguous(ring.oldest_seq(), ring.next_seq() - 1));
}

TEST(ring_forgets_what_is_older_than_a_pause_of_an_hour) {
  RingBuffer ring;
  fill(ring, 100);
  push(ring, 100 * kPeriod + 3600ull * 1000000);
  CHECK_EQ(ring.gaps(), 1);
  CHECK_EQ(ring.oldest_seq(), 100);
  CHECK_EQ(ring.next_seq(), 101);
  CHECK_EQ(ring.t_us(100), 100 * kPeriod + 3600ull * 1000000);
  push(ring, 101 * kPeriod + 3600ull * 1000000);
  CHECK_EQ(ring.oldest_seq(), 100);
}

// Times are kept in 32 bits, so three pauses of 30 minutes once put the oldest sample 71 minutes
// too late.
TEST(ring_times_hold_over_several_long_pauses) {
  RingBuffer ring;
  ring.start(kPeriod);
  uint64_t pushed_us[40];
  uint64_t t_us = 0;
  for (uint32_t seq = 0; seq < 40; ++seq) {
    t_us += seq % 10 == 9 ? 1800ull * 1000000 : kPeriod;
    pushed_us[seq] = t_us;
    push(ring, t_us);
    for (uint32_t held = ring.oldest_seq(); held != ring.next_seq(); ++held) {
      CHECK_EQ(ring.t_us(held), pushed_us[held]);
    }
  }
  CHECK(ring.holds(39));
}
