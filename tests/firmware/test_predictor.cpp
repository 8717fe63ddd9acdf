#include "predictor.h"

#include "check.h"
#include "fresh.h"
#include "golden_package.h"
#include "ports_model.h"

using core::Predictor;
using core::Verdict;
using wire::Status;

namespace {

constexpr core::SampleFormat kFormat = {119000, 244000, 1221730};
constexpr uint32_t kPeriod = 8403;
constexpr uint32_t kSpan = 77;             // 32 points at 50 Hz of samples at 119 Hz
constexpr uint64_t kHopQ16 = 16 * 155976;  // 16 points of 2.38 samples

// A predictor with the golden package, whose classes are 0, 0.5 and 1 g on the x axis.
struct Bench {
  core::RingBuffer ring;
  RadioModel radio;
  ClassifierModel classifier;
  ClockModel clock;
  GoldenPackage package{1};
  Predictor predictor{classifier, clock};
  uint64_t t_us = 1000000;
  uint32_t refused = 0;

  Bench() { ring.start(kPeriod); }

  Verdict use() { return predictor.use(package.bytes, package.length, kFormat, ring); }
  void push(uint32_t count, double g = 0, uint64_t first_step_us = kPeriod) {
    for (uint32_t i = 0; i < count; ++i) {
      t_us += i == 0 ? first_step_us : kPeriod;
      const int16_t axes[wire::AXES] = {static_cast<int16_t>(g * 1e9 / 244000), 5, 4098, 0, 1, 2};
      ring.push(axes, t_us);
    }
  }
  // Pushes one sample at a time and classifies what is due.
  void live(uint32_t count, double g = 0) {
    for (uint32_t i = 0; i < count; ++i) {
      push(1, g);
      while (predictor.step(ring, true)) {
      }
      while (predictor.send(radio, refused)) {
      }
    }
  }
  wire::PredictionHeader prediction(uint32_t index) const {
    return radio.read<wire::PredictionHeader>(index);
  }
};

uint32_t hop_end(uint32_t index, uint32_t first_end) {
  return first_end + static_cast<uint32_t>(index * kHopQ16 >> 16);
}

}  // namespace

TEST(predictor_without_a_model_does_nothing) {
  Bench& b = fresh<Bench>();
  b.push(500);
  CHECK(!b.predictor.ready());
  CHECK(!b.predictor.step(b.ring, true));
  CHECK(!b.predictor.send(b.radio, b.refused));
  CHECK_EQ(b.predictor.label(), wire::NO_LABEL);
}

TEST(predictor_windows_follow_each_other_by_a_hop) {
  Bench& b = fresh<Bench>();
  CHECK(b.use().ok());
  CHECK_EQ(b.classifier.loads, 1);
  CHECK(b.classifier.loaded == b.package.tflite());
  b.live(2000);
  CHECK(b.radio.count > 45);
  for (uint32_t i = 0; i < b.radio.count; ++i) {
    CHECK_EQ(b.prediction(i).seq_end, hop_end(i, kSpan - 1));
    CHECK_EQ(b.prediction(i).t_us, b.ring.t_us(b.prediction(i).seq_end));
  }
  CHECK_EQ(b.predictor.predictions(), b.radio.count);
  CHECK_EQ(b.predictor.windows_skipped(), 0);
}

TEST(predictor_first_window_ends_with_the_newest_sample_if_the_ring_has_enough) {
  Bench& b = fresh<Bench>();
  b.push(300);
  CHECK(b.use().ok());
  CHECK(b.predictor.step(b.ring, true));
  CHECK(!b.predictor.step(b.ring, true));
  b.predictor.send(b.radio, b.refused);
  CHECK_EQ(b.prediction(0).seq_end, 299);
  Bench& few = fresh<Bench>();
  few.push(10);
  CHECK(few.use().ok());
  few.live(kSpan);
  CHECK_EQ(few.prediction(0).seq_end, kSpan - 1);
}

TEST(predictor_tells_what_it_ran) {
  Bench& b = fresh<Bench>();
  CHECK(b.use().ok());
  b.live(kSpan, 0.5);
  const wire::PredictionHeader p = b.prediction(0);
  CHECK(memcmp(p.model_id, b.package.header().model_id, sizeof p.model_id) == 0);
  CHECK_EQ(p.class_count, 3);
  CHECK_EQ(p.label, 1);
  CHECK_EQ(p.raw_label, 1);
  CHECK_EQ(p.confidence, 255);
  CHECK_EQ(p.flags, 0);
  CHECK_EQ(b.radio.kept[0].length, sizeof p + 3);
  CHECK(b.radio.kept[0].kind == core::Notification::prediction);
  CHECK_EQ(static_cast<int8_t>(b.radio.kept[0].bytes[sizeof p + 1]), 127);
  // The CRC is that of the windower's own input.
  core::PackageView view;
  core::Windower windower;
  int8_t input[32 * 12], output[3];
  REQUIRE(view.open(b.package.bytes, b.package.length).ok());
  REQUIRE(windower.configure(kFormat, view.input()));
  windower.prepare(b.ring.view(0), input);
  CHECK_EQ(p.input_crc32, core::crc32(input, sizeof input));
  b.classifier.invoke(input, sizeof input, output, 3);
  CHECK(memcmp(output, b.radio.kept[0].bytes + sizeof p, 3) == 0);
}

