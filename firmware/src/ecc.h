// ECDSA P-256 by micro-ecc, which allocates nothing. The Arduino core has it for its Bluetooth
// controller, for this curve alone; another copy of the library would define the same names.
// mbedTLS, which the core has too, leaves ECDSA to a hardware block behind a library without
// sources.
#pragma once
#include "ports.h"

class Ecc : public core::Crypto {
 public:
  bool verify(const uint8_t key[wire::PUBLIC_KEY_BYTES], const uint8_t digest[32],
              const uint8_t signature[wire::SIGNATURE_BYTES]) override;
  void draw(uint8_t* bytes, uint32_t length) override;
};
