#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "check.h"
#include "flatbuffer.h"
#include "fuzz.h"
#include "random.h"
#include "tflite_check.h"
#include "tflite_schema.h"

using core::FlatBuffer;

namespace {

constexpr uint32_t kMost = 16384;
constexpr uint32_t kMostSeeds = 64;
constexpr uint32_t kClasses = 3;

// A model at the end of its storage, so that the sanitizer sees every byte read behind the end.
struct Model {
  uint8_t storage[kMost];
  uint32_t length;
  uint32_t input_bytes;
  uint8_t* bytes() { return storage + sizeof storage - length; }
};

struct Seeds {
  Model models[kMostSeeds];
  uint32_t count;
};

// A line of seeds.txt has a file and the size of its input.
void read_seeds(const char* folder, Seeds& seeds) {
  char path[512], name[64];
  snprintf(path, sizeof path, "%s/seeds.txt", folder);
  FILE* list = fopen(path, "r");
  if (list == nullptr) abort();
  for (seeds.count = 0; seeds.count < kMostSeeds; ++seeds.count) {
    Model& model = seeds.models[seeds.count];
    if (fscanf(list, "%63s %u", name, &model.input_bytes) != 2) break;
    static uint8_t bytes[kMost];
    model.length = check::read_golden(name, bytes, sizeof bytes);
    if (model.length == 0) abort();
    memcpy(model.bytes(), bytes, model.length);
  }
  fclose(list);
  if (seeds.count == 0) abort();
}

class Mutator {
 public:
  Mutator(Model& model, Random& random)
      : model_(model), random_(random), file_(model.bytes(), model.length) {
    const uint32_t root = file_.follow(0);
    const uint32_t graph = file_.table_at(file_.reference(root, core::model_field::subgraphs), 0);
    codes_ = file_.reference(root, core::model_field::operator_codes);
    buffers_ = file_.reference(root, core::model_field::buffers);
    graph_ = graph;
    tensors_ = file_.reference(graph, core::graph_field::tensors);
    operators_ = file_.reference(graph, core::graph_field::operators);
  }

  // What a training chooses otherwise: the model mostly stays one that the check accepts.
  void change_values() {
    switch (random_.below(6)) {
      case 0:
        return change_scale();
      case 1:
        return change_zero_point();
      default:
        return change_data();
    }
  }

  void change() {
    switch (random_.below(9)) {
      case 0:
        return change_scale();
      case 1:
        return change_zero_point();
      case 2:
        return change_shape();
      case 3:
        return change_option();
      case 4:
        return change_option();
      case 5:
        return change_index();
      case 6:
        return change_field();
      case 7:
        return change_fields_place();
      default:
        return change_byte();
    }
  }

