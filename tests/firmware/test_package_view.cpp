#include "package_view.h"

#include "check.h"
#include "golden_package.h"
#include "random.h"

using core::PackageView;
using core::Verdict;
using wire::PackageHeader;
using wire::Status;

namespace {

// Ends where the storage does, so that the sanitizer sees every byte read behind the end.
Verdict open_at_end(const uint8_t* bytes, uint32_t length) {
  alignas(16) static uint8_t storage[sizeof(GoldenPackage::bytes)];
  uint8_t* at = storage + (sizeof storage - length) / 16 * 16;
  memcpy(at, bytes, length);
  PackageView view;
  return view.open(at, length);
}

// Applies `change` to a package, makes its checksum right, and expects a refusal for `field`.
template <class Change>
void refused_for(uint32_t field, Change change) {
  GoldenPackage package;
  change(package);
  package.seal();
  PackageView view;
  const Verdict verdict = view.open(package.bytes, package.length);
  CHECK(verdict.status == Status::BAD_PACKAGE);
  CHECK_EQ(verdict.detail, field);
}

#define FIELD(name) static_cast<uint32_t>(offsetof(PackageHeader, name))

}  // namespace

TEST(package_golden_one_is_accepted) {
  GoldenPackage package;
  PackageView view;
  REQUIRE(view.open(package.bytes, package.length).ok());
  CHECK_EQ(view.header().total_bytes, package.length);
  CHECK_EQ(view.header().window, 32);
  CHECK_EQ(view.header().class_count, 3);
  CHECK_EQ(view.input_bytes(), 32 * 12);
  CHECK_EQ(view.input().rate_mhz, 50000);
  CHECK_EQ(view.input().channel_count, 12);
  CHECK_EQ(view.input().channels[6].flags, 1);
  CHECK(memcmp(view.tflite() + 4, "TFL3", 4) == 0);
  CHECK(view.golden_input(1) == package.golden(1));
  CHECK(view.golden_output(1) == package.golden(1) + 32 * 12);
  // In a slot more follows.
  CHECK(view.open(package.bytes, sizeof package.bytes).ok());
}

TEST(package_cut_anywhere_is_refused) {
  GoldenPackage package;
  for (uint32_t length = 0; length < package.length; ++length) {
    CHECK(!open_at_end(package.bytes, length).ok());
  }
  CHECK(open_at_end(package.bytes, package.length).ok());
}

TEST(package_with_any_changed_byte_is_refused) {
  GoldenPackage package;
  for (uint32_t i = 0; i < package.length; i += check::kStep) {
    package.bytes[i] ^= 0x40;
    PackageView view;
    CHECK(!view.open(package.bytes, package.length).ok());
    package.bytes[i] ^= 0x40;
  }
  package.tflite()[1000] ^= 1;
  PackageView view;
  const Verdict verdict = view.open(package.bytes, package.length);
  CHECK(verdict.status == Status::BAD_CRC);
}

TEST(package_of_another_format_is_told_so) {
  GoldenPackage package;
  package.header().format = 2;
  PackageView view;
  const Verdict verdict = view.open(package.bytes, package.length);
  CHECK(verdict.status == Status::BAD_VERSION);
  CHECK_EQ(verdict.detail, 2);
}

TEST(package_fields_outside_their_limits_are_named) {
  using P = GoldenPackage;
  refused_for(FIELD(magic), [](P& p) { p.header().magic ^= 1; });
  refused_for(FIELD(header_bytes), [](P& p) { p.header().header_bytes = 64; });
  refused_for(FIELD(model_rate_mhz), [](P& p) { p.header().model_rate_mhz = 0; });
  refused_for(FIELD(window), [](P& p) { p.header().window = 0; });
  refused_for(FIELD(window), [](P& p) { p.header().window = wire::MAX_WINDOW + 1; });
  refused_for(FIELD(hop), [](P& p) { p.header().hop = 0; });
  refused_for(FIELD(hop), [](P& p) { p.header().hop = wire::MAX_WINDOW + 1; });
  refused_for(FIELD(channel_count), [](P& p) { p.header().channel_count = 0; });
  refused_for(FIELD(channel_count), [](P& p) { p.header().channel_count = 17; });
  refused_for(FIELD(channel_count), [](P& p) { p.header().window = 512; });  // 6144 input bytes
  refused_for(FIELD(class_count), [](P& p) { p.header().class_count = 1; });
  refused_for(FIELD(class_count), [](P& p) { p.header().class_count = 17; });
  refused_for(FIELD(table_count), [](P& p) { p.header().table_count = 5; });
  refused_for(FIELD(golden_count), [](P& p) { p.header().golden_count = 0; });
  refused_for(FIELD(golden_offset), [](P& p) { p.header().golden_count = 255; });
}

TEST(package_longer_or_shorter_than_can_be_is_refused) {
  const uint32_t lengths[] = {0, 8, sizeof(PackageHeader) - 1, sizeof(GoldenPackage::bytes) + 1,
                              0xffffffffu};
  for (uint32_t length : lengths) {
    GoldenPackage package;
    package.header().total_bytes = length;
    PackageView view;
    const Verdict verdict = view.open(package.bytes, sizeof package.bytes);
    CHECK(verdict.status == Status::BAD_PACKAGE);
    CHECK_EQ(verdict.detail, FIELD(total_bytes));
  }
}