TEST(predictor_smooths_with_the_packages_weight) {
  Bench& b = fresh<Bench>();
  b.package.header().smoothing = 63;  // a quarter
  b.package.seal();
  CHECK(b.use().ok());
  b.live(kSpan, 0);
  CHECK_EQ(b.predictor.label(), 0);
  double smoothed = 0;  // of class 2, whose outputs go from -128 to 127
  uint32_t switched = 0;
  for (uint32_t i = 0; i < 12; ++i) {
    const uint32_t before = b.radio.count;
    while (b.radio.count == before) b.live(1, 1.0);
    const wire::PredictionHeader p = b.prediction(before);
    const int32_t newest =
        static_cast<int8_t>(b.radio.kept[before].bytes[sizeof(wire::PredictionHeader) + 2]) + 128;
    smoothed += (newest - smoothed) / 4;
    if (p.label == 2) {
      if (switched == 0) switched = i;
      const double difference = p.confidence - smoothed;
      CHECK(difference < 1.1 && difference > -1.1);
    }
    if (i >= 3) CHECK_EQ(p.raw_label, 2);
  }
  CHECK(switched >= 3 && switched <= 6);  // not at once, but soon
}

TEST(predictor_without_smoothing_answers_for_the_window_alone) {
  Bench& b = fresh<Bench>();
  b.package.header().smoothing = 255;
  b.package.seal();
  CHECK(b.use().ok());
  b.live(500, 0);
  b.live(500, 1.0);
  for (uint32_t i = 0; i < b.radio.count; ++i) {
    CHECK_EQ(b.prediction(i).label, b.prediction(i).raw_label);
  }
  CHECK_EQ(b.predictor.label(), 2);
}

TEST(predictor_rejects_by_the_embedding_and_the_window) {
  Bench& b = fresh<Bench>();
  CHECK(b.use().ok());
  b.live(kSpan, 0.5);
  CHECK_EQ(b.prediction(0).flags, 0);
  // What the core itself says of this window, a step below and at the distance.
  core::PackageView view;
  core::Windower windower;
  int8_t input[32 * 12], output[3 + wire::MAX_EMBEDDING];
  REQUIRE(view.open(b.package.bytes, b.package.length).ok());
  REQUIRE(windower.configure(kFormat, view.input()));
  windower.prepare(b.ring.view(0), input);
  const uint32_t size = view.rejection().embedding_size();
  b.classifier.invoke(input, sizeof input, output, 3 + size);
  int8_t features[core::kMaxFeatures];
  memcpy(features, output + 3, size);
  core::channel_statistics(input, 32, 12, features + size);
  const uint64_t distance = view.rejection().distance(features);
  REQUIRE(distance > 0 && distance < 0xffffffffu);
  for (uint32_t closer = 0; closer < 2; ++closer) {
    Bench& again = fresh<Bench>();
    again.package.rejection().threshold = static_cast<uint32_t>(distance) - closer;
    again.package.seal();
    CHECK(again.use().ok());
    again.live(kSpan, 0.5);
    const wire::PredictionHeader p = again.prediction(0);
    CHECK_EQ(p.flags, closer == 0 ? 0 : 3);
    CHECK_EQ(p.label, 1);  // what it resembles most stays
    CHECK_EQ(p.raw_label, 1);
    CHECK_EQ(p.confidence, 255);
    CHECK_EQ(again.predictor.label(), closer == 0 ? 1 : wire::NO_LABEL);
  }
}

