#include "board_bench.h"

namespace {

constexpr uint32_t kSlotBytes = core::kSlotBytes;

Bench& bench() { return fresh<Bench>(); }

}  // namespace

TEST(board_describes_itself) {
  Bench& b = bench();
  wire::Info info = b.board.info();
  CHECK_EQ(info.wire_hash, wire::WIRE_HASH);
  CHECK_EQ(info.firmware_minor, 2);
  CHECK_EQ(info.imu, wire::Imu::LSM9DS1);
  CHECK_EQ(info.flags, 1);
  CHECK_EQ(info.boot_id, 77);
  CHECK_EQ(info.native_rate_mhz, 119000);
  CHECK_EQ(info.accel_range_mg, 8000);
  CHECK_EQ(info.ring_samples, wire::RING_SAMPLES);
  CHECK_EQ(info.slot_bytes, kSlotBytes);
  CHECK_EQ(info.arena_bytes, wire::ARENA_BYTES);
  CHECK_EQ(info.max_model_write, wire::MAX_MODEL_WRITE_BYTES);
  CHECK_EQ(info.active_slot, wire::NO_SLOT);
  CHECK_EQ(info.model_version, 0);
  const GoldenPackage package(9);
  CHECK(b.push(package) == Status::OK);
  info = b.board.info();
  CHECK_EQ(info.active_slot, 0);
  CHECK_EQ(info.model_version, 9);
  CHECK(b.runs(package));
}

TEST(board_answers_every_command) {
  Bench& b = bench();
  CHECK_EQ(b.command(Opcode::STATUS).status, Status::OK);
  CHECK_EQ(b.result<wire::Counters>().now_us, b.clock.us);
  CHECK_EQ(b.command(Opcode::STREAM_START, wire::StreamStart{wire::FROM_NOW, 200}).status,
           Status::OK);
  CHECK_EQ(b.result<wire::SequenceRange>().first_seq, 0);
  CHECK_EQ(b.command(Opcode::RESEND, wire::SequenceRange{0, 5}).status, Status::OK);
  CHECK_EQ(b.result<wire::SequenceRange>().count, 0);
  CHECK_EQ(b.command(Opcode::STREAM_STOP).status, Status::OK);
  CHECK_EQ(b.command(Opcode::MODEL_BEGIN, wire::ModelBegin{1000, 5}).status, Status::OK);
  CHECK_EQ(b.result<wire::ModelOffset>().offset, 0);
  wire::ReplyHeader reply = b.command(Opcode::MODEL_COMMIT);
  CHECK_EQ(reply.status, Status::INCOMPLETE);
  CHECK_EQ(reply.detail, 0);
  CHECK_EQ(b.command(Opcode::MODEL_ABORT).status, Status::OK);
  CHECK_EQ(b.command(Opcode::MODEL_COMMIT).status, Status::NO_MODEL);
  CHECK_EQ(b.command(Opcode::ROLLBACK).status, Status::NO_MODEL);
  CHECK_EQ(b.command(Opcode::MODEL_READ, wire::ModelRead{0, 10}).status, Status::NO_MODEL);
  CHECK_EQ(b.command(Opcode::IDENTIFY, wire::Identify{3}).status, Status::OK);
  CHECK(b.board.identifying());
  b.clock.us += 3000000;
  CHECK(!b.board.identifying());
  reply = b.command(Opcode::MODEL_BEGIN, wire::ModelBegin{kSlotBytes + 1, 5});
  CHECK_EQ(reply.status, Status::TOO_LARGE);
  CHECK_EQ(reply.detail, kSlotBytes);
  CHECK_EQ(b.counters().bad_commands, 0);
}

