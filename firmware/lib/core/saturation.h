// The one definition of a saturated value for all that runs on a board.
#pragma once
#include <stdint.h>

#include "wire_layout.h"

namespace core {

// Whether a raw value is at either end of its range: see wire.MAX_RAW.
inline bool is_saturated(int16_t raw) {
  constexpr int32_t kEnd = wire::MAX_RAW;
  return raw >= kEnd || raw <= -kEnd;
}

}  // namespace core
