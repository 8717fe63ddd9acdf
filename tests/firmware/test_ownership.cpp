// Whose board it is, through power cuts and lost links. Signatures are those of CryptoModel; what
// real ones are worth is in tests/board/test_ownership.py.
#include "board_bench.h"

using wire::OwnerFlag;
using wire::SignatureFault;

namespace {

struct Key {
  uint8_t bytes[wire::PUBLIC_KEY_BYTES];
  explicit Key(uint32_t seed) {
    Random random(seed);
    for (uint8_t& byte : bytes) byte = static_cast<uint8_t>(random.next());
  }
  void id(uint8_t* key_id) const {
    core::Sha256 hash;
    uint8_t digest[core::kDigestBytes];
    hash.update(bytes, sizeof bytes);
    hash.finish(digest);
    memcpy(key_id, digest, wire::KEY_ID_BYTES);
  }
};

const Key kOurs(1), kTheirs(2);

// A package for the owner of `key`; the counter is the version.
struct SignedPackage : GoldenPackage {
  SignedPackage(uint32_t version, const Key& key) : GoldenPackage(version) { sign(key); }
  void sign(const Key& key) {
    key.id(header().key_id);
    constexpr uint32_t from = offsetof(wire::PackageHeader, key_id);
    core::Sha256 hash;
    uint8_t digest[core::kDigestBytes];
    hash.update(bytes + from, header().total_bytes - from);
    hash.finish(digest);
    CryptoModel::sign(key.bytes, digest, header().signature);
    seal();
  }
};

struct OwnedBench : Bench {
  // Does with the command what an owner's host does.
  wire::ReplyHeader order(const Key& key, Opcode opcode, const void* arguments = nullptr,
                          uint32_t length = 0) {
    command(Opcode::OWNER);
    const wire::OwnerState state = result<wire::OwnerState>();
    return send_signed(key, state, opcode, arguments, length);
  }
  template <class Arguments>
  wire::ReplyHeader order(const Key& key, Opcode opcode, const Arguments& arguments) {
    return order(key, opcode, &arguments, static_cast<uint32_t>(sizeof arguments));
  }
  wire::ReplyHeader send_signed(const Key& key, const wire::OwnerState& state, Opcode opcode,
                                const void* arguments, uint32_t length) {
    wire::SignedText text = {};
    text.magic = wire::SIGNED_MAGIC;
    text.boot_id = board.info().boot_id;
    memcpy(text.challenge, state.challenge, sizeof text.challenge);
    constexpr uint32_t kHeader = sizeof(wire::SignedHeader);
    uint8_t bytes[160];
    bytes[kHeader] = static_cast<uint8_t>(opcode);
    bytes[kHeader + 1] = static_cast<uint8_t>(tag + 1);  // as write() chooses it
    if (length != 0) memcpy(bytes + kHeader + 2, arguments, length);
    core::Sha256 hash;
    uint8_t digest[core::kDigestBytes];
    hash.update(&text, sizeof text);
    hash.update(bytes + kHeader, 2 + length);
    hash.finish(digest);
    CryptoModel::sign(key.bytes, digest, bytes);
    write(Opcode::SIGNED, bytes, kHeader + 2 + length);
    return answer(opcode);
  }
  Status claim(const Key& key) {
    wire::Claim claim;
    memcpy(claim.public_key, key.bytes, sizeof claim.public_key);
    return static_cast<Status>(order(key, Opcode::CLAIM, claim).status);
  }
  // As far as power lasts.
  Status push_as(const Key& key, const GoldenPackage& package) {
    radio.clear();
    const wire::ModelBegin begin = {package.length, package.crc()};
    const wire::ReplyHeader reply =
        owned() ? order(key, Opcode::MODEL_BEGIN, begin) : command(Opcode::MODEL_BEGIN, begin);
    if (reply.status != 0) return static_cast<Status>(reply.status);
    for (uint32_t at = result<wire::ModelOffset>().offset; at < package.length; at += 176) {
      const uint32_t length = package.length - at < 176 ? package.length - at : 176;
      write_model(at, package.bytes + at, length);
    }
    run();
    if (!flash.powered()) return Status::FLASH_FAILED;
    const wire::ReplyHeader done =
        owned() ? order(key, Opcode::MODEL_COMMIT) : command(Opcode::MODEL_COMMIT);
    return static_cast<Status>(done.status);
  }
  bool owned() const { return (board.info().owner_flags & 1) != 0; }
  bool owned_by(const Key& key) const {
    uint8_t key_id[wire::KEY_ID_BYTES];
    key.id(key_id);
    return owned() && memcmp(board.info().owner_id, key_id, sizeof key_id) == 0;
  }
  bool strangers_read() const {
    return (board.info().owner_flags & static_cast<uint8_t>(OwnerFlag::STRANGERS_READ)) != 0;
  }
};

OwnedBench& owned_bench() {
  OwnedBench& b = fresh<OwnedBench>();
  CHECK(b.claim(kOurs) == Status::OK);
  CHECK(b.push_as(kOurs, SignedPackage(1, kOurs)) == Status::OK);
  CHECK(b.owned_by(kOurs));
  return b;
}

const FlashModel::Cut kCuts[] = {FlashModel::nothing_done, FlashModel::half_done,
                                 FlashModel::garbled, FlashModel::looks_done};

}  // namespace

