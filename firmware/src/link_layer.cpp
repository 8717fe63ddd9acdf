#include "link_layer.h"

#include <Arduino.h>
#include <bb_api.h>
#include <nrf.h>

namespace {

volatile uint32_t events = 0;

}  // namespace

uint32_t link_layer_events() { return events; }

// The scheduler runs on TIMER2 (sch_list.c, pal_timer.c): compare 0 is set to 0.3 ms before the
// next operation is due and its interrupt is on from then until the operation is prepared. Between
// the end of one operation and the next one's insertion it is off. Captures 0 and 1 are Cordio's.
uint32_t link_layer_idle_us() {
  if (BbGetCurrentBod() != nullptr) return 0;
  if ((NRF_TIMER2->INTENSET & TIMER_INTENSET_COMPARE0_Msk) == 0) return 0;
  NRF_TIMER2->TASKS_CAPTURE[3] = 1;
  const int32_t left = static_cast<int32_t>(NRF_TIMER2->CC[0] - NRF_TIMER2->CC[3]);
  return left > 0 ? static_cast<uint32_t>(left) : 0;
}

extern "C" {

void __real_BbTerminateBod();
void __wrap_BbTerminateBod();

// An operation ends here (bb_main.c), in the radio's interrupt. When the processor comes too late
// to answer a packet, bbSlvConnRxCompCback() (bb_ble_conn_slave.c) ends it twice: once from the
// failed transmission inside it and once itself. The second call counts one completion too many in
// schCb.eventSetFlagCount, which never comes to 0 again: schBodLoadHandler() (sch_main.c) then puts
// off each operation for ever, and only a reset brings Bluetooth back.
//
// An interrupt that is late by 123 us to the microsecond can also set TIMER0's compare to the
// present and miss it, and one that is later still finds READY before END and clears both
// (BbBleDrvRadioIRQHandler() in pal_bb_ble.c): then an operation never ends. No such delay is left
// (docs/board.md, "Keeping the radio"), and should there be one, the silent radio is noticed
// (radio.cpp).
void __wrap_BbTerminateBod() {
  if (BbGetCurrentBod() == nullptr) return;
  events = events + 1;
  __real_BbTerminateBod();
}

}  // extern "C"
