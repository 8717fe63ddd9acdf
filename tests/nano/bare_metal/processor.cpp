// Arithmetic, the cost of instructions, and sleep.
#include <string.h>

#include "bare_metal.h"

namespace {

uint32_t bits(float value) {
  uint32_t result;
  memcpy(&result, &value, sizeof result);
  return result;
}

template <class T>
T hidden(T value) {  // from the compiler, so that the processor computes
  asm volatile("" : "+r"(value));
  return value;
}
float hidden(float value) {
  asm volatile("" : "+t"(value));
  return value;
}

}  // namespace

CASE(integers) {
  uint32_t low, high, value;
  asm volatile("umull %0, %1, %2, %2" : "=&r"(low), "=&r"(high) : "r"(0xfffffffb));
  results[0] = low;
  results[1] = high;
  results[2] = static_cast<uint32_t>(hidden(-1000001) / hidden(1000));
  asm volatile("udiv %0, %1, %2" : "=r"(value) : "r"(7), "r"(0));
  results[3] = value;
  asm volatile("ssat %0, #8, %1" : "=r"(value) : "r"(-1000));
  results[4] = value;
  asm volatile("qadd %0, %1, %1" : "=r"(value) : "r"(0x7fffff00));
  results[5] = value;
  asm volatile("rbit %0, %1" : "=r"(value) : "r"(0x12345678));
  results[6] = value;
  asm volatile("smlad %0, %1, %2, %3" : "=r"(value) : "r"(0x0002fffd), "r"(0x00050007), "r"(100));
  results[7] = value;  // 2*5 + -3*7 + 100
  asm volatile("adds %0, %2, %2\n adc %1, %3, #0"
               : "=&r"(low), "=r"(high)
               : "r"(0x80000001), "r"(7));
  results[8] = high;
  const uint64_t product = hidden(0x123456789abull) * hidden(1000003u);
  results[9] = static_cast<uint32_t>(product);
  results[10] = static_cast<uint32_t>(product >> 32);
}

CASE(floats) {
  results[0] = bits(hidden(1.0f) / hidden(3.0f));
  float value;
  asm volatile("vsqrt.f32 %0, %1" : "=t"(value) : "t"(2.0f));
  results[1] = bits(value);
  value = 1.0f;
  // One rounding: the product's low bits are kept.
  asm volatile("vfma.f32 %0, %1, %2" : "+t"(value) : "t"(1.0f + 0x1p-23f), "t"(-1.0f + 0x1p-24f));
  results[2] = bits(value);
  asm volatile("vcvtr.s32.f32 %0, %1" : "=t"(value) : "t"(2.5f));  // to nearest, to even
  results[3] = bits(value);
  results[4] = static_cast<uint32_t>(static_cast<int32_t>(hidden(-2.9f)));
  results[5] = bits(hidden(1e-40f) * hidden(0.5f));  // a subnormal number stays one
  results[6] = bits(hidden(1.0f) / hidden(0.0f));
  uint32_t fpscr;
  asm volatile("vmrs %0, fpscr" : "=r"(fpscr));
  results[7] = fpscr & 0x1f;
  results[8] = hidden(__builtin_nanf("")) == hidden(__builtin_nanf(""));
}

// The cycles of `code`, whose instructions are a multiple of 4 bytes: between two reads of the
// counter, each in a block of its own.
#define MEASURE(result, code)                                                                    \
  {                                                                                              \
    uint32_t before, after;                                                                      \
    asm volatile(".balign 4\n isb\n ldr.w %0, [%2]\n isb\n" code "\n isb\n ldr.w %1, [%2]\n isb" \
                 : "=&r"(before), "=&r"(after)                                                   \
                 : "r"(DWT.at(CYCCNT)), "r"(results)                                             \
                 : "r0", "r1", "r2", "r3", "r4", "r5", "lr", "s0", "s1", "s2", "cc", "memory");  \
    result = after - before;                                                                     \
  }

#define COSTS(result)                                                                    \
  start_cycles();                                                                        \
  MEASURE(result[0], "")                                                                 \
  MEASURE(result[1], "nop\n nop")                                                        \
  MEASURE(result[2], "add.w r0, r1, r2\n mul r0, r1, r2\n umull r0, r1, r2, r3")         \
  MEASURE(result[3], "ldr.w r0, [%3]\n str.w r0, [%3]")                                  \
  MEASURE(result[4], "push {r0-r3}\n pop {r0-r3}")                                       \
  MEASURE(result[5], "ldmia.w %3, {r0-r5}\n ldrd r0, r1, [%3]")                          \
  MEASURE(result[6], "udiv r0, r1, r2")                                                  \
  MEASURE(result[7], "b 1f\n nop\n nop\n nop\n 1:")                                      \
  MEASURE(result[8], "movs r0, #10\n nop\n 1: subs r0, #1\n bne 1b")                     \
  MEASURE(result[9], "movs r0, #0\n cmp r0, #1\n beq 1f\n nop\n 1:")                     \
  MEASURE(result[10], "vadd.f32 s0, s1, s2\n vdiv.f32 s0, s1, s2\n vmla.f32 s0, s1, s2") \
  MEASURE(result[11], "bl 1f\n b 2f\n nop\n 1: bx lr\n nop\n 2:")

