#include "tflite_check.h"

#include "check.h"
#include "flatbuffer.h"
#include "golden_package.h"
#include "random.h"

using core::FlatBuffer;
using core::Verdict;
using wire::ModelCheck;
using wire::Status;

namespace {

// A .tflite at the end of its storage, so that the sanitizer sees every byte read behind the end;
// and the places in it that tests change. Field numbers: schema.fbs.
class Model {
 public:
  // The golden package's.
  explicit Model(const GoldenPackage& package)
      : Model(package.bytes + package.header().tflite_offset, package.header().tflite_bytes,
              package.input_bytes(), package.header().class_count) {}

  Model(const uint8_t* tflite, uint32_t tflite_bytes, uint32_t input_size, uint32_t class_count)
      : length(tflite_bytes), input_bytes(input_size), classes(class_count) {
    memcpy(bytes(), tflite, length);
    FlatBuffer file = view();
    root = file.follow(0);
    codes = file.reference(root, 1);
    graph = file.table_at(file.reference(root, 2), 0);
    tensors = file.reference(graph, 0);
    operators = file.reference(graph, 3);
    input = static_cast<uint32_t>(file.int_at(file.reference(graph, 1), 0));
    CHECK(file.ok());
  }

  uint8_t* bytes() { return storage_ + sizeof storage_ - length; }
  FlatBuffer view() { return FlatBuffer(bytes(), length); }
  Verdict check() { return core::check_tflite(bytes(), length, input_bytes, classes, 0); }

  template <class Number>
  void put(uint32_t at, Number value) {
    REQUIRE(at != 0 && at + sizeof value <= length);
    memcpy(bytes() + at, &value, sizeof value);
  }
  uint32_t tensor(uint32_t index) { return view().table_at(tensors, index); }
  uint32_t operation(uint32_t index) { return view().table_at(operators, index); }
  // Position of element `index` of the vector in `field` of `table`.
  uint32_t element(uint32_t table, uint32_t field, uint32_t index, uint32_t size = 4) {
    return view().reference(table, field) + 4 + size * index;
  }
  uint32_t quantization(uint32_t tensor_index) { return view().reference(tensor(tensor_index), 4); }
  // The first operator with this builtin code.
  uint32_t find(wire::Operator code) {
    FlatBuffer file = view();
    for (uint32_t i = 0; i < file.count(operators, 4); ++i) {
      const uint32_t index = file.scalar<uint32_t>(operation(i), 0);
      // ADD is 0, which is not written.
      if (file.scalar<int32_t>(file.table_at(codes, index), 3) == static_cast<int32_t>(code)) {
        return operation(i);
      }
    }
    return 0;
  }
  uint32_t input_of(uint32_t operator_table, uint32_t index) {
    FlatBuffer file = view();
    return static_cast<uint32_t>(file.int_at(file.reference(operator_table, 1), index));
  }

  uint32_t length, input_bytes, classes;
  uint32_t root, codes, graph, tensors, operators, input;

 private:
  uint8_t storage_[sizeof(GoldenPackage::bytes)];
};

// A network of all operators that the board has.
Model all_operators() {
  static uint8_t file[sizeof(GoldenPackage::bytes)];
  const uint32_t length = check::read_golden("operators.tflite", file, sizeof file);
  return Model(file, length, 16 * 4, 3);
}

void mutate(const Model& whole, uint32_t seed) {
  Random random(seed);
  uint32_t accepted = 0;
  for (uint32_t i = 0; i < 10000; i += check::kStep) {
    Model model = whole;
    for (uint32_t n = 0; n <= random.below(6); ++n) {
      const uint32_t at = random.below(model.length - 4);
      const uint32_t values[] = {0,
                                 1,
                                 0xffffffffu,
                                 0x7fffffffu,
                                 0x80000000u,
                                 model.length,
                                 4,
                                 model.length - at,
                                 0u - at,
                                 random.next(),
                                 random.below(256)};
      if (random.below(2) == 0) {
        model.bytes()[at] = static_cast<uint8_t>(random.next());
      } else {
        model.put(at < 4 ? 4 : at / 4 * 4, values[random.below(11)]);
      }
    }
    accepted += model.check().ok() ? 1 : 0;
  }
  CHECK(accepted > 100 / check::kStep);
  CHECK(accepted < 9000 / check::kStep);
}

template <class Change>
void refused_by(ModelCheck check, Change change) {
  GoldenPackage package;
  Model model(package);
  change(model);
  const Verdict verdict = model.check();
  CHECK(verdict.status == Status::BAD_MODEL);
  CHECK_EQ(verdict.detail, check);
}

template <class Change>
Status status_after(Change change) {
  GoldenPackage package;
  Model model(package);
  change(model);
  return model.check().status;
}

}  // namespace

