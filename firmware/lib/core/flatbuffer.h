// Bounds-checked reading of a flatbuffer. A reader that meets an offset outside of the file, or an
// unaligned one, turns `ok` off for good and answers with zeros from then on, so that callers test
// once at the end of a step. Format: https://flatbuffers.dev/internals/
#pragma once
#include <stdint.h>
#include <string.h>

namespace core {

class FlatBuffer {
 public:
  FlatBuffer(const uint8_t* bytes, uint32_t length) : bytes_(bytes), length_(length) {}

  bool ok() const { return ok_; }

  template <class Number>
  Number read(uint32_t at) {
    Number value = 0;
    if (!inside(at, sizeof value)) return 0;
    memcpy(&value, bytes_ + at, sizeof value);
    return value;
  }

  // Follow the 32-bit offset at `at`. 0 (never a valid table or vector) when it leads outside, or
  // to where no table or vector can lie: the interpreter's floats and words must be aligned.
  uint32_t follow(uint32_t at) {
    const uint32_t step = read<uint32_t>(at);
    if (!ok_ || step == 0 || step > length_ - at || (at + step) % 4 != 0) {
      ok_ = false;
      return 0;
    }
    return at + step;
  }

  // Where field `id` of the table lies; 0 when it is absent.
  uint32_t field(uint32_t table, uint32_t id, uint32_t size) {
    const Fields fields = fields_of(table);
    const uint32_t entry = 4 + 2 * id;
    if (entry + 2 > fields.vtable_bytes) return 0;
    const uint32_t offset = read<uint16_t>(fields.vtable + entry);
    if (offset == 0) return 0;
    if (offset < 4 || offset + size > fields.table_bytes || (table + offset) % size != 0) {
      ok_ = false;
      return 0;
    }
    return table + offset;
  }

  // Whether the table has no fields but those of `allowed`, a bit per number, all inside of it.
  bool has_only(uint32_t table, uint32_t allowed) {
    const Fields fields = fields_of(table);
    for (uint32_t entry = 4; entry + 2 <= fields.vtable_bytes; entry += 2) {
      const uint32_t id = (entry - 4) / 2;
      const uint16_t offset = read<uint16_t>(fields.vtable + entry);
      if (offset == 0) continue;
      if (id >= 32 || (allowed >> id & 1u) == 0) return false;
      if (offset < 4 || offset >= fields.table_bytes) ok_ = false;
    }
    return ok_;
  }

  template <class Number>
  Number scalar(uint32_t table, uint32_t id, Number missing = 0) {
    const uint32_t at = field(table, id, sizeof(Number));
    return at == 0 ? missing : read<Number>(at);
  }

  // The table or vector that field `id` refers to; 0 when absent.
  uint32_t reference(uint32_t table, uint32_t id) {
    const uint32_t at = field(table, id, 4);
    return at == 0 ? 0 : follow(at);
  }

  // A vector's element count, checked to lie inside; 0 for an absent vector.
  uint32_t count(uint32_t vector, uint32_t element_bytes) {
    if (vector == 0) return 0;
    const uint32_t elements = read<uint32_t>(vector);
    const uint64_t bytes = static_cast<uint64_t>(elements) * element_bytes;
    if (!ok_ || bytes > length_ - vector - 4 || (vector + 4) % element_bytes != 0) {
      ok_ = false;
      return 0;
    }
    return elements;
  }

  // Element `index` of a vector of tables.
  uint32_t table_at(uint32_t vector, uint32_t index) { return follow(vector + 4 + 4 * index); }

  int32_t int_at(uint32_t vector, uint32_t index) { return read<int32_t>(vector + 4 + 4 * index); }

 private:
  struct Fields {
    uint32_t vtable, vtable_bytes, table_bytes;
  };

  Fields fields_of(uint32_t table) {
    const int32_t back = read<int32_t>(table);
    const int64_t vtable = static_cast<int64_t>(table) - back;
    if (!ok_ || vtable < 0 || vtable > static_cast<int64_t>(length_) - 4 || vtable % 2 != 0) {
      ok_ = false;
      return Fields{0, 0, 0};
    }
    const uint32_t start = static_cast<uint32_t>(vtable);
    const uint32_t vtable_bytes = read<uint16_t>(start);
    const uint32_t table_bytes = read<uint16_t>(start + 2);
    if (vtable_bytes < 4 || !inside(start, vtable_bytes) || !inside(table, table_bytes)) {
      ok_ = false;
      return Fields{0, 0, 0};
    }
    return Fields{start, vtable_bytes, table_bytes};
  }

  bool inside(uint32_t at, uint32_t size) {
    if (!ok_ || at > length_ || size > length_ - at) ok_ = false;
    return ok_;
  }

  const uint8_t* bytes_;
  uint32_t length_;
  bool ok_ = true;
};

}  // namespace core
