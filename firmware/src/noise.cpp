#include "noise.h"

#include <nrf.h>

void draw_noise(uint8_t* bytes, uint32_t length) {
  NRF_RNG->CONFIG = RNG_CONFIG_DERCEN_Enabled << RNG_CONFIG_DERCEN_Pos;  // without bias
  NRF_RNG->TASKS_START = 1;
  for (uint32_t i = 0; i < length; ++i) {
    NRF_RNG->EVENTS_VALRDY = 0;
    while (NRF_RNG->EVENTS_VALRDY == 0) {  // about 120 us
    }
    bytes[i] = static_cast<uint8_t>(NRF_RNG->VALUE);
  }
  NRF_RNG->TASKS_STOP = 1;
}
