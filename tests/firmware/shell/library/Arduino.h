// As much of the Arduino core as hci.cpp and att.cpp need.
#pragma once
#include <stdint.h>

extern uint32_t now_ms;
inline uint32_t millis() { return now_ms; }
