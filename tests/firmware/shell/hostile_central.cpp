// What a central may send that ArduinoBLE would believe: pieces of packets, handles, lengths.
#include <Arduino.h>
#include <string.h>
#include <utility/HCITransport.h>

#include <initializer_list>

#include "att.h"
#include "check.h"
#include "hci.h"

uint32_t now_ms = 0;

namespace {

constexpr uint16_t kLink = 2;

// Keeps the last packet for the controller.
struct Transport final : HCITransportInterface {
  size_t write(const uint8_t* data, size_t bytes) override {
    if (full) return 0;
    ++sent;
    length = bytes;
    memcpy(packet, data, bytes);
    return bytes;
  }

  bool full = false;
  uint32_t sent = 0;
  size_t length = 0;
  uint8_t packet[300];
} transport;

// A link as after its beginning.
void connect() {
  uint16_t bytes;
  uint8_t packets;
  uint8_t address[6] = {};
  HCI.readLeBufferSize(bytes, packets);
  ATT.removeConnection(kLink, 0);
  ATT.addConnection(kLink, 1, 0, address, 12, 0, 600, 0);
  ATT.handed = 0;
  ATT.agreed_mtu = 247;
  HCI.disconnected = -1;
  transport.sent = 0;
  transport.full = false;
}

enum Flags : uint16_t { begins = 0x2000, continues = 0x1000 };

// A packet from the controller, exactly as long as said: what reads on is caught.
void piece(uint16_t flags, const uint8_t* bytes, uint8_t length, uint16_t handle = kLink) {
  uint8_t* packet = new uint8_t[4u + length];
  const uint16_t header[] = {static_cast<uint16_t>(handle | flags), length};
  memcpy(packet, header, sizeof header);
  memcpy(packet + 4, bytes, length);
  HCI.handleAclDataPkt(static_cast<uint8_t>(4 + length), packet);
  delete[] packet;
}

// An L2CAP packet that says `says` and has `length` bytes behind its header.
struct L2cap {
  L2cap(uint16_t channel, uint16_t says, const void* payload, uint8_t length)
      : bytes(static_cast<uint8_t>(4 + length)) {
    const uint16_t header[] = {says, channel};
    memcpy(packet, header, sizeof header);
    if (length != 0) memcpy(packet + 4, payload, length);
  }

  uint8_t packet[255];
  uint8_t bytes;
};

const uint8_t kRead[] = {0x0a, 3, 0};

void att(const void* pdu, uint8_t length) {
  const L2cap packet(ATT_CID, length, pdu, length);
  piece(begins, packet.packet, packet.bytes);
}

// Whether the last packet sent is this error.
bool is_error(uint8_t refused, uint16_t handle, uint8_t reason) {
  const uint8_t error[] = {0x01, refused, static_cast<uint8_t>(handle),
                           static_cast<uint8_t>(handle >> 8), reason};
  return transport.length == 9 + sizeof error &&
         memcmp(transport.packet + 9, error, sizeof error) == 0;
}

// Whether the library got it. Otherwise it was answered with the error, or dropped without one.
bool passes(const void* pdu, uint8_t length) {
  connect();
  att(pdu, length);
  return ATT.handed == 1;
}

}  // namespace

HCITransportInterface& HCITransport = transport;

TEST(a_packet_may_be_cut_anywhere) {
  const L2cap packet(ATT_CID, sizeof kRead, kRead, sizeof kRead);
  for (uint8_t cut = 0; cut < packet.bytes; ++cut) {
    connect();
    piece(begins, packet.packet, cut);
    CHECK_EQ(ATT.handed, 0);
    piece(continues, packet.packet + cut, static_cast<uint8_t>(packet.bytes - cut));
    CHECK_EQ(ATT.handed, 1);
    CHECK_EQ(ATT.handed_length, sizeof kRead);
  }
}

TEST(a_packet_in_single_bytes) {
  const L2cap packet(ATT_CID, sizeof kRead, kRead, sizeof kRead);
  connect();
  for (uint8_t i = 0; i < packet.bytes; ++i) {
    piece(i == 0 ? begins : continues, packet.packet + i, 1);
  }
  CHECK_EQ(ATT.handed, 1);
}