// In one page of 1 KB, whose end would end a block.
__attribute__((noinline, aligned(1024))) static void costs_in_flash() { COSTS(results) }
__attribute__((noinline, aligned(1024), section(".in_ram"), long_call)) static void costs_in_ram(){
    COSTS((results + 16))}

CASE(costs) {
  costs_in_flash();
  costs_in_ram();
}

// Something that branches, divides and touches peripherals, with interrupts.
CASE(work) {
  start_cycles();
  TIMER::TIMER0[TIMER::PRESCALER] = 0;
  TIMER::TIMER0[TIMER::CC] = 1000;
  TIMER::TIMER0[SHORTS] = 1;
  TIMER::TIMER0[INTENSET] = 1 << 16;
  on_irq(IRQ::TIMER0, [] {
    TIMER::TIMER0[TIMER::EVENTS_COMPARE] = 0;
    note(cycles());
  });
  TIMER::TIMER0[TIMER::TASKS_START] = 1;
  uint32_t value = 12345;
  for (uint32_t i = 0; i < 20000; ++i) value = value * 1103515245 + value / (1 + (i & 7));
  results[0] = value;
  results[1] = cycles();
}

// --- sleep --------------------------------------------------------------------------------------

namespace {

volatile uint32_t woken;

// TIMER0 interrupts after `ticks` of 1/16 us.
void interrupt_after(uint32_t ticks) {
  TIMER::TIMER0[TIMER::BITMODE] = 3;
  TIMER::TIMER0[TIMER::PRESCALER] = 0;
  TIMER::TIMER0[TIMER::TASKS_CLEAR] = 1;
  TIMER::TIMER0[TIMER::EVENTS_COMPARE] = 0;
  TIMER::TIMER0[TIMER::CC] = ticks;
  TIMER::TIMER0[INTENSET] = 1 << 16;
  TIMER::TIMER0[TIMER::TASKS_START] = 1;
}

void handle_timer0() {
  TIMER::TIMER0[TIMER::EVENTS_COMPARE] = 0;
  woken = woken + 1;
}

uint32_t timed(void (*what)()) {
  const uint32_t before = clock();
  what();
  return clock() - before;
}

}  // namespace

CASE(wfi_until_an_interrupt) {
  start_clock();
  on_irq(IRQ::TIMER0, handle_timer0);
  interrupt_after(16000);
  results[0] = timed(wfi);
  results[1] = woken;
}

CASE(wfi_while_masked) {
  start_clock();
  on_irq(IRQ::TIMER0, handle_timer0);
  interrupt_after(16000);
  mask();
  results[0] = timed(wfi);
  results[1] = woken;
  unmask();
  results[2] = woken;
  interrupt_after(16);
  for (uint32_t i = 0; i < 100; ++i) asm volatile("nop");
  results[3] = woken;
  pend(IRQ::EGU0);  // not enabled: wakes nobody
  interrupt_after(8000);
  results[4] = timed(wfi);
}

CASE(wfi_below_basepri) {  // sleeps for ever
  on_irq(IRQ::TIMER0, handle_timer0, 0x80);
  interrupt_after(1600);
  set_basepri(0x80);
  wfi();
}

CASE(wfe_and_the_event_register) {
  start_clock();
  on_irq(IRQ::TIMER0, handle_timer0);
  sev();
  results[0] = timed(wfe);  // at once
  interrupt_after(16000);
  results[1] = timed(wfe);  // the event is used up
  results[2] = woken;
  // The interrupt's exit left an event: the next WFE does not sleep, the one after it does.
  results[3] = timed(wfe);
  interrupt_after(16000);
  results[4] = timed(wfe);
}

CASE(an_interrupt_just_before_wfe) {  // a wake-up that a check and WFE could lose
  start_clock();
  on_irq(IRQ::EGU0, [] {
    woken = woken + 1;
    if (parameter != 0) wfe();  // uses up the event of its entry; its exit is another
  });
  sev();
  wfe();
  const uint32_t before = woken;
  pend(IRQ::EGU0);
  barrier();
  results[0] = timed(wfe);
  results[1] = woken - before;
}

// As mbed idles: a pending interrupt that is masked is an event with SCR.SEVONPEND.
CASE(wfe_while_masked) {
  start_clock();
  on_irq(IRQ::TIMER0, handle_timer0);
  sev();
  wfe();
  if (parameter != 0) SCS[SCR] = SEVONPEND;
  interrupt_after(16000);
  mask();
  results[0] = timed(wfe);
  results[1] = woken;
  unmask();
  results[2] = woken;
}

CASE(sleep_on_exit) {  // the thread does not go on until the handler says so
  start_clock();
  on_irq(IRQ::TIMER0, [] {
    handle_timer0();
    if (woken == 3) SCS[SCR] = 0;
  });
  interrupt_after(1600);
  TIMER::TIMER0[SHORTS] = 1;
  SCS[SCR] = SLEEPONEXIT;
  results[0] = timed(wfi);
  results[1] = woken;
}