 private:
  void put32(uint32_t at, uint32_t value) {
    if (at != 0 && at + 4 <= model_.length) memcpy(model_.bytes() + at, &value, 4);
  }
  uint32_t any(uint32_t vector) {
    const uint32_t count = file_.count(vector, 4);
    return count == 0 ? 0 : file_.table_at(vector, random_.below(count));
  }
  uint32_t interesting() {
    const uint32_t values[] = {0,   1,   2,   3,   4,   5,    8,           16,
                               127, 255, 256, 257, 512, 1024, 0x7fffffffu, 0xffffffffu};
    return values[random_.below(16)];
  }
  uint32_t quantization() {
    return file_.reference(any(tensors_), core::tensor_field::quantization);
  }
  uint32_t any_options() { return file_.reference(any(operators_), core::operator_field::options); }
  uint32_t any_table() {
    // Options are of eleven kinds: they come as often as all others.
    if (random_.below(2) == 0) return any_options();
    const uint32_t tables[] = {any(tensors_), any(operators_), quantization(), graph_, any(codes_)};
    return tables[random_.below(5)];
  }
  void change_scale() {
    const uint32_t vector = file_.reference(quantization(), core::quantization_field::scale);
    const uint32_t count = file_.count(vector, 4);
    if (count == 0) return;
    // Any exponent of the range that is allowed, and a little beyond.
    const uint32_t exponent = 127 - 26 + random_.below(32);
    put32(vector + 4 + 4 * random_.below(count), exponent << 23 | (random_.next() & 0x7fffffu));
  }
  void change_zero_point() {
    const uint32_t vector = file_.reference(quantization(), core::quantization_field::zero_point);
    if (file_.count(vector, 8) == 0) return;
    const int64_t value = static_cast<int64_t>(random_.below(258)) - 129;
    memcpy(model_.bytes() + vector + 4, &value, sizeof value);
  }
  // Some of the weights, of a bias, or of the numbers that say how to pad or to reduce.
  void change_data() {
    const uint32_t data = file_.reference(any(buffers_), core::buffer_field::data);
    const uint32_t bytes = file_.count(data, 1);
    if (bytes == 0) return;
    uint32_t at = random_.below(bytes);
    if (random_.below(2) == 0) return put32(data + 4 + at / 4 * 4, interesting());
    const uint8_t ends[] = {0x80, 0x7f, 0x00, static_cast<uint8_t>(random_.next())};
    const uint8_t value = ends[random_.below(4)];
    for (uint32_t end = at + 1 + random_.below(bytes - at); at < end; ++at) {
      model_.bytes()[data + 4 + at] = value;
    }
  }
  // Two dimensions change places or sizes, so that their product stays.
  void change_shape() {
    const uint32_t shape = file_.reference(any(tensors_), core::tensor_field::shape);
    const uint32_t rank = file_.count(shape, 4);
    if (rank == 0) return;
    const uint32_t a = shape + 4 + 4 * random_.below(rank);
    const uint32_t b = shape + 4 + 4 * random_.below(rank);
    const uint32_t first = file_.read<uint32_t>(a), second = file_.read<uint32_t>(b);
    if (random_.below(3) == 0) return put32(a, interesting());
    if (random_.below(2) == 0 && a != b && first % 2 == 0) {
      put32(a, first / 2);
      return put32(b, second * 2);
    }
    put32(a, second);
    put32(b, first);
  }
  void change_option() {
    const uint32_t options = any_options();
    if (options == 0) return;
    const uint32_t id = random_.below(7);
    const uint32_t wide = file_.ok() ? file_.field(options, id, 1) : 0;
    if (wide == 0) return;
    if (wide % 4 == 0 && random_.below(2) == 0) return put32(wide, interesting());
    model_.bytes()[wide] = static_cast<uint8_t>(random_.below(8));
  }
  // An operator's tensor, its code, or a tensor's buffer.
  void change_index() {
    const uint32_t table = any(operators_);
    const uint32_t which = random_.below(4);
    if (which == 3) {
      return put32(file_.field(any(tensors_), core::tensor_field::buffer, 4), random_.below(32));
    }
    if (which == 2) {
      return put32(file_.field(table, core::operator_field::opcode_index, 4), random_.below(14));
    }
    const uint32_t vector = file_.reference(
        table, which == 0 ? core::operator_field::inputs : core::operator_field::outputs);
    const uint32_t count = file_.count(vector, 4);
    if (count == 0) return;
    put32(vector + 4 + 4 * random_.below(count), random_.below(34) - 1);
  }
  // A field goes, or another one takes its place.
  void change_field() {
    const uint32_t table = any_table();
    if (table == 0) return;
    const uint32_t vtable = table - file_.read<uint32_t>(table);
    const uint32_t at = vtable + 4 + 2 * random_.below(12);
    if (at + 2 > model_.length || vtable > model_.length) return;
    uint16_t value = static_cast<uint16_t>(random_.below(2) == 0 ? 0 : random_.below(48));
    if (random_.below(8) == 0) value = static_cast<uint16_t>(random_.next());
    memcpy(model_.bytes() + at, &value, sizeof value);
  }
  // The list of a table's fields lies elsewhere: nearby, far away, or in another table's.
  void change_fields_place() {
    const uint32_t table = any_table();
    if (table == 0) return;
    switch (random_.below(3)) {
      case 0:
        return put32(table, random_.next());
      case 1:
        return put32(table, table - 2 * random_.below(model_.length / 2));
      default: {
        const uint32_t other = any_table();
        return put32(table, table - (other - file_.read<uint32_t>(other)));
      }
    }
  }
  void change_byte() {
    model_.bytes()[random_.below(model_.length)] = static_cast<uint8_t>(random_.next());
  }

  Model& model_;
  Random& random_;
  FlatBuffer file_;
  uint32_t codes_, buffers_, graph_, tensors_, operators_;
};

void keep(const char* folder, Model& model, uint32_t number) {
  char path[512];
  snprintf(path, sizeof path, "%s/%u-%u.tflite", folder, number, model.input_bytes);
  FILE* file = fopen(path, "wb");
  if (file == nullptr || fwrite(model.bytes(), 1, model.length, file) != model.length) abort();
  fclose(file);
}

}  // namespace

Counts fuzz_models(const char* folder, uint32_t seed, uint32_t cases, uint32_t kept) {
  static Seeds seeds;
  static Model model;
  read_seeds(folder, seeds);
  Random random(seed);
  Counts counts;
  uint32_t written = 0;
  for (uint32_t i = 0; i < cases; ++i) {
    model = seeds.models[random.below(seeds.count)];
    const bool only_values = random.below(3) == 0;
    const uint32_t changes = 1 + random.below(5);
    for (uint32_t n = 0; n < changes; ++n) {
      Mutator mutator(model, random);
      only_values ? mutator.change_values() : mutator.change();
    }
    ++counts.cases;
    if (!core::check_tflite(model.bytes(), model.length, model.input_bytes, kClasses, 0).ok()) {
      continue;
    }
    ++counts.accepted;
    // Spread over the run.
    if (written < kept && static_cast<uint64_t>(i) * kept >= static_cast<uint64_t>(written) * cases)
      keep(folder, model, written++);
  }
  return counts;
}
