// Restarts of the board by itself, because its radio was silent.
#pragma once
#include <stdint.h>

// How many there have been since power was applied; 255 for more.
uint32_t radio_restarts();

// Count one and restart.
void restart_for_radio();
