// The emulated nRF52840's processor: Unicorn executes the instructions; time, exceptions and the
// interrupt controller, which Unicorn does not have for M-profile processors, are here.
//
// Sources: ARMv7-M Architecture Reference Manual (DDI 0403), B1.5 exceptions, B3.2 to B3.4 system
// control space; Cortex-M4 Technical Reference Manual (DDI 0439), 3.3 instruction timing; nRF52840
// Product Specification, 4.1 CPU (wait states).
//
// The cycle model, an estimate. A block of instructions costs the sum of
//   - what the Technical Reference Manual gives each instruction: 1, and more for what `execution`
//     lists; a branch counts as taken, since it ends its block;
//   - `flash_wait` cycles for each 32-bit word of code fetched from flash, since mbed leaves the
//     instruction cache off. The product specification says 0 to 2; 2 is the slow end.
// It is charged when the block begins, so that interrupts are taken and registers are read between
// blocks, at the time of their end. The same image and the same inputs give the same run.
#include <nanobind/nanobind.h>
#include <nanobind/stl/string.h>

#include <algorithm>
#include <array>
#include <cstdarg>
#include <cstdint>
#include <cstring>
#include <deque>
#include <map>
#include <memory>
#include <string>
#include <vector>

namespace nb = nanobind;
using namespace nb::literals;

namespace {

struct uc_engine;

constexpr uint64_t kForever = UINT64_MAX;
constexpr uint32_t kFlashEnd = 0x00100000;
constexpr uint32_t kRamStart = 0x20000000;
constexpr uint32_t kRamBytes = 0x00040000;
constexpr uint32_t kPpbStart = 0xe0000000;
constexpr uint32_t kPpbBytes = 0x00100000;
constexpr int kIrqs = 48;
constexpr uint64_t kAllIrqs = (1ull << kIrqs) - 1;
constexpr int kFirstIrq = 16;

// Exception numbers (B1.5.2).
enum : int {
  kHardFault = 3,
  kMemManage = 4,
  kBusFault = 5,
  kUsageFault = 6,
  kSvCall = 11,
  kPendSv = 14,
  kSysTick = 15
};

// Bits of CFSR (B3.2.15).
constexpr uint32_t kIbusErr = 1u << 8, kPrecisErr = 1u << 9, kImprecisErr = 1u << 10;
constexpr uint32_t kUnstkErr = 1u << 11, kStkErr = 1u << 12, kBfarValid = 1u << 15;
constexpr uint32_t kUndefInstr = 1u << 16, kInvState = 1u << 17, kInvPc = 1u << 18;

// Of Unicorn's interface, as in its unicorn.h.
constexpr int kOk = 0, kReadUnmapped = 6, kWriteUnmapped = 7, kFetchUnmapped = 8, kInvalid = 10;
constexpr int kWriteProtected = 12;
constexpr int kHookInterrupt = 1 << 0, kHookCode = 1 << 2, kHookBlock = 1 << 3;
constexpr int kHookUnmapped = (1 << 4) | (1 << 5) | (1 << 6), kHookWriteProtected = 1 << 8;
// QEMU's numbers of what an M-profile processor raises (target/arm/cpu.h).
constexpr uint32_t kRaisedSvc = 2, kRaisedReturn = 8;

// --- instruction timing -------------------------------------------------------------------------

bool is_wide(uint16_t half) { return half >= 0xe800; }

int bits(uint32_t value) {
  int count = 0;
  for (; value != 0; value &= value - 1) ++count;
  return count;
}

constexpr int kRefill = 3;  // of the pipeline after a branch: 1 to 3

// Cycles of one instruction beyond the first (table 3-1, and 7-1 for floating point).
int execution(uint16_t half, uint16_t next) {
  if (!is_wide(half)) {
    if ((half & 0xf000) == 0xd000) return (half & 0x0e00) == 0x0e00 ? 0 : kRefill;  // Bcc
    if ((half & 0xf800) == 0xe000) return kRefill;                                  // B
    if ((half & 0xff00) == 0x4700) return kRefill;                                  // BX, BLX
    if ((half & 0xf500) == 0xb100) return kRefill;                                  // CBZ, CBNZ
    if ((half & 0xfe00) == 0xb400) return bits(half & 0x1ff);                       // PUSH
    if ((half & 0xfe00) == 0xbc00) {                                                // POP
      return bits(half & 0x1ff) + ((half & 0x100) != 0 ? kRefill : 0);
    }
    if ((half & 0xf000) == 0xc000) return bits(half & 0xff);  // STM, LDM
    if ((half & 0xf800) == 0x4800) return 1;                  // LDR from a literal
    if ((half & 0xf000) == 0x5000) return (half & 0x0e00) >= 0x0600 ? 1 : 0;
    if (half >= 0x6000 && half < 0xa000) return (half & 0x0800) != 0 ? 1 : 0;  // LDR; STR is 1
    return 0;
  }
  if ((half & 0xf800) == 0xf000 && (next & 0x8000) != 0) return kRefill;  // B, BL, MSR, barriers
  if ((half & 0xfe40) == 0xe800) return bits(next);                       // STM, LDM, PUSH, POP
  if ((half & 0xfff0) == 0xe8d0 && (next & 0xffe0) == 0xf000) return 1 + kRefill;  // TBB, TBH
  if ((half & 0xfe40) == 0xe840) return 2;                       // STRD, LDRD, exclusive
  if ((half & 0xfe10) == 0xf810) return 1;                       // LDR
  if ((half & 0xffd0) == 0xfb90) return 7;                       // SDIV, UDIV: 2 to 12
  if ((half & 0xef00) == 0xed00 || (half & 0xef00) == 0xec00) {  // VLDR, VLDM, VSTM
    return (half & 0x0200) == 0 && (half & 0x0100) == 0 ? (next & 0xff) : 1;
  }
  if ((half & 0xff00) == 0xee00 && (next & 0x0e10) == 0x0a00) {
    if ((half & 0x00b0) == 0x0080) return 13;                           // VDIV
    if ((half & 0x00b0) < 0x0020) return 2;                             // VMLA, VNMLA
    if ((half & 0x00bf) == 0x00b1 && (next & 0xc0) == 0xc0) return 13;  // VSQRT
  }
  return 0;
}

// Hints in their narrow and wide forms (A7.7): WFE 2, WFI 3, SEV 4.
enum : uint16_t { kWfe = 2, kWfi = 3, kSev = 4 };

bool is_hint(uint16_t half, uint16_t next, uint16_t hint) {
  return half == (0xbf00 | hint << 4) || (half == 0xf3af && next == (0x8000 | hint));
}

uint32_t cost_of(uint32_t address, const uint16_t* code, uint32_t halves, uint32_t flash_wait) {
  uint32_t cycles = 0;
  for (uint32_t i = 0; i < halves; ++i) {
    const uint16_t half = code[i];
    const uint16_t next = i + 1 < halves ? code[i + 1] : 0;
    cycles += 1 + static_cast<uint32_t>(execution(half, next));
    if (is_wide(half)) ++i;
  }
  if (address < kFlashEnd) {
    const uint32_t first = address / 4, last = (address + 2 * halves - 1) / 4;
    cycles += flash_wait * (last - first + 1);
  }
  return cycles;
}

// --- the processor ------------------------------------------------------------------------------

class CortexM4 {
 public:
  CortexM4(uintptr_t engine, const nb::dict& functions, const nb::dict& registers,
           uint32_t flash_wait)
      : uc_(reinterpret_cast<uc_engine*>(engine)), flash_wait_(flash_wait) {
    take(functions, "uc_emu_start", emu_start_);
    take(functions, "uc_emu_stop", emu_stop_);
    take(functions, "uc_reg_read", reg_read_);
    take(functions, "uc_reg_write", reg_write_);
    take(functions, "uc_mem_read", mem_read_);
    take(functions, "uc_mem_write", mem_write_);
    take(functions, "uc_hook_add", hook_add_);
    take(functions, "uc_mmio_map", mmio_map_);
    static const char* const kNames[] = {
        "R0",   "R1",      "R2",      "R3",      "R12",       "LR",  "SP",  "PC",    "XPSR",
        "IPSR", "CONTROL", "PRIMASK", "BASEPRI", "FAULTMASK", "MSP", "PSP", "FPSCR", "S0"};
    for (size_t i = 0; i < ids_.size(); ++i) ids_[i] = nb::cast<int>(registers[kNames[i]]);
    add_hook(kHookBlock, reinterpret_cast<void*>(&CortexM4::on_block));
    add_hook(kHookInterrupt, reinterpret_cast<void*>(&CortexM4::on_raised));
    add_hook(kHookUnmapped, reinterpret_cast<void*>(&CortexM4::on_unmapped));
    add_hook(kHookWriteProtected, reinterpret_cast<void*>(&CortexM4::on_flash_write));
    mmio_map_(uc_, kPpbStart, kPpbBytes, &CortexM4::ppb_read, this, &CortexM4::ppb_write, this);
    costs_.resize(kFlashEnd / 2 + kRamBytes / 2);
  }

