#include "device_clock.h"

#include <hal/us_ticker_api.h>

// The 1 MHz timer on the 32 MHz crystal, extended by mbed. Not the processor's cycle counter: that
// one stands still while the processor sleeps.
uint64_t DeviceClock::now_us() { return ticker_read_us(get_us_ticker_data()); }
