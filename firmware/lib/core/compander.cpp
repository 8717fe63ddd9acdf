#include "compander.h"

#include <string.h>

namespace core {

namespace {

constexpr int32_t kLast = wire::THRESHOLDS - 1;

uint32_t threshold(const uint8_t* table, int32_t index) {
  uint32_t value;
  memcpy(&value, table + index * static_cast<int32_t>(sizeof value), sizeof value);
  return value;
}

}  // namespace

void Compander::open(const uint8_t* table) {
  table_ = table;
  memset(below_, -1, sizeof below_);
  int32_t below = -1;
  for (uint32_t zeros = 31; zeros != 0; --zeros) {
    for (uint32_t eighth = 0; eighth < 8; ++eighth) {
      const uint32_t least = (8 + eighth) << 28 >> zeros;
      while (below < kLast && threshold(table, below + 1) < least) ++below;
      below_[zeros][eighth] = static_cast<int8_t>(below);
    }
  }
}

void Compander::apply(const int32_t* values, uint32_t count, int32_t mean, int8_t* codes,
                      uint32_t stride) const {
  const uint8_t* const table = table_;
  const uint32_t highest = threshold(table, kLast);
  const int32_t* const end = values + count;
  do {
    const int32_t value = *values++ - mean;
    const uint32_t magnitude = static_cast<uint32_t>(value < 0 ? -value : value);
    int32_t code = wire::THRESHOLDS;
    if (magnitude < highest) {
      const uint32_t zeros = static_cast<uint32_t>(__builtin_clz(magnitude | 1u));
      code = below_[zeros][(magnitude << zeros >> 28) & 7u];
      do {
        ++code;
      } while (threshold(table, code) <= magnitude);
    }
    *codes = static_cast<int8_t>(value < 0 ? -code : code);
    codes += stride;
  } while (values != end);
}

}  // namespace core
