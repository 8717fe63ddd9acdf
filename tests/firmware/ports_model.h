// The five ports as tests see them: each does what the real part does, and fails when told to.
#pragma once

#include <string.h>

#include "model_store.h"
#include "ports.h"
#include "random.h"
#include "sha256.h"

// NOR flash: erased to 0xFF a page at a time and in pieces, programmed a word at a time, and
// programming only clears bits. Power can be cut at any operation. What a cut leaves may look
// right: a page whose erase did not end may read as blank, and takes wrong bits when programmed;
// what a cut ended the programming of may read right once and not the next time.
class FlashModel : public core::Flash {
 public:
  // What the operation under way leaves behind when power is cut.
  enum Cut { nothing_done, half_done, garbled, looks_done };
  uint32_t pieces = 3;  // of a page's erase; 31 on the board
  static constexpr uint32_t kNoPage = 0xffffffffu;

  FlashModel() { memset(memory_, 0xff, sizeof memory_); }

  const uint8_t* mapped() const override { return memory_; }

  core::Erase erase_page(uint32_t page) override {
    if (page >= core::kFlashPages || (half_erased_ != kNoPage && half_erased_ != page)) {
      misuse();
      return core::Erase::failed;
    }
    if (radio_is_due) return core::Erase::working;
    const bool cut = ++operations_ == cut_at_;
    if (refuse_ || (!powered() && !cut)) {
      half_erased_ = kNoPage;
      return core::Erase::failed;
    }
    uint8_t* at = memory_ + page * kPage;
    if (cut) {
      if (kind_ != nothing_done) weak_[page] = true;
      if (kind_ == half_done) memset(at, 0xff, kPage / 2);
      if (kind_ == garbled) raise_bits(at, kPage);
      if (kind_ == looks_done) memset(at, 0xff, kPage);
      half_erased_ = kNoPage;
      return core::Erase::failed;
    }
    if (half_erased_ == kNoPage) pieces_done_ = 0;
    half_erased_ = page;
    weak_[page] = true;
    if (++pieces_done_ < pieces) {
      raise_bits(at, kPage);
      return core::Erase::working;
    }
    memset(at, 0xff, kPage);
    weak_[page] = false;
    half_erased_ = kNoPage;
    ++erases_[page];
    if (fading_length_ != 0 && fading_at_ / kPage == page) fading_length_ = 0;
    return core::Erase::done;
  }

  bool program(uint32_t offset, const uint8_t* bytes, uint32_t length) override {
    if (offset % wire::FLASH_WORD_BYTES != 0 || length % wire::FLASH_WORD_BYTES != 0 ||
        length == 0 || offset > sizeof memory_ || length > sizeof memory_ - offset ||
        half_erased_ != kNoPage) {
      return misuse();
    }
    const bool cut = ++operations_ == cut_at_;
    if (!powered() && !cut) return false;
    if (weak_[offset / kPage] || weak_[(offset + length - 1) / kPage]) {
      misuse();
      for (uint32_t i = 0; i < length; ++i) clear_some(offset + i);
    }
    if (!cut) {
      if (!refuse_ || refuse_after_work_) clear_bits(offset, bytes, length);
      return !refuse_;
    }
    if (kind_ == half_done) clear_bits(offset, bytes, length / 2);
    if (kind_ == garbled) {
      for (uint32_t i = 0; i < length; ++i) {
        const uint8_t some = static_cast<uint8_t>(bytes[i] | random_.next());
        clear_bits(offset + i, &some, 1);
      }
    }
    if (kind_ == looks_done) {
      clear_bits(offset, bytes, length);
      fading_at_ = offset;
      fading_length_ = length;
      starts_until_faded_ = 2;
    }
    return false;
  }

  void cut_power_at(uint32_t operation, Cut kind) {
    cut_at_ = operations_ + operation;
    kind_ = kind;
  }
  bool powered() const { return cut_at_ == 0 || operations_ < cut_at_; }
  void power_on() {
    cut_at_ = 0;
    half_erased_ = kNoPage;
    if (fading_length_ != 0 && --starts_until_faded_ == 0) {
      raise_bits(memory_ + fading_at_, fading_length_);
      fading_length_ = 0;
    }
  }
  // Answer "failed" from now on: `after_work`, although the bits were programmed.
  void refuse(bool on, bool after_work = false) {
    refuse_ = on;
    refuse_after_work_ = after_work;
  }

  uint8_t* memory() { return memory_; }
  uint32_t operations() const { return operations_; }
  uint32_t erases(uint32_t page) const { return erases_[page]; }
  uint32_t erases() const {
    uint32_t sum = 0;
    for (uint32_t count : erases_) sum += count;
    return sum;
  }
  // What real flash would not have done, or not have kept.
  uint32_t misuses() const { return misuses_; }

  bool radio_is_due = false;  // no piece of an erase now

 private:
  static constexpr uint32_t kPage = wire::FLASH_PAGE_BYTES;

