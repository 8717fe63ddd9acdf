// The peripherals, one case for each behaviour. Times are in ticks of 1/16 us of TIMER1.
#include "bare_metal.h"

namespace {

uint32_t waited(const Peripheral& peripheral, uint32_t event) {
  const uint32_t before = clock();
  while (peripheral[event] == 0) {
  }
  return clock() - before;
}

void wait_us(uint32_t us) {
  const uint32_t before = clock();
  while (clock() - before < 16 * us) {
  }
}

void start_lfclk() {
  CLOCK::P[CLOCK::LFCLKSRC] = 0;
  CLOCK::P[CLOCK::TASKS_LFCLKSTART] = 1;
  while (CLOCK::P[CLOCK::EVENTS_LFCLKSTARTED] == 0) {
  }
}

// TIMER0 with 16 MHz and 32 bits unless the case says otherwise.
const Peripheral& T0 = TIMER::TIMER0;
void set_up_timer0(uint32_t bitmode = 3, uint32_t prescaler = 0) {
  T0[TIMER::BITMODE] = bitmode;
  T0[TIMER::PRESCALER] = prescaler;
}
uint32_t captured(int channel) {
  T0[TIMER::TASKS_CAPTURE + 4 * static_cast<uint32_t>(channel)] = 1;
  return T0[TIMER::CC + 4 * static_cast<uint32_t>(channel)];
}

}  // namespace

CASE(clocks) {
  start_clock();
  results[0] = CLOCK::P[CLOCK::HFCLKSTAT];
  CLOCK::P[CLOCK::TASKS_HFCLKSTART] = 1;
  results[1] = waited(CLOCK::P, CLOCK::EVENTS_HFCLKSTARTED);
  results[2] = CLOCK::P[CLOCK::HFCLKSTAT];
  CLOCK::P[CLOCK::EVENTS_HFCLKSTARTED] = 0;
  CLOCK::P[CLOCK::TASKS_HFCLKSTART] = 1;  // it runs already
  results[3] = waited(CLOCK::P, CLOCK::EVENTS_HFCLKSTARTED);
  CLOCK::P[CLOCK::LFCLKSRC] = parameter;
  CLOCK::P[CLOCK::TASKS_LFCLKSTART] = 1;
  results[4] = waited(CLOCK::P, CLOCK::EVENTS_LFCLKSTARTED);
  results[5] = CLOCK::P[CLOCK::LFCLKSTAT];
}

// --- RTC ----------------------------------------------------------------------------------------

CASE(rtc_needs_its_clock) {
  start_clock();
  RTC::RTC0[RTC::TASKS_START] = 1;
  wait_us(2000);
  results[0] = RTC::RTC0[RTC::COUNTER];
  start_lfclk();
  wait_us(2000);
  results[1] = RTC::RTC0[RTC::COUNTER];
}

CASE(rtc_compare) {
  start_clock();
  start_lfclk();
  RTC::RTC0[RTC::PRESCALER] = parameter;
  RTC::RTC0[RTC::CC + 4] = 100;
  RTC::RTC0[INTENSET] = 1 << 17;
  on_irq(IRQ::RTC0, [] {
    RTC::RTC0[RTC::EVENTS_COMPARE + 4] = 0;
    results[1] = clock();
    results[2] = RTC::RTC0[RTC::COUNTER];
    note(1);
  });
  RTC::RTC0[RTC::TASKS_START] = 1;
  results[0] = clock();
  RTC::RTC0[RTC::PRESCALER] = 77;  // has no effect while it runs
  while (noted == 0) wfi();
  results[3] = RTC::RTC0[RTC::EVENTS_COMPARE];      // CC[0] = 0: never at the start
  results[4] = RTC::RTC0[RTC::EVENTS_COMPARE + 8];  // not enabled: no event
}

