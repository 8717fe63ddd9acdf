#include "sample_clock.h"

#include "check.h"
#include "random.h"

namespace {

constexpr uint32_t kPeriod = 8403;  // 119 Hz
constexpr uint32_t kFifo = 32;

// A sensor that takes a sample each `period_ns`, and a loop that reads its FIFO now and then.
struct Sensor {
  uint64_t period_ns;
  uint64_t taken = 0;  // samples handed over, or overwritten
  bool lost = false;

  uint64_t time_us(uint64_t index) const { return 2000000 + index * period_ns / 1000; }
  uint32_t waiting(uint64_t now_us) {
    uint32_t count = 0;
    while (time_us(taken + count) <= now_us) ++count;
    lost = count > kFifo;
    if (!lost) return count;
    taken += count - kFifo;
    return kFifo;
  }
};

struct Errors {
  uint32_t worst_us = 0;
  uint32_t shortest_us = 0xffffffffu, longest_us = 0;
};

// Two minutes of reads about each `turn_us`, often delayed by a window's inference and seldom by
// the erase of two flash pages. What the first ten seconds give is not judged.
Errors errors_of(uint64_t period_ns, uint32_t turn_us) {
  Sensor sensor{period_ns};
  Random random(turn_us);
  core::SampleClock clock;
  clock.start(kPeriod);
  Errors errors;
  uint64_t before_us = 0;
  for (uint64_t now_us = 2000000; now_us < 122000000;) {
    const uint32_t count = sensor.waiting(now_us);
    clock.read(count, sensor.lost, now_us);
    for (uint32_t i = 0; i < count; ++i) {
      const uint64_t t_us = clock.next_us();
      const uint64_t truth_us = sensor.time_us(sensor.taken++);
      const uint32_t step_us = static_cast<uint32_t>(t_us - before_us);
      const uint32_t error_us =
          static_cast<uint32_t>(t_us > truth_us ? t_us - truth_us : truth_us - t_us);
      before_us = t_us;
      if (truth_us < 12000000) continue;
      if (error_us > errors.worst_us) errors.worst_us = error_us;
      if (step_us < errors.shortest_us) errors.shortest_us = step_us;
      if (step_us > errors.longest_us) errors.longest_us = step_us;
    }
    now_us += turn_us / 2 + random.below(turn_us);
    if (random.below(100) == 0) now_us += 40000;
    if (random.below(3000) == 0) now_us += 180000;
  }
  return errors;
}

}  // namespace

TEST(sample_clock_finds_the_times_at_which_samples_were_taken) {
  const uint32_t turns_us[] = {1000, 4000, 12000};
  const uint64_t periods_ns[] = {8403361, 8571428, 8150000, 8907563, 7899159};  // to 6 % off
  for (uint64_t period_ns : periods_ns) {
    for (uint32_t turn_us : turns_us) {
      const Errors errors = errors_of(period_ns, turn_us);
      CHECK(errors.worst_us < 300);
      CHECK(errors.longest_us - errors.shortest_us < 200);
    }
  }
}

// The poll's time went for the sample's: samples read in one go had one time.
TEST(sample_clock_spreads_samples_that_are_read_together) {
  core::SampleClock clock;
  clock.start(kPeriod);
  clock.read(4, false, 1000000);
  const uint64_t first_us = clock.next_us();
  CHECK(first_us < 1000000 - 3 * kPeriod);
  for (uint64_t i = 1; i < 4; ++i) CHECK_EQ(clock.next_us(), first_us + i * kPeriod);
}

TEST(sample_clock_shows_what_the_sensor_lost) {
  core::SampleClock clock;
  clock.start(kPeriod);
  clock.read(1, false, 1000000);
  const uint64_t before_us = clock.next_us();
  clock.read(kFifo, true, 1000000 + 40 * kPeriod);
  const uint64_t after_us = clock.next_us();
  CHECK(after_us - before_us > 8 * kPeriod);
  CHECK(after_us - before_us < 11 * kPeriod);
}

TEST(sample_clock_shows_a_loss_of_one_sample) {
  core::SampleClock clock;
  clock.start(kPeriod);
  clock.read(1, false, 1000000);
  const uint64_t before_us = clock.next_us();
  clock.read(1, true, 1000000 + kPeriod);
  CHECK_EQ(clock.next_us() - before_us, 2 * kPeriod);
}

TEST(sample_clock_takes_a_sensor_that_stood_still_for_a_loss) {
  core::SampleClock clock;
  clock.start(kPeriod);
  clock.read(1, false, 1000000);
  const uint64_t before_us = clock.next_us();
  for (uint64_t now_us = 1004000; now_us < 2000000; now_us += 4000) clock.read(0, false, now_us);
  clock.read(1, false, 2000000);
  const uint64_t after_us = clock.next_us();
  CHECK(after_us > 2000000 - kPeriod);
  CHECK(after_us <= 2000000);
  CHECK(after_us > before_us);
}

TEST(sample_clock_never_goes_back) {
  Random random(1);
  core::SampleClock clock;
  clock.start(kPeriod);
  uint64_t now_us = 5000;
  uint64_t before_us = 0;
  for (uint32_t turn = 0; turn < 20000; ++turn) {
    const uint32_t count = random.below(4);
    clock.read(count, random.below(50) == 0, now_us);
    for (uint32_t i = 0; i < count; ++i) {
      const uint64_t t_us = clock.next_us();
      CHECK(turn == 0 || t_us > before_us);
      before_us = t_us;
    }
    now_us += random.below(20000);
  }
}
