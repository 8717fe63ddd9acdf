// What all cases share. A case is a function without a mangled name: the test writes its address
// to `scenario`, lets time pass until `finished` is set, and reads `results`.
#pragma once

#include "nrf52840.h"

#define CASE(name) extern "C" void name()

extern "C" {
extern volatile uint32_t results[64];
extern volatile uint32_t finished;
extern volatile uint32_t parameter;  // of the case; the test writes it, and no reset changes it
extern volatile uint32_t kept[16];   // no reset changes it
extern volatile uint32_t trace[32];  // what note() wrote down
extern volatile uint32_t noted;
}

using Handler = void (*)();
extern "C" Handler vectors[64];  // in RAM

inline void on(int exception, Handler handler) { vectors[exception] = handler; }
inline void set_priority(int irq, uint8_t priority) {
  reinterpret_cast<volatile uint8_t*>(SCS.at(NVIC_IPR))[irq] = priority;
}
inline void set_system_priority(int exception, uint8_t priority) {
  reinterpret_cast<volatile uint8_t*>(SCS.at(SHPR))[exception] = priority;
}
inline void enable(int irq) { SCS[NVIC_ISER + 4 * (irq >> 5)] = 1u << (irq & 31); }
inline void on_irq(int irq, Handler handler, uint8_t priority = 0x40) {
  on(16 + irq, handler);
  set_priority(irq, priority);
  enable(irq);
}
inline void pend(int irq) { SCS[NVIC_ISPR + 4 * (irq >> 5)] = 1u << (irq & 31); }
// What is pending is taken before the next instruction (A3.7.3).
inline void barrier() { asm volatile("dsb\n isb" ::: "memory"); }
inline void note(uint32_t what) {
  trace[noted & 31] = what;
  noted = noted + 1;
}

inline void wfi() { asm volatile("wfi" ::: "memory"); }
inline void wfe() { asm volatile("wfe" ::: "memory"); }
inline void sev() { asm volatile("sev" ::: "memory"); }
inline void mask() { asm volatile("cpsid i" ::: "memory"); }
inline void unmask() { asm volatile("cpsie i\n isb" ::: "memory"); }
inline void set_basepri(uint32_t value) {
  asm volatile("msr basepri, %0\n isb" ::"r"(value) : "memory");
}
inline uint32_t control() {
  uint32_t value;
  asm volatile("mrs %0, control" : "=r"(value));
  return value;
}

// TIMER1 as a clock of 16 MHz and 32 bits; it counts 4 cycles of the processor.
inline void start_clock() {
  TIMER::TIMER1[TIMER::BITMODE] = 3;
  TIMER::TIMER1[TIMER::PRESCALER] = 0;
  TIMER::TIMER1[TIMER::TASKS_START] = 1;
}
inline uint32_t clock() {
  TIMER::TIMER1[TIMER::TASKS_CAPTURE + 4 * 5] = 1;
  return TIMER::TIMER1[TIMER::CC + 4 * 5];
}
// DWT.CYCCNT, as a clock of the processor's cycles.
inline void start_cycles() { DWT[0] = 1; }
inline uint32_t cycles() { return DWT[CYCCNT]; }
inline void route(int channel, uint32_t event, uint32_t task) {
  PPI::P[PPI::CH_EEP + 8 * channel] = event;
  PPI::P[PPI::CH_TEP + 8 * channel] = task;
  PPI::P[PPI::CHENSET] = 1u << channel;
}
