// One of the package's tables: a magnitude's int8 code is the number of thresholds that it reaches,
// and a negative value has the negated code.
#pragma once
#include <stdint.h>

#include "wire_layout.h"

namespace core {

class Compander {
 public:
  // `table` is THRESHOLDS little-endian int32, ascending, and stays with the caller.
  void open(const uint8_t* table);
  // The codes of `count` values less `mean`, `stride` bytes apart. At least one value.
  void apply(const int32_t* values, uint32_t count, int32_t mean, int8_t* codes,
             uint32_t stride) const;

 private:
  // Where the search begins, so that it ends after a step or two: the last threshold below all
  // magnitudes with so many leading zeros and these three bits after the first one; -1 for none.
  int8_t below_[32][8];
  const uint8_t* table_ = nullptr;
};

}  // namespace core