  // Begin at a vector table, as after a reset. Time goes on.
  void reset(uint32_t vectors) {
    enabled_ = pending_ = 0;
    system_pending_ = 0;
    active_.clear();
    priority_.fill(0);
    system_priority_.fill(0);
    system_registers_.clear();
    system_registers_[0xd00] = 0x410fc241;  // CPUID: Cortex-M4 r0p1
    vectors_ = vectors;
    systick_control_ = systick_reload_ = systick_held_ = 0;
    group_mask_ = 0xff;
    sleep_ = Sleep::kAwake;
    event_ = false;
    put(kControl, 0);
    put(kPrimask, 0);
    put(kBasepri, 0);
    put(kFaultmask, 0);
    put(kXpsr, 0x01000000);
    put(kSp, word(vectors));
    put(kLr, 0xffffffff);
    pc_ = word(vectors + 4) & ~1u;
    put(kPc, pc_ | 1);
  }

  // Until `cycles()` reaches `end`, or stop(). Raises what a callback raised.
  void run(uint64_t end) {
    stopped_ = false;
    while (cycles_ < end && !stopped_) {
      fire_alarms();
      raise_again();
      if (stopped_) break;
      const int next = best_pending();
      if (next != 0 && preempts(next) && sleep_ != Sleep::kLockup) {
        sleep_ = Sleep::kAwake;
        enter(next);
        continue;
      }
      if (sleep_ != Sleep::kAwake && !wakes_up(next)) {
        cycles_ = std::max(cycles_, std::min(next_alarm(), end));
        continue;
      }
      end_ = end;
      update_deadline();
      raised_ = -1;
      refused_ = false;
      const int result = emu_start_(uc_, pc_ | 1u, 0xffffffffu, 0, 0);
      pc_ = get(kPc) & ~1u;
      raise_again();
      after(result);
    }
  }

  void stop() {
    stopped_ = true;
    deadline_ = 0;
  }

  uint64_t cycles() const { return cycles_; }
  void spend(uint64_t cycles) { cycles_ += cycles; }