  bool misuse() {
    ++misuses_;
    return false;
  }
  void clear_bits(uint32_t offset, const uint8_t* bytes, uint32_t length) {
    for (uint32_t i = 0; i < length; ++i) {
      memory_[offset + i] = static_cast<uint8_t>(memory_[offset + i] & bytes[i]);
    }
  }
  void clear_some(uint32_t offset) {
    const uint8_t some = static_cast<uint8_t>(random_.next());
    clear_bits(offset, &some, 1);
  }
  void raise_bits(uint8_t* at, uint32_t length) {
    for (uint32_t i = 0; i < length; ++i) at[i] = static_cast<uint8_t>(at[i] | random_.next());
  }

  alignas(16) uint8_t memory_[core::kFlashPages * wire::FLASH_PAGE_BYTES];
  uint32_t erases_[core::kFlashPages] = {};
  bool weak_[core::kFlashPages] = {};
  uint32_t half_erased_ = kNoPage, pieces_done_ = 0;
  uint32_t operations_ = 0, cut_at_ = 0, misuses_ = 0;
  uint32_t fading_at_ = 0, fading_length_ = 0, starts_until_faded_ = 0;
  Cut kind_ = nothing_done;
  bool refuse_ = false, refuse_after_work_ = false;
  Random random_{1};
};

// Keeps what was notified; takes `budget` more notifications.
class RadioModel : public core::Radio {
 public:
  static constexpr uint32_t kKept = 256;
  struct Kept {
    core::Notification kind;
    uint32_t length;
    uint8_t bytes[wire::MAX_NOTIFY_BYTES];
  };

  bool notify(core::Notification kind, const uint8_t* bytes, uint32_t length) override {
    if (budget == 0) return false;
    --budget;
    if (length > wire::MAX_NOTIFY_BYTES || count == kKept) {
      ++overflow;
      return true;
    }
    kept[count].kind = kind;
    kept[count].length = length;
    memcpy(kept[count].bytes, bytes, length);
    ++count;
    return true;
  }

  bool listened_to() override { return listened; }
  void end_link() override { ++ended; }

  template <class Layout>
  Layout read(uint32_t index, uint32_t offset = 0) const {
    Layout layout = {};
    if (index < count && offset + sizeof layout <= kept[index].length) {
      memcpy(&layout, kept[index].bytes + offset, sizeof layout);
    }
    return layout;
  }
  // How many notifications of this kind there are; `index`: the place of the last one.
  uint32_t of_kind(core::Notification kind, uint32_t* index = nullptr) const {
    uint32_t found = 0;
    for (uint32_t i = 0; i < count; ++i) {
      if (kept[i].kind != kind) continue;
      ++found;
      if (index != nullptr) *index = i;
    }
    return found;
  }
  void clear() { count = 0; }

  Kept kept[kKept];
  uint32_t count = 0;
  uint32_t overflow = 0;
  uint32_t budget = 0xffffffffu;
  bool listened = false;
  uint32_t ended = 0;  // links
};

class ClockModel : public core::Clock {
 public:
  uint64_t now_us() override { return us; }
  uint64_t us = 1000000;
};

// Classes at the inputs 0, 16, 32, ...: the nearest to the first input value wins. So that a
// golden window depends on every byte, the last class adds the sum of the input's lowest bits.
class ClassifierModel : public core::Classifier {
 public:
  wire::Status load(const uint8_t* tflite, uint32_t length) override {
    ++loads;
    loaded = tflite;
    return length == 0 ? wire::Status::BAD_MODEL : load_answer;
  }
  bool invoke(const int8_t* input, uint32_t input_length, int8_t* output,
              uint32_t output_length) override {
    ++invokes;
    if (clock != nullptr) clock->us += takes_us;
    if (!works) return false;
    int32_t parity = 0;
    for (uint32_t i = 0; i < input_length; ++i) parity ^= input[i];
    for (uint32_t i = 0; i < output_length; ++i) {
      const int32_t distance = input[0] - 16 * static_cast<int32_t>(i);
      int32_t value = 127 - 8 * (distance < 0 ? -distance : distance);
      if (i + 1 == output_length) value += parity & 1;
      output[i] = static_cast<int8_t>(value > 127 ? 127 : value < -128 ? -128 : value);
    }
    return true;
  }

  wire::Status load_answer = wire::Status::OK;
  bool works = true;
  uint32_t loads = 0, invokes = 0;
  ClockModel* clock = nullptr;  // which goes on by `takes_us` with each invocation
  uint32_t takes_us = 0;
  const uint8_t* loaded = nullptr;
};

// Stands for ECDSA in tests of states: a signature is the digest and the key, mixed. The real one
// is in the tests of the virtual board.
class CryptoModel : public core::Crypto {
 public:
  static void sign(const uint8_t* key, const uint8_t* digest, uint8_t* signature) {
    for (uint32_t i = 0; i < wire::SIGNATURE_BYTES; ++i) {
      signature[i] = static_cast<uint8_t>(key[i] ^ digest[i % core::kDigestBytes] ^ i);
    }
  }
  bool verify(const uint8_t* key, const uint8_t* digest, const uint8_t* signature) override {
    ++verified;
    uint8_t right[wire::SIGNATURE_BYTES];
    sign(key, digest, right);
    return memcmp(signature, right, sizeof right) == 0;
  }
  void draw(uint8_t* bytes, uint32_t length) override {
    for (uint32_t i = 0; i < length; ++i) bytes[i] = static_cast<uint8_t>(random_.next());
  }

  uint32_t verified = 0;

 private:
  Random random_{7};
};
