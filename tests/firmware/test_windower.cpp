#include <math.h>
#include <string.h>

#include "check.h"
#include "random.h"
#include "text.h"
#include "windower.h"

using core::InputSpec;
using core::SampleFormat;
using core::SampleView;
using core::Windower;

namespace {

constexpr SampleFormat kFormat = {119000, 244000, 1221730};  // +-8 g, +-2000 dps
constexpr uint32_t kRates[] = {119000, 99840, 50000, 476000, 104000, 750000, 25000};

int16_t samples[wire::RING_SAMPLES][wire::AXES];
int32_t points[wire::MAX_WINDOW];

SampleFormat at_rate(uint32_t rate_mhz) {
  SampleFormat format = kFormat;
  format.rate_mhz = rate_mhz;
  return format;
}

InputSpec spec_of(uint32_t rate_mhz, uint32_t window, const wire::Channel* channels = nullptr,
                  uint32_t channel_count = 0, const uint8_t* tables = nullptr) {
  return InputSpec{rate_mhz, window, channel_count, channels, tables};
}

SampleView view_of(uint32_t span, uint32_t first = 0) {
  return SampleView{samples + first, 0, span};
}

// What the axis is in 2^-16 units, without rounding.
double exact(double raw, uint32_t axis) {
  return raw * (axis < 3 ? kFormat.accel_ng_per_lsb : kFormat.gyro_nrads_per_lsb) * 65536.0 / 1e9;
}

// The mean of the samples over [low, high): what one point ought to be. Sample i covers i to i + 1.
double box(uint32_t axis, double low, double high) {
  double sum = 0;
  for (int i = static_cast<int>(floor(low)); i < high; ++i) {
    const double from = low > i ? low : i, to = high < i + 1 ? high : i + 1;
    if (to > from) sum += (to - from) * samples[i][axis];
  }
  return sum / (high - low);
}

// A table of thresholds that grow as companders do.
void make_table(uint8_t* table) {
  int32_t value = 0;
  for (uint32_t i = 0; i < wire::THRESHOLDS; ++i) {
    value += 20 + static_cast<int32_t>(i * i / 2);
    memcpy(table + i * sizeof value, &value, sizeof value);
  }
}

}  // namespace

TEST(windower_is_the_identity_at_equal_rates) {
  Windower windower;
  REQUIRE(windower.configure(kFormat, spec_of(kFormat.rate_mhz, 64)));
  CHECK_EQ(windower.span(), 64);
  CHECK_EQ(windower.points_to_samples_q16(32), 32u << 16);
  Random random(1);
  for (uint32_t i = 0; i < 64; ++i) {
    for (uint32_t axis = 0; axis < wire::AXES; ++axis) {
      samples[i][axis] = static_cast<int16_t>(random.next());
    }
  }
  for (uint32_t axis = 0; axis < wire::AXES; ++axis) {
    windower.resample(view_of(64), axis, points);
    for (uint32_t i = 0; i < 64; ++i) {
      CHECK(fabs(points[i] - exact(samples[i][axis], axis)) < 0.6);
    }
  }
}

TEST(windower_keeps_constants_at_every_ratio) {
  for (uint32_t rate_mhz : kRates) {
    Windower windower;
    REQUIRE(windower.configure(at_rate(rate_mhz), spec_of(50000, 32)));
    const int16_t values[] = {0, 1, -1, 1000, -4097, 32767, -32768};
    for (int16_t value : values) {
      for (uint32_t i = 0; i < windower.span(); ++i) {
        for (uint32_t axis = 0; axis < wire::AXES; ++axis) samples[i][axis] = value;
      }
      for (uint32_t axis = 0; axis < wire::AXES; axis += 3) {
        windower.resample(view_of(windower.span()), axis, points);
        // Half a unit of rounding, and half a unit of the multiplier at the end of the range.
        const double tolerance = 0.5 + fabs(value) * rate_mhz / 50000 * 256 / 2 / (1 << 26);
        for (uint32_t i = 0; i < 32; ++i) {
          CHECK_EQ(points[i], points[0]);
          CHECK(fabs(points[i] - exact(value, axis)) <= tolerance + 1e-6);
        }
      }
    }
  }
}

