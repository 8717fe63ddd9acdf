// RADIO, driven by TIMER0 of 1 MHz through the PPI as a link layer drives it.
// Bluetooth Core, Vol 6, Part B, is the source of packets, channels and times.
#include "bare_metal.h"

#include <string.h>

namespace {

using RADIO::P;
const Peripheral& T0 = TIMER::TIMER0;

constexpr uint32_t kAdvertisingAddress = 0x8e89bed6;
constexpr uint32_t kRampUpUs = 40, kToAirUs = 1, kFromAirUs = 9;  // fast; START to air; air to END

uint8_t packet[256];

void set_channel(uint32_t index) {
  P[RADIO::FREQUENCY] = index == 37   ? 2
                        : index == 38 ? 26
                        : index == 39 ? 80
                        : index <= 10 ? 4 + 2 * index
                                      : 28 + 2 * (index - 11);
  P[RADIO::DATAWHITEIV] = 0x40 | index;
}

void set_address(uint32_t address, uint32_t crc_init) {
  P[RADIO::BASE0] = address << 8;
  P[RADIO::PREFIX0] = address >> 24;
  P[RADIO::CRCINIT] = crc_init;
}

void set_up(uint32_t shorts = RADIO::READY_START | RADIO::END_DISABLE) {
  CLOCK::P[CLOCK::TASKS_HFCLKSTART] = 1;
  while (CLOCK::P[CLOCK::EVENTS_HFCLKSTARTED] == 0) {
  }
  P[RADIO::MODE] = 3;  // Ble_1Mbit
  P[RADIO::MODECNF0] = 1;
  P[RADIO::PCNF0] = 8 | 1 << 8;               // LENGTH of 8 bits, S0 of a byte
  P[RADIO::PCNF1] = 255 | 3 << 16 | 1 << 25;  // whitening
  P[RADIO::CRCCNF] = 3 | 1 << 8;
  P[RADIO::CRCPOLY] = 0x65b;
  P[RADIO::TXADDRESS] = 0;
  P[RADIO::RXADDRESSES] = 1;
  P[RADIO::PACKETPTR] = reinterpret_cast<uint32_t>(packet);
  P[SHORTS] = shorts;
  set_address(kAdvertisingAddress, 0x555555);
  set_channel(37);
  T0[TIMER::BITMODE] = 3;
  T0[TIMER::PRESCALER] = 4;
  T0[TIMER::TASKS_CLEAR] = 1;
  T0[TIMER::TASKS_START] = 1;
}

uint32_t now_us() {
  T0[TIMER::TASKS_CAPTURE + 4 * 3] = 1;
  return T0[TIMER::CC + 4 * 3];
}
void wait_until(uint32_t us) {
  while (static_cast<int32_t>(now_us() - us) < 0) {
  }
}
// Asleep until an event or a time: pending interrupts, which the NVIC does not enable, wake WFE.
bool wait_for(uint32_t event, uint32_t until_us) {
  SCS[SCR] = SEVONPEND;
  P[INTENCLR] = 0xffffffff;
  P[INTENSET] = 1u << ((event - 0x100) / 4);
  T0[TIMER::CC + 4 * 4] = until_us;
  T0[TIMER::EVENTS_COMPARE + 4 * 4] = 0;
  T0[INTENSET] = 1 << 20;
  while (P[event] == 0) {
    if (static_cast<int32_t>(now_us() - until_us) >= 0) return false;
    wfe();
    SCS[NVIC_ICPR] = 1 << IRQ::RADIO | 1 << IRQ::TIMER0;
  }
  P[event] = 0;
  SCS[NVIC_ICPR] = 1 << IRQ::RADIO | 1 << IRQ::TIMER0;
  return true;
}

// TXEN or RXEN at a time, through the wired channels 20 and 21.
void enable_at(uint32_t us, bool transmit) {
  PPI::P[PPI::CHENCLR] = 1 << 20 | 1 << 21;
  T0[TIMER::CC] = us;
  PPI::P[PPI::CHENSET] = 1 << (transmit ? 20 : 21);
}
// DISABLE at a time, through channel 22; channels 26 and 27 capture ADDRESS and END.
void disable_at(uint32_t us) {
  T0[TIMER::CC + 4] = us;
  PPI::P[PPI::CHENSET] = 1 << 22;
}
void capture_end() { PPI::P[PPI::CHENSET] = 1 << 27; }

void put_advertisement() {
  const uint8_t bytes[] = {0x40, 9, 1, 2, 3, 4, 5, 0xc6, 2, 0x01, 0x06};  // ADV_IND, its address
  memcpy(packet, bytes, sizeof bytes);
}

}  // namespace