TEST(board_refuses_malformed_commands) {
  Bench& b = bench();
  const uint8_t nothing = 0;
  b.board.on_command(&nothing, 0);
  b.board.on_command(&nothing, 1);
  b.run();
  CHECK_EQ(b.radio.of_kind(Notification::reply), 2);
  CHECK_EQ(b.radio.read<wire::ReplyHeader>(0).status, Status::BAD_COMMAND);
  uint32_t bad = 2;
  uint8_t zeros[40] = {};
  for (uint32_t opcode = 0; opcode < 256; ++opcode) {
    for (uint32_t length = 0; length < sizeof zeros; ++length) {
      uint32_t right = 0xffffffffu;
      switch (static_cast<Opcode>(opcode)) {
        case Opcode::STATUS:
        case Opcode::STREAM_STOP:
        case Opcode::MODEL_COMMIT:
        case Opcode::MODEL_ABORT:
        case Opcode::ROLLBACK:
          right = 0;
          break;
        case Opcode::STREAM_START:
          right = sizeof(wire::StreamStart);
          break;
        case Opcode::RESEND:
          right = sizeof(wire::SequenceRange);
          break;
        case Opcode::MODEL_BEGIN:
          right = sizeof(wire::ModelBegin);
          break;
        case Opcode::MODEL_READ:
          right = sizeof(wire::ModelRead);
          break;
        case Opcode::IDENTIFY:
          right = sizeof(wire::Identify);
          break;
        case Opcode::OWNER:
          right = 0;
          break;
        case Opcode::CLAIM:  // refused unsigned, whatever comes with it
        case Opcode::AUTHENTICATE:
        case Opcode::STRANGERS:
          right = length;
          break;
        case Opcode::SIGNED:  // longer than any of these
        case Opcode::MODEL_DATA:
          break;
      }
      if (length == right) continue;
      b.radio.clear();
      b.write(static_cast<Opcode>(opcode), zeros, length);
      const wire::ReplyHeader reply = b.answer(static_cast<Opcode>(opcode));
      CHECK_EQ(reply.status, Status::BAD_COMMAND);
      CHECK_EQ(reply.detail, length);
      ++bad;
    }
  }
  b.radio.clear();
  CHECK_EQ(b.counters().bad_commands, bad);
}

TEST(board_refuses_malformed_model_writes) {
  Bench& b = bench();
  uint8_t bytes[8] = {};
  for (uint32_t length = 0; length <= 4; ++length) {
    b.radio.clear();
    b.board.on_model_write(bytes, length);
    CHECK_EQ(b.answer(Opcode::MODEL_DATA).status, Status::BAD_COMMAND);
  }
  b.board.on_model_write(bytes, 8);
  CHECK_EQ(b.answer(Opcode::MODEL_DATA).status, Status::NO_MODEL);
  CHECK_EQ(b.counters().bad_commands, 5);
}

TEST(board_replies_come_in_order_when_the_radio_refuses) {
  Bench& b = bench();
  b.radio.budget = 0;
  const Opcode order[] = {Opcode::STREAM_STOP, Opcode::STATUS, Opcode::MODEL_ABORT, Opcode::STATUS};
  for (Opcode opcode : order) b.write(opcode);
  b.run();
  CHECK_EQ(b.radio.count, 0);
  b.radio.budget = 100;
  b.run();
  CHECK_EQ(b.radio.count, 4);
  for (uint32_t i = 0; i < 4; ++i) {
    CHECK_EQ(b.radio.read<wire::ReplyHeader>(i).opcode, order[i]);
    CHECK_EQ(b.radio.read<wire::ReplyHeader>(i).tag, i + 1);
  }
  CHECK(b.counters().notify_refused > 0);
}

TEST(board_counts_commands_of_a_central_that_does_not_wait) {
  Bench& b = bench();
  b.radio.budget = 0;
  for (uint32_t i = 0; i < 6; ++i) b.write(Opcode::STREAM_STOP);
  b.radio.budget = 100;
  b.run();
  CHECK_EQ(b.radio.count, 4);
  CHECK_EQ(b.counters().bad_commands, 2);
}

TEST(board_is_busy_until_the_spare_is_erased) {
  Bench& b = bench();
  memset(b.flash.memory(), 0, kSlotBytes);
  b.write(Opcode::MODEL_BEGIN, wire::ModelBegin{20000, 5});
  const uint8_t begin_tag = b.tag;
  const uint8_t word[4] = {};
  CHECK(!b.board.step());
  CHECK(b.board.busy());
  b.write(Opcode::MODEL_COMMIT);
  b.board.step();
  CHECK_EQ(b.radio.read<wire::ReplyHeader>(0).status, Status::BUSY);
  b.write(Opcode::MODEL_ABORT);
  b.write_model(0, word, 4);
  b.write(Opcode::STREAM_STOP);  // has nothing to do with it
  b.run();
  CHECK(!b.board.busy());
  CHECK_EQ(b.radio.read<wire::ReplyHeader>(1).status, Status::BUSY);
  CHECK_EQ(b.radio.read<wire::ReplyHeader>(2).opcode, Opcode::MODEL_DATA);
  CHECK_EQ(b.radio.read<wire::ReplyHeader>(2).status, Status::BUSY);
  CHECK_EQ(b.radio.read<wire::ReplyHeader>(3).status, Status::OK);
  CHECK_EQ(b.radio.read<wire::ReplyHeader>(4).opcode, Opcode::MODEL_BEGIN);
  CHECK_EQ(b.radio.read<wire::ReplyHeader>(4).tag, begin_tag);
  CHECK_EQ(b.radio.read<wire::ReplyHeader>(4).status, Status::OK);
  for (uint32_t page = 0; page < core::kSlotPages; ++page) CHECK_EQ(b.flash.erases(page), 1);
}