TEST(pieces_that_fit_nowhere_are_dropped) {
  uint8_t many[250] = {};
  connect();
  piece(continues, many, sizeof many);  // of nothing
  for (uint16_t says : {240, 251, 252, 300, 0xffff}) {
    const L2cap packet(ATT_CID, says, many, 200);
    piece(begins, packet.packet, packet.bytes);
    for (int i = 0; i < 5; ++i) piece(continues, many, sizeof many);
  }
  const L2cap longer(ATT_CID, 2, many, 100);
  piece(begins, longer.packet, longer.bytes);
  CHECK_EQ(ATT.handed, 0);
  att(kRead, sizeof kRead);
  CHECK_EQ(ATT.handed, 1);
}

TEST(a_packet_of_another_link_or_length_is_dropped) {
  const L2cap packet(ATT_CID, sizeof kRead, kRead, sizeof kRead);
  connect();
  piece(begins, packet.packet, packet.bytes, kLink + 1);
  piece(0x0000, packet.packet, packet.bytes);
  piece(0x3000, packet.packet, packet.bytes);
  uint8_t wrong[] = {kLink, 0x20, 200, 0, 3, 0, 4, 0, 0x0a, 3, 0};
  HCI.handleAclDataPkt(sizeof wrong, wrong);
  HCI.handleAclDataPkt(3, wrong);
  CHECK_EQ(ATT.handed, 0);
}

TEST(only_a_request_to_pair_is_answered_outside_the_attributes) {
  const uint8_t request[] = {0x01, 3, 0, 5, 16, 0, 0};
  for (uint16_t channel : {5, 6, 7, 0x40}) {
    for (uint8_t code = 0; code < 32; ++code) {
      for (uint8_t length = 0; length <= sizeof request; ++length) {
        connect();
        uint8_t payload[sizeof request];
        memcpy(payload, request, sizeof payload);
        payload[0] = code;
        const L2cap packet(channel, length, payload, length);
        piece(begins, packet.packet, packet.bytes);
        const bool answered = channel == SECURITY_CID && code == 1 && length != 0;
        CHECK_EQ(transport.sent, answered);
        CHECK_EQ(ATT.handed, 0);
      }
    }
  }
}

TEST(the_controllers_buffers_are_counted_for_the_link_alone) {
  uint8_t payload[10] = {};
  connect();
  for (int i = 0; i < 4; ++i) CHECK_EQ(HCI.sendAclPkt(kLink, 4, sizeof payload, payload), 0);
  CHECK_EQ(HCI.sendAclPkt(kLink, 4, sizeof payload, payload), -1);
  HCI.handleNumCompPkts(4, 1);  // which the controller says, too
  CHECK_EQ(HCI.sendAclPkt(kLink, 4, sizeof payload, payload), -1);
  HCI.handleNumCompPkts(kLink, 1);
  CHECK_EQ(HCI.sendAclPkt(kLink, 4, sizeof payload, payload), 0);
  CHECK(!hci.has_room());
  CHECK_EQ(HCI.sendAclPkt(kLink + 1, 4, sizeof payload, payload), -1);
  connect();
  CHECK(hci.has_room());
}

TEST(a_packet_that_the_controller_has_no_memory_for_is_not_counted) {
  uint8_t payload[10] = {};
  connect();
  transport.full = true;
  for (int i = 0; i < 9; ++i) CHECK_EQ(HCI.sendAclPkt(kLink, 4, sizeof payload, payload), -1);
  transport.full = false;
  CHECK_EQ(HCI.sendAclPkt(kLink, 4, sizeof payload, payload), 0);
}

TEST(a_link_on_which_nothing_goes_through_is_ended) {
  uint8_t payload[10] = {};
  connect();
  now_ms = 5000;
  HCI.sendAclPkt(kLink, 4, sizeof payload, payload);
  now_ms += 9000;
  HCI.sendAclPkt(kLink, 4, sizeof payload, payload);
  hci.end_a_stuck_link();
  HCI.handleNumCompPkts(kLink, 1);
  now_ms += 9000;
  hci.end_a_stuck_link();
  CHECK_EQ(HCI.disconnected, -1);
  now_ms += 1000;
  hci.end_a_stuck_link();
  CHECK_EQ(HCI.disconnected, kLink);
  connect();
  now_ms += 20000;
  hci.end_a_stuck_link();  // nothing is on its way
  CHECK_EQ(HCI.disconnected, -1);
}

