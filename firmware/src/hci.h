// ArduinoBLE's link to the Bluetooth controller, without its wait and with bounds.
//
// The library's own HCIClass::sendAclPkt() waits in a loop while the controller's buffers are full
// and handles incoming packets meanwhile: writes would reach the core in the middle of its own
// work, and a link that is lost at that moment would hold up everything else. Its
// handleAclDataPkt() copies the pieces of a packet into a buffer of 255 bytes without a bound. The
// library takes another HCI object when it is built with -DFAKE_HCI (platformio.ini), a switch made
// for its own tests.
#pragma once
#include <utility/HCI.h>

class Hci final : public HCIClass {
 public:
  // The one link there can be: advertising ends where it begins.
  void link_up(uint16_t handle);
  void link_down(uint16_t handle);

  // Whether a notification can be sent now. Buffers stay free for answers to the central, which
  // cannot be sent later.
  bool has_room() const { return in_flight_ + kKeptForAnswers < capacity_; }

  // End a link on which nothing that was sent has gone through for long. Either the central takes
  // nothing, or the controller's word about it was lost: then the count is wrong until the link
  // ends. To set it to 0 would be right in the second case only; in the first one the controller's
  // buffers are full, and LlSendAclData() (ll_main_conn.c) drops what is sent then without a word.
  void end_a_stuck_link();

  // To offer 251 bytes a packet of the link layer, in place of 27. After BLE.begin().
  void offer_long_packets();

  int readLeBufferSize(uint16_t& packet_bytes, uint8_t& packets) override;
  int sendAclPkt(uint16_t handle, uint8_t channel, uint8_t length, void* payload) override;

 private:
  static constexpr uint8_t kKeptForAnswers = 2;  // one ATT response and one L2CAP request
  static constexpr uint16_t kNoLink = 0xffff;

  void handleNumCompPkts(uint16_t handle, uint16_t packets) override;
  void handleAclDataPkt(uint8_t length, uint8_t packet[]) override;
  void deliver(uint16_t channel, uint8_t* payload, uint8_t length);

  uint16_t link_ = kNoLink;
  uint8_t capacity_ = 0;
  uint8_t in_flight_ = 0;
  uint32_t moved_ms_ = 0;  // when a packet last went through, or the first of them was sent
  // An L2CAP packet, with its header, as far as it has come.
  bool receiving_ = false;
  uint32_t received_ = 0;
  uint8_t packet_[255];  // the longest is 251: our MTU of 247 and the header
};

extern Hci hci;