// Smoothed like the label: unknown begins and ends when half of the running mean has changed.
TEST(predictor_smooths_what_is_unknown) {
  constexpr uint8_t kUnknown = 1, kRawUnknown = 2;
  Bench& b = fresh<Bench>();
  b.package.header().smoothing = 63;  // a quarter
  // The first row tells 0 from 1 g by the mean of the x axis, without the other features.
  wire::Rejection& rejection = b.package.rejection();
  const uint32_t rank = rejection.rank, size = rejection.embedding_size;
  int16_t* means = reinterpret_cast<int16_t*>(&rejection + 1);
  uint8_t* shifts = reinterpret_cast<uint8_t*>(means + 3 * rank);
  int8_t* weights = reinterpret_cast<int8_t*>(shifts + rank);
  memset(means, 0, rank * (6 + 1 + size + 24));
  weights[size] = 1;
  rejection.threshold = 40 * 40;
  b.package.seal();
  CHECK(b.use().ok());
  b.live(kSpan, 0);
  CHECK_EQ(b.prediction(0).flags, 0);
  const auto windows_until = [&](double g, uint8_t raw, uint8_t smoothed) {
    uint32_t after = 0;
    for (uint32_t i = 0; i < 20; ++i) {
      const uint32_t before = b.radio.count;
      while (b.radio.count == before) b.live(1, g);
      const uint8_t flags = b.prediction(before).flags;
      if ((flags & kRawUnknown) != raw) continue;
      ++after;
      if ((flags & kUnknown) == smoothed) break;
    }
    return after;
  };
  CHECK_EQ(windows_until(1.0, kRawUnknown, kUnknown), 3);  // 1 - 0.75^3 is more than a half
  CHECK_EQ(b.predictor.label(), wire::NO_LABEL);
  b.live(2000, 1.0);
  b.radio.clear();
  CHECK_EQ(windows_until(0.0, 0, 0), 3);
  CHECK(b.predictor.label() != wire::NO_LABEL);
}

TEST(predictor_refuses_a_rejection_by_an_embedding_that_the_model_does_not_give) {
  Bench& b = fresh<Bench>();
  ++b.package.rejection().embedding_size;
  b.package.seal();
  const Verdict verdict = b.use();
  CHECK(verdict.status == Status::BAD_SHAPE);
  CHECK_EQ(verdict.detail, b.package.rejection().embedding_size);
}

TEST(predictor_skips_windows_with_a_gap_inside) {
  Bench& b = fresh<Bench>();
  CHECK(b.use().ok());
  b.live(100);
  b.t_us += 20 * kPeriod;  // sample 100 comes late
  b.live(300);
  uint32_t sent = 0, skipped = 0;
  for (uint32_t i = 0; hop_end(i, kSpan - 1) < 400; ++i) {
    const uint32_t end = hop_end(i, kSpan - 1);
    if (end >= 100 && end - kSpan + 1 < 100) {
      ++skipped;
    } else {
      CHECK_EQ(b.prediction(sent++).seq_end, end);
    }
  }
  CHECK_EQ(b.predictor.windows_skipped(), skipped);
  CHECK_EQ(b.radio.count, sent);
  CHECK(skipped >= 2);
}

TEST(predictor_forgets_smoothed_answers_at_a_gap) {
  Bench& b = fresh<Bench>();
  b.package.header().smoothing = 0;
  b.package.seal();
  CHECK(b.use().ok());
  b.live(500, 0);
  CHECK_EQ(b.predictor.label(), 0);
  b.t_us += 20 * kPeriod;
  b.live(200, 1.0);
  CHECK_EQ(b.predictor.label(), 2);
}

TEST(predictor_goes_on_with_the_newest_when_it_fell_far_behind) {
  Bench& b = fresh<Bench>();
  CHECK(b.use().ok());
  b.live(100);
  b.push(2000);
  b.push(5 * wire::RING_SAMPLES);
  uint32_t steps = 0;
  while (b.predictor.step(b.ring, true)) ++steps;
  CHECK(steps <= 5);
  while (b.predictor.send(b.radio, b.refused)) {
  }
  const uint32_t newest = b.ring.next_seq() - 1;
  CHECK(newest - b.prediction(b.radio.count - 1).seq_end <= kHopQ16 >> 16);
  // On the grid of hops, and every window accounted for.
  uint32_t windows = 0;
  while (hop_end(windows, kSpan - 1) <= newest) ++windows;
  CHECK_EQ(b.prediction(b.radio.count - 1).seq_end, hop_end(windows - 1, kSpan - 1));
  CHECK_EQ(b.predictor.predictions() + b.predictor.windows_skipped(), windows);
}

TEST(predictor_queues_answers_and_drops_the_oldest) {
  Bench& b = fresh<Bench>();
  CHECK(b.use().ok());
  b.radio.budget = 0;
  b.live(kSpan + 6 * 39);
  CHECK_EQ(b.predictor.predictions(), 7);
  CHECK_EQ(b.predictor.windows_skipped(), 3);
  CHECK(b.refused > 0);
  b.radio.budget = 100;
  while (b.predictor.send(b.radio, b.refused)) {
  }
  CHECK_EQ(b.radio.count, 4);
  for (uint32_t i = 0; i < 4; ++i) CHECK_EQ(b.prediction(i).seq_end, hop_end(i + 3, kSpan - 1));
}