// How many ticks ahead of the counter a compare value is seen: `parameter` ahead.
CASE(rtc_compare_ahead) {
  start_clock();
  start_lfclk();
  RTC::RTC0[RTC::EVTENSET] = 1 << 16;
  RTC::RTC0[RTC::TASKS_START] = 1;
  wait_us(1000);
  const uint32_t counter = RTC::RTC0[RTC::COUNTER];
  while (RTC::RTC0[RTC::COUNTER] == counter) {
  }
  RTC::RTC0[RTC::CC] = counter + 1 + parameter;
  wait_us(1000);
  results[0] = RTC::RTC0[RTC::EVENTS_COMPARE];
}

CASE(rtc_overflow) {
  start_clock();
  start_lfclk();
  RTC::RTC0[RTC::EVTENSET] = 1 << 1 | 1 << 16 | 1 << 17;
  RTC::RTC0[RTC::CC] = 0xfffffe;
  RTC::RTC0[RTC::CC + 4] = 2;
  RTC::RTC0[RTC::TASKS_START] = 1;
  RTC::RTC0[RTC::TASKS_TRIGOVRFLW] = 1;
  results[0] = RTC::RTC0[RTC::COUNTER];
  results[1] = waited(RTC::RTC0, RTC::EVENTS_COMPARE);
  results[2] = waited(RTC::RTC0, RTC::EVENTS_OVRFLW);
  results[3] = RTC::RTC0[RTC::COUNTER];
  results[4] = waited(RTC::RTC0, RTC::EVENTS_COMPARE + 4);
  RTC::RTC0[RTC::TASKS_STOP] = 1;
  const uint32_t stopped = RTC::RTC0[RTC::COUNTER];
  wait_us(500);
  results[5] = RTC::RTC0[RTC::COUNTER] - stopped;
  RTC::RTC0[RTC::TASKS_CLEAR] = 1;
  results[6] = RTC::RTC0[RTC::COUNTER];
}

CASE(rtc_tick) {
  start_clock();
  start_lfclk();
  on_irq(IRQ::RTC0, [] {
    RTC::RTC0[RTC::EVENTS_TICK] = 0;
    note(clock());
  });
  RTC::RTC0[INTENSET] = 1;
  RTC::RTC0[RTC::TASKS_START] = 1;
  while (noted < 10) wfi();
}

// COMPARE clears through the PPI: a period, also when a long stall passes over many.
CASE(rtc_period) {
  start_clock();
  start_lfclk();
  RTC::RTC0[RTC::CC] = 10;
  RTC::RTC0[RTC::EVTENSET] = 1 << 16;
  route(0, RTC::RTC0.at(RTC::EVENTS_COMPARE), RTC::RTC0.at(RTC::TASKS_CLEAR));
  T0[TIMER::MODE] = 1;
  T0[TIMER::BITMODE] = 3;
  T0[TIMER::TASKS_START] = 1;
  PPI::P[PPI::FORK_TEP] = T0.at(TIMER::TASKS_COUNT);
  NVMC::P[NVMC::CONFIG] = NVMC::Een;
  RTC::RTC0[RTC::TASKS_START] = 1;
  const uint32_t before = clock();
  NVMC::P[NVMC::ERASEPAGE] = 0x40000;  // the processor stands for 85 ms
  barrier();
  results[0] = clock() - before;
  results[1] = captured(1);
  results[2] = RTC::RTC0[RTC::COUNTER];
}

// --- TIMER --------------------------------------------------------------------------------------

CASE(timer_capture) {
  start_clock();
  set_up_timer0(3, parameter);
  T0[TIMER::TASKS_START] = 1;
  const uint32_t before = clock(), first = captured(0);
  wait_us(1000);
  const uint32_t second = captured(1);
  results[0] = clock() - before;
  results[1] = second - first;
  T0[TIMER::TASKS_STOP] = 1;
  const uint32_t stopped = captured(2);
  wait_us(100);
  results[2] = captured(3) - stopped;
  T0[TIMER::TASKS_START] = 1;
  wait_us(100);
  results[3] = captured(3) > stopped;
  T0[TIMER::TASKS_STOP] = 1;
  T0[TIMER::TASKS_CLEAR] = 1;
  results[4] = captured(4);
}

