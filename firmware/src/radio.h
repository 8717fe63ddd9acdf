// The board's Bluetooth peripheral over ArduinoBLE: the service of docs/protocol.md.
#pragma once
#include "board.h"

class Radio : public core::Radio {
 public:
  // Become visible as "ML-XXXX", the last digits of the address. False: no Bluetooth controller.
  // One radio is all there can be: ArduinoBLE's handlers are plain functions.
  bool begin(core::Board& board, const char* board_revision);

  // Hand link changes and writes to the board. Sleeps up to `wait_ms` while nothing comes.
  void poll(uint32_t wait_ms);

  bool connected() const;

  // Whether the radio has done nothing for longer than it ever may while Bluetooth is on.
  bool silent(uint64_t now_us);

  // True without a subscriber: it goes nowhere.
  bool notify(core::Notification kind, const uint8_t* bytes, uint32_t length) override;
  bool listened_to() override;
  void end_link() override;

 private:
  bool on_ = false;
  // What silent() saw last, and when it was new.
  bool was_connected_ = false;
  uint32_t events_ = 0;
  uint64_t changed_us_ = 0;
  uint64_t planned_us_ = 0;  // when an operation of the radio was last planned
};
