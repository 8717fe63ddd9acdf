#include "board.h"

#include <string.h>

#include "saturation.h"

namespace core {

namespace {

using wire::Opcode;
using wire::Status;

template <class Layout>
bool parse(const uint8_t* bytes, uint32_t length, Layout* out) {
  if (length != sizeof(Layout)) return false;
  memcpy(out, bytes, sizeof(Layout));
  return true;
}

}  // namespace

constexpr uint32_t Board::kReplies;
constexpr uint32_t Board::kMaxResult;

Board::Board(const Ports& ports, const Identity& identity)
    : ports_(ports),
      identity_(identity),
      store_(ports.flash),
      predictor_(ports.classifier, ports.clock) {}

void Board::start() {
  ring_.start(static_cast<uint32_t>(1000000000ull / identity_.samples.rate_mhz),
              identity_.first_seq);
  store_.start();
  start_ = store_.active() == wire::NO_SLOT ? Start::done : Start::note;
}

bool Board::step_start() {
  if (start_ == Start::note) return note_start();
  const bool is_active = start_ == Start::active;
  const uint8_t slot = is_active ? store_.active() : store_.previous();
  Verdict verdict = accepted();
  if (!start_loaded_) {
    verdict = predictor_.load(store_.slot(slot), kSlotBytes, identity_.samples);
    start_loaded_ = verdict.ok();
  } else if (predictor_.golden_left()) {
    verdict = predictor_.check_golden();
  } else if (!is_active && !store_.can_record() && store_.failure().ok()) {
    return store_.step();
  } else {
    // A switch that is not recorded would have the commit after next erase the slot that runs.
    verdict = is_active ? accepted() : store_.swap();
    if (verdict.ok()) {
      predictor_.run(ring_);
      start_ = Start::done;
    }
  }
  if (verdict.ok()) return true;
  // The active model no longer passes its checks: the one before it may.
  start_loaded_ = false;
  start_ = is_active && store_.has_previous() ? Start::previous : Start::done;
  return true;
}

bool Board::note_start() {
  start_ = Start::active;
  if (!store_.start_is_notable(identity_.ended_by_fault)) return true;
  if (!store_.can_record() && store_.failure().ok()) {
    start_ = Start::note;
    return store_.step();
  }
  // A model whose ends cannot be counted might end the board for ever.
  const bool noted = store_.note_start(identity_.ended_by_fault).ok();
  if (store_.active() == wire::NO_SLOT || (!noted && identity_.ended_by_fault)) {
    start_ = Start::done;
  }
  return true;
}

void Board::on_sample(const int16_t axes[wire::AXES], uint64_t t_us) {
  for (uint32_t axis = 0; axis < wire::AXES; ++axis) {
    if (is_saturated(axes[axis])) {
      ++saturated_;
      break;
    }
  }
  ring_.push(axes, t_us);
}

void Board::on_link(bool connected) {
  connected_ = connected;
  // The next central asks for what it wants; a model transfer waits in the store to be resumed.
  streamer_.stop();
  predictor_.forget_queue();
  reply_count_ = 0;
  // The spare is prepared in any case; whoever comes next begins for himself.
  if (pending_opcode_ == Opcode::MODEL_BEGIN) pending_ = false;
}

void Board::on_command(const uint8_t* bytes, uint32_t length) {
  wire::CommandHeader header = {};
  if (length < sizeof header) {
    ++bad_commands_;
    return reply(Opcode::STATUS, 0, refused(Status::BAD_COMMAND, length));
  }
  memcpy(&header, bytes, sizeof header);
  handle(static_cast<Opcode>(header.opcode), header.tag, bytes + sizeof header,
         length - static_cast<uint32_t>(sizeof header));
}

void Board::handle(Opcode opcode, uint8_t tag, const uint8_t* arguments, uint32_t length) {
  switch (opcode) {
    case Opcode::STATUS: {
      if (length != 0) break;
      const wire::Counters result = counters();
      return reply(opcode, tag, accepted(), &result, sizeof result);
    }
    case Opcode::STREAM_START: {
      wire::StreamStart wanted;
      if (!parse(arguments, length, &wanted)) break;
      const wire::SequenceRange result = {
          streamer_.start(ring_, wanted.from_seq, wanted.max_delay_ms * 1000u), 0};
      return reply(opcode, tag, accepted(), &result, sizeof result);
    }
    case Opcode::STREAM_STOP:
      if (length != 0) break;
      streamer_.stop();
      return reply(opcode, tag, accepted());
    case Opcode::RESEND: {
      wire::SequenceRange wanted;
      if (!parse(arguments, length, &wanted)) break;
      const wire::SequenceRange result = streamer_.resend(ring_, wanted);
      return reply(opcode, tag, accepted(), &result, sizeof result);
    }
    case Opcode::MODEL_BEGIN: {
      wire::ModelBegin wanted;
      if (!parse(arguments, length, &wanted)) break;
      if (pending_ || starting()) return reply(opcode, tag, refused(Status::BUSY, 0));
      const Verdict verdict = store_.begin(wanted.total_bytes, wanted.crc32);
      if (!verdict.ok()) return reply(opcode, tag, verdict);
      pending_ = true;
      pending_opcode_ = opcode;
      pending_tag_ = tag;
      return;
    }
    case Opcode::MODEL_COMMIT:
    case Opcode::ROLLBACK:
      if (length != 0) break;
      if (pending_ || starting()) return reply(opcode, tag, refused(Status::BUSY, 0));
      pending_ = true;
      pending_opcode_ = opcode;
      pending_tag_ = tag;
      return;
    case Opcode::MODEL_ABORT:
      if (length != 0) break;
      if (pending_ || starting()) return reply(opcode, tag, refused(Status::BUSY, 0));
      store_.abort();
      return reply(opcode, tag, accepted());
    case Opcode::IDENTIFY: {
      wire::Identify wanted;
      if (!parse(arguments, length, &wanted)) break;
      identify_until_us_ = ports_.clock.now_us() + wanted.seconds * 1000000ull;
      return reply(opcode, tag, accepted());
    }
    case Opcode::MODEL_READ: {
      wire::ModelRead wanted;
      if (!parse(arguments, length, &wanted)) break;
      return read_model(tag, wanted);
    }
    case Opcode::MODEL_DATA:
      break;
  }
  ++bad_commands_;
  reply(opcode, tag, refused(Status::BAD_COMMAND, length));
}

void Board::read_model(uint8_t tag, const wire::ModelRead& wanted) {
  if (!predictor_.ready()) return reply(Opcode::MODEL_READ, tag, refused(Status::NO_MODEL, 0));
  const uint32_t total = predictor_.header().total_bytes;
  if (wanted.offset >= total || wanted.length == 0 || wanted.length > kMaxResult) {
    return reply(Opcode::MODEL_READ, tag, refused(Status::BAD_OFFSET, total));
  }
  const uint32_t left = total - wanted.offset;
  reply(Opcode::MODEL_READ, tag, accepted(), store_.slot(store_.active()) + wanted.offset,
        wanted.length < left ? wanted.length : left);
}

void Board::on_model_write(const uint8_t* bytes, uint32_t length) {
  wire::ModelChunkHeader header = {};
  if (length <= sizeof header) {
    ++bad_commands_;
    return reply(Opcode::MODEL_DATA, 0, refused(Status::BAD_COMMAND, length));
  }
  memcpy(&header, bytes, sizeof header);
  const Verdict verdict = store_.write(header.offset, bytes + sizeof header,
                                       length - static_cast<uint32_t>(sizeof header));
  // Silence is consent: the write's own response has acknowledged it.
  if (!verdict.ok()) reply(Opcode::MODEL_DATA, 0, verdict);
}

void Board::reply(Opcode opcode, uint8_t tag, Verdict verdict, const void* result,
                  uint32_t length) {
  if (!connected_) return;
  if (reply_count_ == kReplies) {
    ++bad_commands_;  // a central that does not wait for its replies
    return;
  }
  Reply& next = replies_[reply_count_++];
  wire::ReplyHeader header = {};
  header.opcode = static_cast<uint8_t>(opcode);
  header.tag = tag;
  header.status = static_cast<uint8_t>(verdict.status);
  header.detail = verdict.detail;
  memcpy(next.bytes, &header, sizeof header);
  if (length != 0) memcpy(next.bytes + sizeof header, result, length);
  next.length = static_cast<uint32_t>(sizeof header) + length;
}

bool Board::send_reply() {
  if (reply_count_ == 0) return false;
  if (!ports_.radio.notify(Notification::reply, replies_[0].bytes, replies_[0].length)) {
    ++notify_refused_;
    return false;
  }
  memmove(replies_, replies_ + 1, sizeof replies_ - sizeof replies_[0]);
  --reply_count_;
  return true;
}

bool Board::work_on_pending() {
  if (!pending_) return false;
  if (pending_opcode_ == Opcode::MODEL_BEGIN) {
    if (store_.is_opening()) return false;
    pending_ = false;
    const wire::ModelOffset result = {store_.received()};
    reply(Opcode::MODEL_BEGIN, pending_tag_, store_.failure(), &result, sizeof result);
    return true;
  }
  if (pending_opcode_ == Opcode::ROLLBACK && store_.has_previous()) {
    store_.abort();  // a transfer holds up the erase that the journal may wait for
    if (!store_.can_record() && store_.failure().ok()) return false;
  }
  Verdict verdict = accepted();
  if (step_switch(&verdict)) return true;
  pending_ = switching_ = false;
  wire::ModelIdentity result = {};
  identity_of(store_.active(), result.model_id);
  reply(pending_opcode_, pending_tag_, verdict, &result, sizeof result);
  return true;
}

bool Board::step_switch(Verdict* verdict) {
  const bool is_commit = pending_opcode_ == Opcode::MODEL_COMMIT;
  if (!switching_) {
    *verdict = begin_switch();
    if (!switching_) return false;
  } else if (predictor_.golden_left()) {
    *verdict = predictor_.check_golden();
  } else {
    predictor_.run(ring_);
    *verdict = is_commit ? store_.activate_spare() : store_.swap();
    if (verdict->ok()) return false;
  }
  if (verdict->ok()) return true;
  if (is_commit) {
    store_.abort();
    store_.try_spare(false);
  }
  // The model before goes on. Its golden windows were right when it was taken into use.
  predictor_.drop();
  if (store_.active() != wire::NO_SLOT &&
      predictor_.load(store_.slot(store_.active()), kSlotBytes, identity_.samples).ok()) {
    predictor_.run(ring_);
  }
  return false;
}

Verdict Board::begin_switch() {
  const bool is_commit = pending_opcode_ == Opcode::MODEL_COMMIT;
  uint8_t target = store_.previous();
  if (is_commit) {
    const Verdict complete = store_.complete();
    // Wrong bytes are not to be resumed: the same package starts anew.
    if (complete.status == Status::BAD_CRC) store_.abort();
    if (!complete.ok()) return complete;
    target = store_.spare();
  } else if (!store_.has_previous()) {
    return refused(Status::NO_MODEL, 0);
  }
  switching_ = true;
  const Verdict noted = is_commit ? store_.try_spare(true) : accepted();
  if (!noted.ok()) return noted;
  return predictor_.load(store_.slot(target), kSlotBytes, identity_.samples);
}

bool Board::step() {
  bool worked = send_reply();
  if (connected_) {
    worked |= predictor_.send(ports_.radio, notify_refused_);
    worked |= streamer_.step(ring_, ports_.clock.now_us(), ports_.radio, notify_refused_);
  }
  if (starting()) return step_start() || worked;  // the models are its own
  worked |= work_on_pending();
  worked |= predictor_.step(ring_, connected_);
  worked |= store_.step();
  return worked;
}

void Board::identity_of(uint8_t slot, uint8_t* model_id) const {
  if (slot == wire::NO_SLOT) {
    memset(model_id, 0, sizeof(wire::ModelIdentity));
    return;
  }
  wire::PackageHeader header;
  memcpy(&header, store_.slot(slot), sizeof header);
  memcpy(model_id, header.model_id, sizeof header.model_id);
}

wire::Counters Board::counters() const {
  wire::Counters result = {};
  result.now_us = ports_.clock.now_us();
  result.next_seq = ring_.next_seq();
  result.oldest_seq = ring_.oldest_seq();
  result.saturated = saturated_;
  result.sensor_gaps = ring_.gaps();
  result.notify_refused = notify_refused_;
  result.bad_commands = bad_commands_;
  result.predictions = predictor_.predictions();
  result.windows_skipped = predictor_.windows_skipped();
  result.inference_failures = predictor_.inference_failures();
  result.radio_restarts = identity_.radio_restarts;
  return result;
}

wire::Info Board::info() const {
  wire::Info info = {};
  info.wire_hash = wire::WIRE_HASH;
  info.firmware_major = identity_.firmware[0];
  info.firmware_minor = identity_.firmware[1];
  info.firmware_patch = identity_.firmware[2];
  info.imu = static_cast<uint8_t>(identity_.imu);
  info.flags = identity_.flags;
  if (store_.has_dropped()) {
    info.flags =
        static_cast<uint16_t>(info.flags | static_cast<uint16_t>(wire::BoardFlag::MODEL_DROPPED));
  }
  info.max_model_write = static_cast<uint16_t>(wire::MAX_MODEL_WRITE_BYTES);
  info.boot_id = identity_.boot_id;
  info.native_rate_mhz = identity_.samples.rate_mhz;
  info.accel_ng_per_lsb = identity_.samples.accel_ng_per_lsb;
  info.gyro_nrads_per_lsb = identity_.samples.gyro_nrads_per_lsb;
  info.accel_range_mg = identity_.accel_range_mg;
  info.gyro_range_dps = identity_.gyro_range_dps;
  info.ring_samples = wire::RING_SAMPLES;
  info.slot_bytes = kSlotBytes;
  info.arena_bytes = identity_.arena_bytes;
  info.active_slot = predictor_.ready() ? store_.active() : static_cast<uint8_t>(wire::NO_SLOT);
  if (predictor_.ready()) {
    info.model_version = predictor_.header().version_counter;
    memcpy(info.model_id, predictor_.header().model_id, sizeof info.model_id);
  }
  identity_of(store_.previous(), info.previous_model_id);
  return info;
}

}  // namespace core