  // A peripheral's alarm: `callback(due)` once `cycles()` has reached what set_alarm() says.
  int add_alarm(nb::callable callback) {
    alarms_.push_back({kForever, std::move(callback)});
    return static_cast<int>(alarms_.size()) - 1;
  }
  void set_alarm(int alarm, uint64_t due) {
    alarms_[static_cast<size_t>(alarm)].due = due;
    if (due < deadline_) deadline_ = due;
  }

  // A peripheral's interrupt line. It stays pending after a rising edge, and while it is high.
  void set_line(int irq, bool high) {
    const uint64_t bit = 1ull << irq;
    if (high && (lines_ & bit) == 0) pend(bit);
    lines_ = high ? lines_ | bit : lines_ & ~bit;
  }

  void add_peripheral(uint32_t base, nb::callable read, nb::callable write) {
    peripherals_[base] = {std::move(read), std::move(write)};
  }
  void map_peripherals(uint32_t start, uint32_t bytes) {
    regions_.push_back({this, start});
    mmio_map_(uc_, start, bytes, &CortexM4::apb_read, &regions_.back(), &CortexM4::apb_write,
              &regions_.back());
  }

  // What a store into flash does: `callback(address, bytes, value)`; False: a bus fault.
  void on_store(nb::callable callback) { store_ = std::move(callback); }
  // `callback(kind, address)` when the processor faults, before its HardFault handler runs.
  void on_fault(nb::callable callback) { fault_ = std::move(callback); }
  void on_reset_request(nb::callable callback) { reset_request_ = std::move(callback); }
  // `callback()` when a fault handler faults and the processor gives up.
  void on_lockup(nb::callable callback) { lockup_ = std::move(callback); }

  // `callback()` when the processor comes to `address`. A number that it returns, the function at
  // that address returns; a pair of address and argument is another function to go to instead.
  void add_hook_at(uint32_t address, nb::callable callback) {
    hooks_.push_back({this, std::move(callback)});
    size_t handle = 0;
    hook_add_(uc_, &handle, kHookCode, reinterpret_cast<void*>(&CortexM4::on_address),
              &hooks_.back(), static_cast<uint64_t>(address & ~1u),
              static_cast<uint64_t>(address & ~1u));
  }

  uint32_t read_register(int id) const {
    uint32_t value = 0;
    reg_read_(uc_, id, &value);
    return value;
  }
  uint32_t pc() const { return pc_; }
  int exception() const { return active_.empty() ? 0 : active_.back(); }
  uint64_t exceptions() const { return exceptions_; }
  uint64_t blocks() const { return blocks_; }
  // For Python's collector of reference cycles: the callbacks' owners own this object, too.
  template <class Visit>
  void each_callable(Visit visit) {
    for (Alarm& alarm : alarms_) visit(alarm.callback);
    for (auto& each : peripherals_) {
      visit(each.second.read);
      visit(each.second.write);
    }
    for (AddressHook& hook : hooks_) visit(hook.callback);
    visit(store_);
    visit(fault_);
    visit(reset_request_);
    visit(lockup_);
  }

 private:
  enum Register : size_t {
    kR0,
    kR1,
    kR2,
    kR3,
    kR12,
    kLr,
    kSp,
    kPc,
    kXpsr,
    kIpsr,
    kControl,
    kPrimask,
    kBasepri,
    kFaultmask,
    kMsp,
    kPsp,
    kFpscr,
    kS0,
    kRegisters
  };
  // WFI and WFE wake up for different reasons (B1.5.17 to B1.5.19); lockup for a reset only.
  enum class Sleep { kAwake, kWfi, kWfe, kLockup };
  struct Alarm {
    uint64_t due = 0;
    nb::callable callback;
  };
  struct Peripheral {
    nb::callable read, write;
  };
  struct Region {
    CortexM4* cpu;
    uint32_t start;
  };
  struct AddressHook {
    CortexM4* cpu;
    nb::callable callback;
  };

  template <class Function>
  static void take(const nb::dict& functions, const char* name, Function& into) {
    into = reinterpret_cast<Function>(nb::cast<uintptr_t>(functions[name]));
  }

  void add_hook(int type, void* callback) {
    size_t handle = 0;
    hook_add_(uc_, &handle, type, callback, this, static_cast<uint64_t>(1),
              static_cast<uint64_t>(0));
  }

  uint32_t get(Register r) const { return read_register(ids_[r]); }
  void put(Register r, uint32_t value) { reg_write_(uc_, ids_[r], &value); }
  uint32_t word(uint32_t address) const {
    uint32_t value = 0;
    mem_read_(uc_, address, &value, sizeof value);
    return value;
  }

  // --- what callbacks raise ------------------------------------------------------------------

  // Unicorn's frames are no place for an exception: it waits here.
  template <class Call>
  void guarded(Call call) {
    if (error_) return;
    try {
      call();
    } catch (nb::python_error& error) {
      error_ = std::make_unique<nb::python_error>(std::move(error));
      deadline_ = 0;
    }
  }
  void raise_again() {
    if (!error_) return;
    nb::python_error error = std::move(*error_);
    error_.reset();
    throw error;
  }

  // --- time ----------------------------------------------------------------------------------

  uint64_t next_alarm() const {
    uint64_t next = systick_due();
    for (const Alarm& alarm : alarms_) next = std::min(next, alarm.due);
    return next;
  }
  void update_deadline() { deadline_ = std::min(end_, next_alarm()); }