TEST(tflite_of_the_golden_package_is_accepted) {
  GoldenPackage package;
  Model model(package);
  CHECK(model.check().ok());
}

TEST(tflite_cut_anywhere_is_refused) {
  GoldenPackage package;
  Model model(package);
  static uint8_t storage[sizeof package.bytes];
  for (uint32_t length = 0; length < model.length; ++length) {
    uint8_t* at = storage + sizeof storage - length;
    memcpy(at, model.bytes(), length);
    const Verdict verdict = core::check_tflite(at, length, model.input_bytes, model.classes, 0);
    CHECK(!verdict.ok());
  }
}

TEST(tflite_single_byte_mutations_never_lead_outside) {
  GoldenPackage package;
  Model model(package);
  Random random(1);
  uint32_t accepted = 0;
  for (uint32_t i = 0; i < 10000; i += check::kStep) {
    const uint32_t at = random.below(model.length);
    const uint8_t before = model.bytes()[at];
    model.bytes()[at] = static_cast<uint8_t>(random.next());
    accepted += model.check().ok() ? 1 : 0;
    model.bytes()[at] = before;
  }
  CHECK(accepted > 1000 / check::kStep);  // weights may be anything
  CHECK(accepted < 9000 / check::kStep);
  CHECK(model.check().ok());
}

TEST(tflite_mutations_of_many_bytes_and_words_never_lead_outside) {
  mutate(Model(GoldenPackage()), 2);
  mutate(all_operators(), 3);
}

TEST(tflite_with_every_operator_of_the_board_is_accepted) {
  Model model = all_operators();
  CHECK(model.check().ok());
  const wire::Operator all[] = {
      wire::Operator::ADD,
      wire::Operator::AVERAGE_POOL_2D,
      wire::Operator::CONCATENATION,
      wire::Operator::CONV_2D,
      wire::Operator::DEPTHWISE_CONV_2D,
      wire::Operator::FULLY_CONNECTED,
      wire::Operator::MAX_POOL_2D,
      wire::Operator::MUL,
      wire::Operator::RELU,
      wire::Operator::RESHAPE,
      wire::Operator::SOFTMAX,
      wire::Operator::PAD,
      wire::Operator::MEAN,
  };
  for (wire::Operator code : all) CHECK(model.find(code) != 0);
}

TEST(tflite_that_is_something_else_is_told_so) {
  refused_by(ModelCheck::IDENTIFIER, [](Model& m) { m.put(4, 'X'); });
  CHECK(status_after([](Model& m) { m.put(m.view().field(m.root, 0, 4), 4u); }) ==
        Status::BAD_VERSION);
}

TEST(tflite_with_other_sizes_than_the_package_says_is_refused) {
  GoldenPackage package;
  Model model(package);
  Verdict verdict =
      core::check_tflite(model.bytes(), model.length, model.input_bytes + 1, model.classes, 0);
  CHECK(verdict.status == Status::BAD_SHAPE);
  CHECK_EQ(verdict.detail, model.input_bytes + 1);
  verdict =
      core::check_tflite(model.bytes(), model.length, model.input_bytes, model.classes + 1, 0);
  CHECK(verdict.status == Status::BAD_SHAPE);
  CHECK_EQ(verdict.detail, model.classes + 1);
}

TEST(tflite_second_output_is_the_embedding) {
  GoldenPackage package;
  Model model(package);
  const auto check = [&](uint32_t embedding_bytes) {
    return core::check_tflite(model.bytes(), model.length, model.input_bytes, model.classes,
                              embedding_bytes);
  };
  const uint32_t size = package.rejection().embedding_size;
  CHECK(check(size).ok());
  CHECK(check(size + 1).status == Status::BAD_SHAPE);
  CHECK_EQ(check(size + 1).detail, size + 1);
  // It may be there without anyone asking, but it must be something that is computed.
  CHECK(check(0).ok());
  const uint32_t at = model.element(model.graph, 2, 1);
  model.put(at, -1);
  CHECK(check(0).status == Status::BAD_MODEL);
  model.put(at, model.input);
  CHECK(check(0).status == Status::BAD_MODEL);
  model.put(at, model.input_of(model.find(wire::Operator::CONV_2D), 1));
  CHECK(check(0).status == Status::BAD_MODEL);
  // One output is enough, unless the package rejects by an embedding.
  model.put(model.view().reference(model.graph, 2), 1);
  CHECK(check(0).ok());
  CHECK(check(size).status == Status::BAD_SHAPE);
}

