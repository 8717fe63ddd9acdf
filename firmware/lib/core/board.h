// The whole behaviour of a board behind its five ports: commands, streaming, model slots, live
// inference and whose board it is. A shell feeds it samples, writes and link changes, and calls
// step() until there is nothing to do at once.
#pragma once
#include "change_budget.h"
#include "model_store.h"
#include "ownership.h"
#include "ports.h"
#include "predictor.h"
#include "ring_buffer.h"
#include "streamer.h"

namespace core {

// What the shell knows of its board; the rest of wire::Info the core adds.
struct Identity {
  uint8_t firmware[3];
  wire::Imu imu;
  uint16_t flags;  // wire::BoardFlag
  uint32_t boot_id;
  SampleFormat samples;
  uint16_t accel_range_mg;
  uint16_t gyro_range_dps;
  uint32_t arena_bytes;
  uint32_t radio_restarts;  // since power was applied
  // The board before this start did not end by itself, and a model may have done it: a watchdog, a
  // lockup.
  bool ended_by_fault;
  uint32_t first_seq;  // 0; near 2^32 to see sequence numbers begin again
  BuiltInModel built_in;
};

class Board {
 public:
  Board(const Ports& ports, const Identity& identity);

  // Begin to take the active model, or the one before it, into use. Without either the board
  // streams. step() does it while starting(), a golden window at a time.
  void start();
  bool starting() const { return start_ != Start::done; }

  void on_sample(const int16_t axes[wire::AXES], uint64_t t_us);
  void on_link(bool connected);
  void on_command(const uint8_t* bytes, uint32_t length);
  void on_model_write(const uint8_t* bytes, uint32_t length);

  // A command of the shell itself, which may do what the owner may.
  void obey(const uint8_t* bytes, uint32_t length);
  // Have the board belong to nobody; its models stay. Who asks must have it in his hands. Done in a
  // later step(), as soon as nothing else is under way.
  void forget_owner() { forgetting_ = true; }
  bool forgetting() const { return forgetting_; }

  // Do a bounded piece of work (one notification, one window, one piece of an erase). False:
  // nothing to go on with at once. An erase under way is none: call again within milliseconds.
  bool step();
  // Whether a command's reply waits, if only for an erase to end.
  bool busy() const { return pending_; }

  wire::Info info() const;
  uint8_t label() const { return predictor_.label(); }
  bool identifying() const { return ports_.clock.now_us() < identify_until_us_; }
  // Whether the board has got an owner just now.
  bool just_claimed() const { return ports_.clock.now_us() < claim_shown_until_us_; }

 private:
  static constexpr uint32_t kReplies = 4;
  static constexpr uint32_t kMaxResult = wire::MAX_MODEL_READ_BYTES;
  struct Reply {
    uint8_t bytes[sizeof(wire::ReplyHeader) + kMaxResult];
    uint32_t length;
  };

  // Bytes of a signed command: a claim is the longest.
  static constexpr uint32_t kMaxSigned =
      sizeof(wire::SignedHeader) + sizeof(wire::CommandHeader) + sizeof(wire::Claim);

  void take_command(const uint8_t* bytes, uint32_t length, bool by_owner);
  void handle(wire::Opcode opcode, uint8_t tag, const uint8_t* arguments, uint32_t length,
              bool by_owner);
  bool may(wire::Opcode opcode, bool by_owner) const;
  // Seconds for which whoever asks must not change the board yet.
  uint32_t wait_s(bool by_owner) const;
  void take_signed(uint8_t tag, const uint8_t* arguments, uint32_t length);
  bool work_on_signed();
  bool work_on_forgetting();
  // Whether the link has lasted longer than it may.
  bool link_is_overdue();
  void read_model(uint8_t tag, const wire::ModelRead& wanted);
  void reply(wire::Opcode opcode, uint8_t tag, Verdict verdict, const void* result = nullptr,
             uint32_t length = 0);
  bool send_reply();
  bool work_on_pending();
  bool step_start();
  bool note_start();
  // One part of a commit or rollback. False: `verdict` is the end of it.
  bool step_switch(Verdict* verdict);
  Verdict begin_switch();
  void identity_of(uint8_t slot, uint8_t* model_id) const;
  wire::Counters counters() const;

  // What the start is at: the note of how the board ended, then a model.
  enum class Start : uint8_t { done, note, active, previous };

  Ports ports_;
  Identity identity_;
  RingBuffer ring_;
  Streamer streamer_;
  ModelStore store_;
  Ownership ownership_;
  ChangeBudget changes_;
  Predictor predictor_;
  Start start_ = Start::done;
  bool start_checked_ = false;  // its signature
  bool start_loaded_ = false;   // and the golden windows are due
  bool connected_ = false;
  // A command whose reply waits until its work is done: MODEL_BEGIN, MODEL_COMMIT, ROLLBACK or
  // STRANGERS.
  bool pending_ = false;
  wire::Opcode pending_opcode_ = wire::Opcode::STATUS;
  uint8_t pending_tag_ = 0;
  // How far the pending command's model has come: its signature, then its golden windows.
  enum class Switch : uint8_t { none, signature, golden };
  Switch switch_ = Switch::none;
  uint8_t target_ = wire::NO_SLOT;
  bool strangers_may_read_ = true;  // as the pending STRANGERS wants it
  bool may_write_model_ = false;    // this link began the transfer
  bool forgetting_ = false;
  uint8_t signed_[kMaxSigned] = {};  // a command whose signature is due
  uint32_t signed_length_ = 0;
  uint64_t next_signed_us_ = 0;
  uint64_t linked_us_ = 0, heard_us_ = 0;
  uint64_t claim_shown_until_us_ = 0;
  Reply replies_[kReplies];
  uint32_t reply_count_ = 0;
  uint64_t identify_until_us_ = 0;
  uint32_t saturated_ = 0, notify_refused_ = 0, bad_commands_ = 0;
};

}  // namespace core
