#include <string.h>

#include "check.h"
#include "ports_model.h"
#include "streamer.h"

using core::RingBuffer;
using core::Streamer;

namespace {

constexpr uint32_t kPeriod = 10000;
constexpr uint32_t kDelay = 200000;

struct Bench {
  RingBuffer ring;
  Streamer streamer;
  RadioModel radio;
  uint32_t refused = 0;
  uint64_t t_us = 5000000;

  Bench() { ring.start(kPeriod); }

  void push(uint32_t count, uint64_t step_us = kPeriod) {
    for (uint32_t i = 0; i < count; ++i) {
      t_us += step_us;
      int16_t axes[wire::AXES];
      for (uint32_t axis = 0; axis < wire::AXES; ++axis) {
        axes[axis] = static_cast<int16_t>(ring.next_seq() * 8 + axis);
      }
      ring.push(axes, t_us);
    }
  }
  bool step(uint64_t later_us = 0) { return streamer.step(ring, t_us + later_us, radio, refused); }
  void run(uint64_t later_us = 0) {
    while (step(later_us)) {
    }
  }

  wire::MotionHeader header(uint32_t packet) const {
    return radio.read<wire::MotionHeader>(packet);
  }

  // Checks a packet's samples and times against what push() made.
  void check_packet(uint32_t packet, uint32_t seq, uint32_t count, bool again) {
    const wire::MotionHeader h = header(packet);
    CHECK_EQ(h.seq, seq);
    CHECK_EQ(h.count, count);
    CHECK_EQ(h.flags, again ? 1 : 0);
    CHECK_EQ(radio.kept[packet].length, sizeof h + count * wire::SAMPLE_BYTES);
    CHECK(radio.kept[packet].kind == core::Notification::motion);
    for (uint32_t i = 0; i < count; ++i) {
      int16_t axes[wire::AXES];
      memcpy(axes, radio.kept[packet].bytes + sizeof h + i * sizeof axes, sizeof axes);
      for (uint32_t axis = 0; axis < wire::AXES; ++axis) {
        CHECK_EQ(axes[axis], static_cast<int16_t>((seq + i) * 8 + axis));
      }
      if (ring.holds(seq + i)) CHECK_EQ(h.t_us + i * h.period_us, ring.t_us(seq + i));
    }
  }
};

}  // namespace

TEST(streamer_packs_nineteen_samples) {
  Bench b;
  b.push(3);
  CHECK_EQ(b.streamer.start(b.ring, wire::FROM_NOW, kDelay), 3);
  b.push(18);
  CHECK(!b.step());
  b.push(1);
  CHECK(b.step());
  CHECK(!b.step());
  b.check_packet(0, 3, 19, false);
  CHECK_EQ(b.radio.kept[0].length, 16 + 19 * 12);
}

TEST(streamer_sends_nothing_before_it_is_started_or_after_it_is_stopped) {
  Bench b;
  b.push(40);
  CHECK(!b.step(10 * kDelay));
  b.streamer.start(b.ring, 0, kDelay);
  b.streamer.stop();
  CHECK(!b.step(10 * kDelay));
  CHECK_EQ(b.radio.count, 0);
}

TEST(streamer_waits_no_longer_than_the_delay) {
  Bench b;
  b.streamer.start(b.ring, wire::FROM_NOW, kDelay);
  b.push(5);  // the first one is 4 periods old now
  CHECK(!b.step(kDelay - 4 * kPeriod - 1));
  CHECK(b.step(kDelay - 4 * kPeriod));
  b.check_packet(0, 0, 5, false);
  Bench at_once;
  at_once.streamer.start(at_once.ring, wire::FROM_NOW, 0);
  at_once.push(1);
  CHECK(at_once.step());
  at_once.check_packet(0, 0, 1, false);
  CHECK_EQ(at_once.header(0).period_us, kPeriod);  // of one sample: the nominal one
}

TEST(streamer_starts_from_what_the_ring_has) {
  Bench b;
  b.push(100);
  CHECK_EQ(b.streamer.start(b.ring, 40, kDelay), 40);
  CHECK_EQ(b.streamer.start(b.ring, 100, kDelay), 100);
  CHECK_EQ(b.streamer.start(b.ring, 5000, kDelay), 100);  // not made yet: the next
  b.push(wire::RING_SAMPLES);
  CHECK_EQ(b.streamer.start(b.ring, 40, kDelay), 100);  // gone: the oldest
  b.run();
  b.check_packet(0, 100, 19, false);
  CHECK_EQ(b.radio.count, wire::RING_SAMPLES / 19);
}

TEST(streamer_goes_on_where_the_ring_does_after_it_was_overrun) {
  Bench b;
  b.streamer.start(b.ring, wire::FROM_NOW, kDelay);
  b.radio.budget = 0;
  b.push(19);
  CHECK(!b.step());
  b.push(wire::RING_SAMPLES);
  b.radio.budget = 1;
  CHECK(b.step());
  b.check_packet(0, 19, 19, false);
}

