// Restarts of the board: by itself, because its radio was silent, and after a fault.
#pragma once
#include <stdint.h>

// How many there have been since power was applied; 255 for more.
uint32_t radio_restarts();

// Count one and restart.
void restart_for_radio();

// Whether the watchdog or a lockup of the processor ended the board before this start. Right once
// per start: it forgets the reason.
bool take_end_by_fault();