CASE(transmit) {
  set_up();
  put_advertisement();
  enable_at(1000, true);
  results[0] = P[RADIO::STATE];
  wait_until(1010);
  results[1] = P[RADIO::STATE];  // TXRU
  wait_until(1100);
  results[2] = P[RADIO::STATE];  // TX
  capture_end();
  wait_for(RADIO::EVENTS_END, 2000);
  results[3] = T0[TIMER::CC + 4 * 2];
  wait_for(RADIO::EVENTS_DISABLED, 2000);
  results[4] = P[RADIO::STATE];
  results[5] = P[RADIO::EVENTS_ADDRESS] + P[RADIO::EVENTS_PAYLOAD];
}

// What `parameter` leaves out makes a packet that nobody understands.
CASE(transmit_wrongly) {
  set_up();
  put_advertisement();
  if (parameter == 1) P[RADIO::DATAWHITEIV] = 0x40 | 38;
  if (parameter == 2) P[RADIO::CRCPOLY] = 0x1021;
  if (parameter == 3) P[RADIO::CRCCNF] = 3;
  if (parameter == 4) P[RADIO::MODE] = 0;
  if (parameter == 5) P[RADIO::PCNF1] = 255 | 3 << 16;
  if (parameter == 6) CLOCK::P[0x004] = 1;  // HFCLKSTOP
  enable_at(1000, true);
  wait_for(RADIO::EVENTS_DISABLED, 3000);
  results[0] = P[RADIO::EVENTS_END];
}

CASE(transmit_from_flash) {
  set_up();
  P[RADIO::PACKETPTR] = 0x10000;
  enable_at(1000, true);
  wait_for(RADIO::EVENTS_END, 3000);
}

// Hears from 1000 us until 2000 us.
CASE(receive) {
  set_up();
  if (parameter == 1) P[RADIO::CRCINIT] = 0x123456;
  if (parameter == 2) P[RADIO::PCNF1] = 4 | 3 << 16 | 1 << 25;  // MAXLEN
  memset(packet, 0xee, sizeof packet);
  P[RADIO::PACKETPTR] = reinterpret_cast<uint32_t>(packet);
  enable_at(1000 - kRampUpUs, false);
  disable_at(2000);
  PPI::P[PPI::CHENSET] = 1 << 26 | 1 << 27;
  wait_until(1005);
  PPI::P[PPI::CHENCLR] = 1 << 22;  // CAPTURE[1] must not disable
  disable_at(2000);
  PPI::P[PPI::CHENCLR] = 1 << 26;
  results[0] = P[RADIO::STATE];
  wait_for(RADIO::EVENTS_DISABLED, 3000);
  results[1] = P[RADIO::EVENTS_END];
  results[2] = P[RADIO::CRCSTATUS];
  results[3] = P[RADIO::EVENTS_CRCOK];
  results[4] = P[RADIO::EVENTS_CRCERROR];
  results[5] = T0[TIMER::CC + 4 * 2];
  memcpy(const_cast<uint32_t*>(results + 8), packet, 16);
  results[6] = now_us();
}

// Two packets one after the other, each to its own buffer: PACKETPTR counts at START.
CASE(receive_two) {
  static uint8_t second[64];
  set_up(RADIO::READY_START);
  P[RADIO::TASKS_RXEN] = 1;
  wait_for(RADIO::EVENTS_READY, 1000);
  P[RADIO::PACKETPTR] = reinterpret_cast<uint32_t>(second);
  results[0] = wait_for(RADIO::EVENTS_END, 5000);
  results[1] = P[RADIO::STATE];  // RXIDLE
  P[RADIO::TASKS_START] = 1;
  results[2] = wait_for(RADIO::EVENTS_END, 9000);
  P[RADIO::TASKS_STOP] = 1;
  P[RADIO::TASKS_DISABLE] = 1;
  results[3] = wait_for(RADIO::EVENTS_DISABLED, 9000);
  results[4] = packet[2];
  results[5] = second[2];
}

