// Microseconds since the board's start, in 64 bits.
#pragma once
#include "ports.h"

class DeviceClock : public core::Clock {
 public:
  uint64_t now_us() override;
};