CASE(timer_width) {  // a counter of `parameter` bits by BITMODE wraps, compares and all
  start_clock();
  set_up_timer0(parameter, 0);
  T0[TIMER::CC] = 0x12345680;
  T0[TIMER::TASKS_START] = 1;
  wait_us(5000);
  results[0] = T0[TIMER::EVENTS_COMPARE];
  results[1] = captured(1);
}

CASE(timer_shorts) {
  start_clock();
  set_up_timer0();
  T0[TIMER::CC] = 1600;
  T0[TIMER::CC + 4] = 500;
  T0[SHORTS] = 1 << 0;  // COMPARE[0] clears
  on_irq(IRQ::TIMER0, [] {
    T0[TIMER::EVENTS_COMPARE] = 0;
    note(clock());
  });
  T0[INTENSET] = 1 << 16;
  T0[TIMER::TASKS_START] = 1;
  while (noted < 5) wfi();
  results[0] = T0[TIMER::EVENTS_COMPARE + 4];
  T0[SHORTS] = 1 << 8;  // COMPARE[0] stops
  wait_us(500);
  results[1] = captured(2);
}

CASE(timer_compare_with_the_present) {
  set_up_timer0(3, 9);
  T0[TIMER::TASKS_START] = 1;
  T0[TIMER::TASKS_STOP] = 1;
  T0[TIMER::TASKS_CLEAR] = 1;
  T0[TIMER::TASKS_START] = 1;
  T0[TIMER::CC] = 0;
  results[0] = T0[TIMER::EVENTS_COMPARE];
}

CASE(timer_counts_events) {  // counter mode: time does not count
  start_clock();
  set_up_timer0();
  T0[TIMER::MODE] = 1;
  T0[TIMER::CC] = 3;
  T0[TIMER::TASKS_COUNT] = 1;  // not started: no effect
  T0[TIMER::TASKS_START] = 1;
  wait_us(100);
  results[0] = captured(1);
  T0[TIMER::TASKS_COUNT] = 1;
  T0[TIMER::TASKS_COUNT] = 1;
  results[1] = T0[TIMER::EVENTS_COMPARE];
  T0[TIMER::TASKS_COUNT] = 1;
  results[2] = T0[TIMER::EVENTS_COMPARE];
  results[3] = captured(1);
}

// Periods of a short that a stall of 85 ms passes over: all of them count.
CASE(timer_periods_in_a_stall) {
  set_up_timer0();
  T0[TIMER::CC] = 16000;
  T0[SHORTS] = 1;
  const Peripheral& counter = TIMER::TIMER2;
  counter[TIMER::MODE] = 1;
  counter[TIMER::BITMODE] = 3;
  counter[TIMER::TASKS_START] = 1;
  route(3, T0.at(TIMER::EVENTS_COMPARE), counter.at(TIMER::TASKS_COUNT));
  NVMC::P[NVMC::CONFIG] = NVMC::Een;
  T0[TIMER::TASKS_START] = 1;
  NVMC::P[NVMC::ERASEPAGE] = 0x40000;
  barrier();
  results[1] = captured(1);
  counter[TIMER::TASKS_CAPTURE] = 1;
  results[0] = counter[TIMER::CC];
}

// The same for a counter of 16 bits that wraps: 4.096 ms.
CASE(timer_wraps_in_a_stall) {
  set_up_timer0(0, 0);
  T0[TIMER::CC] = 1000;
  const Peripheral& counter = TIMER::TIMER2;
  counter[TIMER::MODE] = 1;
  counter[TIMER::TASKS_START] = 1;
  route(3, T0.at(TIMER::EVENTS_COMPARE), counter.at(TIMER::TASKS_COUNT));
  NVMC::P[NVMC::CONFIG] = NVMC::Een;
  T0[TIMER::TASKS_START] = 1;
  NVMC::P[NVMC::ERASEPAGE] = 0x40000;
  barrier();
  counter[TIMER::TASKS_CAPTURE] = 1;
  results[0] = counter[TIMER::CC];
}

// --- PPI ----------------------------------------------------------------------------------------

