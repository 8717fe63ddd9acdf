// Two model slots and a journal in NOR flash. The active slot is never written; a new package goes
// into the spare one and becomes active by one journal record, so that a power cut at any moment
// leaves the old model or the new one, whole.
//
// Flash: slot 0, slot 1, then two journal pages. A journal record is 16 bytes; records are
// appended, the highest number with a right checksum counts, and a full page is left for the
// other one only after that has been erased and written.
#pragma once
#include "ports.h"
#include "verdict.h"

namespace core {

constexpr uint32_t kSlotPages = 31;
constexpr uint32_t kSlotBytes = kSlotPages * wire::FLASH_PAGE_BYTES;
constexpr uint32_t kJournalPage = 2 * kSlotPages;
constexpr uint32_t kFlashPages = kJournalPage + 2;

class ModelStore {
 public:
  explicit ModelStore(Flash& flash) : flash_(flash) {}

  // Read the journal.
  void start();

  uint8_t active() const { return active_; }
  uint8_t spare() const { return active_ == 0 ? 1 : 0; }
  // Whether the spare slot holds a model that was active before.
  bool has_previous() const { return (usable_ & (1u << spare())) != 0; }
  const uint8_t* slot(uint8_t index) const { return flash_.mapped() + index * kSlotBytes; }

  // Begin a transfer into the spare slot, or go on with the same one (equal length and CRC-32);
  // received() says from where. Pages are erased by step() first: erasing() until it is done.
  Verdict begin(uint32_t total_bytes, uint32_t crc);
  bool erasing() const { return next_erase_ < end_erase_; }
  // Erase at most one page that is not blank yet.
  Verdict step();
  uint32_t received() const { return received_; }
  Verdict write(uint32_t offset, const uint8_t* bytes, uint32_t length);
  // Whether the whole package has arrived as announced.
  Verdict complete() const;
  void abort();

  // Make `index` the active slot. The other one stays usable if it held a model.
  Verdict activate(uint8_t index);

 private:
  Verdict append(uint8_t active, uint8_t usable);
  bool page_blank(uint32_t page) const;

  Flash& flash_;
  uint8_t active_ = wire::NO_SLOT;
  uint8_t usable_ = 0;  // bit i: slot i holds a checked model
  uint32_t number_ = 0;
  uint32_t journal_at_ = 0;  // where the next record goes, relative to the journal
  bool receiving_ = false;
  uint32_t total_ = 0, crc_ = 0, received_ = 0;
  uint32_t next_erase_ = 0, end_erase_ = 0;
};

}  // namespace core