TEST(ownership_and_model_begin_together_whenever_power_fails) {
  const GoldenPackage before(5);
  const SignedPackage after(6, kOurs);
  for (FlashModel::Cut kind : kCuts) {
    bool finished = false;
    for (uint32_t operation = 1 + kind % check::kStep; !finished; operation += check::kStep) {
      OwnedBench& b = fresh<OwnedBench>();
      CHECK(b.push(before) == Status::OK);
      b.settle();
      CHECK(b.claim(kOurs) == Status::OK);
      b.flash.cut_power_at(operation, kind);
      b.push_as(kOurs, after);
      finished = b.flash.powered();
      b.restart();
      CHECK(b.owned_by(kOurs) ? b.runs(after) : !b.owned() && b.runs(before));
      b.settle();
      b.restart();  // what the cut left has faded
      CHECK(b.owned_by(kOurs) ? b.runs(after) : !b.owned() && b.runs(before));
      if (!b.owned()) CHECK(b.claim(kOurs) == Status::OK);
      CHECK(b.push_as(kOurs, SignedPackage(7, kOurs)) == Status::OK);
      CHECK(b.owned_by(kOurs));
      CHECK_EQ(b.flash.misuses(), 0);
    }
  }
}

TEST(ownership_changes_wholly_or_not_at_all_whenever_power_fails) {
  const wire::Strangers none = {0};
  const bool kinds[] = {false, true};
  for (bool forgets : kinds) {
    for (FlashModel::Cut kind : kCuts) {
      for (uint32_t operation = 1; operation < 6; ++operation) {
        OwnedBench& b = owned_bench();
        b.flash.cut_power_at(operation, kind);
        if (forgets) {
          b.board.forget_owner();
          b.run();
        } else {
          b.order(kOurs, Opcode::STRANGERS, none);
        }
        b.restart();
        b.settle();
        const bool changed = forgets ? !b.owned() : !b.strangers_read();
        CHECK(changed || (b.owned_by(kOurs) && b.strangers_read()));
        CHECK(forgets || b.owned_by(kOurs));
        CHECK_EQ(b.board.info().model_version, 1);
        CHECK_EQ(b.flash.misuses(), 0);
      }
    }
  }
}

TEST(ownership_outlives_a_journal_that_comes_round) {
  OwnedBench& b = owned_bench();
  CHECK(b.push_as(kOurs, SignedPackage(2, kOurs)) == Status::OK);
  const wire::Strangers none = {0}, all = {1};
  for (uint32_t i = 0; i < 150; ++i) {
    CHECK_EQ(b.order(kOurs, Opcode::ROLLBACK).status, Status::OK);
    CHECK_EQ(b.order(kOurs, Opcode::STRANGERS, i % 2 == 0 ? none : all).status, Status::OK);
    b.settle();
    b.restart();
    CHECK(b.owned_by(kOurs));
    CHECK(b.strangers_read() == (i % 2 != 0));
    CHECK_EQ(b.board.info().model_version, i % 2 == 0 ? 1 : 2);
  }
  CHECK_EQ(b.flash.misuses(), 0);
}