TEST(streamer_loses_nothing_when_the_radio_refuses) {
  Bench b;
  b.streamer.start(b.ring, wire::FROM_NOW, kDelay);
  for (uint32_t round = 0; round < 100; ++round) {
    b.push(7);
    b.radio.budget = round % 3 == 0 ? 1 : 0;
    b.run();
  }
  b.radio.budget = 1000;
  b.run(2 * kDelay);
  CHECK(b.refused > 0);
  uint32_t next = 0;
  for (uint32_t i = 0; i < b.radio.count; ++i) {
    b.check_packet(i, next, b.header(i).count, false);
    next += b.header(i).count;
  }
  CHECK_EQ(next, 700);
}

TEST(streamer_resend_is_clamped_to_the_ring) {
  Bench b;
  b.push(wire::RING_SAMPLES + 100);
  const uint32_t end = wire::RING_SAMPLES + 100;
  wire::SequenceRange got = b.streamer.resend(b.ring, {50, 60});
  CHECK_EQ(got.first_seq, 100);
  CHECK_EQ(got.count, 10);
  got = b.streamer.resend(b.ring, {50, 50});  // ends where the ring begins
  CHECK_EQ(got.count, 0);
  got = b.streamer.resend(b.ring, {end - 3, 10});
  CHECK_EQ(got.first_seq, end - 3);
  CHECK_EQ(got.count, 3);
  got = b.streamer.resend(b.ring, {end, 10});
  CHECK_EQ(got.count, 0);
  got = b.streamer.resend(b.ring, {end + 1000, 10});
  CHECK_EQ(got.count, 0);
  got = b.streamer.resend(b.ring, {200, 0});
  CHECK_EQ(got.count, 0);
  CHECK(!b.step());
}

// {0, 0xffffffff} asks for all there is; its end once wrapped and nothing was sent.
TEST(streamer_resend_of_everything_is_what_the_ring_has) {
  Bench b;
  b.push(wire::RING_SAMPLES + 100);
  const uint32_t counts[] = {0x7fffffffu, 0x80000000u, 0x80001000u, 0xffffffffu};
  for (uint32_t count : counts) {
    const wire::SequenceRange got = b.streamer.resend(b.ring, {0, count});
    CHECK_EQ(got.first_seq, 100);
    CHECK_EQ(got.count, wire::RING_SAMPLES);
  }
  const wire::SequenceRange tail = b.streamer.resend(b.ring, {2000, 0xffffffffu});
  CHECK_EQ(tail.first_seq, 2000);
  CHECK_EQ(tail.count, wire::RING_SAMPLES + 100 - 2000);
}

TEST(streamer_resends_without_a_live_stream) {
  Bench b;
  b.push(60);
  b.streamer.resend(b.ring, {10, 40});
  b.run();
  CHECK_EQ(b.radio.count, 3);
  b.check_packet(0, 10, 19, true);
  b.check_packet(1, 29, 19, true);
  b.check_packet(2, 48, 2, true);  // the end of the range waits for nothing
}

TEST(streamer_resend_and_live_take_turns) {
  Bench b;
  b.push(100);
  b.streamer.start(b.ring, 60, kDelay);
  b.streamer.resend(b.ring, {0, 57});
  b.run(kDelay);
  CHECK_EQ(b.radio.count, 6);
  bool again = true;
  for (uint32_t i = 0; i < 6; ++i, again = !again) CHECK_EQ(b.header(i).flags, again ? 1 : 0);
  b.check_packet(0, 0, 19, true);
  b.check_packet(1, 60, 19, false);
  b.check_packet(2, 19, 19, true);
  b.check_packet(3, 79, 19, false);
  b.check_packet(4, 38, 19, true);
  b.check_packet(5, 98, 2, false);
}

TEST(streamer_a_new_resend_replaces_the_old_one) {
  Bench b;
  b.push(100);
  b.streamer.resend(b.ring, {0, 57});
  b.step();
  b.streamer.resend(b.ring, {90, 5});
  b.run();
  CHECK_EQ(b.radio.count, 2);
  b.check_packet(1, 90, 5, true);
}

TEST(streamer_resend_skips_what_the_ring_lost_meanwhile) {
  Bench b;
  b.push(wire::RING_SAMPLES);
  b.streamer.resend(b.ring, {0, 100});
  b.push(90);
  b.run();
  CHECK_EQ(b.radio.count, 1);
  b.check_packet(0, 90, 10, true);
  b.streamer.resend(b.ring, {90, 10});
  b.push(200);
  CHECK(!b.step());
}

TEST(streamer_closes_a_packet_at_a_gap_in_time) {
  Bench b;
  b.streamer.start(b.ring, wire::FROM_NOW, kDelay);
  b.push(5);
  b.push(1, 7 * kPeriod);
  CHECK(b.step());  // at once: nothing can be added to it
  b.check_packet(0, 0, 5, false);
  b.push(18);
  CHECK(b.step());
  b.check_packet(1, 5, 19, false);
  b.streamer.resend(b.ring, {0, 24});
  b.run();
  b.check_packet(2, 0, 5, true);
  b.check_packet(3, 5, 19, true);
}

TEST(streamer_period_is_the_mean_of_the_packet) {
  Bench b;
  b.streamer.start(b.ring, wire::FROM_NOW, kDelay);
  b.push(1);
  b.push(9, 10004);
  b.push(9, 9998);
  CHECK(b.step());
  CHECK_EQ(b.header(0).period_us, 10001);
  CHECK_EQ(b.header(0).t_us, 5000000 + kPeriod);
}
