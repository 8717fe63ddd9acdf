// Start of the bare-metal programs: memory, the FPU, then the case that the test has chosen.
#include "bare_metal.h"

extern "C" {

extern uint32_t stack_top, data_begin[], data_end[], bss_begin[], bss_end[];
extern const uint32_t data_source[];

volatile uint32_t results[64], finished, trace[32], noted;
__attribute__((aligned(256))) Handler vectors[64];
__attribute__((section(".noinit"))) volatile uint32_t kept[16], parameter;
__attribute__((section(".noinit"))) void (*volatile scenario)();

[[noreturn]] void start();

// An exception that no case waits for.
[[noreturn]] void unexpected() {
  results[63] = 0xdead0000 | (SCS[ICSR] & 0x1ff);
  finished = 1;
  for (;;) {
  }
}

void start() {
  for (uint32_t i = 0; data_begin + i < data_end; ++i) data_begin[i] = data_source[i];
  for (uint32_t* word = bss_begin; word < bss_end; ++word) *word = 0;
  for (Handler& handler : vectors) handler = unexpected;
  SCS[VTOR] = reinterpret_cast<uint32_t>(vectors);
  SCS[CPACR] |= 0xfu << 20;
  barrier();
  scenario();
  finished = 1;
  for (;;) {
  }
}

__attribute__((section(".vectors"), used)) const Handler first_vectors[16] = {
    reinterpret_cast<Handler>(&stack_top),
    start,
    unexpected,
    unexpected,
    unexpected,
    unexpected,
    unexpected,
    unexpected,
    unexpected,
    unexpected,
    unexpected,
    unexpected,
    unexpected,
    unexpected,
    unexpected,
    unexpected,
};

}  // extern "C"