TEST(ownership_lets_nobody_else_write) {
  OwnedBench& b = owned_bench();
  b.settle();
  const uint32_t written = b.flash.operations();
  const SignedPackage next(2, kOurs);
  const wire::ModelBegin begin = {next.length, next.crc()};
  CHECK_EQ(b.command(Opcode::MODEL_BEGIN, begin).status, Status::OWNER_ONLY);
  CHECK_EQ(b.order(kTheirs, Opcode::MODEL_BEGIN, begin).status, Status::BAD_SIGNATURE);
  b.clock.us += 1000000;
  // A transfer that the owner began is his alone, on his link alone.
  CHECK_EQ(b.order(kOurs, Opcode::MODEL_BEGIN, begin).status, Status::OK);
  b.board.on_link(false);
  b.board.on_link(true);
  b.write_model(0, next.bytes, 176);
  CHECK_EQ(b.answer(Opcode::MODEL_DATA).status, Status::OWNER_ONLY);
  CHECK_EQ(b.command(Opcode::MODEL_COMMIT).status, Status::OWNER_ONLY);
  CHECK_EQ(b.flash.operations(), written);
}

TEST(ownership_of_a_claim_whose_link_ended_while_the_board_checked) {
  OwnedBench& b = fresh<OwnedBench>();
  CHECK(b.claim(kOurs) == Status::OK);
  const SignedPackage package(3, kOurs);
  CHECK(b.transfer(package));
  b.write(Opcode::MODEL_COMMIT);
  b.board.step();  // the check has begun
  b.board.on_link(false);
  b.board.on_link(true);
  b.run();
  CHECK(b.owned_by(kOurs));
  CHECK(b.runs(package));
  CHECK((b.board.info().owner_flags & static_cast<uint8_t>(OwnerFlag::AUTHENTICATED)) == 0);
}

TEST(ownership_wants_a_challenge_of_its_own_for_each_command) {
  OwnedBench& b = owned_bench();
  b.command(Opcode::OWNER);
  const wire::OwnerState state = b.result<wire::OwnerState>();
  const wire::Strangers none = {0};
  b.command(Opcode::OWNER);  // the first one counts no more
  wire::ReplyHeader reply = b.send_signed(kOurs, state, Opcode::STRANGERS, &none, sizeof none);
  CHECK_EQ(reply.status, Status::BAD_SIGNATURE);
  CHECK_EQ(reply.detail, SignatureFault::WRONG);
  b.clock.us += 1000000;
  reply = b.send_signed(kOurs, state, Opcode::STRANGERS, &none, sizeof none);
  CHECK_EQ(reply.detail, SignatureFault::NO_CHALLENGE);
  b.clock.us += 1000000;
  b.command(Opcode::OWNER);
  const wire::OwnerState other = b.result<wire::OwnerState>();
  CHECK(memcmp(other.challenge, state.challenge, sizeof state.challenge) != 0);
  CHECK_EQ(b.send_signed(kOurs, other, Opcode::STRANGERS, &none, sizeof none).status, Status::OK);
  CHECK(!b.strangers_read());
}

TEST(ownership_takes_no_signed_command_inside_another_one) {
  OwnedBench& b = owned_bench();
  b.command(Opcode::OWNER);
  const wire::ReplyHeader reply =
      b.send_signed(kOurs, b.result<wire::OwnerState>(), Opcode::SIGNED, nullptr, 0);
  CHECK_EQ(reply.status, Status::BAD_COMMAND);
  const uint8_t bytes[2] = {};
  b.write(Opcode::SIGNED, bytes, sizeof bytes);
  CHECK_EQ(b.answer(Opcode::SIGNED).status, Status::BAD_COMMAND);
}

TEST(ownership_checks_a_wrong_signature_once_a_second) {
  OwnedBench& b = owned_bench();
  const uint32_t verified = b.crypto.verified;
  for (uint32_t i = 0; i < 100; ++i) {
    b.order(kTheirs, Opcode::ROLLBACK);
    b.clock.us += 100000;
  }
  CHECK_EQ(b.crypto.verified, verified + 10);
}

