#pragma once
#include <stdint.h>

// Numbers that nobody can foresee, from the hardware's noise source: 120 us each.
void draw_noise(uint8_t* bytes, uint32_t length);
