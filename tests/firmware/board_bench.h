// The whole core on a desk, behind the models of its ports: a central is connected and talks to it.
#pragma once

#include <string.h>

#include "board.h"
#include "check.h"
#include "fresh.h"
#include "golden_package.h"
#include "ports_model.h"

using core::Board;
using core::Notification;
using wire::Opcode;
using wire::Status;

constexpr uint32_t kPeriod = 8403;

struct Bench {
  FlashModel flash;
  RadioModel radio;
  ClassifierModel classifier;
  ClockModel clock;
  CryptoModel crypto;
  Board board;
  uint8_t tag = 0;
  double g = 0;

  static core::Identity identity() {
    core::Identity identity = {};
    identity.firmware[1] = 2;
    identity.imu = wire::Imu::LSM9DS1;
    identity.flags = static_cast<uint16_t>(wire::BoardFlag::VIRTUAL);
    identity.boot_id = 77;
    identity.samples = core::SampleFormat{119000, 244000, 1221730};
    identity.accel_range_mg = 8000;
    identity.gyro_range_dps = 2000;
    identity.arena_bytes = wire::ARENA_BYTES;
    identity.radio_restarts = 3;
    return identity;
  }

  Bench() : board(core::Ports{radio, flash, classifier, clock, crypto}, identity()) { boot(); }

  void boot() {
    board.start();
    for (uint32_t i = 0; board.starting(); ++i, board.step()) REQUIRE(i < 10000);
    board.on_link(true);
  }
  // Power off and on: everything but the flash is new.
  void restart(bool after_fault = false) {
    begin_restart(after_fault);
    boot();
  }
  void begin_restart(bool after_fault) {
    flash.power_on();
    radio.clear();
    core::Identity anew = identity();
    anew.ended_by_fault = after_fault;
    new (&board) Board(core::Ports{radio, flash, classifier, clock, crypto}, anew);
  }
  bool has_dropped_a_model() const {
    return (board.info().flags & static_cast<uint16_t>(wire::BoardFlag::MODEL_DROPPED)) != 0;
  }
  void run() {
    for (uint32_t i = 0; board.step() || board.busy(); ++i) REQUIRE(i < 10000);
  }
  // Time without commands: the next push is prepared to the end.
  void settle() {
    for (bool worked = true; worked;) {
      const uint32_t before = flash.operations();
      worked = board.step() || flash.operations() != before;
    }
  }
  void sample(uint32_t count) {
    for (uint32_t i = 0; i < count; ++i) {
      clock.us += kPeriod;
      const int16_t axes[wire::AXES] = {static_cast<int16_t>(g * 1e9 / 244000), 5, 4098, 0, 1, 2};
      board.on_sample(axes, clock.us);
      run();
    }
  }

  void write(Opcode opcode, const void* arguments = nullptr, uint32_t length = 0) {
    uint8_t bytes[160] = {static_cast<uint8_t>(opcode), ++tag};
    if (length != 0) memcpy(bytes + 2, arguments, length);
    board.on_command(bytes, 2 + length);
  }
  template <class Arguments>
  void write(Opcode opcode, const Arguments& arguments) {
    write(opcode, &arguments, static_cast<uint32_t>(sizeof arguments));
  }
  // Runs until idle and returns the last reply, which must belong to the last command.
  wire::ReplyHeader answer(Opcode opcode) {
    run();
    uint32_t index = 0;
    CHECK(radio.of_kind(Notification::reply, &index) != 0);
    const wire::ReplyHeader reply = radio.read<wire::ReplyHeader>(index);
    CHECK_EQ(reply.opcode, opcode);
    if (opcode != Opcode::MODEL_DATA) CHECK_EQ(reply.tag, tag);
    last = index;
    return reply;
  }
  template <class... Arguments>
  wire::ReplyHeader command(Opcode opcode, const Arguments&... arguments) {
    write(opcode, arguments...);
    return answer(opcode);
  }
  template <class Result>
  Result result() const {
    CHECK_EQ(radio.kept[last].length, sizeof(wire::ReplyHeader) + sizeof(Result));
    return radio.read<Result>(last, sizeof(wire::ReplyHeader));
  }

  void write_model(uint32_t offset, const uint8_t* bytes, uint32_t length) {
    uint8_t value[256];
    memcpy(value, &offset, sizeof offset);
    memcpy(value + sizeof offset, bytes, length);
    board.on_model_write(value, static_cast<uint32_t>(sizeof offset) + length);
  }
  // Begins or resumes; false when power or flash failed.
  bool transfer(const GoldenPackage& package, uint32_t until = 0xffffffffu) {
    const wire::ReplyHeader reply =
        command(Opcode::MODEL_BEGIN, wire::ModelBegin{package.length, package.crc()});
    if (reply.status != 0) return false;
    uint32_t at = result<wire::ModelOffset>().offset;
    while (at < package.length && at < until) {
      const uint32_t length = package.length - at < 176 ? package.length - at : 176;
      write_model(at, package.bytes + at, length);
      at += length;
    }
    run();
    return flash.powered();
  }
  Status push(const GoldenPackage& package) {
    radio.clear();
    if (!transfer(package)) return Status::FLASH_FAILED;
    return static_cast<Status>(command(Opcode::MODEL_COMMIT).status);
  }
  bool runs(const GoldenPackage& package) const {
    const wire::Info info = board.info();
    return memcmp(info.model_id, package.header().model_id, sizeof info.model_id) == 0;
  }
  bool could_go_back_to(const GoldenPackage& package) const {
    const wire::Info info = board.info();
    return memcmp(info.previous_model_id, package.header().model_id,
                  sizeof info.previous_model_id) == 0;
  }
  wire::Counters counters() {
    command(Opcode::STATUS);
    return result<wire::Counters>();
  }

  uint32_t last = 0;
};
