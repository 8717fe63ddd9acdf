#include "boot_id.h"

#include "noise.h"

uint32_t draw_boot_id() {
  uint8_t bytes[4];
  draw_noise(bytes, sizeof bytes);
  uint32_t id = 0;
  for (uint8_t byte : bytes) id = id << 8 | byte;
  return id;
}
