// The registers of the nRF52840 that these programs use, under the names of Nordic's product
// specification (v1.7), and those of the Cortex-M4 (ARMv7-M Architecture Reference Manual, B3.2).
// Offsets are in bytes from a peripheral's base address.
#pragma once

#include <stdint.h>

struct Peripheral {
  uint32_t base;
  volatile uint32_t& operator[](uint32_t offset) const {
    return *reinterpret_cast<volatile uint32_t*>(base + offset);
  }
  constexpr uint32_t at(uint32_t offset) const { return base + offset; }
};

// Of all peripherals (6.1).
constexpr uint32_t SHORTS = 0x200, INTENSET = 0x304, INTENCLR = 0x308;

namespace CLOCK {
constexpr Peripheral P{0x40000000};
constexpr uint32_t TASKS_HFCLKSTART = 0x000, TASKS_LFCLKSTART = 0x008;
constexpr uint32_t EVENTS_HFCLKSTARTED = 0x100, EVENTS_LFCLKSTARTED = 0x104;
constexpr uint32_t HFCLKSTAT = 0x40c, LFCLKSTAT = 0x418, LFCLKSRC = 0x518;
}  // namespace CLOCK

namespace POWER {
constexpr Peripheral P{0x40000000};
constexpr uint32_t RESETREAS = 0x400, GPREGRET = 0x51c;
}  // namespace POWER

namespace RADIO {
constexpr Peripheral P{0x40001000};
constexpr uint32_t TASKS_TXEN = 0x000, TASKS_RXEN = 0x004, TASKS_START = 0x008;
constexpr uint32_t TASKS_STOP = 0x00c, TASKS_DISABLE = 0x010;
constexpr uint32_t EVENTS_READY = 0x100, EVENTS_ADDRESS = 0x104, EVENTS_PAYLOAD = 0x108;
constexpr uint32_t EVENTS_END = 0x10c, EVENTS_DISABLED = 0x110;
constexpr uint32_t EVENTS_CRCOK = 0x130, EVENTS_CRCERROR = 0x134;
constexpr uint32_t CRCSTATUS = 0x400, PACKETPTR = 0x504, FREQUENCY = 0x508, MODE = 0x510;
constexpr uint32_t PCNF0 = 0x514, PCNF1 = 0x518, BASE0 = 0x51c, PREFIX0 = 0x524;
constexpr uint32_t TXADDRESS = 0x52c, RXADDRESSES = 0x530, CRCCNF = 0x534, CRCPOLY = 0x538;
constexpr uint32_t CRCINIT = 0x53c, STATE = 0x550, DATAWHITEIV = 0x554, MODECNF0 = 0x650;
constexpr uint32_t READY_START = 1 << 0, END_DISABLE = 1 << 1;  // SHORTS
}  // namespace RADIO

namespace TWI {
constexpr Peripheral P{0x40003000};  // TWI0
constexpr uint32_t TASKS_STARTRX = 0x000, TASKS_STARTTX = 0x008, TASKS_STOP = 0x014;
constexpr uint32_t TASKS_SUSPEND = 0x01c, TASKS_RESUME = 0x020;
constexpr uint32_t EVENTS_STOPPED = 0x104, EVENTS_RXDREADY = 0x108, EVENTS_TXDSENT = 0x11c;
constexpr uint32_t EVENTS_ERROR = 0x124, EVENTS_SUSPENDED = 0x148;
constexpr uint32_t ERRORSRC = 0x4c4, ENABLE = 0x500, RXD = 0x518, TXD = 0x51c;
constexpr uint32_t FREQUENCY = 0x524, ADDRESS = 0x588;
constexpr uint32_t BB_SUSPEND = 1 << 0, BB_STOP = 1 << 1;  // SHORTS
constexpr uint32_t K100 = 0x01980000, K400 = 0x06680000;   // FREQUENCY
}  // namespace TWI

namespace TIMER {
constexpr Peripheral TIMER0{0x40008000}, TIMER1{0x40009000}, TIMER2{0x4000a000};
constexpr uint32_t TASKS_START = 0x000, TASKS_STOP = 0x004, TASKS_COUNT = 0x008;
constexpr uint32_t TASKS_CLEAR = 0x00c, TASKS_CAPTURE = 0x040, EVENTS_COMPARE = 0x140;
constexpr uint32_t MODE = 0x504, BITMODE = 0x508, PRESCALER = 0x510, CC = 0x540;
}  // namespace TIMER

namespace RTC {
constexpr Peripheral RTC0{0x4000b000}, RTC1{0x40011000};
constexpr uint32_t TASKS_START = 0x000, TASKS_STOP = 0x004, TASKS_CLEAR = 0x008;
constexpr uint32_t TASKS_TRIGOVRFLW = 0x00c;
constexpr uint32_t EVENTS_TICK = 0x100, EVENTS_OVRFLW = 0x104, EVENTS_COMPARE = 0x140;
constexpr uint32_t EVTENSET = 0x344, COUNTER = 0x504, PRESCALER = 0x508, CC = 0x540;
}  // namespace RTC

