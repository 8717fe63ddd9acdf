// How many instructions the core takes on the emulated Cortex-M4, for benchmarks/cortexm.py.
//
// QEMU advances time by 1 ns an instruction (-icount shift=0) and SysTick runs at 25 MHz, so a
// tick is 40 instructions exactly. Work is repeated until those 40 are lost in the rounding; the
// few instructions of the loop around it are counted with it.
#include <stdio.h>

#include <new>

#include "board.h"
#include "check.h"
#include "ports_model.h"
#include "rejection.h"
#include "text.h"
#include "windower.h"

namespace {

constexpr uint32_t kInstructionsPerTick = 40;
constexpr uint32_t kMaxTicks = 0xffffff;
constexpr uint16_t kUsualDelayMs = 33;  // what the host asks for

struct __attribute__((packed)) StreamStart {
  wire::CommandHeader header;
  wire::StreamStart arguments;
};

volatile uint32_t* const systick = reinterpret_cast<uint32_t*>(0xe000e010);

// Instructions of `work`, of at most kMaxTicks * kInstructionsPerTick.
template <class Work>
uint32_t instructions(Work work) {
  systick[1] = kMaxTicks;  // reload
  systick[2] = 0;          // restarts the count
  systick[0] = 5;          // on, at the processor's clock
  const uint32_t begin = systick[2];
  work();
  const uint32_t end = systick[2];
  return ((begin - end) & kMaxTicks) * kInstructionsPerTick;
}

// Takes everything, so that only the core's own work counts.
struct OpenRadio : core::Radio {
  bool notify(core::Notification kind, const uint8_t*, uint32_t length) override {
    if (kind == core::Notification::motion) samples += length / wire::SAMPLE_BYTES - 1;
    return true;
  }
  bool listened_to() override { return true; }
  void end_link() override {}
  uint32_t samples = 0;
};

void print_figure(const char* name, uint32_t counted, uint32_t times) {
  printf("%s %lu\n", name, static_cast<unsigned long>((counted + times / 2) / times));
}

// A sample as the shell hands it over, and step() until idle: saturation, ring, streamer, packet.
void sample_figure(const char* name, uint16_t max_delay_ms) {
  static FlashModel flash;
  ClassifierModel classifier;
  ClockModel clock;
  CryptoModel crypto;
  OpenRadio radio;
  core::Identity identity = {};
  identity.samples = {119000, 244000, 1221730};
  alignas(core::Board) static uint8_t memory[sizeof(core::Board)];
  const core::Ports ports = {radio, flash, classifier, clock, crypto};
  core::Board& board = *new (memory) core::Board(ports, identity);
  board.start();
  board.on_link(true);
  for (uint32_t i = 0; i < 100; ++i) board.step();  // prepares the next push
  const StreamStart start = {{static_cast<uint8_t>(wire::Opcode::STREAM_START), 1},
                             {wire::FROM_NOW, max_delay_ms}};
  board.on_command(reinterpret_cast<const uint8_t*>(&start), sizeof start);
  // Whole packets of any length, and more samples than the ring holds.
  constexpr uint32_t kSamples = 4 * 5 * 10 * wire::MAX_PACKET_SAMPLES;
  int16_t axes[wire::AXES] = {};
  const uint32_t counted = instructions([&] {
    for (uint32_t i = 0; i < kSamples; ++i) {
      axes[0] = static_cast<int16_t>(i);
      clock.us += 8403;
      board.on_sample(axes, clock.us);
      while (board.step()) {
      }
    }
  });
  CHECK_EQ(radio.samples, kSamples);
  print_figure(name, counted, kSamples);
}

}  // namespace

TEST(tick_is_40_instructions) {
  const uint32_t counted = instructions([] {
    uint32_t turns = 1000000;
    asm volatile("1: nop\n nop\n subs %0, #1\n bne 1b" : "+l"(turns) : : "cc");
  });
  CHECK(counted >= 4000000 && counted <= 4000000 + 2 * kInstructionsPerTick);
}

TEST(instructions_per_sample) {
  sample_figure("sample", kUsualDelayMs);
  sample_figure("sample_full_packets", 500);
}