TEST(handles_that_there_are_not_are_refused) {
  for (uint32_t handle = 0; handle <= 0xffff; handle += handle < 300 ? 1 : 251) {
    const uint8_t low = static_cast<uint8_t>(handle), high = static_cast<uint8_t>(handle >> 8);
    const uint8_t read[] = {0x0a, low, high};
    const uint8_t blob[] = {0x0c, low, high, 0, 0};
    const uint8_t write[] = {0x12, low, high, 0, 0};
    const uint8_t prepare[] = {0x16, low, high, 0, 0, 0};
    const uint8_t command[] = {0x52, low, high, 0, 0};
    const bool there = handle >= 1 && handle <= 4;
    CHECK_EQ(passes(read, sizeof read), there);
    CHECK(there || is_error(0x0a, static_cast<uint16_t>(handle), 0x01));
    CHECK_EQ(passes(blob, sizeof blob), there);
    CHECK_EQ(passes(prepare, sizeof prepare), there);
    const bool may_be_written = there && handle != 2;
    CHECK_EQ(passes(write, sizeof write), may_be_written);
    CHECK(may_be_written || transport.sent == 1);
    CHECK_EQ(passes(command, sizeof command), may_be_written);
    CHECK_EQ(transport.sent, 0);
  }
}

TEST(a_write_to_a_declaration_or_too_long_is_refused) {
  uint8_t write[3 + 21] = {0x12, 2, 0};
  CHECK(!passes(write, 5));
  CHECK(is_error(0x12, 2, 0x03));
  write[1] = 3;
  CHECK(passes(write, 3 + 20));
  CHECK(!passes(write, 3 + 21));
  CHECK(is_error(0x12, 3, 0x0d));
  write[1] = 4;
  CHECK(passes(write, 3 + 2));
  for (uint8_t length : {3, 4, 6}) {
    CHECK(!passes(write, length));
    CHECK(is_error(0x12, 4, 0x0d));
  }
}

TEST(ranges_that_are_none_are_refused) {
  for (uint8_t opcode : {0x04, 0x06, 0x08, 0x10}) {
    const uint8_t length = opcode == 0x04 ? 5 : 7;
    const uint8_t from_zero[] = {opcode, 0, 0, 0xff, 0xff, 0, 0x28};
    const uint8_t backwards[] = {opcode, 3, 0, 2, 0, 0, 0x28};
    const uint8_t all[] = {opcode, 1, 0, 0xff, 0xff, 0, 0x28};
    CHECK(!passes(from_zero, length));
    CHECK(is_error(opcode, 0, 0x01));
    CHECK(!passes(backwards, length));
    CHECK(is_error(opcode, 3, 0x01));
    CHECK(passes(all, length));
  }
}

TEST(a_request_that_is_too_short_or_too_long_is_refused) {
  struct {
    uint8_t opcode, least, most;
  } const lengths[] = {
      {0x02, 3, 3},  {0x04, 5, 5},   {0x06, 7, 247}, {0x0a, 3, 3},  {0x0c, 5, 5},
      {0x12, 3, 23}, {0x16, 5, 247}, {0x18, 2, 2},   {0x52, 3, 23},
  };
  for (const auto& each : lengths) {
    for (uint32_t length = 1; length <= 247; ++length) {
      uint8_t pdu[247] = {each.opcode, 3, 0, 4, 0};
      const bool right = length >= each.least && length <= each.most;
      CHECK_EQ(passes(pdu, static_cast<uint8_t>(length)), right);
      CHECK_EQ(transport.sent, !right && each.opcode != 0x52);
    }
  }
}

TEST(what_is_no_request_is_dropped) {
  uint8_t pdu[5] = {};
  connect();
  att(pdu, 0);
  CHECK_EQ(ATT.handed + transport.sent, 0);
  for (uint32_t opcode = 0; opcode < 256; ++opcode) {
    pdu[0] = static_cast<uint8_t>(opcode);
    const bool request = opcode % 2 == 0 && (opcode & 0x40) == 0 && opcode != 0x1e;
    const bool handed = passes(pdu, sizeof pdu);
    CHECK_EQ(handed || transport.sent == 1, request);
  }
}

TEST(a_request_longer_than_the_mtu_is_dropped) {
  connect();
  ATT.agreed_mtu = 23;
  uint8_t prepare[24] = {0x16, 3, 0, 0, 0};
  att(prepare, 24);
  CHECK_EQ(ATT.handed + transport.sent, 0);
  att(prepare, 23);
  CHECK_EQ(ATT.handed, 1);
}

TEST(an_mtu_of_less_than_23_is_23) {
  for (uint8_t wanted : {0, 1, 22, 23, 24}) {
    const uint8_t request[] = {0x02, wanted, 0};
    REQUIRE(passes(request, sizeof request));
    CHECK_EQ(ATT.handed_bytes[1], wanted < 23 ? 23 : wanted);
    CHECK_EQ(ATT.handed_bytes[2], 0);
  }
}