// The shell keeps its watchdog and its radio going between the steps.
TEST(board_does_at_most_one_inference_a_step_when_it_starts) {
  Bench& b = bench();
  const GoldenPackage package(1);
  CHECK_EQ(b.push(package), Status::OK);
  b.begin_restart(false);
  b.board.start();
  CHECK(b.board.starting());
  CHECK_EQ(b.board.info().active_slot, wire::NO_SLOT);
  b.board.on_link(true);
  b.write(Opcode::ROLLBACK);
  const uint32_t before = b.classifier.invokes;
  while (b.board.starting()) {
    const uint32_t so_far = b.classifier.invokes;
    CHECK(b.board.step());
    CHECK(b.classifier.invokes <= so_far + 1);
  }
  CHECK_EQ(b.classifier.invokes - before, package.header().golden_count);
  CHECK_EQ(b.radio.read<wire::ReplyHeader>(0).status, Status::BUSY);
  CHECK(b.runs(package));
}

// It passes its golden windows, and ends the board at some window later.
TEST(board_drops_a_model_that_ended_it_twice_in_a_row) {
  Bench& b = bench();
  const GoldenPackage good(1), bad(2), third(3);
  CHECK_EQ(b.push(good), Status::OK);
  CHECK_EQ(b.push(bad), Status::OK);
  b.restart(true);
  CHECK(b.runs(bad));
  CHECK(!b.has_dropped_a_model());
  b.restart(true);
  CHECK(b.runs(good));
  CHECK(b.has_dropped_a_model());
  CHECK_EQ(b.command(Opcode::ROLLBACK).status, Status::NO_MODEL);
  for (uint32_t i = 0; i < 3; ++i) {
    b.settle();
    b.restart();
    CHECK(b.runs(good));
    CHECK(b.has_dropped_a_model());
  }
  CHECK_EQ(b.push(third), Status::OK);
  CHECK(!b.has_dropped_a_model());
  CHECK(b.could_go_back_to(good));
  CHECK_EQ(b.flash.misuses(), 0);
}

TEST(board_streams_without_a_model_when_the_only_one_ended_it_twice) {
  Bench& b = bench();
  const GoldenPackage bad(1), other(2);
  CHECK_EQ(b.push(bad), Status::OK);
  b.restart(true);
  CHECK(b.runs(bad));
  const uint32_t loads = b.classifier.loads;
  const bool faults[] = {true, false, true, false};
  for (const bool fault : faults) {
    b.restart(fault);
    CHECK_EQ(b.board.info().active_slot, wire::NO_SLOT);
    CHECK(b.has_dropped_a_model());
    b.command(Opcode::STREAM_START, wire::StreamStart{wire::FROM_NOW, 0});
    b.sample(100);
    CHECK(b.radio.of_kind(Notification::motion) > 0);
  }
  CHECK_EQ(b.classifier.loads, loads);
  CHECK_EQ(b.push(other), Status::OK);
  CHECK(b.runs(other));
  CHECK(!b.has_dropped_a_model());
}

TEST(board_keeps_a_model_when_ordinary_starts_lie_between_its_ends) {
  Bench& b = bench();
  const GoldenPackage package(1);
  CHECK_EQ(b.push(package), Status::OK);
  for (uint32_t i = 0; i < 4; ++i) {
    b.restart(true);
    CHECK(b.runs(package));
    b.restart();
    CHECK(b.runs(package));
  }
  CHECK(!b.has_dropped_a_model());
}

// A host that tries its push again must not cost the board its good model.
TEST(board_does_not_blame_the_active_model_for_the_one_that_is_pushed) {
  Bench& b = bench();
  const GoldenPackage good(1), bad(2);
  CHECK_EQ(b.push(good), Status::OK);
  for (uint32_t i = 0; i < 4; ++i) {
    b.settle();
    REQUIRE(b.transfer(bad));
    b.write(Opcode::MODEL_COMMIT);
    b.board.step();
    b.board.step();  // in its golden windows
    b.restart(true);
    CHECK(b.runs(good));
    CHECK(!b.has_dropped_a_model());
  }
  b.restart(true);
  CHECK(b.runs(good));
  b.restart(true);
  CHECK(b.has_dropped_a_model());
}

