// A fresh board's first start with the image's own model: firmware/src/builtin_model.cpp.
#include "board.h"
#include "builtin_model.h"
#include "check.h"
#include "fresh.h"
#include "ports_model.h"

extern "C" const uint8_t builtin_model[], builtin_model_end[];

namespace {

// Answers the built-in model's golden windows as TFLM did when the package was made.
class GoldenClassifier : public ClassifierModel {
 public:
  bool invoke(const int8_t* input, uint32_t input_length, int8_t* output,
              uint32_t output_length) override {
    const wire::PackageHeader& header = package.header();
    memset(output, 0, output_length);
    for (uint32_t i = 0; i < header.golden_count; ++i) {
      if (memcmp(input, package.golden_input(i), input_length) == 0) {
        memcpy(output, package.golden_output(i), header.class_count);
      }
    }
    return works;
  }

  core::PackageView package;
};

struct FreshBoard {
  FlashModel flash;
  RadioModel radio;
  GoldenClassifier classifier;
  ClockModel clock;
  CryptoModel crypto;
  core::Board board;

  static core::Identity identity() {
    core::Identity identity = {};
    identity.imu = wire::Imu::BMI270;
    identity.samples = core::SampleFormat{99840, 244141, 1065264};
    identity.arena_bytes = wire::ARENA_BYTES;
    return identity;
  }

  FreshBoard() : board(core::Ports{radio, flash, classifier, clock, crypto}, identity()) {
    const uint32_t length = static_cast<uint32_t>(builtin_model_end - builtin_model);
    CHECK(classifier.package.open(builtin_model, length).ok());
    board.start();
  }
  uint8_t active_slot() const { return board.info().active_slot; }
};

}  // namespace

TEST(first_start_installs_the_built_in_model) {
  FreshBoard& fresh_board = fresh<FreshBoard>();
  REQUIRE(fresh_board.active_slot() == wire::NO_SLOT);
  push_builtin_model(fresh_board.board);
  REQUIRE(fresh_board.active_slot() == 0);
  const wire::PackageHeader& header = fresh_board.classifier.package.header();
  const wire::Info info = fresh_board.board.info();
  CHECK(memcmp(info.model_id, header.model_id, sizeof info.model_id) == 0);
  CHECK(fresh_board.classifier.loaded == fresh_board.flash.mapped() + header.tflite_offset);
  CHECK_EQ(fresh_board.radio.count, 0);

  CHECK(!fresh_board.board.busy());
  for (uint32_t i = 0; i < 100; ++i) fresh_board.board.step();  // prepares the next push
  const uint32_t written = fresh_board.flash.operations();
  new (&fresh_board.board)
      core::Board(core::Ports{fresh_board.radio, fresh_board.flash, fresh_board.classifier,
                              fresh_board.clock, fresh_board.crypto},
                  FreshBoard::identity());
  fresh_board.board.start();
  for (uint32_t i = 0; i < 10; ++i) fresh_board.board.step();
  CHECK_EQ(fresh_board.active_slot(), 0);
  CHECK_EQ(fresh_board.flash.operations(), written);
}

TEST(first_start_goes_on_without_a_model_that_does_not_run) {
  FreshBoard& fresh_board = fresh<FreshBoard>();
  fresh_board.classifier.works = false;
  push_builtin_model(fresh_board.board);
  CHECK_EQ(fresh_board.active_slot(), wire::NO_SLOT);
  CHECK(!fresh_board.board.busy());
}
