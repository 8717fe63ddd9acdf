#include "ecc.h"

#include <uECC.h>

#include "noise.h"

bool Ecc::verify(const uint8_t key[wire::PUBLIC_KEY_BYTES], const uint8_t digest[32],
                 const uint8_t signature[wire::SIGNATURE_BYTES]) {
  // uECC_verify() takes it for granted that the key is a point of the curve.
  return uECC_valid_public_key(key) != 0 && uECC_verify(key, digest, signature) != 0;
}

void Ecc::draw(uint8_t* bytes, uint32_t length) { draw_noise(bytes, length); }
