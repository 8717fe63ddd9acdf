#include "hci.h"

#include <string.h>
#include <utility/HCITransport.h>

namespace {

struct __attribute__((packed)) AclHeader {
  uint8_t packet_type;
  uint16_t handle;
  uint16_t acl_length;
  uint16_t l2cap_length;
  uint16_t channel;
};

constexpr uint8_t kAclPacket = 2;

// The transport counts a packet's bytes behind the type in one byte.
constexpr uint32_t kMaxPayload = 255 - (sizeof(AclHeader) - 1);

}  // namespace

Hci hci;
HCIClass& HCI = hci;

int Hci::readLeBufferSize(uint16_t& packet_bytes, uint8_t& packets) {
  const int result = HCIClass::readLeBufferSize(packet_bytes, packets);
  if (result == 0) capacity_ = packets;
  return result;
}

int Hci::sendAclPkt(uint16_t handle, uint8_t channel, uint8_t length, void* payload) {
  // Only a central that does not wait for its answers gets here.
  if (in_flight_ >= capacity_ || length > kMaxPayload) return -1;
  uint8_t packet[sizeof(AclHeader) + kMaxPayload];
  const AclHeader header = {kAclPacket, handle, static_cast<uint16_t>(length + 4), length, channel};
  memcpy(packet, &header, sizeof header);
  memcpy(packet + sizeof header, payload, length);
  ++in_flight_;
  HCITransport.write(packet, sizeof header + length);
  return 0;
}

void Hci::handleNumCompPkts(uint16_t, uint16_t packets) {
  in_flight_ = packets < in_flight_ ? static_cast<uint8_t>(in_flight_ - packets) : 0;
}
