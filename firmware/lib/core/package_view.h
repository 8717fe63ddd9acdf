// A model package read in place: the header and sections that package.py writes, checked.
#pragma once
#include "rejection.h"
#include "verdict.h"
#include "windower.h"

namespace core {

class PackageView {
 public:
  // Checks magic, format, length, CRC-32 and that every section lies inside with sane content.
  // The view is usable only after OK. `bytes` stays with the caller (flash, 16-byte aligned).
  Verdict open(const uint8_t* bytes, uint32_t length);

  const wire::PackageHeader& header() const { return header_; }
  InputSpec input() const;
  // Not active when the package has none.
  Rejection rejection() const;
  const uint8_t* tflite() const { return bytes_ + header_.tflite_offset; }
  uint32_t input_bytes() const {
    return static_cast<uint32_t>(header_.window) * header_.channel_count;
  }
  const int8_t* golden_input(uint32_t index) const;
  const int8_t* golden_output(uint32_t index) const;

 private:
  uint32_t golden_bytes() const { return input_bytes() + header_.class_count; }

  const uint8_t* bytes_ = nullptr;
  wire::PackageHeader header_ = {};
};

}  // namespace core
