#include "leds.h"

#include <Arduino.h>

namespace {

constexpr uint32_t kFlashMs = 30;

bool flashes(uint32_t now_ms, uint32_t every_ms) { return now_ms % every_ms < kFlashMs; }

}  // namespace

void Leds::begin() {
  for (auto pin : {LEDR, LEDG, LEDB}) {
    pinMode(pin, OUTPUT);
    digitalWrite(pin, HIGH);  // lit when low
  }
}

Leds::Colour Leds::colour(const State& state, uint32_t now_ms) {
  if (state.identifying) return now_ms % 250 < 125 ? white : off;
  if (state.claimed) return now_ms % 500 < 250 ? magenta : green;
  if (state.faulty) return now_ms % 1000 < 500 ? red : off;
  if (!flashes(now_ms, state.connected ? 1000 : 3000)) return off;
  return state.classifying ? green : blue;
}

void Leds::show(const State& state, uint64_t now_us) {
  const Colour wanted = colour(state, static_cast<uint32_t>(now_us / 1000));
  if (wanted == shown_) return;
  shown_ = wanted;
  digitalWrite(LEDR, (wanted & red) != 0 ? LOW : HIGH);
  digitalWrite(LEDG, (wanted & green) != 0 ? LOW : HIGH);
  digitalWrite(LEDB, (wanted & blue) != 0 ? LOW : HIGH);
}