TEST(ownership_ends_a_strangers_link_where_only_the_owner_reads) {
  OwnedBench& b = owned_bench();
  const wire::Strangers none = {0};
  CHECK_EQ(b.order(kOurs, Opcode::STRANGERS, none).status, Status::OK);
  b.restart();
  b.clock.us += 9999999;
  b.run();
  CHECK_EQ(b.radio.ended, 0);
  b.clock.us += 1;
  b.run();
  CHECK_EQ(b.radio.ended, 1);
  b.board.on_link(false);
  b.board.on_link(true);
  CHECK_EQ(b.order(kOurs, Opcode::AUTHENTICATE).status, Status::OK);
  b.clock.us += 30000000;
  b.run();
  CHECK_EQ(b.radio.ended, 1);
}

TEST(ownership_or_not_a_silent_link_ends_after_a_minute) {
  Bench& b = fresh<Bench>();
  for (uint32_t i = 0; i < 5; ++i) {
    b.clock.us += 59000000;
    b.command(Opcode::STATUS);
  }
  CHECK_EQ(b.radio.ended, 0);
  b.radio.listened = true;
  b.clock.us += 600000000;
  b.run();
  CHECK_EQ(b.radio.ended, 0);
  b.radio.listened = false;
  b.clock.us += 60000000;
  b.run();
  CHECK_EQ(b.radio.ended, 1);
  CHECK(!b.board.step());  // once, and not in each step
}

TEST(ownership_lets_the_built_in_model_run_and_no_other_unsigned_one) {
  static GoldenPackage built_in(4);
  OwnedBench& b = owned_bench();
  const auto restart = [&] {
    core::Identity identity = Bench::identity();
    identity.built_in = {built_in.bytes, built_in.length};
    b.radio.clear();
    new (&b.board) Board(core::Ports{b.radio, b.flash, b.classifier, b.clock, b.crypto}, identity);
    b.boot();
  };
  restart();
  CHECK(b.push_as(kOurs, GoldenPackage(9)) == Status::BAD_SIGNATURE);
  CHECK_EQ(b.board.info().model_version, 1);
  CHECK(b.push_as(kOurs, built_in) == Status::OK);
  restart();
  CHECK(b.runs(built_in));
  // It has no counter of the owner's: his packages go on from his last one.
  CHECK(b.push_as(kOurs, SignedPackage(1, kOurs)) == Status::BAD_SIGNATURE);
  CHECK(b.push_as(kOurs, SignedPackage(2, kOurs)) == Status::OK);
  CHECK_EQ(b.order(kOurs, Opcode::ROLLBACK).status, Status::OK);
  CHECK(b.runs(built_in));
}

namespace {

// Has a board without an owner use up its spare: the least that leads to an erase.
wire::ReplyHeader waste(Bench& b, uint32_t number) {
  b.radio.clear();
  const wire::ModelBegin begin = {1000, number};
  const wire::ReplyHeader reply = b.command(Opcode::MODEL_BEGIN, begin);
  if (reply.status == 0) {
    const uint8_t word[wire::FLASH_WORD_BYTES] = {};
    b.write_model(0, word, sizeof word);
    CHECK_EQ(b.command(Opcode::MODEL_ABORT).status, Status::OK);
  }
  b.settle();
  return reply;
}

uint32_t most_erases_of_a_page(const FlashModel& flash) {
  uint32_t most = 0;
  for (uint32_t page = 0; page < core::kFlashPages; ++page) {
    if (flash.erases(page) > most) most = flash.erases(page);
  }
  return most;
}

constexpr uint64_t kChangeUs = wire::UNOWNED_CHANGE_S * 1000000ull;

}  // namespace