TEST(tflite_input_must_be_quantized_as_the_windower_does) {
  CHECK(status_after([](Model& m) { m.put(m.element(m.quantization(m.input), 2, 0), 0.0625f); }) ==
        Status::BAD_SHAPE);
  CHECK(status_after([](Model& m) {
          m.put<int64_t>(m.element(m.quantization(m.input), 3, 0, 8), 1);
        }) == Status::BAD_SHAPE);
}

TEST(tflite_operators_that_the_board_lacks_are_named) {
  GoldenPackage package;
  Model model(package);
  const uint32_t code = model.view().table_at(model.codes, 0);
  model.put(model.view().field(code, 3, 4), 98);  // LEAKY_RELU
  const Verdict verdict = model.check();
  CHECK(verdict.status == Status::BAD_OPERATOR);
  CHECK_EQ(verdict.detail, 98);
}

TEST(tflite_unaligned_offsets_are_refused) {
  // A Cortex-M4 faults on an unaligned float or double word.
  refused_by(ModelCheck::BOUNDS, [](Model& m) {
    const uint32_t at = m.view().field(m.quantization(m.input), 2, 4);
    m.put(at, m.view().read<uint32_t>(at) + 1);
  });
  refused_by(ModelCheck::BOUNDS, [](Model& m) {
    const uint32_t at = m.view().field(m.tensor(m.input), 0, 4);
    m.put(at, m.view().read<uint32_t>(at) + 2);
  });
}

TEST(tflite_tensors_outside_their_limits_are_refused) {
  const int32_t dims[] = {0, -1, 0x7fffffff, 1 << 20};
  for (int32_t dim : dims) {
    refused_by(ModelCheck::TENSOR,
               [dim](Model& m) { m.put(m.element(m.tensor(m.input), 0, 2), dim); });
  }
  const uint32_t scales[] = {0, 0x80000000u, 0xbc000000u, 0x7f800000u, 0x7fc00000u, 1};
  for (uint32_t bits : scales) {  // zero, negative, infinite, not a number, denormal
    refused_by(ModelCheck::TENSOR,
               [bits](Model& m) { m.put(m.element(m.quantization(m.input), 2, 0), bits); });
  }
  const int64_t zeros[] = {128, -129, INT64_MAX, INT64_MIN, 1ll << 32};
  for (int64_t zero : zeros) {
    refused_by(ModelCheck::TENSOR,
               [zero](Model& m) { m.put(m.element(m.quantization(m.input), 3, 0, 8), zero); });
  }
}

TEST(tflite_weights_must_be_there_and_fit) {
  const auto filter = [](Model& m) { return m.input_of(m.find(wire::Operator::CONV_2D), 1); };
  refused_by(ModelCheck::BUFFERS,
             [&](Model& m) { m.put(m.view().field(m.tensor(filter(m)), 2, 4), 0xffffu); });
  refused_by(ModelCheck::BUFFERS, [&](Model& m) {
    const uint32_t at = m.element(m.tensor(filter(m)), 0, 0);
    m.put(at, m.view().read<int32_t>(at) + 1);
  });
  // Without its data the filter is something that nothing makes.
  refused_by(ModelCheck::ORDER,
             [&](Model& m) { m.put(m.view().field(m.tensor(filter(m)), 2, 4), 0u); });
  refused_by(ModelCheck::GEOMETRY,
             [&](Model& m) { m.put<int64_t>(m.element(m.quantization(filter(m)), 3, 0, 8), 1); });
}

TEST(tflite_operators_outside_their_limits_are_refused) {
  refused_by(ModelCheck::OPERATORS,
             [](Model& m) { m.put(m.element(m.operation(0), 1, 0), 10000); });
  refused_by(ModelCheck::OPERATORS, [](Model& m) { m.put(m.element(m.operation(0), 1, 0), -1); });
  refused_by(ModelCheck::OPERATORS, [](Model& m) { m.put(m.element(m.operation(0), 2, 0), -1); });
  refused_by(ModelCheck::OPERATORS,
             [](Model& m) { m.put(m.view().field(m.operation(1), 0, 4), 1000u); });
  refused_by(ModelCheck::ORDER, [](Model& m) {  // reads what it makes
    m.put(m.element(m.operation(1), 1, 0),
          m.view().int_at(m.view().reference(m.operation(1), 2), 0));
  });
  refused_by(ModelCheck::ORDER, [](Model& m) {  // makes the input
    m.put(m.element(m.operation(1), 2, 0), static_cast<int32_t>(m.input));
  });
}

TEST(tflite_shapes_must_fit_together) {
  const auto stride = [](Model& m) {
    return m.view().field(m.view().reference(m.find(wire::Operator::CONV_2D), 4), 1, 4);
  };
  const int32_t strides[] = {0, -1, 3, 1 << 30};
  for (int32_t value : strides) {
    refused_by(ModelCheck::GEOMETRY, [&](Model& m) { m.put(stride(m), value); });
  }
}