  // In the order of their times: a stall may have passed over several.
  void fire_alarms() {
    for (;;) {
      Alarm* first = nullptr;
      for (Alarm& alarm : alarms_) {
        if (alarm.due <= cycles_ && (first == nullptr || alarm.due < first->due)) first = &alarm;
      }
      if (systick_due() <= cycles_ && (first == nullptr || systick_due() < first->due)) {
        systick_fires();
        continue;
      }
      if (first == nullptr) return;
      const uint64_t due = first->due;
      first->due = kForever;
      nb::callable callback = first->callback;
      guarded([&] { callback(due); });
      if (error_) return;
    }
  }

  static void on_block(uc_engine* uc, uint64_t address, uint32_t size, void* user) {
    auto& cpu = *static_cast<CortexM4*>(user);
    if (cpu.cycles_ >= cpu.deadline_ || cpu.interrupt_waits()) {
      cpu.refused_ = true;
      cpu.emu_stop_(uc);  // before the block: its instructions have not begun
      return;
    }
    ++cpu.blocks_;
    const Cost& cost = cpu.cost(static_cast<uint32_t>(address), size);
    cpu.cycles_ += cost.cycles;
    if (cost.sends_event) cpu.event_ = true;
  }

  // `sends_event`: there is an SEV in the block, which Unicorn executes as a NOP. A WFE ends its
  // block, so an SEV comes before it.
  struct Cost {
    uint16_t halves : 15, sends_event : 1, cycles;
  };

  const Cost& cost(uint32_t address, uint32_t size) {
    const bool flash = address < kFlashEnd;
    Cost& known = costs_[flash ? address / 2 : (kFlashEnd + (address - kRamStart) % kRamBytes) / 2];
    const uint32_t halves = size / 2;
    // Code in RAM may change.
    if (known.halves != halves || !flash) {
      std::array<uint16_t, 4096> code;
      const uint32_t count = std::min<uint32_t>(halves, code.size());
      mem_read_(uc_, address, code.data(), 2 * count);
      bool sends_event = false;
      for (uint32_t i = 0; i < count; ++i) {
        const uint16_t next = i + 1 < count ? code[i + 1] : 0;
        sends_event |= is_hint(code[i], next, kSev);
        if (is_wide(code[i])) ++i;
      }
      known.halves = halves & 0x7fff;
      known.sends_event = sends_event;
      known.cycles = static_cast<uint16_t>(cost_of(address, code.data(), count, flash_wait_));
    }
    return known;
  }

  // --- interrupts ----------------------------------------------------------------------------

  bool anything_pending() const { return (pending_ & enabled_) != 0 || system_pending_ != 0; }
  bool interrupt_waits() const {
    if (!anything_pending()) return false;
    const int next = best_pending();
    return next != 0 && preempts(next);
  }
  bool preempts(int exception, bool primask_counts = true) const {
    return group_of(priority_of(exception)) < execution_priority(primask_counts);
  }
  // AIRCR.PRIGROUP: what is left of a priority decides who preempts whom, the rest who goes first.
  int group_of(int priority) const { return priority < 0 ? priority : priority & group_mask_; }

  void pend(uint64_t irqs) {
    const uint64_t before = pending_;
    pending_ |= irqs & kAllIrqs;
    if (pending_ != before) pended();
  }
  void pend_system(int exception) {
    const uint32_t before = system_pending_;
    system_pending_ |= 1u << exception;
    if (system_pending_ != before) pended();
  }
  // SCR.SEVONPEND: an interrupt that becomes pending is an event, enabled or not.
  void pended() {
    if ((system_registers_[0xd10] & 1u << 4) != 0) event_ = true;
  }

  bool wakes_up(int next) {
    const bool awake = (sleep_ == Sleep::kWfi && next != 0 && preempts(next, false)) ||
                       (sleep_ == Sleep::kWfe && event_);
    if (!awake) return false;
    if (sleep_ == Sleep::kWfe) event_ = false;
    sleep_ = Sleep::kAwake;
    return true;
  }

  bool is_active(int exception) const {
    return std::find(active_.begin(), active_.end(), exception) != active_.end();
  }

  int priority_of(int exception) const {
    if (exception >= kFirstIrq) return priority_[static_cast<size_t>(exception - kFirstIrq)];
    if (exception == kHardFault) return -1;
    return system_priority_[static_cast<size_t>(exception)];
  }

  // The exception to take next, by priority and then by number; 0: none.
  int best_pending() const {
    int best = 0, best_priority = 0x100;
    auto consider = [&](int exception) {
      if (is_active(exception)) return;
      const int priority = priority_of(exception);
      if (priority < best_priority) {
        best = exception;
        best_priority = priority;
      }
    };
    if (system_pending_ != 0) {
      for (int exception : {kPendSv, kSysTick}) {
        if (system_pending_ >> exception & 1) consider(exception);
      }
    }
    for (uint64_t left = pending_ & enabled_; left != 0; left &= left - 1) {
      consider(kFirstIrq + __builtin_ctzll(left));
    }
    return best;
  }

  int execution_priority(bool primask_counts = true) const {
    int priority = 0x100;
    for (int exception : active_) priority = std::min(priority, group_of(priority_of(exception)));
    const int base = static_cast<int>(get(kBasepri) & 0xe0);  // 3 bits, as in the priorities
    if (base != 0) priority = std::min(priority, group_of(base));
    if (primask_counts && (get(kPrimask) & 1) != 0) priority = std::min(priority, 0);
    if ((get(kFaultmask) & 1) != 0) priority = std::min(priority, -1);
    return priority;
  }

