#include <stdlib.h>
#include <string.h>

#include "fuzz.h"
#include "golden_package.h"
#include "store_bench.h"
#include "tflite_check.h"

// Whatever the check says of a package, it reads nothing outside and does no undefined thing.
Counts fuzz_packages(uint32_t seed, uint32_t cases) {
  static const GoldenPackage& whole = *new GoldenPackage(1);
  static GoldenPackage package(1);
  Random random(seed);
  Counts counts;
  for (uint32_t i = 0; i < cases; ++i) {
    memcpy(package.bytes, whole.bytes, whole.length);
    uint32_t length = whole.length;
    for (uint32_t n = 1 + random.below(4); n != 0; --n) {
      // Mostly the header, in words that are offsets and sizes.
      const uint32_t most = random.below(3) == 0 ? length : sizeof(wire::PackageHeader);
      const uint32_t at = random.below(most - 4) / 4 * 4;
      uint32_t value = random.below(2) == 0 ? random.next() : random.below(length + 16);
      if (random.below(2) == 0) {
        package.bytes[at + random.below(4)] = static_cast<uint8_t>(value);
      } else {
        memcpy(package.bytes + at, &value, sizeof value);
      }
    }
    if (random.below(8) == 0) length = random.below(length);
    wire::PackageHeader& header = package.header();
    constexpr uint32_t kCovered = offsetof(wire::PackageHeader, signature);
    if (header.total_bytes >= kCovered && header.total_bytes <= length) package.seal();
    core::PackageView view;
    ++counts.cases;
    if (!view.open(package.bytes, length).ok()) continue;
    counts.accepted +=
        core::check_tflite(view.tflite(), view.header().tflite_bytes, view.input_bytes(),
                           view.header().class_count, view.rejection().embedding_size())
            .ok();
  }
  return counts;
}

// A store that starts on noise still takes a package.
Counts fuzz_store(uint32_t seed, uint32_t cases) {
  Random random(seed);
  static const Blob blob(1, 3000);
  Counts counts;
  FlashModel& flash = fresh<FlashModel>();
  for (uint32_t i = 0; i < cases; ++i) {
    if (i % 64 == 0) new (&flash) FlashModel();
    flash.power_on();
    ModelStore store(flash);
    for (uint32_t n = random.below(6); n != 0; --n) {
      uint8_t* at = flash.memory() + (random.below(4) == 0 ? 0 : kJournal) +
                    random.below(random.below(2) == 0 ? 64 : 2 * kPage);
      *at = static_cast<uint8_t>(random.next());
    }
    store.start();
    ++counts.cases;
    for (uint32_t steps = random.below(40); steps != 0; --steps) store.step();
    if (random.below(4) != 0) continue;
    if (!push(store, blob).ok()) continue;  // flash that is torn may say no
    ++counts.accepted;
    if (!active_is(store, blob)) abort();
    ModelStore again(flash);
    again.start();
    if (!active_is(again, blob)) abort();
  }
  return counts;
}
