#include "streamer.h"

#include <string.h>

namespace core {

uint32_t Streamer::start(const RingBuffer& ring, uint32_t from_seq, uint32_t max_delay_us) {
  active_ = true;
  max_delay_us_ = max_delay_us;
  again_.count = 0;
  next_ = ring.next_seq();
  if (from_seq != wire::FROM_NOW && static_cast<int32_t>(next_ - from_seq) > 0) {
    next_ = ring.holds(from_seq) ? from_seq : ring.oldest_seq();
  }
  return next_;
}

void Streamer::stop() {
  active_ = false;
  again_.count = 0;
}

wire::SequenceRange Streamer::resend(const RingBuffer& ring, wire::SequenceRange wanted) {
  // Signed distances, so that a wrap of the sequence number changes nothing.
  const int32_t gone = static_cast<int32_t>(ring.oldest_seq() - wanted.first_seq);
  again_ = wanted;
  if (gone > 0) {
    again_.first_seq = ring.oldest_seq();
    again_.count =
        wanted.count > static_cast<uint32_t>(gone) ? wanted.count - static_cast<uint32_t>(gone) : 0;
  }
  const int32_t held = static_cast<int32_t>(ring.next_seq() - again_.first_seq);
  if (held <= 0) {
    again_.count = 0;
  } else if (again_.count > static_cast<uint32_t>(held)) {
    again_.count = static_cast<uint32_t>(held);
  }
  return again_;
}

uint32_t Streamer::packet_length(const RingBuffer& ring, uint32_t first, uint32_t available,
                                 bool* closed) {
  uint32_t count = 1;
  while (count < available && count < wire::MAX_PACKET_SAMPLES) {
    // Samples of a packet are evenly spaced: a gap in time closes it.
    if (ring.gap_before(first + count)) {
      *closed = true;
      return count;
    }
    ++count;
  }
  *closed = count == wire::MAX_PACKET_SAMPLES;
  return count;
}

bool Streamer::send(const RingBuffer& ring, uint32_t first, uint32_t count, bool again,
                    Radio& radio) {
  uint8_t packet[wire::MAX_NOTIFY_BYTES];
  wire::MotionHeader header = {};
  header.seq = first;
  header.t_us = ring.t_us(first);
  header.count = static_cast<uint8_t>(count);
  header.flags = again ? 1 : 0;
  uint32_t period_us = ring.period_us();
  if (count > 1) {
    const uint32_t span_us = static_cast<uint32_t>(ring.t_us(first + count - 1) - header.t_us);
    period_us = (span_us + (count - 1) / 2) / (count - 1);
  }
  header.period_us = static_cast<uint16_t>(period_us < 0xffffu ? period_us : 0xffffu);
  memcpy(packet, &header, sizeof header);
  for (uint32_t i = 0; i < count; ++i) {
    memcpy(packet + sizeof header + i * wire::SAMPLE_BYTES, ring.axes(first + i),
           wire::SAMPLE_BYTES);
  }
  return radio.notify(Notification::motion, packet,
                      static_cast<uint32_t>(sizeof header) + count * wire::SAMPLE_BYTES);
}

bool Streamer::step(const RingBuffer& ring, uint64_t now_us, Radio& radio, uint32_t& refused) {
  bool closed = false;
  if (again_.count != 0 && !ring.holds(again_.first_seq)) {
    // The ring has moved on: the host sees from later sequence numbers what is lost for good.
    const uint32_t gone = ring.oldest_seq() - again_.first_seq;
    again_.first_seq += gone;
    again_.count = gone < again_.count ? again_.count - gone : 0;
  }
  uint32_t live = 0;
  if (active_) {
    if (static_cast<int32_t>(ring.oldest_seq() - next_) > 0) next_ = ring.oldest_seq();
    const uint32_t available = ring.next_seq() - next_;
    if (available != 0) {
      live = packet_length(ring, next_, available, &closed);
      if (!closed && now_us - ring.t_us(next_) < max_delay_us_) live = 0;
    }
  }
  if (again_.count != 0 && (live == 0 || !live_turn_)) {
    const uint32_t count = packet_length(ring, again_.first_seq, again_.count, &closed);
    if (!send(ring, again_.first_seq, count, true, radio)) {
      ++refused;
      return false;
    }
    again_.first_seq += count;
    again_.count -= count;
    live_turn_ = true;
    return true;
  }
  if (live == 0) return false;
  if (!send(ring, next_, live, false, radio)) {
    ++refused;
    return false;
  }
  next_ += live;
  live_turn_ = false;
  return true;
}

}  // namespace core
