#include <stdlib.h>

#include "board_bench.h"
#include "fuzz.h"

namespace {

const GoldenPackage& package(uint32_t number) {
  static const GoldenPackage all[] = {GoldenPackage(1), GoldenPackage(2), GoldenPackage(3)};
  return all[number];
}

void write_noise(Bench& b, Random& random) {
  uint8_t bytes[64];
  for (uint8_t& byte : bytes) byte = static_cast<uint8_t>(random.next());
  bytes[0] = static_cast<uint8_t>(1 + random.below(12));
  const uint32_t length = random.below(sizeof bytes);
  if (random.below(4) == 0) {
    b.board.on_model_write(bytes, length);
  } else {
    b.board.on_command(bytes, length);
  }
}

// A whole model of those that were pushed, or none before the first.
void must_be_whole(Bench& b, bool pushed) {
  bool known = b.board.info().active_slot == wire::NO_SLOT && !pushed;
  for (uint32_t i = 0; i < 3; ++i) known |= b.runs(package(i));
  if (!known) abort();
}

}  // namespace

Counts fuzz_board(uint32_t seed, uint32_t cases) {
  Random random(seed);
  Counts counts;
  Bench& b = fresh<Bench>();
  bool pushed = false;
  uint32_t faults = 0;
  for (uint32_t i = 0; i < cases; ++i) {
    ++counts.cases;
    b.radio.clear();
    switch (random.below(12)) {
      case 0:
        b.sample(random.below(60));
        break;
      case 1:
        b.board.on_link(random.below(4) != 0);
        break;
      case 2:
        b.clock.us += random.next();
        break;
      case 3:
        b.write(random.below(2) == 0 ? Opcode::ROLLBACK : Opcode::MODEL_ABORT);
        break;
      case 4:
        b.flash.cut_power_at(1 + random.below(60), static_cast<FlashModel::Cut>(random.below(3)));
        break;
      case 5: {
        b.flash.power_on();
        // The second fault in a row may leave no model at all.
        const bool fault = faults == 0 && random.below(3) == 0;
        faults = fault ? 1 : 0;
        b.restart(fault);
        must_be_whole(b, pushed);
        break;
      }
      case 6:
        if (!b.flash.powered()) break;
        b.board.on_link(true);
        b.run();  // a rollback that waits would answer in between
        if (b.push(package(random.below(3))) == Status::OK) {
          pushed = true;
          ++counts.accepted;
        }
        break;
      default:
        write_noise(b, random);
    }
    for (uint32_t steps = random.below(30); steps != 0; --steps) b.board.step();
  }
  return counts;
}