TEST(predictor_classifies_without_a_link_and_queues_nothing) {
  Bench& b = fresh<Bench>();
  CHECK(b.use().ok());
  b.push(kSpan, 1.0);
  CHECK(b.predictor.step(b.ring, false));
  CHECK_EQ(b.predictor.label(), 2);
  CHECK_EQ(b.predictor.predictions(), 1);
  CHECK(!b.predictor.send(b.radio, b.refused));
  CHECK_EQ(b.radio.count, 0);
}

TEST(predictor_counts_invocations_that_fail_and_goes_on) {
  Bench& b = fresh<Bench>();
  CHECK(b.use().ok());
  b.classifier.works = false;
  b.live(kSpan);
  CHECK_EQ(b.predictor.inference_failures(), 1);
  CHECK_EQ(b.radio.count, 0);
  b.classifier.works = true;
  b.live(39);
  CHECK_EQ(b.radio.count, 1);
}

TEST(predictor_refuses_packages_for_each_reason) {
  Bench& b = fresh<Bench>();
  CHECK(b.use().ok());
  b.push(kSpan);
  CHECK(b.predictor.step(b.ring, false));

  b.package.bytes[200] ^= 1;
  CHECK(b.use().status == Status::BAD_CRC);
  CHECK(!b.predictor.ready());
  CHECK(!b.predictor.step(b.ring, true));
  b.package.bytes[200] ^= 1;

  b.package.golden(1)[b.package.input_bytes()] ^= 1;
  b.package.seal();
  Verdict verdict = b.use();
  CHECK(verdict.status == Status::BAD_GOLDEN);
  CHECK_EQ(verdict.detail, 1);
  b.package.answer(1);
  b.package.seal();

  b.classifier.works = false;
  verdict = b.use();
  CHECK(verdict.status == Status::INFERENCE_FAILED);
  CHECK_EQ(verdict.detail, 0);
  b.classifier.works = true;

  b.classifier.load_answer = Status::ARENA_TOO_SMALL;
  CHECK(b.use().status == Status::ARENA_TOO_SMALL);
  b.classifier.load_answer = Status::OK;

  const core::SampleFormat fast = {800000, 244000, 1221730};
  verdict = b.predictor.use(b.package.bytes, b.package.length, fast, b.ring);
  CHECK(verdict.status == Status::BAD_RATE);
  CHECK_EQ(verdict.detail, 800000);

  b.package.tflite()[4] = 'X';
  b.package.seal();
  CHECK(b.use().status == Status::BAD_MODEL);
  b.package.tflite()[4] = 'T';
  b.package.seal();
  CHECK(b.use().ok());
  CHECK(b.predictor.ready());
}

// On the clock of the board, whatever the estimate of its work said.
TEST(predictor_refuses_a_model_that_takes_too_long) {
  Bench& b = fresh<Bench>();
  b.classifier.clock = &b.clock;
  b.classifier.takes_us = wire::MAX_WINDOW_US;
  CHECK(b.use().ok());
  b.classifier.takes_us = wire::MAX_WINDOW_US + 1000;
  const Verdict verdict = b.use();
  CHECK(verdict.status == Status::TOO_SLOW);
  CHECK_EQ(verdict.detail, wire::MAX_WINDOW_US / 1000 + 1);
  CHECK(!b.predictor.ready());
  CHECK_EQ(b.classifier.invokes, b.package.header().golden_count + 1);  // the first one says it
}

// A package with a rate far above the board's once kept the predictor busy with one sample.
TEST(predictor_refuses_a_hop_of_less_than_a_sample) {
  Bench& b = fresh<Bench>();
  b.package.header().model_rate_mhz = 4000000000u;
  b.package.seal();
  CHECK(b.use().status == Status::BAD_RATE);
  b.package.header().model_rate_mhz = 119000 * 16;
  b.package.seal();
  CHECK(b.use().ok());
  b.package.header().model_rate_mhz = 119000 * 16 + 1000;
  b.package.seal();
  CHECK(b.use().status == Status::BAD_RATE);
}

TEST(predictor_shows_no_label_of_a_model_that_is_gone) {
  Bench& b = fresh<Bench>();
  CHECK(b.use().ok());
  b.live(kSpan);
  CHECK_EQ(b.predictor.label(), 0);
  b.predictor.drop();
  CHECK_EQ(b.predictor.label(), wire::NO_LABEL);
  CHECK(b.use().ok());
  CHECK_EQ(b.predictor.label(), wire::NO_LABEL);
}
