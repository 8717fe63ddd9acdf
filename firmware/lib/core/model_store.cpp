#include "model_store.h"

#include <string.h>

#include "crc32.h"

namespace core {

using wire::Status;

constexpr uint32_t ModelStore::kNoPage;
constexpr uint32_t ModelStore::kUnknown;
constexpr uint8_t ModelStore::kMostEnds;

void ModelStore::start() {
  journal_.start();
  use_ = journal_.newest();
  use_.spare_erased = use_.spare_erased && is_blank(slot(spare()), kSlotBytes);
  to_erase_ = kUnknown;
  half_erased_ = kNoPage;
  failure_ = accepted();
  opening_ = receiving_ = false;
  received_ = 0;
}

uint8_t ModelStore::spare() const {
  uint8_t index = 0;
  while (index == use_.active || index == use_.previous) ++index;
  return index;
}

bool ModelStore::step() {
  if (receiving_ || !failure_.ok()) return false;
  if (half_erased_ == kNoPage) {
    const bool prepared = use_.spare_erased && journal_.other_is_erased();
    if (prepared && opening_) {
      opening_ = false;
      receiving_ = true;
      return true;
    }
    if (prepared && journal_.says(use_)) return false;
    if (prepared || (!journal_.is_certain() && journal_.has_room())) {
      const Verdict verdict = record(use_);
      if (!verdict.ok()) stop(verdict);
      return true;
    }
  }
  if (journal_.other_is_erased()) return step_spare();
  if (!erase(journal_.other_page())) return false;
  journal_.on_other_erased();
  return true;
}

bool ModelStore::step_spare() {
  const uint32_t first = spare() * kSlotPages;
  if (to_erase_ == kUnknown) {
    uint32_t used = kSlotPages;
    while (used != 0 && is_blank(slot(spare()) + (used - 1) * kPageBytes, kPageBytes)) --used;
    to_erase_ = used < kSlotPages ? used + 1 : kSlotPages;  // the one behind may be half erased
  }
  const uint32_t page = first + to_erase_ - 1;
  if (half_erased_ == kNoPage && page != first) {
    const Verdict verdict = mark(page - 1);
    if (!verdict.ok()) {
      stop(verdict);
      return true;
    }
  }
  if (!erase(page)) return false;
  if (--to_erase_ == 0) use_.spare_erased = true;
  return true;
}

Verdict ModelStore::mark(uint32_t page) {
  const uint32_t address = page * kPageBytes;
  if (!is_blank(flash_.mapped() + address, kPageBytes)) return accepted();
  const uint8_t zeros[wire::FLASH_WORD_BYTES] = {};
  return flash_.program(address, zeros, sizeof zeros) ? accepted()
                                                      : refused(Status::FLASH_FAILED, address);
}

bool ModelStore::erase(uint32_t page) {
  const Erase answer = flash_.erase_page(page);
  half_erased_ = answer == Erase::working ? page : kNoPage;
  if (answer == Erase::working) return false;
  const uint32_t address = page * kPageBytes;
  if (answer == Erase::done && is_blank(flash_.mapped() + address, kPageBytes)) return true;
  stop(refused(Status::FLASH_FAILED, address));
  return false;
}

void ModelStore::stop(Verdict why) {
  failure_ = why;
  opening_ = false;
  to_erase_ = kUnknown;
}

Verdict ModelStore::begin(uint32_t total_bytes, uint32_t crc) {
  if (total_bytes > kSlotBytes) return refused(Status::TOO_LARGE, kSlotBytes);
  if (total_bytes < sizeof(wire::PackageHeader)) return refused(Status::BAD_PACKAGE, 0);
  if (has_begun(total_bytes, crc)) return accepted();
  abort();
  failure_ = accepted();
  total_ = total_bytes;
  crc_ = crc;
  receiving_ = use_.spare_erased && journal_.other_is_erased();
  opening_ = !receiving_;
  return accepted();
}

Verdict ModelStore::write(uint32_t offset, const uint8_t* bytes, uint32_t length) {
  if (opening_) return refused(Status::BUSY, 0);
  if (!receiving_) return refused(Status::NO_MODEL, 0);
  if (offset != received_) return refused(Status::BAD_OFFSET, received_);
  if (length == 0 || length > wire::MAX_MODEL_WRITE_BYTES || length > total_ - received_ ||
      (length % wire::FLASH_WORD_BYTES != 0 && received_ + length != total_)) {
    return refused(Status::BAD_COMMAND, length);
  }
  if (use_.spare_erased) {
    // The record goes before the first byte: power may fail so early that it still reads blank.
    use_.spare_erased = false;
    to_erase_ = kUnknown;
    const Verdict verdict =
        journal_.says(use_) && journal_.is_certain() ? accepted() : record(use_);
    if (!verdict.ok()) {
      abort();
      return verdict;
    }
  }
  uint8_t words[wire::MAX_MODEL_WRITE_BYTES + wire::FLASH_WORD_BYTES];
  const uint32_t padded =
      (length + wire::FLASH_WORD_BYTES - 1) / wire::FLASH_WORD_BYTES * wire::FLASH_WORD_BYTES;
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
  if (received_ != total_) return refused(Status::INCOMPLETE, received_);
  const uint32_t crc = crc32(slot(spare()), total_);
  return crc == crc_ ? accepted() : refused(Status::BAD_CRC, crc);
}

void ModelStore::abort() {
  opening_ = receiving_ = false;
  received_ = 0;
}

Verdict ModelStore::record(const SlotUse& use) {
  const Verdict verdict = journal_.append(use);
  if (verdict.ok()) use_ = use;
  return verdict;
}

Verdict ModelStore::activate_spare() { return activate_spare_for(use_.owner, true); }

Verdict ModelStore::activate_spare_for(const Owner& owner, bool kept) {
  SlotUse next;
  next.active = spare();
  next.previous = kept ? use_.active : static_cast<uint8_t>(wire::NO_SLOT);
  next.owner = owner;
  const Verdict verdict = record(next);
  if (!verdict.ok()) return verdict;
  to_erase_ = kUnknown;
  abort();
  return verdict;
}

Verdict ModelStore::swap() {
  SlotUse next = use_;
  next.active = use_.previous;
  next.previous = use_.active;
  next.ends = 0;
  next.dropped = next.trying = false;
  return record(next);
}

Verdict ModelStore::try_spare(bool begins) {
  SlotUse next = use_;
  next.trying = begins;
  return record(next);
}

Verdict ModelStore::note_start(bool ended_by_fault) {
  SlotUse next = use_;
  if (!ended_by_fault) {
    next.ends = 0;
  } else if (!use_.trying) {
    ++next.ends;
  }
  next.trying = false;
  if (next.ends >= kMostEnds) {
    next = SlotUse();
    next.active = use_.previous;
    next.dropped = true;
    to_erase_ = kUnknown;
  }
  return record(next);
}

Verdict ModelStore::set_owner(const Owner& owner) {
  SlotUse next = use_;
  next.owner = owner;
  return record(next);
}

}  // namespace core
