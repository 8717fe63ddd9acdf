#include "journal.h"

#include <string.h>

#include "crc32.h"

namespace core {

namespace {

constexpr uint32_t kMagic = 0x334a4c4du;  // "MLJ3"

struct Record {
  uint32_t magic;
  uint32_t number;
  uint8_t active;
  uint8_t previous;
  uint8_t state;
  uint8_t other_erased;  // the journal's other page
  uint8_t owner[wire::PUBLIC_KEY_BYTES];
  uint8_t strangers_read;
  uint8_t reserved[3];
  uint32_t crc32;  // of what is before it
};
static_assert(sizeof(Record) == Journal::kRecordBytes, "no padding, which would not be defined");

// What firmware 0.1 wrote: the same without an owner.
constexpr uint32_t kOldMagic = 0x324a4c4du;  // "MLJ2"
struct OldRecord {
  uint32_t magic;
  uint32_t number;
  uint8_t active;
  uint8_t previous;
  uint8_t spare_erased;
  uint8_t other_erased;
  uint32_t crc32;
};

// Record::state. Bit 0 is all that there was at first.
constexpr uint32_t kSpareErased = 1, kEndsShift = 1, kEndsMask = 3, kDropped = 8, kTrying = 16;

uint8_t state_of(const SlotUse& use) {
  return static_cast<uint8_t>((use.spare_erased ? kSpareErased : 0) | (use.ends << kEndsShift) |
                              (use.dropped ? kDropped : 0) | (use.trying ? kTrying : 0));
}

uint32_t crc_of(const Record& record) { return crc32(&record, offsetof(Record, crc32)); }

bool is_slot_or_none(uint8_t index) { return index < kSlots || index == wire::NO_SLOT; }

uint32_t crc_of(const OldRecord& record) { return crc32(&record, offsetof(OldRecord, crc32)); }

template <class AnyRecord>
bool is_right(const AnyRecord& record, uint32_t magic) {
  return record.magic == magic && record.crc32 == crc_of(record) &&
         is_slot_or_none(record.active) && is_slot_or_none(record.previous) &&
         (record.previous == wire::NO_SLOT || record.previous != record.active);
}

}  // namespace

constexpr uint32_t Journal::kRecordBytes;
constexpr uint32_t Journal::kRecordsEnd;

void Journal::start() {
  newest_ = SlotUse();
  number_ = 0;
  page_ = 1;
  at_ = kRecordsEnd;
  other_erased_ = recorded_other_erased_ = certain_ = false;
  for (uint32_t index = 0; index < 2; ++index) {
    for (uint32_t at = 0; at < kRecordsEnd; at += kRecordBytes) {
      Record record;
      memcpy(&record, page(index) + at, sizeof record);
      if (!is_right(record, kMagic) || record.number <= number_) continue;
      number_ = record.number;
      newest_.active = record.active;
      newest_.previous = record.previous;
      newest_.spare_erased = (record.state & kSpareErased) != 0;
      newest_.ends = static_cast<uint8_t>(record.state >> kEndsShift & kEndsMask);
      newest_.dropped = (record.state & kDropped) != 0;
      newest_.trying = (record.state & kTrying) != 0;
      memcpy(newest_.owner.key, record.owner, sizeof record.owner);
      newest_.owner.strangers_read = record.strangers_read != 0;
      recorded_other_erased_ = record.other_erased != 0;
      page_ = index;
      at_ = at + kRecordBytes;
    }
  }
  if (number_ == 0) return start_from_old();
  // It may hold a record that was torn since: behind that one it is as good as before.
  other_erased_ = recorded_other_erased_ && first_blank(1 - page_, 0) < kRecordsEnd;
}

void Journal::start_from_old() {
  for (uint32_t index = 0; index < 2; ++index) {
    for (uint32_t at = 0; at < kPageBytes; at += sizeof(OldRecord)) {
      OldRecord record;
      memcpy(&record, page(index) + at, sizeof record);
      if (!is_right(record, kOldMagic) || record.number <= number_) continue;
      number_ = record.number;
      newest_.active = record.active;
      newest_.previous = record.previous;
      page_ = index;  // nothing follows in it: the next record goes to the other one
    }
  }
}

bool Journal::says(const SlotUse& use) const {
  return number_ != 0 && newest_.active == use.active && newest_.previous == use.previous &&
         state_of(newest_) == state_of(use) && newest_.owner == use.owner &&
         recorded_other_erased_ == other_erased_;
}

uint32_t Journal::first_blank(uint32_t index, uint32_t at) const {
  while (at < kRecordsEnd && !is_blank(page(index) + at, kRecordBytes)) at += kRecordBytes;
  return at;
}

Verdict Journal::append(const SlotUse& use) {
  certain_ = false;
  uint32_t to = page_;
  at_ = first_blank(to, at_);
  uint32_t at = at_;
  if (at == kRecordsEnd && other_erased_) {
    to = 1 - page_;
    at = first_blank(to, 0);
    other_erased_ = at < kRecordsEnd;
  }
  const uint32_t address = (kJournalPage + to) * kPageBytes + at;
  if (at == kRecordsEnd) return refused(wire::Status::FLASH_FAILED, address - kRecordBytes);
  const bool moves = to != page_;
  // A number is used once, even if flash says no after having written the record.
  Record record = {};
  record.magic = kMagic;
  record.number = ++number_;
  record.active = use.active;
  record.previous = use.previous;
  record.state = state_of(use);
  record.other_erased = !moves && other_erased_;
  memcpy(record.owner, use.owner.key, sizeof record.owner);
  record.strangers_read = use.owner.strangers_read;
  record.crc32 = crc_of(record);
  uint8_t bytes[sizeof record];
  memcpy(bytes, &record, sizeof record);
  if (!flash_.program(address, bytes, sizeof bytes) ||
      memcmp(flash_.mapped() + address, bytes, sizeof bytes) != 0) {
    return refused(wire::Status::FLASH_FAILED, address);  // the page with the newest one stays
  }
  page_ = to;
  at_ = at + kRecordBytes;
  if (moves) other_erased_ = false;
  newest_ = use;
  recorded_other_erased_ = other_erased_;
  certain_ = true;
  return accepted();
}

}  // namespace core