// What cannot be counted could go on for ever.
TEST(board_starts_no_model_after_a_fault_that_it_cannot_note) {
  Bench& b = bench();
  const GoldenPackage package(1);
  CHECK_EQ(b.push(package), Status::OK);
  b.flash.refuse(true);
  b.restart(true);
  CHECK_EQ(b.board.info().active_slot, wire::NO_SLOT);
  b.flash.refuse(false);
  b.restart(true);
  CHECK(b.runs(package));
}

TEST(board_power_cut_while_it_notes_an_end) {
  for (uint32_t operation = 1; operation <= 3; ++operation) {
    const FlashModel::Cut kinds[] = {FlashModel::nothing_done, FlashModel::half_done,
                                     FlashModel::garbled, FlashModel::looks_done};
    for (const FlashModel::Cut kind : kinds) {
      Bench& b = bench();
      const GoldenPackage good(1), bad(2);
      CHECK_EQ(b.push(good), Status::OK);
      CHECK_EQ(b.push(bad), Status::OK);
      b.restart(true);
      b.begin_restart(true);
      b.flash.cut_power_at(operation, kind);
      b.boot();
      b.settle();
      b.restart();
      b.settle();
      b.restart();
      if (!b.has_dropped_a_model()) {  // the cut came first, and an ordinary start since
        CHECK(b.runs(bad));
        b.restart(true);
        b.restart(true);
      }
      CHECK(b.runs(good));
      CHECK(b.has_dropped_a_model());
      CHECK_EQ(b.flash.misuses(), 0);
    }
  }
}

// All golden windows in one step once took longer than the LSM9DS1's FIFO holds.
TEST(board_does_at_most_one_inference_a_step_when_it_switches_models) {
  Bench& b = bench();
  const GoldenPackage first(1), second(2);
  CHECK_EQ(b.push(first), Status::OK);
  b.settle();
  REQUIRE(b.transfer(second));
  const Opcode opcodes[] = {Opcode::MODEL_COMMIT, Opcode::ROLLBACK};
  for (const Opcode opcode : opcodes) {
    b.write(opcode);
    uint32_t checked = 0;
    while (b.board.busy()) {
      const uint32_t before = b.classifier.invokes;
      b.board.step();
      REQUIRE(b.classifier.invokes - before <= 1);
      checked += b.classifier.invokes - before;
    }
    CHECK_EQ(checked, first.header().golden_count);
    b.run();
    CHECK(b.runs(opcode == Opcode::ROLLBACK ? first : second));
  }
}

// A link that breaks, a write and another command meanwhile change nothing.
TEST(board_switches_models_whatever_comes_between_the_golden_windows) {
  Bench& b = bench();
  const GoldenPackage first(1), second(2);
  CHECK_EQ(b.push(first), Status::OK);
  b.settle();
  REQUIRE(b.transfer(second));
  const uint8_t word[4] = {};
  b.write(Opcode::MODEL_COMMIT);
  b.board.step();
  b.board.step();
  b.write_model(0, word, 4);
  b.write(Opcode::MODEL_ABORT);
  b.write(Opcode::ROLLBACK);
  b.sample(1);
  b.board.on_link(false);
  b.board.on_link(true);
  b.run();
  CHECK(b.runs(second));
  b.write(Opcode::ROLLBACK);
  b.run();
  CHECK(b.runs(first));
}

TEST(board_answers_a_begin_at_once_when_the_spare_is_erased) {
  Bench& b = bench();
  const GoldenPackage first(1), second(2), third(3);
  const GoldenPackage* packages[] = {&first, &second, &third, &first, &second};
  for (const GoldenPackage* package : packages) {
    b.settle();
    const uint32_t erases = b.flash.erases();
    CHECK(b.transfer(*package));
    b.write(Opcode::MODEL_COMMIT);
    for (uint32_t part = 0; part < 32 && !b.runs(*package); ++part) b.board.step();
    CHECK(b.runs(*package));
    CHECK_EQ(b.flash.erases(), erases);
    b.run();
    CHECK_EQ(b.radio.read<wire::ReplyHeader>(b.radio.count - 1).status, Status::OK);
    b.radio.clear();
  }
  CHECK_EQ(b.flash.misuses(), 0);
}