  // B1.5.6: push the frame, with floating point if the code used it, and go to the handler.
  // Lazy stacking is not modelled: the registers are pushed at once.
  void enter(int exception) {
    // An SVC that may not interrupt what runs, such as one with PRIMASK set, is a fault.
    if (exception == kSvCall && !preempts(kSvCall)) {
      return fault("SVC where it is masked", 0);
    }
    const uint32_t control = get(kControl), xpsr = get(kXpsr), sp = get(kSp);
    const bool floating = (control & 4) != 0, thread = (xpsr & 0x1ff) == 0;
    const uint32_t words = floating ? 26 : 8, low = (sp - 4 * words) & ~7u;
    uint32_t frame[26] = {get(kR0),  get(kR1), get(kR2), get(kR3),
                          get(kR12), get(kLr), pc_,      xpsr & ~0x200u};
    if (((sp - 4 * words) & 4) != 0) frame[7] |= 0x200;
    if (floating) {
      for (uint32_t i = 0; i < 16; ++i) {
        reg_read_(uc_, ids_[kS0] + static_cast<int>(i), &frame[8 + i]);
      }
      frame[24] = get(kFpscr);
    }
    const bool stacked = in_ram(low, 4 * words);
    if (stacked) mem_write_(uc_, low, frame, 4 * words);
    put(kSp, low);
    if (!stacked) {  // the handler of the fault runs, with a frame that is nowhere
      fault_address_ = low;
      exception = escalated("the stack is not in RAM", kStkErr);
      if (exception == 0) return;
    }
    put(kXpsr, 0x01000000u | static_cast<uint32_t>(exception));
    put(kControl, control & 1);
    uint32_t back = !thread ? 0xfffffff1u : (control & 2) != 0 ? 0xfffffffdu : 0xfffffff9u;
    if (floating) back &= ~0x10u;
    put(kLr, back);
    const uint32_t handler = word(vectors_ + 4 * static_cast<uint32_t>(exception));
    if (exception >= kFirstIrq) pending_ &= ~(1ull << (exception - kFirstIrq));
    if (exception < kFirstIrq) system_pending_ &= ~(1u << exception);
    active_.push_back(exception);
    pc_ = handler & ~1u;
    put(kPc, pc_ | 1);
    cycles_ += 12;
    event_ = true;
    ++exceptions_;
    if ((handler & 1) == 0) fault("a vector that is no Thumb function", kInvState);
  }

  static bool in_ram(uint32_t address, uint32_t bytes) {
    return address >= kRamStart && address + bytes <= kRamStart + kRamBytes;
  }

  // B1.5.8.
  void leave(uint32_t back) {
    const int exception = static_cast<int>(get(kIpsr) & 0x1ff);
    const auto at = std::find(active_.begin(), active_.end(), exception);
    if (at == active_.end()) return fault("return from an exception that is not active", kInvPc);
    const bool to_handler = (back & 0xf) == 1;
    if (((back & 0xf) != 1 && (back & 0xf) != 9 && (back & 0xf) != 0xd) ||
        to_handler == (active_.size() == 1)) {
      return fault("exception return to the wrong mode", kInvPc);
    }
    active_.erase(at);
    put(kFaultmask, 0);
    if (exception >= kFirstIrq && (lines_ >> (exception - kFirstIrq) & 1) != 0) {
      pending_ |= 1ull << (exception - kFirstIrq);
    }
    const uint32_t sp = get((back & 4) != 0 ? kPsp : kMsp);
    const bool floating = (back & 0x10) == 0;
    const uint32_t words = floating ? 26 : 8, control = get(kControl) & 1;
    uint32_t frame[26] = {};
    if (!in_ram(sp, 4 * words)) {
      fault_address_ = sp;
      return fault("the stack is not in RAM", kUnstkErr);
    }
    mem_read_(uc_, sp, frame, 4 * words);
    if (((frame[7] & 0x1ff) != 0) != to_handler) {
      return fault("exception return to the wrong mode", kInvPc);
    }
    put(kXpsr, frame[7] & ~0x200u);
    // FPCA, and SFPA of ARMv8-M, without which QEMU would begin with a new FPSCR.
    put(kControl, control | ((back & 4) != 0 ? 2 : 0) | (floating ? 0xc : 0));
    put(kSp, sp + 4 * words + ((frame[7] & 0x200) != 0 ? 4 : 0));
    static const Register kFrame[] = {kR0, kR1, kR2, kR3, kR12, kLr};
    for (uint32_t i = 0; i < 6; ++i) put(kFrame[i], frame[i]);
    if (floating) {
      for (uint32_t i = 0; i < 16; ++i) {
        reg_write_(uc_, ids_[kS0] + static_cast<int>(i), &frame[8 + i]);
      }
      put(kFpscr, frame[24]);
    }
    pc_ = frame[6] & ~1u;
    put(kPc, pc_ | 1);
    cycles_ += 12;
    event_ = true;
    if ((frame[7] & 1u << 24) == 0) return fault("return to code that is not Thumb", kInvState);
    // SCR.SLEEPONEXIT
    if (!to_handler && (system_registers_[0xd10] & 2) != 0) sleep_ = Sleep::kWfi;
  }

  void fault(const char* kind, uint32_t cfsr) {
    const int exception = escalated(kind, cfsr);
    if (exception != 0) enter(exception);
  }

  // The handler of a fault: its own where SHCSR enables it and it may preempt, HardFault otherwise
  // (B1.5.14); 0 in lockup. Writes down what the handler may want to know.
  int escalated(const char* kind, uint32_t cfsr) {
    system_registers_[0xd28] |= cfsr;
    if ((cfsr & kBfarValid) != 0) system_registers_[0xd38] = fault_address_;
    if (fault_.is_valid()) guarded([&] { fault_(kind, pc_, fault_address_); });
    if (error_) return 0;
    if (cfsr != 0) {
      const int own = cfsr < 0x100 ? kMemManage : cfsr < 0x10000 ? kBusFault : kUsageFault;
      const bool enabled = (system_registers_[0xd24] >> (16 + own - kMemManage) & 1) != 0;
      if (enabled && preempts(own)) return own;
    }
    if (execution_priority() <= -1) {  // lockup
      sleep_ = Sleep::kLockup;
      if (lockup_.is_valid()) guarded([&] { lockup_(); });
      return 0;
    }
    system_registers_[0xd2c] |= 1u << 30;  // HFSR.FORCED
    return kHardFault;
  }

