// Where what lies in the flash behind the model slots: three slots, then two journal pages.
#pragma once
#include <string.h>

#include "wire_layout.h"

namespace core {

constexpr uint32_t kPageBytes = wire::FLASH_PAGE_BYTES;
constexpr uint32_t kSlots = 3;
constexpr uint32_t kSlotPages = 20;
constexpr uint32_t kSlotBytes = kSlotPages * kPageBytes;
constexpr uint32_t kJournalPage = kSlots * kSlotPages;  // the first of them
constexpr uint32_t kJournalPages = 2;
constexpr uint32_t kFlashPages = 64;  // 256 KB; what is behind the journal is free

// Whether whole words read as erased.
inline bool is_blank(const uint8_t* bytes, uint32_t length) {
  for (uint32_t i = 0; i < length; i += wire::FLASH_WORD_BYTES) {
    uint32_t word;
    memcpy(&word, bytes + i, sizeof word);
    if (word != 0xffffffffu) return false;
  }
  return true;
}

}  // namespace core
