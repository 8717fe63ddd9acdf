// The shape of ArduinoBLE's GATTClass with one service: handle 1, and in it a characteristic
// (declaration 2, value 3) of 20 bytes and its descriptor, handle 4.
#pragma once
#include <stdint.h>

enum BLEAttributeType : uint16_t {
  BLETypeService = 0x2800,
  BLETypeCharacteristic = 0x2803,
  BLETypeDescriptor = 0x2900,
};

struct BLELocalAttribute {
  virtual ~BLELocalAttribute() {}
  virtual BLEAttributeType type() const = 0;
};

struct BLELocalCharacteristic : BLELocalAttribute {
  BLEAttributeType type() const override { return BLETypeCharacteristic; }
  int valueSize() const { return 20; }
};

class GATTClass {
 public:
  virtual ~GATTClass() {}

 protected:
  virtual unsigned int attributeCount() const { return 4; }
  virtual BLELocalAttribute* attribute(unsigned int index) const {
    static struct : BLELocalAttribute {
      BLEAttributeType type() const override { return BLETypeService; }
    } service;
    static BLELocalCharacteristic characteristic;
    static struct : BLELocalAttribute {
      BLEAttributeType type() const override { return BLETypeDescriptor; }
    } descriptor;
    BLELocalAttribute* all[] = {&service, &characteristic, &characteristic, &descriptor};
    return index < 4 ? all[index] : nullptr;
  }
};

extern GATTClass& GATT;
