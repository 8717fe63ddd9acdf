#include "att.h"

#include <string.h>

#include "hci.h"

namespace {

// Core 5.3, volume 3, part F, 3.4.
enum Opcode : uint8_t {
  kMtuRequest = 0x02,
  kFindInformation = 0x04,
  kFindByTypeValue = 0x06,
  kReadByType = 0x08,
  kRead = 0x0a,
  kReadBlob = 0x0c,
  kReadByGroupType = 0x10,
  kWrite = 0x12,
  kPrepareWrite = 0x16,
  kExecuteWrite = 0x18,
  kConfirmation = 0x1e,
  kWriteCommand = 0x52,
};
constexpr uint8_t kError = 0x01;
constexpr uint8_t kIsCommand = 0x40;

enum Refusal : uint8_t {
  kNone = 0x00,
  kInvalidHandle = 0x01,
  kWriteNotPermitted = 0x03,
  kInvalidPdu = 0x04,
  kInvalidValueLength = 0x0d,
};

struct __attribute__((packed)) ErrorResponse {
  uint8_t opcode;
  uint8_t refused;
  uint16_t handle;
  uint8_t reason;
};

constexpr uint16_t kLeastMtu = 23;

Att att;
Gatt gatt;

uint16_t number_at(const uint8_t* bytes) {
  uint16_t number;
  memcpy(&number, bytes, sizeof number);
  return number;
}

Refusal range(const uint8_t* pdu) {
  const uint16_t first = number_at(pdu + 1);
  return first == 0 || first > number_at(pdu + 3) ? kInvalidHandle : kNone;
}

Refusal one_handle(const uint8_t* pdu) {
  const uint16_t handle = number_at(pdu + 1);
  return handle == 0 || handle > gatt.attributeCount() ? kInvalidHandle : kNone;
}

// What the library makes of it: a write to a characteristic's declaration reaches the value, as if
// it were allowed; a longer one is cut; two bytes are read for a descriptor's value.
Refusal write(const uint8_t* pdu, uint8_t length) {
  if (one_handle(pdu) != kNone) return kInvalidHandle;
  const uint16_t handle = number_at(pdu + 1);
  const uint32_t bytes = length - 3u;
  const BLELocalAttribute* attribute = gatt.attribute(handle - 1u);
  switch (attribute->type()) {
    case BLETypeCharacteristic: {
      // It is in the list twice: its declaration, then its value.
      if (handle < 2 || gatt.attribute(handle - 2u) != attribute) return kWriteNotPermitted;
      const auto* characteristic = static_cast<const BLELocalCharacteristic*>(attribute);
      return bytes > static_cast<uint32_t>(characteristic->valueSize()) ? kInvalidValueLength
                                                                        : kNone;
    }
    case BLETypeDescriptor:
      return bytes != sizeof(uint16_t) ? kInvalidValueLength : kNone;
    default:
      return kNone;  // the library refuses it
  }
}

Refusal check(const uint8_t* pdu, uint8_t length) {
  switch (pdu[0]) {
    case kMtuRequest:
      return length == 3 ? kNone : kInvalidPdu;
    case kFindInformation:
      return length == 5 ? range(pdu) : kInvalidPdu;
    case kFindByTypeValue:
      return length >= 7 ? range(pdu) : kInvalidPdu;
    case kReadByType:
    case kReadByGroupType:
      return length == 7 || length == 21 ? range(pdu) : kInvalidPdu;
    case kRead:
      return length == 3 ? one_handle(pdu) : kInvalidPdu;
    case kReadBlob:
      return length == 5 ? one_handle(pdu) : kInvalidPdu;
    case kWrite:
    case kWriteCommand:
      return length >= 3 ? write(pdu, length) : kInvalidPdu;
    case kPrepareWrite:
      return length >= 5 ? one_handle(pdu) : kInvalidPdu;
    case kExecuteWrite:
      return length == 2 ? kNone : kInvalidPdu;
    default:
      return kNone;  // the library does not know it and says so
  }
}

// Responses, notifications, indications and their confirmation, and unknown commands. The board
// asks a central for nothing, but the library would take the answer: an MTU response without a
// request sets any MTU.
bool is_request(uint8_t opcode) {
  if ((opcode & kIsCommand) != 0) return opcode == kWriteCommand;
  return opcode % 2 == 0 && opcode != kConfirmation;
}

// In which PDUs bytes 1 and 2 are the handle that an error response names.
bool names_a_handle(uint8_t opcode, uint8_t length) {
  return length >= 3 && opcode != kMtuRequest && opcode != kExecuteWrite;
}

}  // namespace

ATTClass& ATT = att;
GATTClass& GATT = gatt;

void Att::addConnection(uint16_t handle, uint8_t role, uint8_t address_type, uint8_t address[6],
                        uint16_t interval, uint16_t latency, uint16_t supervision_timeout,
                        uint8_t clock_accuracy) {
  hci.link_up(handle);
  ATTClass::addConnection(handle, role, address_type, address, interval, latency,
                          supervision_timeout, clock_accuracy);
}

void Att::removeConnection(uint16_t handle, uint8_t reason) {
  hci.link_down(handle);
  ATTClass::removeConnection(handle, reason);
}

void Att::handleData(uint16_t connection, uint8_t length, uint8_t data[]) {
  // The library answers in buffers as long as the MTU.
  if (length == 0 || length > mtu(connection) || !is_request(data[0])) return;
  const Refusal refusal = check(data, length);
  if (refusal != kNone) {
    if (data[0] == kWriteCommand) return;
    const uint16_t handle = names_a_handle(data[0], length) ? number_at(data + 1) : 0;
    ErrorResponse response = {kError, data[0], handle, refusal};
    hci.sendAclPkt(connection, ATT_CID, sizeof response, &response);
    return;
  }
  // A central that cannot take 23 bytes is none; the library would believe it.
  if (data[0] == kMtuRequest && number_at(data + 1) < kLeastMtu) {
    memcpy(data + 1, &kLeastMtu, sizeof kLeastMtu);
  }
  ATTClass::handleData(connection, length, data);
}
