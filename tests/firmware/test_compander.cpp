#include <string.h>

#include "check.h"
#include "compander.h"
#include "random.h"

using core::Compander;

namespace {

struct Table {
  uint8_t bytes[wire::THRESHOLDS * 4];

  int32_t at(uint32_t index) const {
    int32_t value;
    memcpy(&value, bytes + index * sizeof value, sizeof value);
    return value;
  }
  void set(uint32_t index, int32_t value) {
    memcpy(bytes + index * sizeof value, &value, sizeof value);
  }
};

// The definition: as many as the magnitude reaches.
int32_t counted(const Table& table, int32_t value) {
  const int32_t magnitude = value < 0 ? -value : value;
  int32_t code = 0;
  for (uint32_t i = 0; i < wire::THRESHOLDS; ++i) code += table.at(i) <= magnitude;
  return value < 0 ? -code : code;
}

// Around every threshold and every power of two, on both sides of zero.
void compare(const Table& table) {
  Compander compander;
  compander.open(table.bytes);
  int32_t values[6 * wire::THRESHOLDS + 6 * 31 + 1] = {0};
  uint32_t count = 1;
  for (uint32_t i = 0; i < wire::THRESHOLDS + 31; ++i) {
    const int32_t middle = i < wire::THRESHOLDS ? table.at(i) : 1 << (i - wire::THRESHOLDS);
    for (int32_t step = -1; step <= 1; ++step) {
      if (step == 1 && middle == INT32_MAX) continue;
      values[count++] = middle + step;
      values[count++] = -(middle + step);
    }
  }
  int8_t codes[sizeof values / sizeof values[0]];
  compander.apply(values, count, 0, codes, 1);
  for (uint32_t i = 0; i < count; ++i) CHECK_EQ(codes[i], counted(table, values[i]));
}

}  // namespace

TEST(compander_code_is_the_number_of_thresholds_reached) {
  Table table;
  Random random(4);
  for (uint32_t bits = 1; bits < 32; ++bits) {
    // Rising by up to 2^bits / 127 a step: as companders do, and all thresholds in few buckets.
    const uint32_t step = (1u << bits) / wire::THRESHOLDS + 1;
    int32_t value = static_cast<int32_t>(random.below(step));
    for (uint32_t i = 0; i < wire::THRESHOLDS; ++i) {
      table.set(i, value);
      const int32_t rise = static_cast<int32_t>(random.below(step));
      value = value > INT32_MAX - rise ? INT32_MAX : value + rise;
    }
    compare(table);
  }
}

TEST(compander_takes_thresholds_that_are_all_equal) {
  const int32_t values[] = {0, 1, 2, 3, 1000, 1 << 20, INT32_MAX};
  for (int32_t value : values) {
    Table table;
    for (uint32_t i = 0; i < wire::THRESHOLDS; ++i) table.set(i, value);
    compare(table);
  }
}

TEST(compander_writes_at_its_stride_and_removes_the_mean) {
  Table table;
  for (uint32_t i = 0; i < wire::THRESHOLDS; ++i) table.set(i, 10 * static_cast<int32_t>(i + 1));
  Compander compander;
  compander.open(table.bytes);
  const int32_t values[3] = {100, 135, 80};
  int8_t codes[7] = {9, 9, 9, 9, 9, 9, 9};
  compander.apply(values, 3, 100, codes, 3);
  const int8_t expected[7] = {0, 9, 9, 3, 9, 9, -2};
  CHECK(memcmp(codes, expected, sizeof codes) == 0);
}
