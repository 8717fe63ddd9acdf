// What the board shows on its RGB LED: docs/board.md.
#pragma once
#include <stdint.h>

class Leds {
 public:
  struct State {
    bool faulty;  // no sensor, no Bluetooth, or an image that reaches into the model slots
    bool identifying;
    bool claimed;  // it has got an owner just now
    bool connected;
    bool classifying;  // a model runs
  };

  void begin();
  void show(const State& state, uint64_t now_us);

 private:
  enum Colour : uint8_t { off = 0, red = 1, green = 2, blue = 4, magenta = 5, white = 7 };

  static Colour colour(const State& state, uint32_t now_ms);

  Colour shown_ = off;
};
