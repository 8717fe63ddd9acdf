// The shape of ArduinoBLE's ATTClass. It counts what it is handed.
#pragma once
#include <stdint.h>
#include <string.h>

#define ATT_CID 0x0004

class ATTClass {
 public:
  virtual ~ATTClass() {}
  virtual void addConnection(uint16_t, uint8_t, uint8_t, uint8_t[6], uint16_t, uint16_t, uint16_t,
                             uint8_t) {}
  virtual void removeConnection(uint16_t, uint8_t) {}
  virtual void handleData(uint16_t, uint8_t length, uint8_t data[]) {
    ++handed;
    handed_length = length;
    memcpy(handed_bytes, data, length);
  }
  virtual uint16_t mtu(uint16_t) const { return agreed_mtu; }

  uint32_t handed = 0;
  uint8_t handed_length = 0;
  uint8_t handed_bytes[255];
  uint16_t agreed_mtu = 247;
};

extern ATTClass& ATT;