// The shell sleeps when there is no work, and the samples of 4 ms come meanwhile.
TEST(board_streams_and_predicts_between_the_pieces_of_an_erase) {
  Bench& b = bench();
  const GoldenPackage first(1), second(2);
  CHECK(b.push(first) == Status::OK);
  b.settle();
  memset(b.flash.memory() + 2 * kSlotBytes, 0, kSlotBytes);
  CHECK(b.push(second) == Status::OK);
  b.radio.clear();
  b.command(Opcode::STREAM_START, wire::StreamStart{wire::FROM_NOW, 500});
  b.write(Opcode::MODEL_BEGIN, wire::ModelBegin{20000, 5});
  b.flash.radio_is_due = true;
  for (uint32_t i = 0; i < 400; ++i) {
    if (i % 50 == 49) b.flash.radio_is_due = false;  // a piece now and then
    b.clock.us += kPeriod;
    const int16_t axes[wire::AXES] = {};
    b.board.on_sample(axes, b.clock.us);
    for (uint32_t steps = 0; b.board.step(); ++steps) REQUIRE(steps < 10);
    CHECK(b.board.busy());
    b.flash.radio_is_due = true;
  }
  CHECK_EQ(b.radio.of_kind(Notification::motion), 400 / 19);
  CHECK(b.radio.of_kind(Notification::prediction) >= 8);
  CHECK_EQ(b.radio.of_kind(Notification::reply), 1);
  b.flash.radio_is_due = false;
  b.run();
  CHECK_EQ(b.radio.of_kind(Notification::reply), 2);
}

TEST(board_says_when_the_spare_cannot_be_erased) {
  Bench& b = bench();
  b.flash.refuse(true);
  const wire::ReplyHeader reply = b.command(Opcode::MODEL_BEGIN, wire::ModelBegin{20000, 5});
  CHECK_EQ(reply.status, Status::FLASH_FAILED);
  CHECK_EQ(reply.detail, core::kJournalPage * wire::FLASH_PAGE_BYTES);
  b.flash.refuse(false);
  CHECK(b.push(GoldenPackage(1)) == Status::OK);
}

TEST(board_runs_what_was_pushed) {
  Bench& b = bench();
  const GoldenPackage first(1), second(2);
  CHECK(b.push(first) == Status::OK);
  CHECK(memcmp(b.result<wire::ModelIdentity>().model_id, first.header().model_id, 8) == 0);
  CHECK(b.runs(first));
  CHECK(!b.could_go_back_to(first));
  CHECK(b.push(second) == Status::OK);
  CHECK(b.runs(second));
  CHECK(b.could_go_back_to(first));
  CHECK(b.classifier.loaded ==
        b.flash.mapped() + kSlotBytes + second.header().tflite_offset);  // in place
  b.restart();
  CHECK(b.runs(second));
  CHECK_EQ(b.command(Opcode::ROLLBACK).status, Status::OK);
  CHECK(memcmp(b.result<wire::ModelIdentity>().model_id, first.header().model_id, 8) == 0);
  CHECK(b.runs(first));
  CHECK(b.could_go_back_to(second));
  b.restart();
  CHECK(b.runs(first));
  CHECK_EQ(b.flash.misuses(), 0);
}

TEST(board_gives_back_the_active_package) {
  Bench& b = bench();
  const GoldenPackage first(1), second(2);
  CHECK(b.push(first) == Status::OK);
  CHECK(b.push(second) == Status::OK);
  b.radio.clear();
  uint32_t at = 0;
  while (at < second.length) {
    CHECK_EQ(b.command(Opcode::MODEL_READ, wire::ModelRead{at, 180}).status, Status::OK);
    const uint32_t got = b.radio.kept[b.last].length - 8;
    CHECK(got == 180 || got == second.length - at);
    CHECK(memcmp(b.radio.kept[b.last].bytes + 8, second.bytes + at, got) == 0);
    at += got;
  }
  const wire::ModelRead outside[] = {{second.length, 1}, {0, 0}, {0, 181}, {0xffffffffu, 180}};
  for (const wire::ModelRead& wanted : outside) {
    const wire::ReplyHeader reply = b.command(Opcode::MODEL_READ, wanted);
    CHECK_EQ(reply.status, Status::BAD_OFFSET);
    CHECK_EQ(reply.detail, second.length);
  }
}

TEST(board_resumes_a_transfer_after_a_lost_link) {
  Bench& b = bench();
  const GoldenPackage package(1);
  CHECK(b.transfer(package, 3000));
  b.board.on_link(false);
  b.run();
  b.board.on_link(true);
  CHECK_EQ(b.command(Opcode::MODEL_BEGIN, wire::ModelBegin{package.length, package.crc()}).status,
           Status::OK);
  const uint32_t at = b.result<wire::ModelOffset>().offset;
  CHECK(at >= 3000 && at < package.length);
  CHECK(b.push(package) == Status::OK);
  CHECK(b.runs(package));
}

