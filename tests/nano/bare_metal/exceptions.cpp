// Exceptions: who goes when, what is saved, and what a fault leaves.
#include <initializer_list>

#include <string.h>

#include "bare_metal.h"

namespace {

// Handlers that leave a trace.
template <int number>
void leave_trace() {
  note(number);
}

void end_fault() {
  results[0] = SCS[CFSR];
  results[1] = SCS[HFSR];
  results[2] = SCS[BFAR];
  results[3] = SCS[ICSR] & 0x1ff;
  finished = 1;
  for (;;) {
  }
}

// The frame of a handler that is entered from MSP: `body(frame, exc_return)`.
#define WITH_FRAME(name, body)                                                                   \
  extern "C" __attribute__((used)) void body(uint32_t*, uint32_t);                               \
  __attribute__((naked)) void name() {                                                           \
    asm volatile("tst lr, #4\n ite eq\n mrseq r0, msp\n mrsne r0, psp\n mov r1, lr\n b " #body); \
  }

}  // namespace

// --- SVC and PendSV -----------------------------------------------------------------------------

WITH_FRAME(handle_svc, take_svc)
extern "C" void take_svc(uint32_t* frame, uint32_t) {
  const uint16_t instruction = *reinterpret_cast<uint16_t*>(frame[6] - 2);
  frame[0] =
      frame[0] + 10 * frame[1] + 100 * frame[2] + 1000 * frame[3] + (instruction & 0xff) * 10000;
}

CASE(svc) {
  on(SVCall, handle_svc);
  register uint32_t r0 asm("r0") = 1;
  register uint32_t r1 asm("r1") = 2;
  register uint32_t r2 asm("r2") = 3;
  register uint32_t r3 asm("r3") = 4;
  asm volatile("svc 7" : "+r"(r0) : "r"(r1), "r"(r2), "r"(r3) : "memory");
  results[0] = r0;
}

CASE(pendsv_after_isr) {
  set_system_priority(PendSV, 0xe0);
  on(PendSV, leave_trace<9>);
  on_irq(IRQ::EGU0, [] {
    note(1);
    SCS[ICSR] = PENDSVSET;
    barrier();
    note(2);
  });
  on_irq(IRQ::EGU1, leave_trace<3>);
  pend(IRQ::EGU0);
  barrier();
  note(10);
  mask();
  SCS[ICSR] = PENDSVSET;
  SCS[ICSR] = PENDSVCLR;
  pend(IRQ::EGU1);
  unmask();
  note(11);
}

// --- priorities ---------------------------------------------------------------------------------

CASE(nested) {
  on_irq(
      IRQ::EGU0,
      [] {
        note(1);
        pend(IRQ::EGU1);  // of the same priority: waits
        barrier();
        note(2);
        pend(IRQ::EGU2);  // of a higher one: comes at once
        barrier();
        note(3);
      },
      0x60);
  on_irq(IRQ::EGU1, leave_trace<11>, 0x60);
  on_irq(
      IRQ::EGU2,
      [] {
        note(21);
        results[0] = SCS[NVIC_IABR];
        results[1] = SCS[ICSR] >> 11 & 1;  // RETTOBASE
      },
      0x20);
  pend(IRQ::EGU0);
  barrier();
  note(4);
  results[2] = SCS[NVIC_IABR];
}

// AIRCR.PRIGROUP = 6: two levels preempt, the rest of the priority only orders.
CASE(priority_groups) {
  SCS[AIRCR] = 0x05fa0000 | 6 << 8;
  on_irq(
      IRQ::EGU0,
      [] {
        note(1);
        pend(IRQ::EGU1);
        pend(IRQ::EGU2);
        barrier();
        note(2);
      },
      0x60);
  on_irq(IRQ::EGU1, leave_trace<11>, 0x40);
  on_irq(IRQ::EGU2, leave_trace<21>, 0x20);
  pend(IRQ::EGU0);
  barrier();
}

CASE(order) {
  on_irq(IRQ::EGU0, leave_trace<20>, 0x80);
  on_irq(IRQ::EGU1, leave_trace<21>, 0x40);
  on_irq(IRQ::EGU2, leave_trace<22>, 0x80);
  on_irq(IRQ::RTC0, leave_trace<11>, 0x80);
  on(PendSV, leave_trace<14>);
  set_system_priority(PendSV, 0x80);
  mask();
  for (int irq : {IRQ::EGU2, IRQ::EGU0, IRQ::RTC0, IRQ::EGU1}) pend(irq);
  SCS[ICSR] = PENDSVSET;
  results[0] = SCS[ICSR] >> 12 & 0x1ff;  // VECTPENDING
  unmask();
}

CASE(masks) {
  on_irq(IRQ::EGU0, leave_trace<80>, 0x80);
  on_irq(IRQ::EGU1, leave_trace<40>, 0x40);
  mask();
  pend(IRQ::EGU0);
  barrier();
  note(1);
  unmask();
  note(2);
  set_basepri(0x80);
  pend(IRQ::EGU0);
  pend(IRQ::EGU1);
  barrier();
  note(3);
  set_basepri(0);
  note(4);
  set_basepri(0x1f);  // below the three bits that there are: masks nothing
  pend(IRQ::EGU0);
  barrier();
  note(5);
  set_basepri(0);
  asm volatile("cpsid f");
  pend(IRQ::EGU1);
  barrier();
  note(6);
  asm volatile("cpsie f\n isb");
  note(7);
}

CASE(faultmask_ends_with_the_handler) {
  on_irq(IRQ::EGU0, [] { asm volatile("cpsid f"); });
  pend(IRQ::EGU0);
  barrier();
  uint32_t faultmask;
  asm volatile("mrs %0, faultmask" : "=r"(faultmask));
  results[0] = faultmask;
}

// --- the lines of peripherals -------------------------------------------------------------------

namespace {

void raise_timer0() {  // its line goes up soon
  TIMER::TIMER0[TIMER::CC] = 16;
  TIMER::TIMER0[INTENSET] = 1 << 16;
  TIMER::TIMER0[TIMER::TASKS_START] = 1;
  for (uint32_t i = 0; i < 1000; ++i) asm volatile("nop");
}

}  // namespace

CASE(level) {  // the handler runs again until it clears the event
  on_irq(IRQ::TIMER0, [] {
    note(1);
    if (noted == 3) TIMER::TIMER0[TIMER::EVENTS_COMPARE] = 0;
  });
  raise_timer0();
}

CASE(pulse) {  // a line that has gone down again leaves its interrupt pending
  on_irq(IRQ::TIMER0, leave_trace<1>);
  mask();
  raise_timer0();
  TIMER::TIMER0[TIMER::EVENTS_COMPARE] = 0;
  note(0);
  unmask();
  note(2);
}

CASE(clear_pending) {
  on_irq(IRQ::TIMER0, leave_trace<1>);
  mask();
  raise_timer0();
  SCS[NVIC_ICPR] = 1 << IRQ::TIMER0;  // the line is up: stays pending
  results[0] = SCS[NVIC_ISPR] >> IRQ::TIMER0 & 1;
  TIMER::TIMER0[TIMER::EVENTS_COMPARE] = 0;
  results[1] = SCS[NVIC_ISPR] >> IRQ::TIMER0 & 1;
  SCS[NVIC_ICPR] = 1 << IRQ::TIMER0;
  results[2] = SCS[NVIC_ISPR] >> IRQ::TIMER0 & 1;
  unmask();
}

CASE(clear_pending_of_another) {  // does not make an active interrupt pending
  on_irq(IRQ::TIMER0, [] {
    note(1);
    SCS[NVIC_ICPR] = 1 << IRQ::EGU0;
    TIMER::TIMER0[TIMER::EVENTS_COMPARE] = 0;
  });
  raise_timer0();
}

CASE(software_pending) {
  on_irq(IRQ::EGU0, leave_trace<1>);
  on_irq(IRQ::EGU1, leave_trace<2>);
  SCS[STIR] = IRQ::EGU1;
  barrier();
  pend(IRQ::EGU0);
  barrier();
  SCS[NVIC_ICER] = 1 << IRQ::EGU0;
  pend(IRQ::EGU0);
  barrier();
  note(3);
  enable(IRQ::EGU0);
  barrier();
  pend(60);  // there is no such interrupt
  SCS[NVIC_ISER + 4] = 0xffffffff;
  barrier();
}

// --- what is saved ------------------------------------------------------------------------------

WITH_FRAME(handle_frame, take_frame)
extern "C" void take_frame(uint32_t* frame, uint32_t exc_return) {
  results[0] = exc_return;
  results[1] = frame[7];
  results[2] = reinterpret_cast<uint32_t>(frame);
  results[3] = control();
  asm volatile("vmov.f32 s0, #1.0\n vmov.f32 s15, s0\n vadd.f32 s1, s0, s15" ::: "s0", "s1", "s15");
  results[4] = control();
  uint32_t fpscr = 0x01000000;
  asm volatile("vmsr fpscr, %0" ::"r"(fpscr));
}

CASE(frame_without_floats) {
  on_irq(IRQ::EGU0, handle_frame);
  results[5] = control();
  pend(IRQ::EGU0);
  barrier();
  results[6] = control();
}

CASE(frame_with_floats) {
  on_irq(IRQ::EGU0, handle_frame);
  pend(IRQ::EGU0);
  float first = 3.5f, last = -7.25f;
  uint32_t fpscr = 0x00400000, after;  // round towards plus infinity
  register float s0 asm("s0") = first;
  register float s15 asm("s15") = last;
  asm volatile("vmsr fpscr, %2\n dsb\n isb\n nop\n vmrs %3, fpscr"
               : "+t"(s0), "+t"(s15), "+r"(fpscr), "=r"(after));
  first = s0;
  last = s15;
  results[5] = control();
  results[6] = after;
  memcpy(const_cast<uint32_t*>(results + 7), &first, 4);
  memcpy(const_cast<uint32_t*>(results + 8), &last, 4);
}

CASE(frame_on_an_odd_stack) {  // 4 bytes off: bit 9 of the saved xPSR says so
  on_irq(IRQ::EGU0, handle_frame);
  uint32_t before, after;
  asm volatile(
      "mov %0, sp\n bic r2, %0, #7\n sub r2, #%c4\n mov sp, r2\n str %3, [%2]\n dsb\n isb\n"
      "sub %1, sp, r2\n mov sp, %0"
      : "=&r"(before), "=&r"(after)
      : "r"(SCS.at(NVIC_ISPR)), "r"(1 << IRQ::EGU0), "i"(12)
      : "r2", "memory");
  results[5] = after;
}

CASE(thread_on_psp) {
  static uint64_t stack[64];
  on_irq(IRQ::EGU0, handle_frame);
  uint32_t msp_before, msp_after, psp_after;
  asm volatile(
      "mrs %0, msp\n msr psp, %3\n movs r2, #2\n msr control, r2\n isb\n"
      "str %5, [%4]\n dsb\n isb\n"
      "mrs %1, msp\n mrs %2, psp\n movs r2, #0\n msr control, r2\n isb"
      : "=&r"(msp_before), "=&r"(msp_after), "=&r"(psp_after)
      : "r"(stack + 64), "r"(SCS.at(NVIC_ISPR)), "r"(1 << IRQ::EGU0)
      : "r2", "memory");
  results[5] = msp_after - msp_before;
  results[6] = reinterpret_cast<uint32_t>(stack + 64) - psp_after;
  results[7] = reinterpret_cast<uint32_t>(stack + 64) - results[2];
}

// An interrupt that disturbs all that it may disturb, at times that walk over the code.
namespace {

volatile uint32_t taken;

void disturb() {
  TIMER::TIMER0[TIMER::EVENTS_COMPARE] = 0;
  taken = taken + 1;
  TIMER::TIMER0[TIMER::CC] = 20 + taken % 61;
  asm volatile(
      "movs r0, #0\n mov r1, r0\n mov r2, r0\n mov r3, r0\n mov r12, r0\n cmp r0, r0\n"
      "vmov s0, r0\n vmov s1, r0\n vmov s14, r0\n vmov s15, r0" ::
          : "r0", "r1", "r2", "r3", "r12", "cc", "s0", "s1", "s14", "s15");
}

void disturbed(bool (*once)(uint32_t)) {
  on_irq(IRQ::TIMER0, disturb);
  TIMER::TIMER0[TIMER::PRESCALER] = 0;
  TIMER::TIMER0[TIMER::CC] = 20;
  TIMER::TIMER0[SHORTS] = 1;
  TIMER::TIMER0[INTENSET] = 1 << 16;
  TIMER::TIMER0[TIMER::TASKS_START] = 1;
  uint32_t wrong = 0;
  for (uint32_t i = 0; i < 6000; ++i) wrong += once(i) ? 0 : 1;
  TIMER::TIMER0[INTENCLR] = 1 << 16;
  results[0] = wrong;
  results[1] = taken;
}

}  // namespace

// The block crosses a page of 1 KB, where the emulator's blocks end too.
__attribute__((naked, aligned(1024))) static uint32_t conditional(uint32_t) {
  asm volatile(
      "b.w 1f\n .rept 502\n nop\n .endr\n 1: nop\n nop\n nop\n"
      "cmp r0, #100\n"
      "ittee hi\n addhi r0, #1\n addhi r0, #2\n addls r0, #4\n addls r0, #8\n"
      "tst r0, #1\n ite eq\n addeq r0, #16\n addne r0, #32\n bx lr");
}

CASE(interrupted_it_blocks) {
  disturbed([](uint32_t i) {
    uint32_t expected = i > 100 ? i + 3 : i + 12;
    expected += (expected & 1) == 0 ? 16 : 32;
    register uint32_t value asm("r0") = i;
    asm volatile("bl %1" : "+r"(value) : "i"(conditional) : "r1", "r2", "r3", "r12", "lr", "cc");
    return value == expected;
  });
}

// An exception in the middle of an IT block for certain: an SVC that is its second instruction.
CASE(svc_in_an_it_block) {
  on(SVCall, [] { asm volatile("cmp r0, r0" ::: "cc"); });
  register uint32_t value asm("r0") = 5;
  asm volatile(
      "cmp r0, #4\n itete hi\n addhi r0, #1\n addls r0, #2\n svchi 0\n addls r0, #4\n"
      "ite hi\n addhi r0, #16\n addls r0, #32"
      : "+r"(value)::"cc");
  results[0] = value;
}

CASE(interrupted_ldm_loops) {
  disturbed([](uint32_t i) {
    uint32_t from[10], to[10];
    for (uint32_t k = 0; k < 10; ++k) from[k] = i * 10 + k;
    const uint32_t* source = from;
    uint32_t* target = to;
    asm volatile(
        "ldmia %0!, {r2-r6}\n stmia %1!, {r2-r6}\n b 1f\n nop\n 1:\n"
        "ldmia %0!, {r2-r6}\n stmia %1!, {r2-r6}"
        : "+r"(source), "+r"(target)::"r2", "r3", "r4", "r5", "r6", "memory");
    return memcmp(from, to, sizeof from) == 0;
  });
}

CASE(interrupted_floats) {
  disturbed([](uint32_t i) {
    float sum = 0;
    for (uint32_t k = 0; k < 8; ++k) {
      sum = sum * 2 + static_cast<float>((i >> k) & 1);
      asm volatile("" : "+t"(sum));
    }
    uint32_t back = 0, value = static_cast<uint32_t>(sum);
    for (uint32_t k = 0; k < 8; ++k) back |= (value >> (7 - k) & 1) << k;
    return back == (i & 0xff);
  });
}

CASE(interrupted_exclusives) {  // LDREX and STREX against the handler's plain stores
  static volatile uint32_t shared;
  shared = 0;
  disturbed([](uint32_t) {
    uint32_t value, failed;
    do {
      asm volatile("ldrex %0, [%2]\n b 1f\n 1: adds %0, #1\n strex %1, %0, [%2]"
                   : "=&r"(value), "=&r"(failed)
                   : "r"(&shared)
                   : "cc", "memory");
    } while (failed != 0);
    return true;
  });
  results[2] = shared;
}

// --- faults -------------------------------------------------------------------------------------

WITH_FRAME(handle_fault, take_fault)
extern "C" void take_fault(uint32_t* frame, uint32_t) {
  results[4] = frame[6];
  results[5] = frame[0];
  end_fault();
}

extern "C" void faulting_load();
CASE(load_from_nowhere) {
  on(HardFault, handle_fault);
  register uint32_t r0 asm("r0") = 0x30000004;
  asm volatile(".global faulting_load\n faulting_load: ldr r1, [r0]" : "+r"(r0)::"r1");
}

CASE(bus_fault_of_its_own) {
  on(BusFault, handle_fault);
  SCS[SHCSR] = 1 << 17;
  *reinterpret_cast<volatile uint32_t*>(0x30000004) = 1;
  barrier();
}

CASE(jump_to_nowhere) {
  on(HardFault, end_fault);
  reinterpret_cast<void (*)()>(0x30000001)();
}

CASE(undefined_instruction) {
  on(HardFault, end_fault);
  asm volatile("udf #1");
}

CASE(masked_svc) {
  on(HardFault, end_fault);
  on(SVCall, leave_trace<1>);
  mask();
  asm volatile("svc 0");
}

CASE(svc_in_a_handler_above_it) {
  on(HardFault, end_fault);
  on(SVCall, leave_trace<1>);
  set_system_priority(SVCall, 0x80);
  on_irq(IRQ::EGU0, [] { asm volatile("svc 0"); }, 0x40);
  pend(IRQ::EGU0);
  barrier();
}

CASE(vector_without_thumb_bit) {
  on(HardFault, end_fault);
  on_irq(IRQ::EGU0, reinterpret_cast<Handler>(0x20001000));
  pend(IRQ::EGU0);
  barrier();
}

CASE(return_to_the_wrong_mode) {
  on(HardFault, end_fault);
  on_irq(IRQ::EGU0, [] { asm volatile("bx %0" ::"r"(0xfffffff1)); });
  pend(IRQ::EGU0);
  barrier();
}

CASE(stack_overflow) {  // of a thread with its own stack: the handler has the main one
  on(HardFault, end_fault);
  on_irq(IRQ::EGU0, leave_trace<1>);
  asm volatile("msr psp, %0\n movs r2, #2\n msr control, r2\n isb\n str %2, [%1]\n dsb\n isb" ::"r"(
                   0x20000010),
               "r"(SCS.at(NVIC_ISPR)), "r"(1 << IRQ::EGU0)
               : "r2", "memory");
}

CASE(reset_after_a_fault) {
  on(HardFault, [] {
    kept[1] = SCS[CFSR];
    kept[2] = SCS[BFAR];
    SCS[AIRCR] = SYSRESETREQ;
    for (;;) {
    }
  });
  if (kept[0] != 0x600d) {
    kept[0] = 0x600d;
    POWER::P[POWER::GPREGRET] = 0x5a;
    GPIO::P0[GPIO::OUTSET] = 1;
    SCS[NVIC_ISER] = 1 << IRQ::EGU0;
    pend(IRQ::EGU1);
    mask();
    results[0] = *reinterpret_cast<volatile uint32_t*>(0x0fff0000);
  }
  uint32_t primask;
  asm volatile("mrs %0, primask" : "=r"(primask));
  results[0] = POWER::P[POWER::RESETREAS];
  POWER::P[POWER::RESETREAS] = 0xffffffff;
  results[1] = POWER::P[POWER::RESETREAS];
  results[2] = POWER::P[POWER::GPREGRET];
  results[3] = GPIO::P0[GPIO::OUT];
  results[4] = SCS[NVIC_ISER];
  results[5] = SCS[NVIC_ISPR];
  results[6] = primask;
  results[7] = SCS[CFSR];
}

CASE(lockup) {
  on(HardFault, [] { asm volatile("udf #2"); });
  results[0] = POWER::P[POWER::RESETREAS];
  if (results[0] == 0) {
    WDT::P[WDT::TASKS_START] = 1;
    asm volatile("udf #1");
  }
  results[1] = WDT::P[WDT::RUNSTATUS];
}

// --- SysTick ------------------------------------------------------------------------------------

CASE(systick) {
  start_cycles();
  on(SysTick, [] { note(cycles()); });
  SCS[SYST_RVR] = 9999;
  SCS[SYST_CVR] = 0;
  SCS[SYST_CSR] = 7;
  while (noted < 5) wfi();
  SCS[SYST_CSR] = 4;
  results[0] = SCS[SYST_CVR];
  results[1] = SCS[SYST_CVR];  // stands still
  barrier();
  results[3] = SCS[SYST_CSR];  // clears COUNTFLAG
  SCS[SYST_CSR] = 5;           // goes on without an interrupt
  barrier();
  results[2] = SCS[SYST_CVR];
  results[3] = SCS[SYST_CSR] >> 16 & 1;
  for (uint32_t i = 0; i < 4000; ++i) asm volatile("nop");
  results[4] = SCS[SYST_CSR] >> 16 & 1;
  results[5] = SCS[SYST_CSR] >> 16 & 1;  // reading clears it
  results[6] = noted;
}
