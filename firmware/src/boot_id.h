#pragma once
#include <stdint.h>

// A number that tells this start of the board from every other, from the hardware's noise source.
uint32_t draw_boot_id();