// Each of these passed once, and ended the interpreter's process.
TEST(tflite_options_of_another_operator_are_refused) {
  const wire::Operator all[] = {wire::Operator::ADD,
                                wire::Operator::AVERAGE_POOL_2D,
                                wire::Operator::CONCATENATION,
                                wire::Operator::CONV_2D,
                                wire::Operator::DEPTHWISE_CONV_2D,
                                wire::Operator::FULLY_CONNECTED,
                                wire::Operator::MAX_POOL_2D,
                                wire::Operator::MUL,
                                wire::Operator::SOFTMAX,
                                wire::Operator::MEAN};
  for (wire::Operator code : all) {
    for (uint32_t type = 0; type < 256; ++type) {
      Model model = all_operators();
      const uint32_t at = model.view().field(model.find(code), 3, 1);
      REQUIRE(at != 0);
      if (model.bytes()[at] == type) continue;
      model.bytes()[at] = static_cast<uint8_t>(type);
      const Verdict verdict = model.check();
      CHECK(verdict.status == Status::BAD_MODEL);
      CHECK_EQ(verdict.detail, ModelCheck::OPERATORS);
    }
  }
}

// Each of these passed once for operators whose options no check asked for, and ended the
// interpreter's process: it reads all of them.
TEST(tflite_options_of_every_operator_lie_inside_of_the_file) {
  const uint32_t operators = all_operators().view().count(all_operators().operators, 4);
  uint32_t tried = 0;
  for (uint32_t i = 0; i < operators; ++i) {
    Model model = all_operators();
    const uint32_t options = model.view().reference(model.operation(i), 4);
    if (options == 0) continue;
    const int32_t back = model.view().read<int32_t>(options);
    const int32_t aways[] = {1 << 30, -(1 << 30), INT32_MAX, INT32_MIN, 1000000, 1};
    for (int32_t away : aways) {  // where the list of the fields' places lies
      model.put(options, away);
      CHECK_EQ(model.check().detail, ModelCheck::BOUNDS);
    }
    model.put(options, back);
    CHECK(model.check().ok());
    // Each place of a field, so that the field is outside of the table or of the file.
    const uint32_t fields = options - static_cast<uint32_t>(back);
    const uint32_t end = fields + model.view().read<uint16_t>(fields);
    for (uint32_t at = fields + 4; at + 2 <= end; at += 2) {
      const uint16_t place = model.view().read<uint16_t>(at);
      const uint16_t places[] = {1, 3, 0xfffc, 0xffff};
      for (uint16_t wrong : places) {
        if (place == 0) continue;
        model.put(at, wrong);
        CHECK_EQ(model.check().detail, ModelCheck::BOUNDS);
        ++tried;
      }
      model.put(at, place);
    }
  }
  CHECK(tried > 40);
}

TEST(tflite_softmax_with_another_beta_is_refused) {
  const float betas[] = {0.0f, -1.0f, 1e-30f, 0.5f, 1e30f};
  for (float beta : betas) {
    refused_by(ModelCheck::GEOMETRY, [beta](Model& m) {
      m.put(m.view().field(m.view().reference(m.find(wire::Operator::SOFTMAX), 4), 0, 4), beta);
    });
  }
}

TEST(tflite_depthwise_convolution_without_bias_is_refused) {
  refused_by(ModelCheck::OPERATORS, [](Model& m) {
    m.put(m.element(m.find(wire::Operator::DEPTHWISE_CONV_2D), 1, 2), -1);
  });
  // The converter leaves this one out, and the interpreter knows.
  CHECK(status_after([](Model& m) {
          m.put(m.element(m.find(wire::Operator::FULLY_CONNECTED), 1, 2), -1);
        }) == Status::OK);
}

TEST(tflite_scales_too_large_or_small_for_the_interpreter_are_refused) {
  const auto made_by_first = [](Model& m) {
    const uint32_t outputs = m.view().reference(m.operation(0), 2);
    return m.element(m.quantization(static_cast<uint32_t>(m.view().int_at(outputs, 0))), 2, 0);
  };
  const float bad[] = {16.0f, 1.0f / (1 << 23)};
  const float good[] = {15.9f, 1.0f / (1 << 22)};
  for (float scale : bad) {
    refused_by(ModelCheck::TENSOR, [&](Model& m) { m.put(made_by_first(m), scale); });
  }
  for (float scale : good) {
    CHECK(status_after([&](Model& m) { m.put(made_by_first(m), scale); }) == Status::OK);
  }
}
