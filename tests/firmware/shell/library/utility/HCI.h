// The shape of ArduinoBLE's HCIClass, whose private functions the tests call.
#pragma once
#include <stdint.h>

#define SECURITY_CID 0x0006

class HCIClass {
 public:
  virtual ~HCIClass() {}
  virtual int readLeBufferSize(uint16_t& packet_bytes, uint8_t& packets) {
    packet_bytes = 256;
    packets = 4;
    return 0;
  }
  virtual int sendAclPkt(uint16_t, uint8_t, uint8_t, void*) { return 0; }
  virtual int disconnect(uint16_t handle) {
    disconnected = handle;
    return 0;
  }
  virtual int sendCommand(uint16_t, uint8_t = 0, void* = nullptr) { return 0; }
  virtual void handleAclDataPkt(uint8_t, uint8_t[]) {}
  virtual void handleNumCompPkts(uint16_t, uint16_t) {}

  int disconnected = -1;
};

extern HCIClass& HCI;