CASE(ppi) {
  start_clock();
  set_up_timer0();
  // An event of TIMER0 captures TIMER2 and, by the fork, TIMER1: at the same moment.
  TIMER::TIMER2[TIMER::BITMODE] = 3;
  TIMER::TIMER2[TIMER::PRESCALER] = 0;
  TIMER::TIMER2[TIMER::TASKS_START] = 1;
  TIMER::TIMER2[TIMER::TASKS_CLEAR] = 1;
  const uint32_t offset = clock();
  route(7, T0.at(TIMER::EVENTS_COMPARE), TIMER::TIMER2.at(TIMER::TASKS_CAPTURE));
  PPI::P[PPI::FORK_TEP + 4 * 7] = TIMER::TIMER1.at(TIMER::TASKS_CAPTURE);
  T0[TIMER::CC] = 3200;
  T0[TIMER::TASKS_START] = 1;
  wait_us(1000);
  results[0] = TIMER::TIMER2[TIMER::CC];
  results[1] = TIMER::TIMER1[TIMER::CC] - offset;
  results[2] = PPI::P[PPI::CHEN];
  PPI::P[PPI::CHENCLR] = 1 << 7;
  T0[TIMER::TASKS_CLEAR] = 1;
  wait_us(1000);
  results[3] = TIMER::TIMER2[TIMER::CC];  // as it was
}

CASE(ppi_groups) {
  PPI::P[PPI::CHG + 4 * 2] = 1 << 3 | 1 << 5;
  PPI::P[PPI::TASKS_CHG_EN + 8 * 2] = 1;
  results[0] = PPI::P[PPI::CHEN];
  PPI::P[PPI::CHENSET] = 1 << 9;
  PPI::P[PPI::TASKS_CHG_DIS + 8 * 2] = 1;
  results[1] = PPI::P[PPI::CHEN];
  // A channel that switches its own group off: works once.
  PPI::P[PPI::CHG] = 1 << 0;
  set_up_timer0();
  T0[TIMER::CC] = 100;
  T0[SHORTS] = 1;
  TIMER::TIMER2[TIMER::MODE] = 1;
  TIMER::TIMER2[TIMER::TASKS_START] = 1;
  PPI::P[PPI::FORK_TEP] = TIMER::TIMER2.at(TIMER::TASKS_COUNT);
  route(0, T0.at(TIMER::EVENTS_COMPARE), PPI::P.at(PPI::TASKS_CHG_DIS));
  T0[TIMER::TASKS_START] = 1;
  start_clock();
  wait_us(100);
  TIMER::TIMER2[TIMER::TASKS_CAPTURE] = 1;
  results[2] = TIMER::TIMER2[TIMER::CC];
}

CASE(ppi_wired) {  // channels 30 and 31: RTC0's compare clears and starts TIMER0
  start_clock();
  start_lfclk();
  set_up_timer0();
  PPI::P[PPI::CHENSET] = 1u << 30 | 1u << 31;
  RTC::RTC0[RTC::EVTENSET] = 1 << 16;
  RTC::RTC0[RTC::CC] = 50;
  RTC::RTC0[RTC::TASKS_START] = 1;
  wait_us(1000);
  results[0] = captured(0);
  while (RTC::RTC0[RTC::EVENTS_COMPARE] == 0) {
  }
  wait_us(100);
  results[1] = captured(0);
}

CASE(rtc_interrupt_alone_does_not_reach_the_ppi) {
  start_clock();
  start_lfclk();
  set_up_timer0();
  PPI::P[PPI::CHENSET] = 1u << 31;
  RTC::RTC0[INTENSET] = 1 << 16;
  RTC::RTC0[RTC::CC] = 20;
  RTC::RTC0[RTC::TASKS_START] = 1;
  wait_us(1000);
  results[0] = RTC::RTC0[RTC::EVENTS_COMPARE];
  results[1] = captured(0);
}

// --- the small ones -----------------------------------------------------------------------------

