// SHA-256 (FIPS 180-4), of bytes that come in parts. The board has no other that could be used: its
// library's is done by a hardware block that cannot read flash, where packages lie.
#pragma once
#include <stddef.h>
#include <stdint.h>

namespace core {

constexpr uint32_t kDigestBytes = 32;

class Sha256 {
 public:
  void update(const void* bytes, uint32_t length);
  // The digest of all that was added. Nothing may be added afterwards.
  void finish(uint8_t digest[kDigestBytes]);

 private:
  static constexpr uint32_t kBlock = 64;

  void add_block(const uint8_t* bytes);

  uint32_t state_[8] = {0x6a09e667u, 0xbb67ae85u, 0x3c6ef372u, 0xa54ff53au,
                        0x510e527fu, 0x9b05688cu, 0x1f83d9abu, 0x5be0cd19u};
  uint64_t length_ = 0;
  uint8_t block_[kBlock] = {};  // the last length_ % kBlock bytes
};

}  // namespace core
