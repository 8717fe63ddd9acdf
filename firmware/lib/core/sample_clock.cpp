#include "sample_clock.h"

namespace core {

namespace {

constexpr uint32_t kFractionBits = 8;
constexpr int64_t kPhaseShare = 2;       // of an error that is taken at once
constexpr int64_t kPeriodShare = 256;    // of an error that goes into the period
constexpr int64_t kLostPeriods = 2;      // so far behind, samples are missing
constexpr uint32_t kToleranceShare = 8;  // of the nominal period: how far off a sensor may be

int64_t clamp(int64_t value, int64_t limit) {
  return value > limit ? limit : value < -limit ? -limit : value;
}

}  // namespace

void SampleClock::start(uint32_t period_us) {
  nominal_ = period_ = period_us << kFractionBits;
  next_ = last_ = 0;
  running_ = false;
}

void SampleClock::begin(uint32_t count, uint64_t now_q8) {
  const uint64_t earliest = last_ == 0 ? 0 : last_ + 2ull * nominal_;
  // Half a period old is the best guess of how old the newest one is.
  const uint64_t span = static_cast<uint64_t>(count - 1) * period_ + period_ / 2;
  next_ = now_q8 > span ? now_q8 - span : 0;
  if (next_ < earliest) next_ = earliest;
  running_ = true;
}

void SampleClock::read(uint32_t count, bool lost, uint64_t now_us) {
  const uint64_t now = now_us << kFractionBits;
  const int64_t period = period_;
  if (lost) running_ = false;
  if (!running_) {
    if (count != 0) begin(count, now);
    return;
  }
  // How old the newest sample would be by what is known so far: 0 to one period is right.
  const int64_t newest = static_cast<int64_t>(next_) + (static_cast<int64_t>(count) - 1) * period;
  const int64_t age = static_cast<int64_t>(now) - newest;
  const int64_t error = age < 0 ? age : age > period ? age - period : 0;
  if (error > kLostPeriods * period) {
    running_ = false;
    if (count != 0) begin(count, now);
    return;
  }
  // A quarter of a period at a time: the ring takes a step of one and a half for a gap.
  next_ += static_cast<uint64_t>(clamp(error / kPhaseShare, period / 4));
  const int64_t nominal = nominal_;
  period_ = static_cast<uint32_t>(
      nominal + clamp(period + error / kPeriodShare - nominal, nominal / kToleranceShare));
  if (next_ < last_ + period_ / 2) next_ = last_ + period_ / 2;
}

uint64_t SampleClock::next_us() {
  last_ = next_;
  next_ += period_;
  return last_ >> kFractionBits;
}

}  // namespace core