TEST(ownership_of_nobody_does_not_wear_out_the_flash) {
  Bench& b = fresh<Bench>();
  b.settle();
  const uint32_t before = most_erases_of_a_page(b.flash);
  constexpr uint32_t kHours = 24;
  uint32_t number = 0, taken = 0;
  for (uint64_t end_us = b.clock.us + kHours * 3600000000ull; b.clock.us < end_us;) {
    const wire::ReplyHeader reply = waste(b, ++number);
    if (reply.status == 0) {
      ++taken;
    } else {
      CHECK_EQ(reply.status, Status::TOO_MANY_CHANGES);
      CHECK(reply.detail > 0 && reply.detail <= wire::UNOWNED_CHANGE_S);
    }
    b.clock.us += 10000000;
  }
  constexpr uint32_t kRefilled = kHours * 3600 / wire::UNOWNED_CHANGE_S;
  CHECK_EQ(taken, wire::UNOWNED_CHANGES + kRefilled - 1);
  CHECK(most_erases_of_a_page(b.flash) - before <= taken);
}

TEST(ownership_of_nobody_counts_changes_and_nothing_else) {
  Bench& b = fresh<Bench>();
  const GoldenPackage first(1), second(2), third(3);
  CHECK(b.push(first) == Status::OK);
  CHECK(b.push(second) == Status::OK);
  b.settle();
  const uint32_t erased = b.flash.erases();
  for (uint32_t i = 0; i < 200; ++i) {
    b.radio.clear();
    CHECK_EQ(b.command(Opcode::MODEL_BEGIN, wire::ModelBegin{1000, i}).status, Status::OK);
    CHECK_EQ(b.command(Opcode::MODEL_COMMIT).status, Status::INCOMPLETE);
    CHECK_EQ(b.command(Opcode::MODEL_ABORT).status, Status::OK);
    b.settle();
  }
  CHECK_EQ(b.flash.erases(), erased);
  // Two are gone; a rollback and a push count alike.
  for (uint32_t i = 2; i + 1 < wire::UNOWNED_CHANGES; ++i) {
    b.radio.clear();
    CHECK_EQ(b.command(Opcode::ROLLBACK).status, Status::OK);
  }
  b.radio.clear();
  CHECK(b.transfer(third, 2000));
  const wire::ReplyHeader refusal = b.command(Opcode::ROLLBACK);
  CHECK_EQ(refusal.status, Status::TOO_MANY_CHANGES);
  CHECK_EQ(refusal.detail, wire::UNOWNED_CHANGE_S);
  // What has begun goes on, over a lost link as well.
  b.board.on_link(false);
  b.board.on_link(true);
  CHECK(b.push(third) == Status::OK);
  b.clock.us += kChangeUs - 1;
  CHECK_EQ(b.command(Opcode::ROLLBACK).detail, 1);
  b.clock.us += 1;
  CHECK_EQ(b.command(Opcode::ROLLBACK).status, Status::OK);
  CHECK_EQ(b.command(Opcode::ROLLBACK).status, Status::TOO_MANY_CHANGES);
  // As many as ever after a long rest, and not more.
  b.clock.us += 100 * wire::UNOWNED_CHANGES * kChangeUs;
  for (uint32_t i = 0; i < wire::UNOWNED_CHANGES; ++i) CHECK_EQ(waste(b, i).status, Status::OK);
  CHECK_EQ(waste(b, 99).status, Status::TOO_MANY_CHANGES);
}

TEST(ownership_sets_the_owner_and_the_shell_no_limit) {
  OwnedBench& b = owned_bench();
  for (uint32_t version = 2; version < 2 + 2 * wire::UNOWNED_CHANGES; ++version) {
    CHECK(b.push_as(kOurs, SignedPackage(version, kOurs)) == Status::OK);
  }
  Bench& nobodys = fresh<Bench>();
  uint32_t number = 0;
  while (waste(nobodys, number).status == 0) ++number;
  const wire::ModelBegin begin = {1000, 99999};
  uint8_t bytes[sizeof(wire::CommandHeader) + sizeof begin] = {
      static_cast<uint8_t>(Opcode::MODEL_BEGIN), ++nobodys.tag};
  memcpy(bytes + sizeof(wire::CommandHeader), &begin, sizeof begin);
  nobodys.radio.clear();
  nobodys.board.obey(bytes, sizeof bytes);
  CHECK_EQ(nobodys.answer(Opcode::MODEL_BEGIN).status, Status::OK);
}
