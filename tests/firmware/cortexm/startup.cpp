// Start of a program on QEMU's mps2-an386, with semihosting for files, output and the exit status.
#include <stdint.h>
#include <stdlib.h>

extern "C" {

extern uint32_t stack_top;
extern void (*constructors_begin[])();
extern void (*constructors_end[])();

void initialise_monitor_handles();  // of librdimon: opens stdout
int main(int argc, char** argv);

[[noreturn]] void reset();
[[noreturn]] void fault();

}  // extern "C"

namespace {

constexpr uint32_t SYS_WRITE0 = 0x04, SYS_GET_CMDLINE = 0x15, SYS_EXIT_EXTENDED = 0x20;
constexpr uint32_t kApplicationExit = 0x20026;  // ADP_Stopped_ApplicationExit

uint32_t semihost(uint32_t operation, const void* argument) {
  register uint32_t r0 asm("r0") = operation;
  register const void* r1 asm("r1") = argument;
  asm volatile("bkpt 0xab" : "+r"(r0) : "r"(r1) : "memory");
  return r0;
}

// The words of the command line, which QEMU joins with blanks.
int arguments(char** argv, int capacity) {
  static char line[512];
  const struct {
    char* text;
    uint32_t size;
  } block = {line, sizeof line};
  if (semihost(SYS_GET_CMDLINE, &block) != 0) return 0;
  int argc = 0;
  for (char* at = line; *at != 0 && argc < capacity;) {
    argv[argc++] = at;
    while (*at != 0 && *at != ' ') ++at;
    while (*at == ' ') *at++ = 0;
  }
  return argc;
}

}  // namespace

extern "C" {

void* __dso_handle = nullptr;  // asked for by static objects with a destructor

[[noreturn]] void _exit(int status) {
  const struct {
    uint32_t reason, status;
  } block = {kApplicationExit, static_cast<uint32_t>(status)};
  semihost(SYS_EXIT_EXTENDED, &block);
  for (;;) {
  }
}

void fault() {
  semihost(SYS_WRITE0, "fault: an address, an alignment or an instruction that the M4 refuses\n");
  _exit(3);
}

void reset() {
  *reinterpret_cast<volatile uint32_t*>(0xe000ed88) |= 0xfu << 20;  // CPACR: the FPU on
  asm volatile("dsb\n isb");
  for (void (**constructor)() = constructors_begin; constructor != constructors_end;) {
    (*constructor++)();
  }
  initialise_monitor_handles();
  char* argv[4];
  const int argc = arguments(argv, 4);
  exit(main(argc, argv));
}

using Vector = void (*)();
// clang-format off: the vectors in rows
__attribute__((section(".vectors"), used)) const Vector vectors[16] = {
    reinterpret_cast<Vector>(&stack_top),
    reset, fault, fault, fault, fault, fault, nullptr, nullptr, nullptr, nullptr,
    fault, fault, nullptr, fault, fault
};
// clang-format on

}  // extern "C"