TEST(windower_averages_as_double_precision_does) {
  for (uint32_t rate_mhz : kRates) {
    if (rate_mhz < 50000) continue;  // upsampling has a test of its own
    Windower windower;
    const uint32_t window = rate_mhz > 400000 ? 64 : 200;
    REQUIRE(windower.configure(at_rate(rate_mhz), spec_of(50000, window)));
    const double ratio = rate_mhz / 50000.0;
    const uint32_t span = windower.span();
    CHECK(fabs(span - ratio * window) < 1.1);
    for (uint32_t i = 0; i < span; ++i) {
      samples[i][0] = static_cast<int16_t>(12000 * sin(0.9 + i * 0.11) + 3000 * sin(i * 0.37));
    }
    windower.resample(view_of(span), 0, points);
    for (uint32_t k = 0; k < window; ++k) {
      const double high = span - ratio * (window - 1 - k);
      // Positions are cut to 1/256 sample: an error of up to 1/128 of a sample's change a point.
      const double expected = exact(box(0, high - ratio < 0 ? 0 : high - ratio, high), 0);
      CHECK(fabs(points[k] - expected) < exact(2500, 0) / 100);
    }
  }
}

TEST(windower_interpolates_linearly_from_50_to_100_hz) {
  Windower windower;
  REQUIRE(windower.configure(at_rate(50000), spec_of(100000, 41)));
  CHECK_EQ(windower.span(), 21);
  Random random(2);
  for (uint32_t i = 0; i < 21; ++i) samples[i][4] = static_cast<int16_t>(random.next());
  windower.resample(view_of(21), 4, points);
  for (uint32_t k = 0; k < 41; ++k) {
    const double value =
        k % 2 == 0 ? samples[k / 2][4] : (samples[k / 2][4] + samples[k / 2 + 1][4]) / 2.0;
    CHECK(fabs(points[k] - exact(value, 4)) < 0.6);
  }
}

TEST(windower_last_point_ends_with_the_last_sample) {
  for (uint32_t rate_mhz : kRates) {
    Windower windower;
    REQUIRE(windower.configure(at_rate(rate_mhz), spec_of(50000, 20)));
    memset(samples, 0, sizeof samples);
    windower.resample(view_of(windower.span()), 0, points);
    for (uint32_t k = 0; k < 20; ++k) CHECK_EQ(points[k], 0);
    samples[windower.span() - 1][0] = 30000;
    windower.resample(view_of(windower.span()), 0, points);
    CHECK(points[19] != 0);
    for (uint32_t k = 0; k + 2 < 20; ++k) CHECK_EQ(points[k], 0);
  }
}

TEST(windower_refuses_what_is_outside_its_limits) {
  Windower windower;
  CHECK(windower.configure(kFormat, spec_of(50000, 128)));
  CHECK(!windower.configure(at_rate(0), spec_of(50000, 128)));
  CHECK(!windower.configure(kFormat, spec_of(0, 128)));
  CHECK(!windower.configure(kFormat, spec_of(50000, 0)));
  CHECK(windower.configure(kFormat, spec_of(50000, wire::MAX_WINDOW)));
  CHECK(!windower.configure(kFormat, spec_of(50000, wire::MAX_WINDOW + 1)));
  CHECK(windower.configure(at_rate(750000), spec_of(50000, 128)));
  CHECK(!windower.configure(at_rate(750100), spec_of(50000, 128)) ||
        windower.span() <= 15 * 128 + 1);
  CHECK(!windower.configure(at_rate(766000), spec_of(50000, 128)));
  CHECK(!windower.configure(at_rate(1), spec_of(4000000000u, 128)));
  CHECK(!windower.configure(SampleFormat{119000, 0, 1}, spec_of(50000, 128)));
  CHECK(!windower.configure(SampleFormat{119000, 1, 0}, spec_of(50000, 128)));
  CHECK(windower.configure(SampleFormat{119000, 2000000, 2000000}, spec_of(50000, 128)));
  CHECK(!windower.configure(SampleFormat{119000, 2000001, 1}, spec_of(50000, 128)));
  // One window must fit the ring.
  CHECK(windower.configure(at_rate(750000), spec_of(50000, wire::RING_SAMPLES / 15)));
  CHECK_EQ(windower.span(), wire::RING_SAMPLES);
  CHECK(!windower.configure(at_rate(750000), spec_of(50000, wire::RING_SAMPLES / 15 + 1)));
}