  static void on_raised(uc_engine* uc, uint32_t number, void* user) {
    auto& cpu = *static_cast<CortexM4*>(user);
    cpu.raised_ = static_cast<int>(number);
    cpu.emu_stop_(uc);
  }

  static bool on_unmapped(uc_engine*, int, uint64_t address, int, int64_t, void* user) {
    static_cast<CortexM4*>(user)->fault_address_ = static_cast<uint32_t>(address);
    return false;
  }

  static bool on_flash_write(uc_engine*, int, uint64_t address, int size, int64_t value,
                             void* user) {
    auto& cpu = *static_cast<CortexM4*>(user);
    bool stored = true;
    cpu.guarded([&] {
      if (cpu.store_.is_valid()) {
        nb::object result =
            cpu.store_(static_cast<uint32_t>(address), size, static_cast<uint32_t>(value));
        stored = nb::cast<bool>(result);
      }
    });
    if (!stored) cpu.fault_address_ = static_cast<uint32_t>(address);
    return stored;
  }

  static void on_address(uc_engine*, uint64_t, uint32_t, void* user) {
    auto& hook = *static_cast<AddressHook*>(user);
    hook.cpu->guarded([&] {
      nb::object result = hook.callback();
      if (result.is_none()) return;
      if (nb::isinstance<nb::tuple>(result)) {
        hook.cpu->put(kR0, nb::cast<uint32_t>(result[1]));
        hook.cpu->put(kPc, nb::cast<uint32_t>(result[0]) | 1u);
      } else {
        hook.cpu->put(kR0, nb::cast<uint32_t>(result));
        hook.cpu->put(kPc, hook.cpu->get(kLr));
      }
    });
  }

  // Whether the instruction before the program counter is this hint.
  bool just_executed(uint16_t hint) const {
    uint16_t code[2] = {};
    if (pc_ < 4) return false;
    mem_read_(uc_, pc_ - 4, code, sizeof code);
    return is_hint(code[1], 0, hint) || is_hint(code[0], code[1], hint);
  }

  // Why the processor stopped executing.
  void after(int result) {
    if (result == kInvalid && just_executed(kWfe)) {
      if (!event_) sleep_ = Sleep::kWfe;
      event_ = false;
    } else if (result == kReadUnmapped || result == kWriteUnmapped) {
      fault("access to an address without memory", kPrecisErr | kBfarValid);
    } else if (result == kWriteProtected) {
      fault("store into flash", kImprecisErr);
    } else if (result == kFetchUnmapped) {
      fault("execution at an address without memory", kIbusErr);
    } else if (result != kOk) {
      fault("undefined instruction", kUndefInstr);
    } else if (raised_ == static_cast<int>(kRaisedSvc)) {
      enter(kSvCall);
    } else if (raised_ == static_cast<int>(kRaisedReturn)) {
      leave(get(kPc) | 1u);
    } else if (raised_ != -1) {
      fault("processor exception", kUndefInstr);
    } else if (!refused_ && just_executed(kWfi)) {
      sleep_ = Sleep::kWfi;
    }
  }

  // --- the system control space -----------------------------------------------------------------

  uint64_t systick_due() const {
    return (systick_control_ & 1) != 0 && systick_reload_ != 0 ? systick_due_ : kForever;
  }
  void systick_fires() {
    systick_due_ += systick_reload_ + 1;
    systick_control_ |= 1u << 16;
    if ((systick_control_ & 2) != 0) pend_system(kSysTick);
  }
  uint32_t systick_value() const {
    if (systick_due() == kForever) return systick_held_;
    return systick_due_ <= cycles_ ? 0 : static_cast<uint32_t>(systick_due_ - cycles_);
  }

  static uint64_t ppb_read(uc_engine*, uint64_t offset, unsigned size, void* user) {
    auto& cpu = *static_cast<CortexM4*>(user);
    const uint32_t at = static_cast<uint32_t>(offset);
    if (at >= 0xe400 && at < 0xe400 + kIrqs) {
      uint32_t value = 0;
      memcpy(&value, cpu.priority_.data() + (at - 0xe400), size);
      return value;
    }
    if (at >= 0xed18 && at < 0xed24) {
      uint32_t value = 0;
      memcpy(&value, cpu.system_priority_.data() + (at - 0xed18 + 4), size);
      return value;
    }
    return cpu.system_read(at & ~3u) >> (8 * (at & 3));
  }