CASE(no_shorts) {  // nothing goes by itself
  set_up(0);
  put_advertisement();
  P[RADIO::TASKS_TXEN] = 1;
  wait_for(RADIO::EVENTS_READY, 1000);
  wait_until(now_us() + 500);
  results[0] = P[RADIO::STATE];  // TXIDLE
  P[RADIO::TASKS_START] = 1;
  wait_for(RADIO::EVENTS_END, 3000);
  results[1] = P[RADIO::STATE];
  P[RADIO::TASKS_DISABLE] = 1;
  results[2] = P[RADIO::STATE];  // TXDISABLE
  wait_for(RADIO::EVENTS_DISABLED, 3000);
  results[3] = P[RADIO::STATE];
}

// Answers what it hears 150 us after its end.
CASE(turn_around) {
  set_up();
  P[RADIO::TASKS_RXEN] = 1;
  capture_end();
  if (!wait_for(RADIO::EVENTS_END, 5000)) return;
  const uint32_t end_us = T0[TIMER::CC + 4 * 2] - kFromAirUs;
  put_advertisement();
  enable_at(end_us + 150 - kRampUpUs - kToAirUs, true);
  results[0] = wait_for(RADIO::EVENTS_DISABLED, 5000);  // of the reception
  results[1] = wait_for(RADIO::EVENTS_DISABLED, 5000);
}

// A peripheral of one connection, as small as can be: advertises until it is connected, answers
// `parameter` events with empty packets, acknowledges, and counts the bytes that it is sent.
namespace {

void send_after(uint32_t end_us) {
  P[RADIO::EVENTS_DISABLED] = 0;
  enable_at(end_us + 150 - kRampUpUs - kToAirUs, true);
  wait_for(RADIO::EVENTS_DISABLED, end_us + 4000);
  PPI::P[PPI::CHENCLR] = 1 << 20;
}

// The end of the packet that was heard in a window; 0: none.
uint32_t hear(uint32_t from_us, uint32_t until_us) {
  P[RADIO::EVENTS_END] = 0;
  enable_at(from_us - kRampUpUs, false);
  const bool heard = wait_for(RADIO::EVENTS_END, until_us);
  PPI::P[PPI::CHENCLR] = 1 << 21;
  if (!heard) {
    P[RADIO::EVENTS_DISABLED] = 0;
    P[RADIO::TASKS_DISABLE] = 1;
    wait_for(RADIO::EVENTS_DISABLED, until_us + 100);
    return 0;
  }
  return P[RADIO::CRCSTATUS] == 1 ? T0[TIMER::CC + 4 * 2] - kFromAirUs : 0;
}

uint32_t word_at(const uint8_t* bytes) {
  uint32_t value;
  memcpy(&value, bytes, 4);
  return value;
}

}  // namespace

CASE(connection) {
  set_up();
  capture_end();
  uint32_t end = 0;
  for (uint32_t at = 2000; end == 0; at += 5000) {
    put_advertisement();
    send_after(at - 150);
    const uint32_t sent = T0[TIMER::CC + 4 * 2];  // END of a transmission has no delay
    end = hear(sent + 140, sent + 600);
    if (end != 0 && (packet[0] & 0xf) != 5) end = 0;
  }
  const uint8_t* data = packet + 2 + 12;  // CONNECT_IND's LLData
  set_address(word_at(data), word_at(data + 4) & 0xffffff);
  const uint32_t interval = static_cast<uint32_t>(data[10] | data[11] << 8) * 1250;
  const uint32_t hop = data[21] & 0x1f;
  results[0] = interval;
  uint32_t channel = 0, sn = 0, nesn = 0, events = 0, missed = 0, bytes = 0;
  uint32_t from = end + 1250 - 50, until = end + 1250 + 2500;
  while (events < parameter && missed < 10) {
    channel = (channel + hop) % 37;
    set_channel(channel);
    const uint32_t heard = hear(from, until);
    if (heard != 0) {
      ++events;
      missed = 0;
      const uint32_t on_air = 8 * (1 + 4 + 2 + packet[1] + 3u);
      from = heard - on_air + interval - 50;
      if ((packet[0] >> 3 & 1) == nesn) {
        nesn ^= 1;
        bytes += packet[1];
      }
      if ((packet[0] >> 2 & 1) != sn) sn ^= 1;
      packet[0] = static_cast<uint8_t>(1 | nesn << 2 | sn << 3);
      packet[1] = 0;
      send_after(heard);
    } else {
      ++missed;
      from += interval;
    }
    until = from + 400;
  }
  results[1] = events;
  results[2] = bytes;
}
