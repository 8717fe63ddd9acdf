// Which slot is which, as records in two flash pages. Records are appended; the highest number
// with a right checksum counts. A full page is left for the other one, which is erased ahead, so
// that no append has to wait for an erase. The newest record always lies in the current page.
#pragma once
#include "flash_layout.h"
#include "owner.h"
#include "ports.h"
#include "verdict.h"

namespace core {

// What a record says.
struct SlotUse {
  uint8_t active = wire::NO_SLOT;
  uint8_t previous = wire::NO_SLOT;  // what a rollback activates
  bool spare_erased = false;         // the third slot, to its last bit: blank alone proves nothing
  uint8_t ends = 0;                  // times in a row that the board ended with the active model
  bool dropped = false;              // the model that was active ended the board too often
  bool trying = false;               // the spare's model computes its golden windows
  Owner owner;                       // one record makes a model active and its pusher the owner
};

class Journal {
 public:
  explicit Journal(Flash& flash) : flash_(flash) {}

  // Find the newest record.
  void start();
  // What the newest record says; nothing in use when there is none.
  const SlotUse& newest() const { return newest_; }

  // False from a start or a failed append until the next append. A record that is read may have
  // been torn by a power cut and read right today only, and one that seemed to fail may have been
  // written: nothing may be erased on the word of either.
  bool is_certain() const { return certain_; }
  // Whether the newest record says this, and the truth about the other page.
  bool says(const SlotUse& use) const;
  bool has_room() const { return first_blank(page_, at_) < kRecordsEnd || other_erased_; }
  Verdict append(const SlotUse& use);

  // The page to be erased ahead, counted from the flash's start.
  uint32_t other_page() const { return kJournalPage + 1 - page_; }
  bool other_is_erased() const { return other_erased_; }
  void on_other_erased() { other_erased_ = true; }

  static constexpr uint32_t kRecordBytes = 84;
  // In a page; a few bytes behind it stay blank.
  static constexpr uint32_t kRecordsEnd = kPageBytes / kRecordBytes * kRecordBytes;

 private:
  void start_from_old();
  const uint8_t* page(uint32_t index) const {
    return flash_.mapped() + (kJournalPage + index) * kPageBytes;
  }
  // The place for a record at or behind `at`, or kRecordsEnd: what a power cut tore is stepped
  // over.
  uint32_t first_blank(uint32_t index, uint32_t at) const;

  Flash& flash_;
  SlotUse newest_;
  uint32_t number_ = 0;
  uint32_t page_ = 1, at_ = kRecordsEnd;  // where the next record goes; full: to the other page
  bool other_erased_ = false;
  bool recorded_other_erased_ = false;
  bool certain_ = false;
};

}  // namespace core
