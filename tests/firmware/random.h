// A small deterministic generator (xorshift32), so that a failure comes again.
#pragma once

#include <stdint.h>

class Random {
 public:
  explicit Random(uint32_t seed) : state_(seed * 2654435761u + 1u) {}
  uint32_t next() {
    state_ ^= state_ << 13;
    state_ ^= state_ >> 17;
    state_ ^= state_ << 5;
    return state_;
  }
  uint32_t below(uint32_t limit) { return next() % limit; }

 private:
  uint32_t state_;
};
