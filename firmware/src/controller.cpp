#include "controller.h"

#include <Arduino.h>
#include <CordioHCIDriver.h>
#include <chci_api.h>
#include <custom_chci_tr.h>
#include <hci_defs.h>
#include <rtos/EventFlags.h>
#include <rtos/ThisThread.h>
#include <rtos/Thread.h>
#include <string.h>
#include <utility/HCITransport.h>
#include <wsf_buf.h>
#include <wsf_msg.h>
#include <wsf_os.h>
#include <wsf_timer.h>

#include <atomic>
#include <chrono>

ble::CordioHCIDriver& ble_cordio_get_hci_driver();  // NRFCordioHCIDriver.cpp
// Where Cordio's operating system layer takes its memory from: wsf_buf.c.
extern uint8_t* SystemHeapStart;
extern uint32_t SystemHeapSize;

namespace {

constexpr uint32_t kRing = 4096;      // sixteen of the longest packets
constexpr uint32_t kForEvents = 512;  // of it: a central can fill the rest only
constexpr uint32_t kAclHeader = 4;
constexpr uint32_t kLeastPacket = 16;  // Cordio's own smallest block
constexpr uint32_t kTimersMs = 5;      // the link layer's timers are ten times as long and more
constexpr uint32_t kTurns = 20;
constexpr uint32_t kSignal = 1;
constexpr uint32_t kStack = 4096;

// Whole packets, from the controller's thread to the main one, which reads single bytes.
class Ring {
 public:
  // Needs no lock: one thread writes `written_` alone, the other `read_`.
  uint32_t used() const { return written_ - read_; }

  // False: no room, and nothing of the packet is kept.
  bool put(uint8_t type, const uint8_t* packet, uint32_t length, uint32_t keep_free) {
    if (used() + 1 + length + keep_free > kRing) return false;
    uint32_t at = written_;
    bytes_[at++ % kRing] = type;
    for (uint32_t i = 0; i < length; ++i) bytes_[at++ % kRing] = packet[i];
    written_ = at;
    return true;
  }

  uint8_t next() const { return bytes_[read_ % kRing]; }
  uint8_t take() {
    const uint8_t byte = next();
    read_ = read_ + 1;
    return byte;
  }

 private:
  uint8_t bytes_[kRing];
  std::atomic<uint32_t> written_{0};
  std::atomic<uint32_t> read_{0};
};

Ring ring;
rtos::EventFlags arrived;  // a packet for the main thread
rtos::EventFlags work;     // something for the controller's thread
std::atomic<bool> has_work{false};
std::atomic<bool> runs{false};
alignas(8) unsigned char stack[kStack];
// Above the main thread: what the link layer has to do takes well under a millisecond and is due
// before the next connection event.
rtos::Thread thread(osPriorityHigh, sizeof stack, stack, "bluetooth");

void set_up_memory() {
  ble::buf_pool_desc_t pools = ble_cordio_get_hci_driver().get_buffer_pool_description();
  SystemHeapStart = pools.buffer_memory;
  SystemHeapSize = pools.buffer_size;
  const uint32_t taken = WsfBufInit(static_cast<uint8_t>(pools.pool_count),
                                    const_cast<wsfBufPoolDesc_t*>(pools.pool_description));
  SystemHeapStart += taken;
  SystemHeapSize -= taken;
  WsfTimerInit();
}

void serve() {
  uint32_t then_ms = millis();
  while (runs) {
    work.wait_any(kSignal, kTimersMs);
    const uint32_t now_ms = millis();
    if (now_ms != then_ms) WsfTimerUpdate((now_ms - then_ms) / WSF_MS_PER_TICK);
    then_ms = now_ms;
    // Handlers may call for themselves again, as the scheduler does while it has to wait for an
    // operation's end. The other threads get their share all the same.
    has_work = false;
    for (uint32_t turn = 0; turn < kTurns; ++turn) {
      wsfOsDispatcher();
      if (wsfOsReadyToSleep()) break;
      if (turn + 1 == kTurns) rtos::ThisThread::sleep_for(std::chrono::milliseconds(1));
    }
  }
}

class Controller final : public HCITransportInterface {
 public:
  int begin() override {
    if (runs) return 1;
    set_up_memory();
    ble_cordio_get_hci_driver().initialize();
    runs = true;  // before the thread asks
    runs = thread.start(serve) == osOK;
    return runs ? 1 : 0;
  }

  void end() override { runs = false; }

  void wait(unsigned long timeout_ms) override {
    if (ring.used() == 0) arrived.wait_any(kSignal, timeout_ms);
  }

  int available() override { return static_cast<int>(ring.used()); }
  int peek() override { return ring.used() == 0 ? -1 : ring.next(); }
  int read() override { return ring.used() == 0 ? -1 : ring.take(); }

  // 0: the controller has no memory for it now.
  size_t write(const uint8_t* data, size_t length) override {
    if (!runs || length < 2) return 0;
    const uint32_t bytes = static_cast<uint32_t>(length - 1);
    // It becomes the controller's own, which frees it.
    auto* packet = static_cast<uint8_t*>(
        WsfMsgAlloc(static_cast<uint16_t>(bytes < kLeastPacket ? kLeastPacket : bytes)));
    if (packet == nullptr) return 0;
    memcpy(packet, data + 1, bytes);
    CustomChciTrRead(CHCI_TR_PROT_BLE, data[0], static_cast<uint16_t>(bytes), packet);
    return length;
  }
};

Controller controller;

}  // namespace

bool controller_runs() { return runs; }

// What ArduinoBLE's HCI.cpp means by HCITransport.
extern HCITransportInterface& __wrap_HCITransport;
HCITransportInterface& __wrap_HCITransport = controller;

extern "C" {

void __wrap_wsf_mbed_ble_signal_event();
uint16_t __wrap_ControllerToHostWrite(uint8_t protocol, uint8_t type, uint16_t length,
                                      uint8_t* packet);

// There is something for a handler (wsf_os.c), also from an interrupt. The flag is set once until
// it is served: each setting from an interrupt takes one of the 16 places in RTX's queue.
void __wrap_wsf_mbed_ble_signal_event() {
  if (!has_work.exchange(true)) work.set(kSignal);
}

// A packet from the controller, in its thread. Nobody looks at the result (chci_tr.c), and the
// packet's memory is free again afterwards: what a central sends faster than the main thread takes
// it is lost here, packet by packet. What the controller itself reports never is.
// cppcheck-suppress constParameterPointer  ; declared as what it stands for
uint16_t __wrap_ControllerToHostWrite(uint8_t, uint8_t type, uint16_t length, uint8_t* packet) {
  // ArduinoBLE takes data without a byte for the beginning of what follows (HCI.cpp, poll()).
  if (type == HCI_ACL_TYPE && length <= kAclHeader) return length;
  ring.put(type, packet, length, type == HCI_ACL_TYPE ? kForEvents : 0);
  arrived.set(kSignal);
  return length;
}

}  // extern "C"
