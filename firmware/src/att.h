// ArduinoBLE's attribute server behind a check of what a central sends. The library believes in
// handles and lengths: one handle past the last calls through a null pointer, an MTU of 1 or a
// request longer than the MTU writes beyond a buffer on the stack. It takes another object when it
// is built with -DFAKE_ATT, and -DFAKE_GATT (platformio.ini), switches made for its own tests.
#pragma once
#include <utility/ATT.h>
#include <utility/GATT.h>

class Att final : public ATTClass {
 public:
  void addConnection(uint16_t handle, uint8_t role, uint8_t address_type, uint8_t address[6],
                     uint16_t interval, uint16_t latency, uint16_t supervision_timeout,
                     uint8_t clock_accuracy) override;
  void removeConnection(uint16_t handle, uint8_t reason) override;

  void handleData(uint16_t connection, uint8_t length, uint8_t data[]) override;
};

// Its attributes, to be asked for from outside.
class Gatt final : public GATTClass {
 public:
  using GATTClass::attribute;
  using GATTClass::attributeCount;
};