CASE(rng) {
  start_clock();
  RNG::P[RNG::CONFIG] = parameter;
  RNG::P[RNG::TASKS_START] = 1;
  for (uint32_t i = 0; i < 16; ++i) {
    const uint32_t took = waited(RNG::P, RNG::EVENTS_VALRDY);
    if (i == 0) results[0] = took;
    RNG::P[RNG::EVENTS_VALRDY] = 0;
    note(RNG::P[RNG::VALUE]);
  }
  RNG::P[RNG::TASKS_STOP] = 1;
  wait_us(500);
  results[1] = RNG::P[RNG::EVENTS_VALRDY];
}

CASE(temp) {
  start_clock();
  TEMP::P[TEMP::TASKS_START] = 1;
  results[0] = waited(TEMP::P, TEMP::EVENTS_DATARDY);
  results[1] = TEMP::P[TEMP::VALUE];
}

CASE(gpio) {
  GPIO::P0[GPIO::DIRSET] = 1 << 13;
  GPIO::P0[GPIO::OUTSET] = 1 << 13 | 1 << 2;
  GPIO::P0[GPIO::OUTCLR] = 1 << 2;
  GPIO::P1[GPIO::OUT] = 0x11;
  GPIO::P1[GPIO::DIRSET] = 3;
  GPIO::P1[GPIO::DIRCLR] = 1;
  results[0] = GPIO::P0[GPIO::OUT];
  results[1] = GPIO::P0[GPIO::IN];
  results[2] = GPIO::P0[GPIO::DIR];
  results[3] = GPIO::P1[GPIO::OUTSET];
  results[4] = GPIO::P1[GPIO::DIR];
}

CASE(ficr) {
  results[0] = FICR::P[FICR::CODEPAGESIZE];
  results[1] = FICR::P[FICR::CODESIZE];
  results[2] = FICR::P[FICR::INFO_PART];
  results[3] = FICR::P[FICR::INFO_VARIANT];
  results[4] = FICR::P[FICR::INFO_RAM];
  results[5] = FICR::P[FICR::INFO_FLASH];
  results[6] = FICR::P[FICR::DEVICEADDR0];
  results[7] = FICR::P[FICR::DEVICEADDR0 + 4] & 0xffff;
}

// --- WDT ----------------------------------------------------------------------------------------

namespace {

void start_watchdog(uint32_t ticks) {
  WDT::P[WDT::CRV] = ticks - 1;
  WDT::P[WDT::RREN] = 3;
  WDT::P[WDT::TASKS_START] = 1;
}
void feed() {
  WDT::P[WDT::RR] = WDT::RELOAD;
  WDT::P[WDT::RR + 4] = WDT::RELOAD;
}

}  // namespace

CASE(watchdog_fed) {
  start_clock();
  start_watchdog(328);  // 10 ms
  for (uint32_t i = 0; i < 6; ++i) {
    wait_us(8000);
    feed();
  }
  results[0] = WDT::P[WDT::REQSTATUS];
  WDT::P[WDT::RR] = WDT::RELOAD;
  WDT::P[WDT::RR] = WDT::RELOAD;
  results[1] = WDT::P[WDT::REQSTATUS];
  WDT::P[WDT::CRV] = 1000000;  // locked while it runs
  results[2] = WDT::P[WDT::CRV];
}

CASE(watchdog_half_fed) {  // one of two reload registers is not enough
  results[0] = POWER::P[POWER::RESETREAS];
  if (results[0] != 0) {
    results[1] = WDT::P[WDT::RUNSTATUS];
    results[2] = kept[0];
    return;
  }
  kept[0] = 1234;
  start_clock();
  start_watchdog(328);
  for (;;) {
    WDT::P[WDT::RR] = WDT::RELOAD;
    wait_us(1000);
  }
}

CASE(watchdog_interrupt) {  // 2 ticks of 32.768 kHz are left to do something
  if (POWER::P[POWER::RESETREAS] != 0) return;
  start_clock();
  on_irq(IRQ::WDT, [] {
    WDT::P[WDT::EVENTS_TIMEOUT] = 0;
    feed();  // too late
    const uint32_t begin = clock();
    for (;;) kept[1] = clock() - begin;
  });
  WDT::P[INTENSET] = 1;
  start_watchdog(100);
  for (;;) wfi();
}

