// How often a board that obeys everybody may be changed, so that nobody wears out its flash: see
// wire::UNOWNED_CHANGES. It counts from the board's start.
#pragma once
#include "wire_layout.h"

namespace core {

class ChangeBudget {
 public:
  // Seconds until the next change may be. 0: it may be now.
  uint32_t wait_s(uint64_t now_us) const {
    const uint64_t from_us = now_us + (wire::UNOWNED_CHANGES - 1) * kEachUs;
    return full_us_ <= from_us ? 0 : static_cast<uint32_t>((full_us_ - from_us - 1) / 1000000 + 1);
  }
  void take(uint64_t now_us) { full_us_ = (full_us_ > now_us ? full_us_ : now_us) + kEachUs; }

 private:
  static constexpr uint64_t kEachUs = wire::UNOWNED_CHANGE_S * 1000000ull;

  uint64_t full_us_ = 0;  // when all of them may be in a row again
};

}  // namespace core
