#include "hci.h"

#include <Arduino.h>
#include <string.h>
#include <utility/ATT.h>
#include <utility/HCITransport.h>

namespace {

struct __attribute__((packed)) AclDataHeader {
  uint16_t handle;  // and flags
  uint16_t length;
};

struct __attribute__((packed)) L2capHeader {
  uint16_t length;
  uint16_t channel;
};

struct __attribute__((packed)) Header {
  uint8_t packet_type;
  AclDataHeader acl;
  L2capHeader l2cap;
};

struct __attribute__((packed)) DataLength {
  uint16_t bytes;
  uint16_t microseconds;
};

constexpr uint8_t kAclPacket = 2;
constexpr uint16_t kHandle = 0x0fff;
// What the flags of a packet from the controller say (Core 5.3, volume 4, part E, 5.4.2).
constexpr uint16_t kFlags = 0x3000;
constexpr uint16_t kContinues = 0x1000;
constexpr uint16_t kBegins = 0x2000;

constexpr uint8_t kPairingRequest = 0x01;
constexpr uint8_t kPairingFailed = 0x05;
constexpr uint8_t kPairingNotSupported = 0x05;

constexpr uint16_t kWriteSuggestedDefaultDataLength = 0x2024;

// A link without a sign of life ends after 6 s (radio.cpp); one whose packets do not go through
// gets longer.
constexpr uint32_t kStuckMs = 10000;

// The transport counts a packet's bytes behind the type in one byte.
constexpr uint32_t kMaxPayload = 255 - (sizeof(Header) - 1);

}  // namespace

Hci hci;
HCIClass& HCI = hci;

void Hci::link_up(uint16_t handle) {
  link_ = handle;
  in_flight_ = 0;
  receiving_ = false;
}

void Hci::link_down(uint16_t handle) {
  if (handle == link_) link_up(kNoLink);
}

void Hci::offer_long_packets() {
  DataLength longest = {251, 2120};
  sendCommand(kWriteSuggestedDefaultDataLength, sizeof longest, &longest);
}

int Hci::readLeBufferSize(uint16_t& packet_bytes, uint8_t& packets) {
  const int result = HCIClass::readLeBufferSize(packet_bytes, packets);
  if (result == 0) capacity_ = packets;
  return result;
}

int Hci::sendAclPkt(uint16_t handle, uint8_t channel, uint8_t length, void* payload) {
  // Only a central that does not wait for its answers gets here.
  if (handle != link_ || in_flight_ >= capacity_ || length > kMaxPayload) return -1;
  uint8_t packet[sizeof(Header) + kMaxPayload];
  const Header header = {
      kAclPacket,
      {handle, static_cast<uint16_t>(length + sizeof(L2capHeader))},
      {length, channel},
  };
  memcpy(packet, &header, sizeof header);
  memcpy(packet + sizeof header, payload, length);
  if (HCITransport.write(packet, sizeof header + length) == 0) return -1;
  if (in_flight_++ == 0) moved_ms_ = millis();
  return 0;
}

// The controller also reports packets of a handle that there is not: lctrConnTxCompletedHandler()
// (lctr_main_conn.c) keeps its counts for 4 links in an array and reads 5.
void Hci::handleNumCompPkts(uint16_t handle, uint16_t packets) {
  if (handle != link_ || packets == 0) return;
  in_flight_ = packets < in_flight_ ? static_cast<uint8_t>(in_flight_ - packets) : 0;
  moved_ms_ = millis();
}

void Hci::end_a_stuck_link() {
  if (in_flight_ == 0 || millis() - moved_ms_ < kStuckMs) return;
  moved_ms_ = millis();
  disconnect(link_);
}

void Hci::handleAclDataPkt(uint8_t length, uint8_t packet[]) {
  AclDataHeader header;
  if (length < sizeof header) return;
  memcpy(&header, packet, sizeof header);
  if ((header.handle & kHandle) != link_ || header.length != length - sizeof header) return;
  switch (header.handle & kFlags) {
    case kBegins:
      receiving_ = true;
      received_ = 0;
      break;
    case kContinues:
      break;
    default:
      return;
  }
  if (!receiving_) return;
  if (header.length > sizeof packet_ - received_) {
    receiving_ = false;
    return;
  }
  memcpy(packet_ + received_, packet + sizeof header, header.length);
  received_ += header.length;
  L2capHeader l2cap;
  if (received_ < sizeof l2cap) return;
  memcpy(&l2cap, packet_, sizeof l2cap);
  const uint32_t whole = sizeof l2cap + l2cap.length;
  if (received_ < whole && whole <= sizeof packet_) return;
  receiving_ = false;
  if (received_ == whole) {
    deliver(l2cap.channel, packet_ + sizeof l2cap, static_cast<uint8_t>(l2cap.length));
  }
}

void Hci::deliver(uint16_t channel, uint8_t* payload, uint8_t length) {
  switch (channel) {
    case ATT_CID:
      ATT.handleData(link_, length, payload);
      break;
    case SECURITY_CID:
      // The library's pairing believes in every length, and handles what follows a refused request.
      if (length != 0 && payload[0] == kPairingRequest) {
        uint8_t refusal[] = {kPairingFailed, kPairingNotSupported};
        sendAclPkt(link_, SECURITY_CID, sizeof refusal, refusal);
      }
      break;
    default:
      // On the signalling channel a central may only answer our request for connection parameters,
      // and the library does nothing with that. A request of the central's own it would obey, with
      // a command to the controller whose wait handles the next request, and so on, on one stack.
      break;
  }
}
