#include "rejection.h"

#include <string.h>

#include "check.h"
#include "text.h"

using core::Rejection;

namespace {

// One row over one embedding value and one channel, two classes: the coordinate is the embedding.
struct __attribute__((packed)) Section {
  wire::Rejection header = {1, 1, {0, 0}, 100};
  int16_t means[2] = {0, 50};
  uint8_t shifts[1] = {0};
  int8_t weights[3] = {1, 0, 0};
};

struct Simple {
  alignas(4) uint8_t bytes[sizeof(Section)];
  Rejection rejection;

  explicit Simple(const Section& section) {
    memcpy(bytes, &section, sizeof bytes);
    rejection = Rejection(bytes, 2, 1);
  }
  uint64_t distance(int8_t embedding) const {
    const int8_t features[3] = {embedding, 7, 7};
    return rejection.distance(features);
  }
  bool rejects(int8_t embedding) const {
    const int8_t features[3] = {embedding, 7, 7};
    return rejection.rejects(features);
  }
};

bool fits(const Section& section, uint32_t length = sizeof(Section)) {
  alignas(4) uint8_t bytes[sizeof section];
  memcpy(bytes, &section, sizeof section);
  return Rejection::fits(bytes, length, 2, 1);
}

}  // namespace

TEST(rejection_gives_the_golden_distances) {
  static uint8_t file[64 * 1024];
  const uint32_t length = check::read_golden("rejection.txt", file, sizeof file);
  Text text(file, length);
  uint32_t cases = 0;
  while (!text.at_end()) {
    const uint32_t class_count = static_cast<uint32_t>(text.number());
    const uint32_t channel_count = static_cast<uint32_t>(text.number());
    const uint32_t window = static_cast<uint32_t>(text.number());
    alignas(4) static uint8_t section[8 * 1024];
    static uint8_t embedding[wire::MAX_EMBEDDING];
    static uint8_t input[wire::MAX_INPUT_BYTES];
    const uint32_t section_bytes = text.hex(section, sizeof section);
    REQUIRE(Rejection::fits(section, section_bytes, class_count, channel_count));
    CHECK(!Rejection::fits(section, section_bytes - 1, class_count, channel_count));
    const Rejection rejection(section, class_count, channel_count);
    REQUIRE(text.hex(embedding, sizeof embedding) == rejection.embedding_size());
    REQUIRE(text.hex(input, sizeof input) == window * channel_count);
    int8_t features[core::kMaxFeatures];
    memcpy(features, embedding, rejection.embedding_size());
    core::channel_statistics(reinterpret_cast<const int8_t*>(input), window, channel_count,
                             features + rejection.embedding_size());
    CHECK_EQ(rejection.distance(features), text.number());
    ++cases;
  }
  CHECK_EQ(cases, 12);
}

TEST(rejection_takes_the_nearest_class_and_rejects_beyond_the_threshold_only) {
  const Simple simple{Section()};
  CHECK_EQ(simple.distance(0), 0);
  CHECK_EQ(simple.distance(20), 400);
  CHECK_EQ(simple.distance(30), 400);
  CHECK_EQ(simple.distance(-128), 128 * 128);
  CHECK(!simple.rejects(10));
  CHECK(simple.rejects(11));
  CHECK(!simple.rejects(60));
  CHECK(simple.rejects(61));
}

TEST(rejection_distances_do_not_wrap_around) {
  Section section;
  section.weights[0] = -128;
  section.means[0] = section.means[1] = -32768;
  section.header.threshold = 0xffffffffu;
  const Simple simple(section);
  CHECK_EQ(simple.distance(-128), 49152ull * 49152ull);
  CHECK(!simple.rejects(-128));
}

TEST(rejection_statistics_are_the_mean_and_the_level) {
  // Channels: silent, the least value, the greatest, +-16, and 3 once in four.
  static int8_t input[wire::MAX_WINDOW][5];
  for (uint32_t i = 0; i < wire::MAX_WINDOW; ++i) {
    input[i][0] = 0;
    input[i][1] = -128;
    input[i][2] = 127;
    input[i][3] = static_cast<int8_t>(i % 2 == 0 ? 16 : -16);
    input[i][4] = static_cast<int8_t>(i % 4 == 0 ? -3 : 0);
  }
  int8_t statistics[10];
  const uint32_t windows[] = {4, wire::MAX_WINDOW};
  for (uint32_t window : windows) {
    core::channel_statistics(&input[0][0], window, 5, statistics);
    // 16 log2(1 + 0, 128, 127, 16, 0.75): 0, 112.2, 112, 65.4, 12.9, and by straight lines less.
    const int8_t expected[] = {0, 0, -128, 112, 127, 112, 0, 65, -1, 12};
    CHECK(memcmp(statistics, expected, sizeof expected) == 0);
  }
}

TEST(rejection_sections_outside_their_limits_do_not_fit) {
  CHECK(fits(Section()));
  for (uint32_t length = 0; length < sizeof(Section); ++length) CHECK(!fits(Section(), length));
  Section section;
  section.header.embedding_size = 0;
  CHECK(!fits(section));
  section.header.embedding_size = wire::MAX_EMBEDDING + 1;
  CHECK(!fits(section));
  section = Section();
  section.header.rank = 0;
  CHECK(!fits(section));
  section.header.rank = wire::MAX_RANK + 1;
  CHECK(!fits(section));
  section.header.rank = 2;  // longer than what is there
  CHECK(!fits(section));
  section = Section();
  section.shifts[0] = 15;
  CHECK(fits(section));
  section.shifts[0] = 16;
  CHECK(!fits(section));
}