// Of the default network and six classes: channel statistics of a window, and its distance. The
// values matter little: nothing in it depends on them but the sign of a sample.
TEST(instructions_per_rejection) {
  constexpr uint32_t kWindow = 128, kChannels = 12, kClasses = 6, kEmbedding = 48;
  constexpr uint32_t kRank = wire::MAX_RANK;
  constexpr uint32_t kFeatures = kEmbedding + core::kStatisticsPerChannel * kChannels;
  constexpr uint32_t kBytes = sizeof(wire::Rejection) + kRank * (2 * kClasses + 1 + kFeatures);
  alignas(4) static uint8_t section[kBytes];
  const wire::Rejection header = {kEmbedding, kRank, {0, 0}, 0};
  memcpy(section, &header, sizeof header);
  REQUIRE(core::Rejection::fits(section, sizeof section, kClasses, kChannels));
  const core::Rejection rejection(section, kClasses, kChannels);
  static int8_t input[kWindow * kChannels];
  for (uint32_t i = 0; i < sizeof input; ++i) input[i] = static_cast<int8_t>(i * 37);
  int8_t features[kFeatures] = {};
  constexpr uint32_t kTimes = 100;
  uint64_t distances = 0;
  const uint32_t counted = instructions([&] {
    for (uint32_t i = 0; i < kTimes; ++i) {
      core::channel_statistics(input, kWindow, kChannels, features + kEmbedding);
      distances += rejection.distance(features);
    }
  });
  CHECK_EQ(distances, 0);
  print_figure("rejection", counted, kTimes);
}

// The windows of windows.txt, each a line in the form of tests/golden/windower.txt after a name.
TEST(instructions_per_window) {
  static uint8_t file[512 * 1024];
  static int16_t samples[wire::RING_SAMPLES][wire::AXES];
  static uint8_t expected[wire::MAX_INPUT_BYTES];
  static int8_t input[wire::MAX_INPUT_BYTES];
  Text text(file, check::read_golden("windows.txt", file, sizeof file));
  while (!text.at_end()) {
    const char* name;
    const uint32_t name_length = text.word(&name);
    char label[32] = {};
    REQUIRE(name_length < sizeof label);
    memcpy(label, name, name_length);
    core::SampleFormat format;
    core::InputSpec spec;
    format.rate_mhz = static_cast<uint32_t>(text.number());
    format.accel_ng_per_lsb = static_cast<uint32_t>(text.number());
    format.gyro_nrads_per_lsb = static_cast<uint32_t>(text.number());
    spec.rate_mhz = static_cast<uint32_t>(text.number());
    spec.window = static_cast<uint32_t>(text.number());
    alignas(4) uint8_t channels[wire::MAX_CHANNELS * sizeof(wire::Channel)];
    alignas(4) uint8_t tables[wire::MAX_TABLES * wire::THRESHOLDS * 4];
    spec.channel_count = text.hex(channels, sizeof channels) / sizeof(wire::Channel);
    spec.channels = reinterpret_cast<const wire::Channel*>(channels);
    text.hex(tables, sizeof tables);
    spec.tables = tables;
    core::Windower windower;
    REQUIRE(windower.configure(format, spec));
    const uint32_t span = windower.span();
    // In the ring the window wraps around the end of the storage: a third of it lies before.
    static uint8_t line[sizeof samples];
    REQUIRE(text.hex(line, sizeof line) == span * wire::SAMPLE_BYTES);
    const uint32_t first = wire::RING_SAMPLES - span / 3;
    for (uint32_t i = 0; i < span; ++i) {
      memcpy(samples[(first + i) % wire::RING_SAMPLES], line + i * wire::SAMPLE_BYTES,
             wire::SAMPLE_BYTES);
    }
    const core::SampleView view = {samples, first, wire::RING_SAMPLES};
    constexpr uint32_t kTimes = 100;
    const uint32_t counted = instructions([&] {
      for (uint32_t i = 0; i < kTimes; ++i) windower.prepare(view, input);
    });
    REQUIRE(text.hex(expected, sizeof expected) == spec.window * spec.channel_count);
    CHECK(memcmp(input, expected, spec.window * spec.channel_count) == 0);
    print_figure(label, counted, kTimes);
  }
}
