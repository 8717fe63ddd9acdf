// Packs samples into motion packets: the live stream, and old samples again on request.
#pragma once
#include "ports.h"
#include "ring_buffer.h"

namespace core {

class Streamer {
 public:
  // Begin with `from_seq` (or what the ring still has after it); wire::FROM_NOW: the next sample.
  // Returns the first sequence number that will be sent.
  uint32_t start(const RingBuffer& ring, uint32_t from_seq, uint32_t max_delay_us);
  void stop();
  // Queue old samples. Returns the part of the range that the ring still holds; a new request
  // replaces one that is under way.
  wire::SequenceRange resend(const RingBuffer& ring, wire::SequenceRange wanted);
  // Send at most one packet. True when one went out; `refused` counts what the radio put off.
  bool step(const RingBuffer& ring, uint64_t now_us, Radio& radio, uint32_t& refused);

 private:
  bool send(const RingBuffer& ring, uint32_t first, uint32_t count, bool again, Radio& radio);
  static uint32_t packet_length(const RingBuffer& ring, uint32_t first, uint32_t available,
                                bool* closed);

  bool active_ = false;
  bool live_turn_ = false;  // live and repeated packets alternate when both wait
  uint32_t next_ = 0;
  uint32_t max_delay_us_ = 0;
  wire::SequenceRange again_ = {0, 0};
};

}  // namespace core
