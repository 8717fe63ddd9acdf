#include "board.h"

#include <string.h>

#include "saturation.h"

namespace core {

namespace {

using wire::Opcode;
using wire::Status;

// A wrong signature costs as much time as a right one: a stranger gets a tenth of it.
constexpr uint64_t kAfterWrongSignatureUs = 1000000;
// Whom the owner lets do nothing may stay for so long, to show that he is the owner.
constexpr uint64_t kUnknownUs = 10000000;
// A central that says nothing and listens to nothing for so long makes room for another one.
constexpr uint64_t kIdleUs = 60000000;
constexpr uint64_t kClaimShownUs = 5000000;

template <class Layout>
bool parse(const uint8_t* bytes, uint32_t length, Layout* out) {
  if (length != sizeof(Layout)) return false;
  memcpy(out, bytes, sizeof(Layout));
  return true;
}

}  // namespace

constexpr uint32_t Board::kReplies;
constexpr uint32_t Board::kMaxResult;
constexpr uint32_t Board::kMaxSigned;

Board::Board(const Ports& ports, const Identity& identity)
    : ports_(ports),
      identity_(identity),
      store_(ports.flash),
      ownership_(store_, ports.crypto, identity.boot_id, identity.built_in),
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
  if (!start_checked_) {
    start_checked_ = true;
    verdict = ownership_.begin_check(slot, false);
  } else if (ownership_.checking()) {
    verdict = ownership_.step_check();
  } else if (!start_loaded_) {
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
  start_checked_ = start_loaded_ = false;
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
  linked_us_ = heard_us_ = ports_.clock.now_us();
  ownership_.on_link();
  may_write_model_ = false;
  signed_length_ = 0;
  // The next central asks for what it wants; a model transfer waits in the store to be resumed.
  streamer_.stop();
  predictor_.forget_queue();
  reply_count_ = 0;
  // The spare is prepared in any case; whoever comes next begins for himself.
  if (pending_opcode_ == Opcode::MODEL_BEGIN) pending_ = false;
}

void Board::on_command(const uint8_t* bytes, uint32_t length) {
  heard_us_ = ports_.clock.now_us();
  take_command(bytes, length, false);
}

void Board::obey(const uint8_t* bytes, uint32_t length) { take_command(bytes, length, true); }

void Board::take_command(const uint8_t* bytes, uint32_t length, bool by_owner) {
  wire::CommandHeader header = {};
  if (length < sizeof header) {
    ++bad_commands_;
    return reply(Opcode::STATUS, 0, refused(Status::BAD_COMMAND, length));
  }
  memcpy(&header, bytes, sizeof header);
  handle(static_cast<Opcode>(header.opcode), header.tag, bytes + sizeof header,
         length - static_cast<uint32_t>(sizeof header), by_owner);
}

bool Board::may(Opcode opcode, bool by_owner) const {
  switch (opcode) {
    case Opcode::CLAIM:
    case Opcode::AUTHENTICATE:
    case Opcode::STRANGERS:
      return by_owner;
    case Opcode::MODEL_BEGIN:
    case Opcode::MODEL_COMMIT:
    case Opcode::MODEL_ABORT:
    case Opcode::ROLLBACK:
      return by_owner || !ownership_.is_owned();
    case Opcode::OWNER:
    case Opcode::SIGNED:
      return true;
    default:
      return by_owner || ownership_.may_read();
  }
}

uint32_t Board::wait_s(bool by_owner) const {
  return by_owner || ownership_.is_owned() ? 0 : changes_.wait_s(ports_.clock.now_us());
}

void Board::take_signed(uint8_t tag, const uint8_t* arguments, uint32_t length) {
  constexpr uint32_t kLeast = sizeof(wire::SignedHeader) + sizeof(wire::CommandHeader);
  if (length < kLeast || length > kMaxSigned) {
    ++bad_commands_;
    return reply(Opcode::SIGNED, tag, refused(Status::BAD_COMMAND, length));
  }
  if (signed_length_ != 0 || ports_.clock.now_us() < next_signed_us_) {
    const uint8_t opcode = arguments[sizeof(wire::SignedHeader)];
    return reply(static_cast<Opcode>(opcode), tag, refused(Status::BUSY, 0));
  }
  memcpy(signed_, arguments, length);
  signed_length_ = length;
}

bool Board::work_on_signed() {
  if (signed_length_ == 0) return false;
  const uint8_t* command = signed_ + sizeof(wire::SignedHeader);
  const uint32_t length = signed_length_ - static_cast<uint32_t>(sizeof(wire::SignedHeader));
  signed_length_ = 0;
  const Verdict verdict = ownership_.check_command(signed_, command, length);
  if (verdict.ok() && command[0] != static_cast<uint8_t>(Opcode::SIGNED)) {
    take_command(command, length, true);
    return true;
  }
  if (!verdict.ok()) next_signed_us_ = ports_.clock.now_us() + kAfterWrongSignatureUs;
  reply(static_cast<Opcode>(command[0]), command[1],
        verdict.ok() ? refused(Status::BAD_COMMAND, length) : verdict);
  return true;
}

void Board::handle(Opcode opcode, uint8_t tag, const uint8_t* arguments, uint32_t length,
                   bool by_owner) {
  if (!may(opcode, by_owner)) return reply(opcode, tag, refused(Status::OWNER_ONLY, 0));
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
      const uint32_t wait =
          store_.has_begun(wanted.total_bytes, wanted.crc32) ? 0 : wait_s(by_owner);
      if (wait != 0) return reply(opcode, tag, refused(Status::TOO_MANY_CHANGES, wait));
      const Verdict verdict = store_.begin(wanted.total_bytes, wanted.crc32);
      if (!verdict.ok()) return reply(opcode, tag, verdict);
      may_write_model_ = true;
      pending_ = true;
      pending_opcode_ = opcode;
      pending_tag_ = tag;
      return;
    }
    case Opcode::MODEL_COMMIT:
    case Opcode::ROLLBACK:
      if (length != 0) break;
      if (pending_ || starting()) return reply(opcode, tag, refused(Status::BUSY, 0));
      if (opcode == Opcode::ROLLBACK && store_.has_previous()) {
        const uint32_t wait = wait_s(by_owner);
        if (wait != 0) return reply(opcode, tag, refused(Status::TOO_MANY_CHANGES, wait));
        changes_.take(ports_.clock.now_us());  // its record fills the journal
      }
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
    case Opcode::OWNER: {
      if (length != 0) break;
      const wire::OwnerState result = ownership_.ask();
      return reply(opcode, tag, accepted(), &result, sizeof result);
    }
    case Opcode::SIGNED:
      return take_signed(tag, arguments, length);
    case Opcode::CLAIM: {
      wire::Claim wanted;
      if (!parse(arguments, length, &wanted)) break;
      return reply(opcode, tag, ownership_.claim(wanted.public_key));
    }
    case Opcode::AUTHENTICATE:
      if (length != 0) break;
      ownership_.authenticate();
      return reply(opcode, tag, accepted());
    case Opcode::STRANGERS: {
      wire::Strangers wanted;
      if (!parse(arguments, length, &wanted)) break;
      if (pending_ || starting()) return reply(opcode, tag, refused(Status::BUSY, 0));
      strangers_may_read_ = wanted.may_read != 0;
      pending_ = true;
      pending_opcode_ = opcode;
      pending_tag_ = tag;
      return;
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
  heard_us_ = ports_.clock.now_us();
  if (ownership_.is_owned() && !may_write_model_) {
    return reply(Opcode::MODEL_DATA, 0, refused(Status::OWNER_ONLY, 0));
  }
  wire::ModelChunkHeader header = {};
  if (length <= sizeof header) {
    ++bad_commands_;
    return reply(Opcode::MODEL_DATA, 0, refused(Status::BAD_COMMAND, length));
  }
  memcpy(&header, bytes, sizeof header);
  const bool was_erased = store_.spare_is_erased();
  const Verdict verdict = store_.write(header.offset, bytes + sizeof header,
                                       length - static_cast<uint32_t>(sizeof header));
  if (was_erased && !store_.spare_is_erased()) changes_.take(ports_.clock.now_us());
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
  const bool swaps = pending_opcode_ == Opcode::ROLLBACK && store_.has_previous();
  if (swaps || pending_opcode_ == Opcode::STRANGERS) {
    store_.abort();  // a transfer holds up the erase that the journal may wait for
    if (!store_.can_record() && store_.failure().ok()) return false;
  }
  if (pending_opcode_ == Opcode::STRANGERS) {
    Owner owner = store_.owner();
    owner.strangers_read = strangers_may_read_;
    pending_ = false;
    reply(pending_opcode_, pending_tag_, store_.set_owner(owner));
    return true;
  }
  Verdict verdict = accepted();
  if (step_switch(&verdict)) return true;
  pending_ = false;
  switch_ = Switch::none;
  wire::ModelIdentity result = {};
  identity_of(store_.active(), result.model_id);
  reply(pending_opcode_, pending_tag_, verdict, &result, sizeof result);
  return true;
}

bool Board::step_switch(Verdict* verdict) {
  const bool is_commit = pending_opcode_ == Opcode::MODEL_COMMIT;
  if (switch_ == Switch::none) {
    *verdict = begin_switch();
    if (switch_ == Switch::none) return false;
  } else if (ownership_.checking()) {
    *verdict = ownership_.step_check();
  } else if (switch_ == Switch::signature) {
    switch_ = Switch::golden;
    *verdict = is_commit ? store_.try_spare(true) : accepted();
    if (verdict->ok()) {
      *verdict = predictor_.load(store_.slot(target_), kSlotBytes, identity_.samples);
    }
  } else if (predictor_.golden_left()) {
    *verdict = predictor_.check_golden();
  } else {
    bool claimed = false;
    predictor_.run(ring_);
    *verdict = is_commit ? ownership_.activate_spare(&claimed) : store_.swap();
    if (claimed) claim_shown_until_us_ = ports_.clock.now_us() + kClaimShownUs;
    if (verdict->ok()) return false;
  }
  if (verdict->ok()) return true;
  if (is_commit) store_.abort();
  if (switch_ == Switch::signature) return false;  // the model before has not stopped
  if (is_commit) store_.try_spare(false);
  // The model before goes on. Its golden windows were right when it was taken into use.
  predictor_.drop();
  if (store_.active() != wire::NO_SLOT &&
      predictor_.load(store_.slot(store_.active()), kSlotBytes, identity_.samples).ok()) {
    predictor_.run(ring_);
  }
  return false;
}

Verdict Board::begin_switch() {
  target_ = store_.previous();
  if (pending_opcode_ == Opcode::MODEL_COMMIT) {
    const Verdict complete = store_.complete();
    // Wrong bytes are not to be resumed: the same package starts anew.
    if (complete.status == Status::BAD_CRC) store_.abort();
    if (!complete.ok()) return complete;
    target_ = store_.spare();
  } else if (!store_.has_previous()) {
    return refused(Status::NO_MODEL, 0);
  }
  switch_ = Switch::signature;
  return ownership_.begin_check(target_, pending_opcode_ == Opcode::MODEL_COMMIT);
}

bool Board::work_on_forgetting() {
  if (!forgetting_ || pending_) return false;
  store_.abort();
  if (!store_.can_record() && store_.failure().ok()) return false;
  forgetting_ = false;
  return store_.set_owner(Owner()).ok();
}

bool Board::link_is_overdue() {
  if (!connected_) return false;
  const uint64_t now_us = ports_.clock.now_us();
  if (!ownership_.may_read()) return now_us - linked_us_ >= kUnknownUs;
  if (now_us - heard_us_ < kIdleUs) return false;
  if (ports_.radio.listened_to()) heard_us_ = now_us;
  return now_us - heard_us_ >= kIdleUs;
}

bool Board::step() {
  if (link_is_overdue()) {
    linked_us_ = heard_us_ = ports_.clock.now_us();  // once, and not in each step
    ports_.radio.end_link();
    return true;
  }
  bool worked = send_reply();
  if (connected_ && ownership_.may_read()) {
    worked |= predictor_.send(ports_.radio, notify_refused_);
    worked |= streamer_.step(ring_, ports_.clock.now_us(), ports_.radio, notify_refused_);
  }
  worked |= work_on_signed();
  if (starting()) return step_start() || worked;  // the models are its own
  worked |= work_on_pending();
  worked |= work_on_forgetting();
  worked |= predictor_.step(ring_, connected_ && ownership_.may_read());
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
  info.owner_flags = ownership_.flags();
  ownership_.id(info.owner_id);
  return info;
}

}  // namespace core
