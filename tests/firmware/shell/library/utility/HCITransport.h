#pragma once
#include <stddef.h>
#include <stdint.h>

struct HCITransportInterface {
  virtual ~HCITransportInterface() {}
  virtual size_t write(const uint8_t* data, size_t length) = 0;
};

extern HCITransportInterface& HCITransport;