TEST(board_resumes_a_transfer_whose_link_was_lost_while_it_erased) {
  Bench& b = bench();
  memset(b.flash.memory(), 0, kSlotBytes);
  const GoldenPackage package(1);
  b.write(Opcode::MODEL_BEGIN, wire::ModelBegin{package.length, package.crc()});
  b.board.step();
  b.board.on_link(false);
  b.board.step();
  b.board.on_link(true);
  b.run();
  CHECK_EQ(b.radio.of_kind(Notification::reply), 0);  // that reply went with its link
  CHECK(b.push(package) == Status::OK);
}

TEST(board_tells_where_a_transfer_stands_when_a_write_is_lost) {
  Bench& b = bench();
  const GoldenPackage package(1);
  CHECK(b.transfer(package, 176));
  b.write_model(352, package.bytes + 352, 176);
  const wire::ReplyHeader reply = b.answer(Opcode::MODEL_DATA);
  CHECK_EQ(reply.status, Status::BAD_OFFSET);
  CHECK_EQ(reply.detail, 176);
  CHECK(b.push(package) == Status::OK);
}

TEST(board_keeps_the_old_model_whatever_is_wrong_with_the_new_one) {
  Bench& b = bench();
  const GoldenPackage old_one(1);
  CHECK(b.push(old_one) == Status::OK);
  b.g = 1.0;
  b.sample(200);
  const auto refused = [&](Status expected, GoldenPackage& package) {
    const uint32_t before = b.counters().predictions;
    CHECK_EQ(b.push(package), expected);
    CHECK(memcmp(b.result<wire::ModelIdentity>().model_id, old_one.header().model_id, 8) == 0);
    CHECK(b.runs(old_one));
    b.sample(100);
    CHECK(b.counters().predictions >= before + 2);
    CHECK_EQ(b.board.label(), 2);
  };
  GoldenPackage package(2);
  package.header().format = 7;
  package.seal();
  refused(Status::BAD_VERSION, package);
  package.header().format = wire::PACKAGE_FORMAT;
  package.header().class_count = 1;
  package.seal();
  refused(Status::BAD_PACKAGE, package);
  package.header().class_count = 3;
  package.header().crc32 ^= 1;
  refused(Status::BAD_CRC, package);
  package.tflite()[4] = 'X';
  package.seal();
  refused(Status::BAD_MODEL, package);
  package.tflite()[4] = 'T';
  package.header().model_rate_mhz = 5000;
  package.seal();
  refused(Status::BAD_RATE, package);
  package.header().model_rate_mhz = 50000;
  package.golden(0)[package.input_bytes()] ^= 1;
  package.seal();
  refused(Status::BAD_GOLDEN, package);
  package.answer(0);
  package.seal();

  // What only the interpreter finds: it must take the old model again afterwards.
  CHECK(b.transfer(package));
  b.classifier.load_answer = Status::ARENA_TOO_SMALL;
  b.write(Opcode::MODEL_COMMIT);
  CHECK_EQ(b.answer(Opcode::MODEL_COMMIT).status, Status::ARENA_TOO_SMALL);
  CHECK_EQ(b.board.info().active_slot, wire::NO_SLOT);  // it refused the old one as well
  b.classifier.load_answer = Status::OK;
  b.restart();
  CHECK(b.runs(old_one));

  // The journal cannot be written.
  CHECK(b.transfer(package));
  b.flash.refuse(true);
  CHECK_EQ(b.command(Opcode::MODEL_COMMIT).status, Status::FLASH_FAILED);
  b.flash.refuse(false);
  CHECK(b.runs(old_one));
  CHECK(b.push(package) == Status::OK);
  CHECK(b.runs(package));
}

// A second try once went on behind the last wrong byte and could never succeed.
TEST(board_begins_anew_when_bytes_changed_on_the_way) {
  Bench& b = bench();
  GoldenPackage package(1);
  const uint32_t announced = package.crc();
  package.bytes[package.length - 5] ^= 1;
  b.write(Opcode::MODEL_BEGIN, wire::ModelBegin{package.length, announced});
  b.run();
  for (uint32_t at = 0; at < package.length; at += 176) {
    const uint32_t left = package.length - at;
    b.write_model(at, package.bytes + at, left < 176 ? left : 176);
  }
  const wire::ReplyHeader reply = b.command(Opcode::MODEL_COMMIT);
  CHECK_EQ(reply.status, Status::BAD_CRC);
  CHECK_EQ(reply.detail, package.crc());
  CHECK_EQ(b.board.info().active_slot, wire::NO_SLOT);
  // Again, and right.
  package.bytes[package.length - 5] ^= 1;
  CHECK(b.push(package) == Status::OK);
}

