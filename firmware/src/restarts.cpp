#include "restarts.h"

#include <nrf.h>

// GPREGRET2 keeps its 8 bits over a reset by software and loses them with the supply (nRF52840
// Product Specification, POWER). A variable would not do: the bootloader runs first after each
// reset and uses RAM as it likes. It and the Arduino core use GPREGRET, not this one.
uint32_t radio_restarts() { return NRF_POWER->GPREGRET2 & POWER_GPREGRET2_GPREGRET_Msk; }

void restart_for_radio() {
  const uint32_t before = radio_restarts();
  if (before < POWER_GPREGRET2_GPREGRET_Msk) NRF_POWER->GPREGRET2 = before + 1;
  NVIC_SystemReset();
}

bool take_end_by_fault() {
  // The reasons of all resets are kept until ones are written.
  const uint32_t reasons = NRF_POWER->RESETREAS;
  NRF_POWER->RESETREAS = reasons;
  return (reasons & (POWER_RESETREAS_DOG_Msk | POWER_RESETREAS_LOCKUP_Msk)) != 0;
}
