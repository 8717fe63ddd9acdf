#include "sha256.h"

#include <string.h>

namespace core {

namespace {

// The fractional parts of the cube roots of the first 64 primes.
constexpr uint32_t kRounds[64] = {
    0x428a2f98u, 0x71374491u, 0xb5c0fbcfu, 0xe9b5dba5u, 0x3956c25bu, 0x59f111f1u, 0x923f82a4u,
    0xab1c5ed5u, 0xd807aa98u, 0x12835b01u, 0x243185beu, 0x550c7dc3u, 0x72be5d74u, 0x80deb1feu,
    0x9bdc06a7u, 0xc19bf174u, 0xe49b69c1u, 0xefbe4786u, 0x0fc19dc6u, 0x240ca1ccu, 0x2de92c6fu,
    0x4a7484aau, 0x5cb0a9dcu, 0x76f988dau, 0x983e5152u, 0xa831c66du, 0xb00327c8u, 0xbf597fc7u,
    0xc6e00bf3u, 0xd5a79147u, 0x06ca6351u, 0x14292967u, 0x27b70a85u, 0x2e1b2138u, 0x4d2c6dfcu,
    0x53380d13u, 0x650a7354u, 0x766a0abbu, 0x81c2c92eu, 0x92722c85u, 0xa2bfe8a1u, 0xa81a664bu,
    0xc24b8b70u, 0xc76c51a3u, 0xd192e819u, 0xd6990624u, 0xf40e3585u, 0x106aa070u, 0x19a4c116u,
    0x1e376c08u, 0x2748774cu, 0x34b0bcb5u, 0x391c0cb3u, 0x4ed8aa4au, 0x5b9cca4fu, 0x682e6ff3u,
    0x748f82eeu, 0x78a5636fu, 0x84c87814u, 0x8cc70208u, 0x90befffau, 0xa4506cebu, 0xbef9a3f7u,
    0xc67178f2u};

uint32_t turned(uint32_t x, uint32_t bits) { return x >> bits | x << (32 - bits); }

void write_big_endian(uint32_t value, uint8_t* to) {
  for (uint32_t i = 0; i < 4; ++i) to[i] = static_cast<uint8_t>(value >> (24 - 8 * i));
}

}  // namespace

constexpr uint32_t Sha256::kBlock;

void Sha256::update(const void* bytes, uint32_t length) {
  const uint8_t* from = static_cast<const uint8_t*>(bytes);
  while (length != 0) {
    const uint32_t held = static_cast<uint32_t>(length_ % kBlock);
    const uint32_t part = length < kBlock - held ? length : kBlock - held;
    memcpy(block_ + held, from, part);
    length_ += part;
    from += part;
    length -= part;
    if (held + part == kBlock) add_block(block_);
  }
}

void Sha256::finish(uint8_t digest[kDigestBytes]) {
  const uint64_t bits = 8 * length_;
  const uint8_t begin = 0x80, zero = 0;
  update(&begin, 1);
  while (length_ % kBlock != kBlock - 8) update(&zero, 1);
  uint8_t length[8];
  write_big_endian(static_cast<uint32_t>(bits >> 32), length);
  write_big_endian(static_cast<uint32_t>(bits), length + 4);
  update(length, sizeof length);
  for (uint32_t i = 0; i < 8; ++i) write_big_endian(state_[i], digest + 4 * i);
}

void Sha256::add_block(const uint8_t* bytes) {
  uint32_t w[16];
  for (uint32_t i = 0; i < 16; ++i) {
    w[i] = static_cast<uint32_t>(bytes[4 * i]) << 24 |
           static_cast<uint32_t>(bytes[4 * i + 1]) << 16 |
           static_cast<uint32_t>(bytes[4 * i + 2]) << 8 | bytes[4 * i + 3];
  }
  uint32_t a = state_[0], b = state_[1], c = state_[2], d = state_[3];
  uint32_t e = state_[4], f = state_[5], g = state_[6], h = state_[7];
  for (uint32_t i = 0; i < 64; ++i) {
    if (i >= 16) {
      const uint32_t early = w[(i + 1) % 16], late = w[(i + 14) % 16];
      w[i % 16] += (turned(early, 7) ^ turned(early, 18) ^ early >> 3) + w[(i + 9) % 16] +
                   (turned(late, 17) ^ turned(late, 19) ^ late >> 10);
    }
    const uint32_t one = h + (turned(e, 6) ^ turned(e, 11) ^ turned(e, 25)) + ((e & f) ^ (~e & g)) +
                         kRounds[i] + w[i % 16];
    const uint32_t two =
        (turned(a, 2) ^ turned(a, 13) ^ turned(a, 22)) + ((a & b) ^ (a & c) ^ (b & c));
    h = g;
    g = f;
    f = e;
    e = d + one;
    d = c;
    c = b;
    b = a;
    a = one + two;
  }
  const uint32_t worked[] = {a, b, c, d, e, f, g, h};
  for (uint32_t i = 0; i < 8; ++i) state_[i] += worked[i];
}

}  // namespace core
