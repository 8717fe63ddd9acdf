// ECDSA P-256 by micro-ecc, which allocates nothing. mbedTLS, which comes with the Arduino core,
// leaves it to a hardware block that only works behind a library without sources.
#pragma once
#include "ports.h"

class Ecc : public core::Crypto {
 public:
  bool verify(const uint8_t key[wire::PUBLIC_KEY_BYTES], const uint8_t digest[32],
              const uint8_t signature[wire::SIGNATURE_BYTES]) override;
  void draw(uint8_t* bytes, uint32_t length) override;
};
