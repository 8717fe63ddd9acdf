// ArduinoBLE's link to the Bluetooth controller, without its wait.
//
// The library's own HCIClass::sendAclPkt() waits in a loop while the controller's buffers are full
// and handles incoming packets meanwhile: writes would reach the core in the middle of its own
// work, and a link that is lost at that moment would hold up everything else. The library takes
// another HCI object when it is built with -DFAKE_HCI (platformio.ini), a switch made for its own
// tests.
#pragma once
#include <utility/HCI.h>

class Hci final : public HCIClass {
 public:
  // Whether a notification can be sent now. Buffers stay free for answers to the central, which
  // cannot be sent later.
  bool has_room() const { return in_flight_ + kKeptForAnswers < capacity_; }
  void forget_in_flight() { in_flight_ = 0; }

  int readLeBufferSize(uint16_t& packet_bytes, uint8_t& packets) override;
  int sendAclPkt(uint16_t handle, uint8_t channel, uint8_t length, void* payload) override;

 private:
  static constexpr uint8_t kKeptForAnswers = 2;  // one ATT response and one L2CAP request

  void handleNumCompPkts(uint16_t handle, uint16_t packets) override;

  uint8_t capacity_ = 0;
  uint8_t in_flight_ = 0;
};

extern Hci hci;
