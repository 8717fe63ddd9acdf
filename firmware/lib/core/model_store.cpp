#include "model_store.h"

#include <string.h>

#include "crc32.h"

namespace core {

namespace {

using wire::Status;

constexpr uint32_t kPage = wire::FLASH_PAGE_BYTES;
constexpr uint32_t kWord = wire::FLASH_WORD_BYTES;
constexpr uint32_t kJournal = kJournalPage * kPage;
constexpr uint32_t kRecordMagic = 0x314a4c4du;  // "MLJ1"

struct Record {
  uint32_t magic;
  uint32_t number;
  uint8_t active;
  uint8_t usable;
  uint16_t unused;
  uint32_t crc32;  // of what is before it
};
static_assert(sizeof(Record) == 16, "a page holds a whole number of records");

bool blank(const uint8_t* bytes, uint32_t length) {
  for (uint32_t i = 0; i < length; ++i) {
    if (bytes[i] != 0xff) return false;
  }
  return true;
}

uint32_t record_crc(const Record& record) { return crc32(&record, offsetof(Record, crc32)); }

}  // namespace

void ModelStore::start() {
  active_ = wire::NO_SLOT;
  usable_ = 0;
  number_ = 0;
  journal_at_ = 0;
  receiving_ = false;
  next_erase_ = end_erase_ = 0;
  const uint8_t* journal = flash_.mapped() + kJournal;
  uint32_t newest = 0;
  for (uint32_t at = 0; at < 2 * kPage; at += sizeof(Record)) {
    Record record;
    memcpy(&record, journal + at, sizeof record);
    if (record.magic != kRecordMagic || record.crc32 != record_crc(record) ||
        record.number <= number_ || (record.active > 1 && record.active != wire::NO_SLOT)) {
      continue;
    }
    number_ = record.number;
    active_ = record.active;
    usable_ = record.usable & 3u;
    newest = at;
  }
  // Go on behind the newest record; a torn one there is stepped over by append().
  journal_at_ = number_ == 0 ? 0 : newest + static_cast<uint32_t>(sizeof(Record));
}

Verdict ModelStore::append(uint8_t active, uint8_t usable) {
  const uint8_t* journal = flash_.mapped() + kJournal;
  // To the first blank place behind the newest record: a power cut may have torn what follows it.
  while (journal_at_ % kPage != 0 && !blank(journal + journal_at_, sizeof(Record))) {
    journal_at_ += static_cast<uint32_t>(sizeof(Record));
  }
  journal_at_ %= 2 * kPage;
  if (journal_at_ % kPage == 0) {  // the other page begins; the full one counts until then
    const uint32_t page = kJournalPage + journal_at_ / kPage;
    if (!page_blank(page) && !flash_.erase_page(page)) {
      return refused(Status::FLASH_FAILED, page * kPage);
    }
  }
  // A number is used once, even if flash says no after having written the record.
  Record record = {kRecordMagic, ++number_, active, usable, 0xffff, 0};
  record.crc32 = record_crc(record);
  uint8_t bytes[sizeof record];
  memcpy(bytes, &record, sizeof record);
  const uint32_t at = kJournal + journal_at_;
  if (!flash_.program(at, bytes, sizeof bytes) ||
      memcmp(flash_.mapped() + at, bytes, sizeof bytes) != 0) {
    return refused(Status::FLASH_FAILED, at);
  }
  journal_at_ += static_cast<uint32_t>(sizeof(Record));
  active_ = active;
  usable_ = usable;
  return accepted();
}

bool ModelStore::page_blank(uint32_t page) const {
  return blank(flash_.mapped() + page * kPage, kPage);
}

Verdict ModelStore::begin(uint32_t total_bytes, uint32_t crc) {
  if (total_bytes > kSlotBytes) return refused(Status::TOO_LARGE, kSlotBytes);
  if (total_bytes < sizeof(wire::PackageHeader)) return refused(Status::BAD_PACKAGE, 0);
  if (receiving_ && total_bytes == total_ && crc == crc_) return accepted();
  receiving_ = false;
  if (has_previous()) {
    // The slot stops being something to roll back to before its first page goes.
    const Verdict verdict = append(active_, static_cast<uint8_t>(usable_ & ~(1u << spare())));
    if (!verdict.ok()) return verdict;
  }
  receiving_ = true;
  total_ = total_bytes;
  crc_ = crc;
  received_ = 0;
  next_erase_ = spare() * kSlotPages;
  end_erase_ = next_erase_ + (total_bytes + kPage - 1) / kPage;
  return accepted();
}

Verdict ModelStore::step() {
  if (!erasing()) return accepted();
  const uint32_t page = next_erase_++;
  if (!page_blank(page) && (!flash_.erase_page(page) || !page_blank(page))) {
    abort();
    return refused(Status::FLASH_FAILED, page * kPage);
  }
  return accepted();
}

Verdict ModelStore::write(uint32_t offset, const uint8_t* bytes, uint32_t length) {
  if (!receiving_) return refused(Status::NO_MODEL, 0);
  if (erasing()) return refused(Status::BUSY, received_);
  if (offset != received_) return refused(Status::BAD_OFFSET, received_);
  if (length == 0 || length > wire::MAX_MODEL_WRITE_BYTES || length > total_ - received_ ||
      (length % kWord != 0 && received_ + length != total_)) {
    return refused(Status::BAD_COMMAND, length);
  }
  uint8_t words[wire::MAX_MODEL_WRITE_BYTES + kWord];
  const uint32_t padded = (length + kWord - 1) / kWord * kWord;
  memset(words, 0xff, sizeof words);
  memcpy(words, bytes, length);
  const uint32_t at = spare() * kSlotBytes + offset;
  if (!flash_.program(at, words, padded) || memcmp(flash_.mapped() + at, words, padded) != 0) {
    abort();
    return refused(Status::FLASH_FAILED, at);
  }
  received_ += length;
  return accepted();
}

Verdict ModelStore::complete() const {
  if (!receiving_) return refused(Status::NO_MODEL, 0);
  if (erasing() || received_ != total_) return refused(Status::INCOMPLETE, received_);
  const uint32_t crc = crc32(slot(spare()), total_);
  return crc == crc_ ? accepted() : refused(Status::BAD_CRC, crc);
}

void ModelStore::abort() {
  receiving_ = false;
  received_ = 0;
  next_erase_ = end_erase_ = 0;
}

Verdict ModelStore::activate(uint8_t index) {
  const Verdict verdict = append(index, static_cast<uint8_t>(usable_ | (1u << index)));
  if (verdict.ok()) abort();
  return verdict;
}

}  // namespace core
