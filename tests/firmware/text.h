// Words, numbers and hex bytes of a golden text file.
#pragma once

#include <stdint.h>
#include <string.h>

class Text {
 public:
  Text(const uint8_t* bytes, uint32_t length) : at_(bytes), end_(bytes + length) {}

  bool at_end() const { return at_ == end_; }

  // The next word, up to a blank, newline or `stop`, which is skipped. Returns its length.
  uint32_t word(const char** begin, char stop = ' ') {
    const uint8_t* first = at_;
    while (at_ != end_ && *at_ != ' ' && *at_ != '\n' && *at_ != static_cast<uint8_t>(stop)) ++at_;
    *begin = reinterpret_cast<const char*>(first);
    const uint32_t length = static_cast<uint32_t>(at_ - first);
    if (at_ != end_) ++at_;
    return length;
  }

  bool word_is(const char* expected, char stop = ' ') {
    const char* begin;
    const uint32_t length = word(&begin, stop);
    return length == strlen(expected) && memcmp(begin, expected, length) == 0;
  }

  // A decimal number with its sign, as two's complement.
  uint64_t number() {
    const char* begin;
    const uint32_t length = word(&begin);
    const bool negative = length != 0 && begin[0] == '-';
    uint64_t value = 0;
    for (uint32_t i = negative ? 1 : 0; i < length; ++i) {
      value = value * 10 + static_cast<uint64_t>(begin[i] - '0');
    }
    return negative ? 0 - value : value;
  }

  // Bytes written as hex, "-" for none. Returns how many; more than `capacity` are left out.
  uint32_t hex(uint8_t* bytes, uint32_t capacity) {
    const char* begin;
    const uint32_t length = word(&begin) / 2;
    for (uint32_t i = 0; i < length && i < capacity; ++i) {
      bytes[i] = static_cast<uint8_t>(digit(begin[2 * i]) << 4 | digit(begin[2 * i + 1]));
    }
    return length;
  }

 private:
  static int digit(char c) { return c <= '9' ? c - '0' : c - 'a' + 10; }

  const uint8_t* at_;
  const uint8_t* end_;
};