TEST(package_sections_outside_the_package_are_named) {
  using P = GoldenPackage;
  const uint32_t bad[] = {0, 12, 0xfffffffcu, 0x7ffffff0u};
  for (uint32_t at : bad) {
    refused_for(FIELD(labels_offset), [at](P& p) { p.header().labels_offset = at; });
    refused_for(FIELD(channels_offset), [at](P& p) { p.header().channels_offset = at; });
    refused_for(FIELD(tables_offset), [at](P& p) { p.header().tables_offset = at; });
    refused_for(FIELD(golden_offset), [at](P& p) { p.header().golden_offset = at; });
    refused_for(FIELD(tflite_offset), [at](P& p) { p.header().tflite_offset = at; });
  }
  refused_for(FIELD(labels_offset), [](P& p) { p.header().labels_offset = p.length - 8; });
  refused_for(FIELD(channels_offset), [](P& p) { p.header().channels_offset += 2; });
  refused_for(FIELD(tflite_offset), [](P& p) { p.header().tflite_offset += 4; });
  refused_for(FIELD(tflite_offset), [](P& p) { p.header().tflite_bytes += 1; });
  refused_for(FIELD(tflite_offset), [](P& p) { p.header().tflite_bytes = 0xffffffffu; });
}

TEST(package_may_be_without_a_rejection) {
  GoldenPackage package;
  PackageView view;
  REQUIRE(view.open(package.bytes, package.length).ok());
  CHECK(view.rejection().active());
  CHECK_EQ(view.rejection().embedding_size(), package.rejection().embedding_size);
  package.header().rejection_words = 0;
  package.seal();
  REQUIRE(view.open(package.bytes, package.length).ok());
  CHECK(!view.rejection().active());
  CHECK_EQ(view.rejection().embedding_size(), 0);
}

TEST(package_with_a_malformed_rejection_is_refused) {
  using P = GoldenPackage;
  const uint16_t bad[] = {1, 0xffff, static_cast<uint16_t>(GoldenPackage().length / 4 - 1)};
  for (uint16_t words : bad) {
    refused_for(FIELD(rejection_words), [words](P& p) { p.header().rejection_words = words; });
  }
  const uint32_t at = GoldenPackage().rejection_offset();
  refused_for(at, [](P& p) { p.rejection().embedding_size = 0; });
  refused_for(at, [](P& p) { p.rejection().embedding_size = wire::MAX_EMBEDDING + 1; });
  refused_for(at, [](P& p) { p.rejection().rank = 0; });
  refused_for(at, [](P& p) { p.rejection().rank = wire::MAX_RANK + 1; });
  // Whole at its place, but not so near to the end.
  const uint32_t near = GoldenPackage().length - 16;
  refused_for(near, [near](P& p) {
    memcpy(p.bytes + near, &p.rejection(), sizeof(wire::Rejection));
    p.header().rejection_words = static_cast<uint16_t>(near / 4);
  });
}

TEST(package_channels_name_axes_and_tables_that_exist) {
  const uint32_t third = GoldenPackage().header().channels_offset + 3 * 8;
  refused_for(third, [](GoldenPackage& p) { p.channel(3).axis = wire::AXES; });
  refused_for(third, [](GoldenPackage& p) { p.channel(3).table = 1; });
  refused_for(third, [](GoldenPackage& p) { p.channel(3).table = wire::NO_TABLE - 1; });
}

// With a right checksum, so that every later check is reached.
TEST(package_mutations_never_lead_outside) {
  GoldenPackage whole;
  Random random(7);
  uint32_t accepted = 0, refused = 0;
  for (uint32_t i = 0; i < 20000; i += check::kStep) {
    GoldenPackage package = whole;
    for (uint32_t n = 0; n <= random.below(3); ++n) {
      package.bytes[random.below(sizeof(PackageHeader) + 300)] =
          static_cast<uint8_t>(random.next());
    }
    if (package.header().total_bytes < 16 || package.header().total_bytes > package.length) {
      continue;
    }
    package.seal();
    PackageView view;
    if (!view.open(package.bytes, package.length).ok()) {
      ++refused;
      continue;
    }
    ++accepted;
    uint32_t sum = 0;  // touch all that the view says is there
    const core::InputSpec input = view.input();
    for (uint32_t c = 0; c < input.channel_count; ++c) sum += input.channels[c].axis;
    for (uint32_t g = 0; g < view.header().golden_count; ++g) {
      sum = core::crc32(view.golden_input(g), view.input_bytes(), sum);
      sum = core::crc32(view.golden_output(g), view.header().class_count, sum);
    }
    const core::Rejection rejection = view.rejection();
    const int8_t features[core::kMaxFeatures] = {};
    if (rejection.active()) sum += static_cast<uint32_t>(rejection.distance(features));
    sum = core::crc32(view.tflite(), view.header().tflite_bytes, sum);
    CHECK(view.tflite() + view.header().tflite_bytes <= package.bytes + package.length);
  }
  CHECK(accepted > 1000 / check::kStep);
  CHECK(refused > 1000 / check::kStep);
}