TEST(windower_does_not_overflow_at_the_ends_of_its_range) {
  const wire::Channel channels[] = {
      {0, 0, wire::NO_TABLE, 0, 0x7fffffff},
      {0, 0, wire::NO_TABLE, 0, -0x7fffffff - 1},
      {3, 1, wire::NO_TABLE, 0, 0x7fffffff},
  };
  const SampleFormat widest = {750000, 2000000, 2000000};
  Windower windower;
  REQUIRE(windower.configure(widest, spec_of(50000, 160, channels, 3)));
  for (uint32_t i = 0; i < windower.span(); ++i) {
    for (uint32_t axis = 0; axis < wire::AXES; ++axis) {
      samples[i][axis] = i < windower.span() / 2 ? INT16_MIN : INT16_MAX;
    }
  }
  int8_t input[160 * 3];
  windower.prepare(view_of(windower.span()), input);
  CHECK_EQ(input[0], -127);
  CHECK_EQ(input[1], 127);
  CHECK_EQ(input[2], -127);
  CHECK_EQ(input[159 * 3], 127);
  CHECK_EQ(input[159 * 3 + 1], -127);
  CHECK_EQ(input[159 * 3 + 2], 127);
}

TEST(windower_removes_the_mean_of_either_sign) {
  // multiplier 2^24: one code a 2^-16 unit
  const wire::Channel channels[] = {{0, 1, wire::NO_TABLE, 0, 1 << 24},
                                    {0, 0, wire::NO_TABLE, 0, 1 << 24}};
  Windower windower;
  REQUIRE(windower.configure(kFormat, spec_of(kFormat.rate_mhz, 4, channels, 2)));
  int8_t input[8];
  const struct {
    int32_t values[4];
    int32_t mean;  // rounded to nearest, halves up
  } cases[] = {
      {{10, 20, 30, 40}, 25}, {{-10, -20, -30, -40}, -25},
      {{0, 0, 1, 1}, 1},      {{0, 0, -1, -1}, 0},
      {{0, 0, -1, -2}, -1},   {{-1, -1, -1, -2}, -1},
      {{-2, -2, -2, -1}, -2}, {{-100, -101, -101, -100}, -100},
  };
  for (const auto& c : cases) {
    windower.quantize(c.values, 0, input);
    windower.quantize(c.values, 1, input);
    for (uint32_t i = 0; i < 4; ++i) {
      CHECK_EQ(input[2 * i], c.values[i] - c.mean);
      CHECK_EQ(input[2 * i + 1], c.values[i]);
    }
  }
}

TEST(windower_rounds_and_clamps_linear_channels) {
  // Half a code a unit, and the sign turned round.
  const wire::Channel channels[] = {{0, 0, wire::NO_TABLE, 0, 1 << 23},
                                    {0, 0, wire::NO_TABLE, 0, -(1 << 23)}};
  Windower windower;
  REQUIRE(windower.configure(kFormat, spec_of(kFormat.rate_mhz, 8, channels, 2)));
  const int32_t values[8] = {0, 1, -1, 2, 253, 254, 1000000, -1000000};
  const int32_t plain[8] = {0, 1, 0, 1, 127, 127, 127, -127};
  const int32_t turned[8] = {0, 0, 1, -1, -126, -127, -127, 127};
  int8_t input[16];
  windower.quantize(values, 0, input);
  windower.quantize(values, 1, input);
  for (uint32_t i = 0; i < 8; ++i) {
    CHECK_EQ(input[2 * i], plain[i]);
    CHECK_EQ(input[2 * i + 1], turned[i]);
  }
}

TEST(windower_tables_are_odd_and_rising_and_step_at_their_thresholds) {
  uint8_t tables[2 * wire::THRESHOLDS * 4] = {};
  make_table(tables + wire::THRESHOLDS * 4);
  const wire::Channel channel = {0, 0, 1, 0, 0};
  Windower windower;
  REQUIRE(windower.configure(kFormat, spec_of(kFormat.rate_mhz, 1, &channel, 1, tables)));
  int8_t before = -127;
  for (int32_t value = -400000; value <= 400000; value += 37) {
    int8_t code, mirrored;
    const int32_t negated = -value;
    windower.quantize(&value, 0, &code);
    windower.quantize(&negated, 0, &mirrored);
    CHECK_EQ(code, -mirrored);
    CHECK(code >= before);
    before = code;
  }
  CHECK_EQ(before, 127);
  for (uint32_t i = 0; i < wire::THRESHOLDS; ++i) {
    int32_t at;
    memcpy(&at, tables + (wire::THRESHOLDS + i) * 4, 4);
    const int32_t below = at - 1;
    int8_t code;
    windower.quantize(&at, 0, &code);
    CHECK_EQ(code, i + 1);
    windower.quantize(&below, 0, &code);
    CHECK_EQ(code, i);
  }
}