TEST(board_rollback_that_fails_goes_on_with_the_active_model) {
  Bench& b = bench();
  const GoldenPackage first(1), second(2);
  CHECK(b.push(first) == Status::OK);
  CHECK(b.push(second) == Status::OK);
  b.flash.memory()[500] ^= 1;  // the first one is damaged
  CHECK_EQ(b.command(Opcode::ROLLBACK).status, Status::BAD_CRC);
  CHECK(memcmp(b.result<wire::ModelIdentity>().model_id, second.header().model_id, 8) == 0);
  CHECK(b.runs(second));
  b.sample(200);
  CHECK(b.radio.of_kind(Notification::prediction) > 0);
}

TEST(board_rolls_back_in_the_middle_of_a_transfer_and_gives_that_up) {
  Bench& b = bench();
  const GoldenPackage first(1), second(2), third(3);
  CHECK(b.push(first) == Status::OK);
  CHECK(b.push(second) == Status::OK);
  CHECK(b.transfer(third, 200));
  CHECK(b.could_go_back_to(first));
  CHECK_EQ(b.command(Opcode::ROLLBACK).status, Status::OK);
  CHECK(b.runs(first));
  CHECK(b.could_go_back_to(second));
  CHECK_EQ(b.command(Opcode::MODEL_COMMIT).status, Status::NO_MODEL);
  CHECK(b.push(third) == Status::OK);
  CHECK(b.could_go_back_to(first));
  CHECK_EQ(b.flash.misuses(), 0);
}

TEST(board_rolls_back_while_the_spare_is_erased) {
  Bench& b = bench();
  const GoldenPackage first(1), second(2), third(3);
  CHECK(b.push(first) == Status::OK);
  CHECK(b.push(second) == Status::OK);
  CHECK(b.push(third) == Status::OK);
  b.board.step();
  CHECK_EQ(b.command(Opcode::ROLLBACK).status, Status::OK);  // the page ends first
  CHECK(b.runs(second));
  CHECK(b.could_go_back_to(third));
  b.settle();
  b.restart();
  CHECK(b.runs(second));
  CHECK(b.could_go_back_to(third));
  CHECK_EQ(b.flash.misuses(), 0);
}

TEST(board_starts_with_the_previous_model_when_the_active_one_is_damaged) {
  Bench& b = bench();
  const GoldenPackage first(1), second(2), third(3);
  CHECK(b.push(first) == Status::OK);
  CHECK(b.push(second) == Status::OK);
  b.flash.memory()[kSlotBytes + 500] ^= 1;
  b.restart();
  CHECK(b.runs(first));
  CHECK(b.push(third) == Status::OK);  // over the damaged one
  CHECK(b.runs(third));
  CHECK(b.could_go_back_to(first));
}

// The model that ran lay in the slot that the journal called spare: a push erased it.
TEST(board_runs_no_model_that_the_journal_does_not_name) {
  Bench& b = bench();
  const GoldenPackage first(1), second(2), third(3);
  CHECK(b.push(first) == Status::OK);
  CHECK(b.push(second) == Status::OK);
  b.flash.memory()[kSlotBytes + 500] ^= 1;
  b.flash.refuse(true);
  b.restart();
  CHECK_EQ(b.board.info().active_slot, wire::NO_SLOT);
  b.flash.refuse(false);
  b.restart();
  CHECK(b.runs(first));
}

TEST(board_streams_without_a_model) {
  Bench& b = bench();
  memset(b.flash.memory(), 0x5a, core::kFlashPages * wire::FLASH_PAGE_BYTES);
  b.restart();
  CHECK_EQ(b.board.info().active_slot, wire::NO_SLOT);
  CHECK_EQ(b.command(Opcode::STREAM_START, wire::StreamStart{wire::FROM_NOW, 500}).status,
           Status::OK);
  b.sample(100);
  CHECK_EQ(b.radio.of_kind(Notification::motion), 5);
  CHECK_EQ(b.radio.of_kind(Notification::prediction), 0);
  CHECK_EQ(b.board.label(), wire::NO_LABEL);
  const GoldenPackage package(1);
  CHECK(b.push(package) == Status::OK);  // over whatever was there
  b.sample(100);
  CHECK(b.radio.of_kind(Notification::prediction) > 0);
}

