// tests/golden/model.mlpkg, and packages that differ from it in a field or two.
#pragma once

#include <string.h>

#include "check.h"
#include "crc32.h"
#include "package_view.h"
#include "ports_model.h"

struct GoldenPackage {
  // As trained: its golden outputs are those of TFLM.
  GoldenPackage() : length(check::read_golden("model.mlpkg", bytes, sizeof bytes)) {}

  // With the golden outputs that ClassifierModel gives, nothing unknown, and a name of its own.
  explicit GoldenPackage(uint32_t version) : GoldenPackage() {
    rename(version);
    rejection().threshold = 0xffffffffu;
    for (uint32_t i = 0; i < header().golden_count; ++i) answer(i);
    seal();
  }

  // A window of the header's fields, to change before seal().
  wire::PackageHeader& header() { return *reinterpret_cast<wire::PackageHeader*>(bytes); }
  const wire::PackageHeader& header() const {
    return *reinterpret_cast<const wire::PackageHeader*>(bytes);
  }
  uint8_t* tflite() { return bytes + header().tflite_offset; }
  wire::Rejection& rejection() {
    return *reinterpret_cast<wire::Rejection*>(bytes + rejection_offset());
  }
  uint32_t rejection_offset() const { return header().rejection_words * wire::FLASH_WORD_BYTES; }
  wire::Channel& channel(uint32_t index) {
    return reinterpret_cast<wire::Channel*>(bytes + header().channels_offset)[index];
  }
  uint32_t input_bytes() const {
    return static_cast<uint32_t>(header().window) * header().channel_count;
  }
  int8_t* golden(uint32_t index) {
    return reinterpret_cast<int8_t*>(bytes + header().golden_offset) +
           index * (input_bytes() + header().class_count);
  }

  void rename(uint32_t version) {
    header().version_counter = version;
    memset(header().model_id, static_cast<int>(version), sizeof header().model_id);
  }
  void answer(uint32_t index) {
    ClassifierModel classifier;
    classifier.invoke(golden(index), input_bytes(), golden(index) + input_bytes(),
                      header().class_count);
  }
  // Makes the checksum right again.
  void seal() {
    constexpr uint32_t covered = offsetof(wire::PackageHeader, signature);
    header().crc32 = core::crc32(bytes + covered, header().total_bytes - covered);
  }
  uint32_t crc() const { return core::crc32(bytes, length); }

  alignas(16) uint8_t bytes[8192];
  uint32_t length;
};
