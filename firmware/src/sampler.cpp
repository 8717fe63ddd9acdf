#include "sampler.h"

constexpr uint64_t Sampler::kReadEveryUs;
constexpr uint64_t Sampler::kSilentForUs;

Sampler::Sampler(Imu& imu, core::Clock& clock) : imu_(imu), clock_(clock) {
  sample_clock_.start(static_cast<uint32_t>(1000000000ull / imu.properties().samples.rate_mhz));
}

void Sampler::poll(core::Board& board) {
  const uint64_t now_us = clock_.now_us();
  if (now_us - read_us_ < kReadEveryUs) return;
  read_us_ = now_us;
  take(board, now_us);
  if (now_us - newest_us_ < kSilentForUs) return;
  // It has lost its settings, as after a dip of its supply.
  imu_.begin();
  lost_ = true;
  newest_us_ = clock_.now_us();
}

void Sampler::take(core::Board& board, uint64_t now_us) {
  Imu::Fifo fifo;
  if (!imu_.level(&fifo)) return;
  sample_clock_.read(fifo.samples, fifo.overflowed || lost_, now_us);
  lost_ = false;
  for (uint32_t i = 0; i < fifo.samples; ++i) {
    int16_t axes[wire::AXES];
    if (!imu_.read(axes)) {
      lost_ = true;
      return;
    }
    board.on_sample(axes, sample_clock_.next_us());
    newest_us_ = now_us;
  }
}