  uint32_t system_read(uint32_t at) {
    if (at == 0x1004) return cycle_count();
    if (at == 0xe010) {
      const uint32_t value = systick_control_;
      systick_control_ &= ~(1u << 16);
      return value;
    }
    if (at == 0xe014) return systick_reload_;
    if (at == 0xe018) return systick_value();
    const uint32_t shift = 8 * (at & 0x7c);
    if ((at >= 0xe100 && at < 0xe108) || (at >= 0xe180 && at < 0xe188)) {
      return static_cast<uint32_t>(enabled_ >> shift);
    }
    if ((at >= 0xe200 && at < 0xe208) || (at >= 0xe280 && at < 0xe288)) {
      return static_cast<uint32_t>(pending_ >> shift);
    }
    if (at >= 0xe300 && at < 0xe308) {
      uint64_t active = 0;
      for (int exception : active_) {
        if (exception >= kFirstIrq) active |= 1ull << (exception - kFirstIrq);
      }
      return static_cast<uint32_t>(active >> shift);
    }
    if (at == 0xed04) {  // ICSR
      uint32_t value = get(kIpsr) & 0x1ff;
      if (active_.size() == 1) value |= 1u << 11;
      const int next = best_pending();
      value |= static_cast<uint32_t>(next) << 12;
      if ((pending_ & enabled_) != 0) value |= 1u << 22;
      if ((system_pending_ >> kPendSv & 1) != 0) value |= 1u << 28;
      if ((system_pending_ >> kSysTick & 1) != 0) value |= 1u << 26;
      return value;
    }
    if (at == 0xed08) return vectors_;
    const auto known = system_registers_.find(at - 0xe000);
    return known == system_registers_.end() ? 0 : known->second;
  }

  // DWT.CYCCNT, while DWT.CTRL.CYCCNTENA is set.
  uint32_t cycle_count() const {
    return cycle_count_ + (counting_ ? static_cast<uint32_t>(cycles_ - counted_from_) : 0);
  }

  static void ppb_write(uc_engine*, uint64_t offset, unsigned size, uint64_t value, void* user) {
    static_cast<CortexM4*>(user)->system_write(static_cast<uint32_t>(offset), size,
                                               static_cast<uint32_t>(value));
  }

  void system_write(uint32_t at, unsigned size, uint32_t value) {
    const uint64_t wide = static_cast<uint64_t>(value) << (8 * (at & 7));
    if (at == 0x1000 || at == 0x1004) {
      cycle_count_ = at == 0x1004 ? value : cycle_count();
      counted_from_ = cycles_;
      if (at == 0x1000) {
        counting_ = (value & 1) != 0;
        system_registers_[at - 0xe000] = value;
      }
    } else if (at == 0xe010) {
      const bool was_on = (systick_control_ & 1) != 0;
      const uint32_t left = systick_value();
      systick_control_ = (systick_control_ & (1u << 16)) | (value & 7);
      if (was_on != ((value & 1) != 0)) {  // it stands still in between
        systick_held_ = left;
        systick_due_ = cycles_ + (left != 0 ? left : systick_reload_ + 1);
      }
    } else if (at == 0xe014) {
      systick_reload_ = value & 0xffffff;
    } else if (at == 0xe018) {
      systick_due_ = cycles_ + systick_reload_ + 1;
      systick_held_ = 0;
      systick_control_ &= ~(1u << 16);
    } else if (at >= 0xe100 && at < 0xe108) {
      enabled_ |= wide & kAllIrqs;
    } else if (at >= 0xe180 && at < 0xe188) {
      enabled_ &= ~wide;
    } else if (at >= 0xe200 && at < 0xe208) {
      pend(wide);
    } else if (at >= 0xe280 && at < 0xe288) {
      // A line that is high stays pending, unless its handler is running.
      for (uint64_t left = wide & pending_; left != 0; left &= left - 1) {
        const int irq = __builtin_ctzll(left);
        if ((lines_ >> irq & 1) == 0 || is_active(kFirstIrq + irq)) pending_ &= ~(1ull << irq);
      }
    } else if (at >= 0xe400 && at + size <= 0xe400 + kIrqs) {
      for (unsigned i = 0; i < size; ++i) {
        priority_[at - 0xe400 + i] = static_cast<uint8_t>(value >> (8 * i) & 0xe0);  // 3 bits
      }
    } else if (at == 0xef00) {
      if ((value & 0x1ff) < kIrqs) pend(1ull << (value & 0x3f));
    } else if (at == 0xed04) {
      if ((value & 1u << 28) != 0) pend_system(kPendSv);
      if ((value & 1u << 27) != 0) system_pending_ &= ~(1u << kPendSv);
      if ((value & 1u << 26) != 0) pend_system(kSysTick);
      if ((value & 1u << 25) != 0) system_pending_ &= ~(1u << kSysTick);
    } else if (at == 0xed08) {
      vectors_ = value;
    } else if (at == 0xed0c) {
      if (value >> 16 != 0x05fa) return;
      if ((value & 4) != 0 && reset_request_.is_valid()) guarded([&] { reset_request_(); });
      system_registers_[0xd0c] = 0xfa050000u | (value & 0x700);
      group_mask_ = 0xff << ((value >> 8 & 7) + 1) & 0xff;
    } else if (at >= 0xed18 && at + size <= 0xed24) {
      for (unsigned i = 0; i < size; ++i) {
        system_priority_[at - 0xed18 + 4 + i] = static_cast<uint8_t>(value >> (8 * i) & 0xe0);
      }
    } else if (at >= 0xed28 && at < 0xed30) {  // CFSR, HFSR: ones clear
      system_registers_[(at & ~3u) - 0xe000] &= ~(value << (8 * (at & 3)));
    } else {
      system_registers_[at - 0xe000] = value;
    }
  }

  // --- peripherals ------------------------------------------------------------------------------

  static uint64_t apb_read(uc_engine*, uint64_t offset, unsigned size, void* user) {
    const auto& region = *static_cast<const Region*>(user);
    CortexM4& cpu = *region.cpu;
    const uint32_t at = region.start + static_cast<uint32_t>(offset);
    uint32_t value = 0;
    cpu.guarded([&] {
      const auto found = cpu.peripherals_.find(at & ~0xfffu);
      if (found != cpu.peripherals_.end()) {
        value = nb::cast<uint32_t>(found->second.read(at & 0xffc));
      }
    });
    return size < 4 ? value >> (8 * (at & 3)) : value;
  }