namespace TEMP {
constexpr Peripheral P{0x4000c000};
constexpr uint32_t TASKS_START = 0x000, EVENTS_DATARDY = 0x100, VALUE = 0x508;
}  // namespace TEMP

namespace RNG {
constexpr Peripheral P{0x4000d000};
constexpr uint32_t TASKS_START = 0x000, TASKS_STOP = 0x004, EVENTS_VALRDY = 0x100;
constexpr uint32_t CONFIG = 0x504, VALUE = 0x508;
}  // namespace RNG

namespace WDT {
constexpr Peripheral P{0x40010000};
constexpr uint32_t TASKS_START = 0x000, EVENTS_TIMEOUT = 0x100, RUNSTATUS = 0x400;
constexpr uint32_t REQSTATUS = 0x404, CRV = 0x504, RREN = 0x508, RR = 0x600;
constexpr uint32_t RELOAD = 0x6e524635;
}  // namespace WDT

namespace EGU {
constexpr Peripheral EGU0{0x40014000}, EGU1{0x40015000};
constexpr uint32_t TASKS_TRIGGER = 0x000, EVENTS_TRIGGERED = 0x100;
}  // namespace EGU

namespace NVMC {
constexpr Peripheral P{0x4001e000};
constexpr uint32_t READY = 0x400, CONFIG = 0x504, ERASEPAGE = 0x508;
constexpr uint32_t ERASEPAGEPARTIAL = 0x518, ERASEPAGEPARTIALCFG = 0x51c;
constexpr uint32_t Ren = 0, Wen = 1, Een = 2;  // CONFIG.WEN
}  // namespace NVMC

namespace PPI {
constexpr Peripheral P{0x4001f000};
constexpr uint32_t TASKS_CHG_EN = 0x000, TASKS_CHG_DIS = 0x004;  // 8 bytes for each group
constexpr uint32_t CHEN = 0x500, CHENSET = 0x504, CHENCLR = 0x508;
constexpr uint32_t CH_EEP = 0x510, CH_TEP = 0x514;  // 8 bytes for each channel
constexpr uint32_t CHG = 0x800, FORK_TEP = 0x910;
}  // namespace PPI

namespace GPIO {
constexpr Peripheral P0{0x50000000}, P1{0x50000300};
constexpr uint32_t OUT = 0x504, OUTSET = 0x508, OUTCLR = 0x50c, IN = 0x510, DIR = 0x514;
constexpr uint32_t DIRSET = 0x518, DIRCLR = 0x51c;
}  // namespace GPIO

namespace FICR {
constexpr Peripheral P{0x10000000};
constexpr uint32_t CODEPAGESIZE = 0x010, CODESIZE = 0x014, DEVICEADDR0 = 0x0a4;
constexpr uint32_t INFO_PART = 0x100, INFO_VARIANT = 0x104, INFO_RAM = 0x10c, INFO_FLASH = 0x110;
}  // namespace FICR

// Numbers of interrupts: the peripheral's place in the address space.
namespace IRQ {
constexpr int CLOCK = 0, RADIO = 1, TIMER0 = 8, TIMER1 = 9, TIMER2 = 10, RTC0 = 11, WDT = 16;
constexpr int EGU0 = 20, EGU1 = 21, EGU2 = 22;
}  // namespace IRQ

// The Cortex-M4's.
constexpr Peripheral SCS{0xe000e000};
constexpr uint32_t SYST_CSR = 0x010, SYST_RVR = 0x014, SYST_CVR = 0x018;
constexpr uint32_t NVIC_ISER = 0x100, NVIC_ICER = 0x180, NVIC_ISPR = 0x200, NVIC_ICPR = 0x280;
constexpr uint32_t NVIC_IABR = 0x300, NVIC_IPR = 0x400, STIR = 0xf00;
constexpr uint32_t CPUID = 0xd00, ICSR = 0xd04, VTOR = 0xd08, AIRCR = 0xd0c, SCR = 0xd10;
constexpr uint32_t SHPR = 0xd14, SHCSR = 0xd24, CFSR = 0xd28, HFSR = 0xd2c, BFAR = 0xd38;
constexpr uint32_t CPACR = 0xd88;
constexpr uint32_t PENDSVSET = 1 << 28, PENDSVCLR = 1 << 27;  // ICSR
constexpr uint32_t SYSRESETREQ = 0x05fa0004;                  // AIRCR with its key
constexpr uint32_t SLEEPONEXIT = 1 << 1, SEVONPEND = 1 << 4;  // SCR
constexpr uint32_t IBUSERR = 1 << 8, PRECISERR = 1 << 9, IMPRECISERR = 1 << 10;  // CFSR
constexpr uint32_t STKERR = 1 << 12, BFARVALID = 1 << 15, UNDEFINSTR = 1 << 16;
constexpr uint32_t INVSTATE = 1 << 17, INVPC = 1 << 18;
constexpr uint32_t FORCED = 1 << 30;  // HFSR
constexpr Peripheral DWT{0xe0001000};
constexpr uint32_t CYCCNT = 0x004;
// Exceptions (B1.5.2).
constexpr int HardFault = 3, BusFault = 5, UsageFault = 6, SVCall = 11, PendSV = 14, SysTick = 15;
