#include "device_clock.h"

#include <mbed_config.h>  // which the next needs and does not include

#include <hal/us_ticker_api.h>

// The 1 MHz timer on the 32 MHz crystal, extended by mbed. Not the processor's cycle counter: that
// one stands still while the processor sleeps. A prediction's latency would be no better by it: it
// counts the same crystal, and the latency is told in microseconds.
uint64_t DeviceClock::now_us() { return ticker_read_us(get_us_ticker_data()); }
