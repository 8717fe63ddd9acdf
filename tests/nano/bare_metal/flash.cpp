// NVMC: a page of flash behind this program is erased and programmed.
#include "bare_metal.h"

namespace {

constexpr uint32_t kPage = 0x000c0000;

volatile uint32_t& word(uint32_t index) {
  return reinterpret_cast<volatile uint32_t*>(kPage)[index];
}

void allow(uint32_t what) {
  NVMC::P[NVMC::CONFIG] = what;
  while (NVMC::P[NVMC::READY] == 0) {
  }
}

void program(uint32_t index, uint32_t value) {
  allow(NVMC::Wen);
  word(index) = value;
  barrier();
  allow(NVMC::Ren);
}

void erase() {
  allow(NVMC::Een);
  NVMC::P[NVMC::ERASEPAGE] = kPage;
  barrier();
  allow(NVMC::Ren);
}

void erase_in_pieces(uint32_t count) {
  allow(NVMC::Een);
  NVMC::P[NVMC::ERASEPAGEPARTIALCFG] = 3;
  for (uint32_t i = 0; i < count; ++i) {
    NVMC::P[NVMC::ERASEPAGEPARTIAL] = kPage;
    barrier();
  }
  allow(NVMC::Ren);
}

}  // namespace

CASE(program_words) {
  program(0, 0x12345678);
  program(1, 0xffff0000);
  results[0] = word(0);
  results[1] = word(1);
  results[2] = word(2);
}

CASE(program_without_erase) {
  program(0, 0x0000ffff);
  program(0, 0xff00ff00);
  results[0] = word(0);
}

CASE(erase_a_page) {
  program(0, 0);
  program(1023, 0);
  program(1024, 0);  // in the next page
  erase();
  results[0] = word(0);
  results[1] = word(1023);
  results[2] = word(1024);
}

CASE(erase_a_page_in_pieces) {
  program(0, 0);
  erase_in_pieces(parameter);
  results[0] = word(0);
  results[1] = word(1023);
}

CASE(program_a_half_erased_page) {
  program(0, 0);
  erase_in_pieces(10);
  program(5, 0x12345678);
}

CASE(erase_without_permission) {
  program(0, 0);
  NVMC::P[NVMC::ERASEPAGE] = kPage;
  results[0] = word(0);
}

// Stores that a real chip answers with a bus fault, by `parameter`.
CASE(forbidden_store) {
  on(HardFault, [] {
    results[0] = SCS[CFSR];
    finished = 1;
    for (;;) {
    }
  });
  if (parameter != 0) allow(NVMC::Wen);
  if (parameter == 0) word(0) = 0;
  if (parameter == 1) *reinterpret_cast<volatile uint8_t*>(kPage) = 0;
  if (parameter == 2) *reinterpret_cast<volatile uint16_t*>(kPage + 2) = 0;
  if (parameter == 3) *reinterpret_cast<volatile uint32_t*>(kPage + 2) = 0;
  if (parameter == 4) *reinterpret_cast<volatile uint32_t*>(FICR::P.at(FICR::INFO_VARIANT)) = 0;
  barrier();
}

// TIMER0 interrupts each millisecond. The interrupts in a stall come after it, and as one.
CASE(interrupts_wait_for_the_flash) {
  start_clock();
  TIMER::TIMER0[TIMER::BITMODE] = 3;
  TIMER::TIMER0[TIMER::PRESCALER] = 0;
  TIMER::TIMER0[TIMER::CC] = 16000;
  TIMER::TIMER0[SHORTS] = 1;
  TIMER::TIMER0[INTENSET] = 1 << 16;
  on_irq(IRQ::TIMER0, [] {
    TIMER::TIMER0[TIMER::EVENTS_COMPARE] = 0;
    note(clock());
  });
  TIMER::TIMER0[TIMER::TASKS_CLEAR] = 1;
  TIMER::TIMER0[TIMER::TASKS_START] = 1;
  const uint32_t begin = clock();
  while (noted < 2) {
  }
  if (parameter == 0) {
    erase();
  } else {
    erase_in_pieces(1);
  }
  const uint32_t end = clock();
  while (noted < 5) {
  }
  results[0] = begin;
  results[1] = end;
}

CASE(words_take_their_time) {
  start_clock();
  allow(NVMC::Wen);
  const uint32_t begin = clock();
  for (uint32_t i = 0; i < 16; ++i) word(i) = i;
  barrier();
  results[0] = clock() - begin;
}

// What the power cut interrupts, and what is there after the next power-on.
CASE(write_record) {
  kept[0] = 0x600d;
  erase();
  for (uint32_t i = 0; i < 64; ++i) program(i, 0xa5000000 | i);
}

CASE(read_record) {
  results[0] = kept[0];
  uint32_t right = 0;
  while (right < 64 && word(right) == (0xa5000000 | right)) ++right;
  results[1] = right;
  uint32_t blank = 0;
  for (uint32_t i = 0; i < 1024; ++i) blank += word(i) == 0xffffffff ? 1 : 0;
  results[2] = blank;
}