CASE(watchdog_through_a_soft_reset) {
  kept[0] = POWER::P[POWER::RESETREAS];
  if (kept[0] == 0) {
    start_watchdog(328);
    SCS[AIRCR] = SYSRESETREQ;
    for (;;) {
    }
  }
  if ((kept[0] & 2) != 0) return;  // the watchdog's own reset
  kept[1] = WDT::P[WDT::RUNSTATUS];
  for (;;) {
  }
}

// --- TWI ----------------------------------------------------------------------------------------

namespace {

const Peripheral& BUS = TWI::P;

// Until one of both happens: whether it was the first.
bool happened(uint32_t event) {
  for (;;) {
    if (BUS[event] != 0) {
      BUS[event] = 0;
      return true;
    }
    if (BUS[TWI::EVENTS_ERROR] != 0) return false;
  }
}

void set_up_bus(uint8_t address) {
  start_clock();
  BUS[TWI::FREQUENCY] = parameter != 0 ? TWI::K100 : TWI::K400;
  BUS[TWI::ENABLE] = 5;
  BUS[TWI::ADDRESS] = address;
}

bool send(uint8_t byte) {
  BUS[TWI::TXD] = byte;
  return happened(TWI::EVENTS_TXDSENT);
}

void stop() {
  BUS[TWI::TASKS_STOP] = 1;
  while (BUS[TWI::EVENTS_STOPPED] == 0) {
  }
  BUS[TWI::EVENTS_STOPPED] = 0;
}

}  // namespace

CASE(twi_write) {
  set_up_bus(0x42);
  BUS[TWI::TASKS_STARTTX] = 1;
  const uint32_t before = clock();
  const uint8_t bytes[] = {0x10, 0xaa, 0x55};
  for (uint8_t byte : bytes) send(byte);
  results[0] = clock() - before;
  stop();
}

// A register is pointed at and, after a repeated start, read: each byte but the last suspends.
CASE(twi_read) {
  set_up_bus(0x42);
  BUS[TWI::TASKS_STARTTX] = 1;
  send(0x20);
  BUS[SHORTS] = TWI::BB_SUSPEND;
  BUS[TWI::TASKS_STARTRX] = 1;
  for (uint32_t i = 0; i < 4; ++i) {
    happened(TWI::EVENTS_RXDREADY);
    results[i] = BUS[TWI::RXD];
    if (i == 0) {
      const uint32_t before = clock();
      while (clock() - before < 16000) {  // suspended: nothing comes
      }
      results[4] = BUS[TWI::EVENTS_RXDREADY];
      results[5] = BUS[TWI::EVENTS_SUSPENDED];
    }
    if (i == 2) BUS[SHORTS] = TWI::BB_STOP;
    if (i < 3) BUS[TWI::TASKS_RESUME] = 1;
  }
  results[6] = BUS[TWI::EVENTS_STOPPED];
}

CASE(twi_nobody) {
  set_up_bus(0x43);
  BUS[TWI::TASKS_STARTTX] = 1;
  results[0] = send(1);
  results[1] = BUS[TWI::ERRORSRC];
  BUS[TWI::ERRORSRC] = results[1];
  results[2] = BUS[TWI::ERRORSRC];
  BUS[TWI::EVENTS_ERROR] = 0;
  stop();
  BUS[TWI::ADDRESS] = 0x42;
  BUS[TWI::TASKS_STARTTX] = 1;
  results[3] = send(1);
  results[4] = send(0xee);  // which the device refuses
  results[5] = BUS[TWI::ERRORSRC];
  stop();
}

CASE(twi_not_enabled) {
  set_up_bus(0x42);
  BUS[TWI::ENABLE] = 0;
  BUS[TWI::TASKS_STARTTX] = 1;
  BUS[TWI::TXD] = 1;
  wait_us(1000);
  results[0] = BUS[TWI::EVENTS_TXDSENT];
}