  static void apb_write(uc_engine*, uint64_t offset, unsigned, uint64_t value, void* user) {
    const auto& region = *static_cast<const Region*>(user);
    CortexM4& cpu = *region.cpu;
    const uint32_t at = region.start + static_cast<uint32_t>(offset);
    cpu.guarded([&] {
      const auto found = cpu.peripherals_.find(at & ~0xfffu);
      if (found != cpu.peripherals_.end()) {
        found->second.write(at & 0xfff, static_cast<uint32_t>(value));
      }
    });
  }

  uc_engine* uc_;
  uint32_t flash_wait_;
  int (*emu_start_)(uc_engine*, uint64_t, uint64_t, uint64_t, size_t) = nullptr;
  int (*emu_stop_)(uc_engine*) = nullptr;
  int (*reg_read_)(uc_engine*, int, void*) = nullptr;
  int (*reg_write_)(uc_engine*, int, const void*) = nullptr;
  int (*mem_read_)(uc_engine*, uint64_t, void*, uint64_t) = nullptr;
  int (*mem_write_)(uc_engine*, uint64_t, const void*, uint64_t) = nullptr;
  int (*hook_add_)(uc_engine*, size_t*, int, void*, void*, uint64_t, uint64_t, ...) = nullptr;
  int (*mmio_map_)(uc_engine*, uint64_t, uint64_t,
                   uint64_t (*)(uc_engine*, uint64_t, unsigned, void*), void*,
                   void (*)(uc_engine*, uint64_t, unsigned, uint64_t, void*), void*) = nullptr;
  std::array<int, kRegisters> ids_ = {};

  uint64_t cycles_ = 0, deadline_ = 0, end_ = 0;
  uint64_t blocks_ = 0, exceptions_ = 0;
  std::vector<Cost> costs_;
  std::vector<Alarm> alarms_;
  uint32_t pc_ = 0;
  int raised_ = -1;
  bool stopped_ = false, refused_ = false, event_ = false;
  Sleep sleep_ = Sleep::kAwake;
  uint32_t fault_address_ = 0;

  uint64_t enabled_ = 0, pending_ = 0, lines_ = 0;
  uint32_t system_pending_ = 0;
  std::vector<int> active_;
  std::array<uint8_t, kIrqs> priority_ = {};
  std::array<uint8_t, 16> system_priority_ = {};
  std::map<uint32_t, uint32_t> system_registers_;
  uint32_t vectors_ = 0;
  int group_mask_ = 0xff;
  uint32_t systick_control_ = 0, systick_reload_ = 0, systick_held_ = 0;
  uint64_t systick_due_ = 0;
  bool counting_ = false;
  uint32_t cycle_count_ = 0;
  uint64_t counted_from_ = 0;

  std::map<uint32_t, Peripheral> peripherals_;
  std::deque<Region> regions_;
  std::deque<AddressHook> hooks_;
  nb::callable store_, fault_, reset_request_, lockup_;
  std::unique_ptr<nb::python_error> error_;
};

int traverse(PyObject* self, visitproc visit, void* arg) {
  Py_VISIT(Py_TYPE(self));
  if (!nb::inst_ready(self)) return 0;
  int result = 0;
  nb::inst_ptr<CortexM4>(self)->each_callable([&](nb::callable& each) {
    if (result == 0 && each.is_valid()) result = visit(each.ptr(), arg);
  });
  return result;
}

int clear(PyObject* self) {
  nb::inst_ptr<CortexM4>(self)->each_callable([](nb::callable& each) { each.reset(); });
  return 0;
}

PyType_Slot slots[] = {{Py_tp_traverse, reinterpret_cast<void*>(traverse)},
                       {Py_tp_clear, reinterpret_cast<void*>(clear)},
                       {0, nullptr}};

}  // namespace

NB_MODULE(_cortex_m4, m) {
  nb::class_<CortexM4>(m, "CortexM4", nb::type_slots(slots))
      .def(nb::init<uintptr_t, const nb::dict&, const nb::dict&, uint32_t>(), "engine"_a,
           "functions"_a, "registers"_a, "flash_wait"_a)
      .def("reset", &CortexM4::reset, "vectors"_a)
      .def("run", &CortexM4::run, "end"_a)
      .def("stop", &CortexM4::stop)
      .def("spend", &CortexM4::spend, "cycles"_a)
      .def("add_alarm", &CortexM4::add_alarm, "callback"_a)
      .def("set_alarm", &CortexM4::set_alarm, "alarm"_a, "due"_a)
      .def("set_line", &CortexM4::set_line, "irq"_a, "high"_a)
      .def("add_peripheral", &CortexM4::add_peripheral, "base"_a, "read"_a, "write"_a)
      .def("map_peripherals", &CortexM4::map_peripherals, "start"_a, "bytes"_a)
      .def("on_store", &CortexM4::on_store, "callback"_a)
      .def("on_fault", &CortexM4::on_fault, "callback"_a)
      .def("on_reset_request", &CortexM4::on_reset_request, "callback"_a)
      .def("on_lockup", &CortexM4::on_lockup, "callback"_a)
      .def("add_hook", &CortexM4::add_hook_at, "address"_a, "callback"_a)
      .def("read_register", &CortexM4::read_register, "id"_a)
      .def_prop_ro("cycles", &CortexM4::cycles)
      .def_prop_ro("pc", &CortexM4::pc)
      .def_prop_ro("exception", &CortexM4::exception)
      .def_prop_ro("exceptions", &CortexM4::exceptions)
      .def_prop_ro("blocks", &CortexM4::blocks);
}