TEST(windower_reads_a_wrapped_ring_as_it_reads_a_line) {
  static core::RingBuffer ring;
  uint8_t table[wire::THRESHOLDS * 4];
  make_table(table);
  const wire::Channel channels[] = {{2, 0, wire::NO_TABLE, 0, 4096}, {5, 1, 0, 0, 0}};
  Windower windower;
  REQUIRE(windower.configure(kFormat, spec_of(50000, 100, channels, 2, table)));
  const uint32_t span = windower.span();
  Random random(3);
  ring.start(8403);
  int16_t all[wire::RING_SAMPLES + 300][wire::AXES];
  for (uint32_t i = 0; i < wire::RING_SAMPLES + 300; ++i) {
    for (uint32_t axis = 0; axis < wire::AXES; ++axis) {
      all[i][axis] = static_cast<int16_t>(random.next());
    }
    ring.push(all[i], i * 8403ull);
    if (i < wire::RING_SAMPLES + 100 || i % 13 != 0) continue;
    int8_t wrapped[200], line[200];
    windower.prepare(ring.view(i - span + 1), wrapped);
    windower.prepare(SampleView{all + (i - span + 1), 0, span}, line);
    CHECK(memcmp(wrapped, line, sizeof line) == 0);
  }
}

// The last point's box ends where the view does: the sample behind it is not the windower's to
// read, though the storage may go on. The sanitizer sees it.
TEST(windower_reads_no_sample_behind_its_view) {
  Windower windower;
  REQUIRE(windower.configure(kFormat, spec_of(50000, 8)));
  REQUIRE(windower.span() == 20);
  int16_t exact_length[20][wire::AXES];
  for (auto& sample : exact_length) {
    for (int16_t& value : sample) value = 1000;
  }
  windower.resample(SampleView{exact_length, 0, 21}, 0, points);
  for (uint32_t k = 0; k < 8; ++k) CHECK_EQ(points[k], points[0]);
}

TEST(windower_refuses_a_table_beyond_the_last) {
  const wire::Channel channel = {0, 0, wire::MAX_TABLES, 0, 0};
  uint8_t tables[(wire::MAX_TABLES + 1) * wire::THRESHOLDS * 4] = {};
  Windower windower;
  CHECK(!windower.configure(kFormat, spec_of(50000, 8, &channel, 1, tables)));
}

TEST(windower_gives_the_golden_inputs) {
  static uint8_t file[65536];
  const uint32_t length = check::read_golden("windower.txt", file, sizeof file);
  Text text(file, length);
  uint32_t cases = 0;
  while (!text.at_end()) {
    SampleFormat format;
    InputSpec spec;
    format.rate_mhz = static_cast<uint32_t>(text.number());
    format.accel_ng_per_lsb = static_cast<uint32_t>(text.number());
    format.gyro_nrads_per_lsb = static_cast<uint32_t>(text.number());
    spec.rate_mhz = static_cast<uint32_t>(text.number());
    spec.window = static_cast<uint32_t>(text.number());
    wire::Channel channels[wire::MAX_CHANNELS];
    uint8_t tables[wire::MAX_TABLES * wire::THRESHOLDS * 4];
    uint8_t channel_bytes[sizeof channels];
    const uint32_t channels_length = text.hex(channel_bytes, sizeof channel_bytes);
    memcpy(channels, channel_bytes, sizeof channels);
    spec.channel_count = channels_length / static_cast<uint32_t>(sizeof(wire::Channel));
    spec.channels = channels;
    REQUIRE(text.hex(tables, sizeof tables) <= sizeof tables);
    spec.tables = tables;
    Windower windower;
    REQUIRE(windower.configure(format, spec));
    const uint32_t sample_bytes =
        text.hex(reinterpret_cast<uint8_t*>(samples), static_cast<uint32_t>(sizeof samples));
    CHECK_EQ(sample_bytes, windower.span() * wire::SAMPLE_BYTES);
    static uint8_t expected[wire::MAX_INPUT_BYTES];
    static int8_t input[wire::MAX_INPUT_BYTES];
    REQUIRE(text.hex(expected, sizeof expected) == spec.window * spec.channel_count);
    windower.prepare(view_of(windower.span()), input);
    CHECK(memcmp(input, expected, spec.window * spec.channel_count) == 0);
    ++cases;
  }
  CHECK_EQ(cases, 9);
}
