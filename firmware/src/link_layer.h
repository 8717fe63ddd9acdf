// What the firmware has to know about the radio: mbed's Bluetooth controller (Cordio) has it, and
// its link layer must be served in time.
#pragma once
#include <stdint.h>

// How many operations of the radio have ended: advertising events and connection events. It wraps.
uint32_t link_layer_events();

// For how many microseconds from now the link layer surely does not need the processor. 0 while
// the radio is at work, and while it is not known when the next operation is due.
uint32_t link_layer_idle_us();
