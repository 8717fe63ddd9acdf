#include "imu.h"

#include "check.h"
#include "saturation.h"

TEST(imu_both_ends_of_a_range_are_saturated) {
  for (int32_t raw = INT16_MIN; raw <= INT16_MAX; ++raw) {
    const bool end = raw == -32768 || raw == -32767 || raw == 32767;
    CHECK_EQ(core::is_saturated(static_cast<int16_t>(raw)), end);
  }
}

TEST(imu_a_turned_axis_is_exact_and_stays_saturated) {
  for (int32_t raw = INT16_MIN; raw <= INT16_MAX; ++raw) {
    const int16_t value = static_cast<int16_t>(raw), turned = opposite(value);
    CHECK_EQ(turned, raw == INT16_MIN ? INT16_MAX : -raw);
    CHECK_EQ(core::is_saturated(turned), core::is_saturated(value));
  }
}

TEST(imu_a_leak_is_taken_out_unless_x_is_saturated) {
  CHECK_EQ(without_leak(1000, 512, 10), 990);
  CHECK_EQ(without_leak(1000, 512, -10), 1010);
  CHECK_EQ(without_leak(-1000, -32768, 63), -1000 + 63 * 64);
  CHECK_EQ(without_leak(32000, -32768, 63), 32767);
  CHECK_EQ(without_leak(-32000, 32767, 63), -32768);
  const int16_t ends[] = {32767, -32767, -32768};
  for (int16_t end : ends) {
    CHECK_EQ(without_leak(end, 32767, 63), end);
    CHECK_EQ(without_leak(end, 32767, -63), end);
  }
}
