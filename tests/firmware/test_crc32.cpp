#include "check.h"
#include "crc32.h"

TEST(crc32_of_the_standard_check_string) { CHECK_EQ(core::crc32("123456789", 9), 0xcbf43926u); }

TEST(crc32_of_nothing_is_zero) { CHECK_EQ(core::crc32("", 0), 0); }

TEST(crc32_goes_on_over_parts) {
  uint8_t bytes[256];
  for (uint32_t i = 0; i < sizeof bytes; ++i) bytes[i] = static_cast<uint8_t>(i);
  CHECK_EQ(core::crc32(bytes, sizeof bytes), 0x29058c73u);  // Python: zlib.crc32(bytes(range(256)))
  for (uint32_t cut = 0; cut <= sizeof bytes; ++cut) {
    CHECK_EQ(core::crc32(bytes + cut, 256 - cut, core::crc32(bytes, cut)), 0x29058c73u);
  }
}
