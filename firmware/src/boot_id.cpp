#include "boot_id.h"

#include <nrf.h>

uint32_t draw_boot_id() {
  NRF_RNG->CONFIG = RNG_CONFIG_DERCEN_Enabled << RNG_CONFIG_DERCEN_Pos;  // without bias
  NRF_RNG->TASKS_START = 1;
  uint32_t id = 0;
  for (uint32_t byte = 0; byte < sizeof id; ++byte) {
    NRF_RNG->EVENTS_VALRDY = 0;
    while (NRF_RNG->EVENTS_VALRDY == 0) {  // about 120 us
    }
    id = id << 8 | NRF_RNG->VALUE;
  }
  NRF_RNG->TASKS_STOP = 1;
  return id;
}