TEST(board_sends_nothing_without_a_central) {
  Bench& b = bench();
  CHECK(b.push(GoldenPackage(1)) == Status::OK);
  b.command(Opcode::STREAM_START, wire::StreamStart{wire::FROM_NOW, 0});
  b.radio.clear();
  b.board.on_link(false);
  b.sample(300);
  b.write(Opcode::STATUS);
  b.run();
  CHECK_EQ(b.radio.count, 0);
  b.board.on_link(true);
  b.run();
  CHECK_EQ(b.radio.count, 0);  // neither old answers nor a stream that nobody asked for
  CHECK(b.counters().predictions > 5);
  b.sample(39);
  CHECK_EQ(b.radio.of_kind(Notification::prediction), 1);
}

TEST(board_streams_and_predicts_while_a_model_arrives) {
  Bench& b = bench();
  const GoldenPackage first(1), second(2);
  CHECK(b.push(first) == Status::OK);
  b.radio.clear();
  b.command(Opcode::STREAM_START, wire::StreamStart{wire::FROM_NOW, 500});
  CHECK(b.transfer(second, 3000));
  b.sample(400);
  CHECK_EQ(b.radio.of_kind(Notification::motion), 400 / 19);
  uint32_t last = 0;
  CHECK(b.radio.of_kind(Notification::prediction, &last) >= 8);
  CHECK(memcmp(b.radio.read<wire::PredictionHeader>(last).model_id, first.header().model_id, 8) ==
        0);
}

TEST(board_counts_what_it_loses) {
  Bench& b = bench();
  b.sample(10);
  const int16_t ends[4][wire::AXES] = {{32767, 0, 0, 0, 0, 0},
                                       {0, 0, 0, 0, 0, -32768},
                                       {0, -32767, 32767, 0, 0, 0},
                                       {32766, -32766, 0, 0, 0, 0}};
  for (const auto& axes : ends) {
    b.clock.us += kPeriod;
    b.board.on_sample(axes, b.clock.us);
  }
  b.clock.us += 100 * kPeriod;
  b.sample(wire::RING_SAMPLES);
  const wire::Counters counters = b.counters();
  CHECK_EQ(counters.saturated, 3);
  CHECK_EQ(counters.sensor_gaps, 1);
  CHECK_EQ(counters.next_seq, 14 + wire::RING_SAMPLES);
  CHECK_EQ(counters.oldest_seq, 14);
  CHECK_EQ(counters.now_us, b.clock.us);
  CHECK_EQ(counters.radio_restarts, 3);
}

namespace {

// What a board runs and can go back to.
struct Expected {
  const GoldenPackage* active;
  const GoldenPackage* previous;
  bool is(const Bench& b) const {
    return b.runs(*active) && (previous == nullptr || b.could_go_back_to(*previous));
  }
};

}  // namespace

TEST(board_power_cut_at_every_flash_operation) {
  const GoldenPackage first(1), second(2), third(3);
  const FlashModel::Cut kinds[] = {FlashModel::nothing_done, FlashModel::half_done,
                                   FlashModel::garbled, FlashModel::looks_done};
  for (FlashModel::Cut kind : kinds) {
    bool finished = false;
    for (uint32_t operation = 1 + kind % check::kStep; !finished; operation += check::kStep) {
      Bench& b = bench();
      CHECK(b.push(first) == Status::OK);
      b.flash.cut_power_at(operation, kind);
      Expected before = {&first, nullptr}, after = {&second, &first};
      const auto lived = [&](Expected next) {
        if (!b.flash.powered()) return false;
        before = after;
        after = next;
        return true;
      };
      b.push(second);
      if (lived({&first, &second})) b.command(Opcode::ROLLBACK);
      if (lived({&third, &first})) {
        b.settle();
        b.push(third);
      }
      if (lived({&first, &third})) b.command(Opcode::ROLLBACK);
      if (lived(after)) b.settle();
      finished = b.flash.powered();
      b.restart();
      CHECK(before.is(b) || after.is(b));
      b.settle();
      CHECK(before.is(b) || after.is(b));
      CHECK(b.push(third) == Status::OK);
      CHECK(b.runs(third));
      b.restart();
      CHECK(b.runs(third));
      CHECK_EQ(b.flash.misuses(), 0);
    }
  }
}
