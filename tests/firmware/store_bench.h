// A model store as tests use it: blobs in the place of packages, pushed as a central does.
#pragma once

#include <string.h>

#include "check.h"
#include "crc32.h"
#include "fresh.h"
#include "model_store.h"
#include "ports_model.h"

using core::ModelStore;
using core::Verdict;

constexpr uint32_t kPage = wire::FLASH_PAGE_BYTES;
constexpr uint32_t kJournal = core::kJournalPage * kPage;
constexpr uint32_t kRecordBytes = core::Journal::kRecordBytes;
constexpr uint32_t kRecordsEnd = core::Journal::kRecordsEnd;
constexpr uint32_t kRecordsAPage = kRecordsEnd / kRecordBytes;

// Stands for a package; the store does not look inside. Page `empty`, if given, is all 0xFF.
struct Blob {
  uint32_t length;
  uint8_t bytes[3 * wire::FLASH_PAGE_BYTES];
  Blob(uint32_t seed, uint32_t blob_length, uint32_t empty = 9) : length(blob_length) {
    Random random(seed);
    for (uint32_t i = 0; i < length; ++i) {
      bytes[i] = i / kPage == empty ? 0xff : static_cast<uint8_t>(random.next());
    }
  }
  uint32_t crc() const { return core::crc32(bytes, length); }
};

// Prepares the next push to the end, as the board's idle loop does.
inline void settle(ModelStore& store, const FlashModel& flash) {
  for (bool worked = true; worked;) {
    const uint32_t before = flash.operations();
    worked = store.step() || flash.operations() != before;
  }
}

// Goes on with the transfer from where the store stands.
inline Verdict send(ModelStore& store, const Blob& blob, uint32_t until = 0xffffffffu) {
  Verdict verdict = store.begin(blob.length, blob.crc());
  while (store.is_opening()) store.step();
  if (verdict.ok()) verdict = store.failure();
  while (verdict.ok() && store.received() < blob.length && store.received() < until) {
    const uint32_t at = store.received();
    const uint32_t length = blob.length - at < 176 ? blob.length - at : 176;
    verdict = store.write(at, blob.bytes + at, length);
  }
  return verdict;
}

inline Verdict push(ModelStore& store, const Blob& blob) {
  Verdict verdict = send(store, blob);
  if (verdict.ok()) verdict = store.complete();
  if (verdict.ok()) verdict = store.activate_spare();
  return verdict;
}

inline Verdict swap(ModelStore& store) {
  while (!store.can_record() && store.failure().ok()) store.step();
  return store.swap();
}

inline bool holds(const ModelStore& store, uint8_t slot, const Blob& blob) {
  return slot != wire::NO_SLOT && memcmp(store.slot(slot), blob.bytes, blob.length) == 0;
}

inline bool active_is(const ModelStore& store, const Blob& blob) {
  return holds(store, store.active(), blob);
}

inline bool previous_is(const ModelStore& store, const Blob& blob) {
  return store.has_previous() && holds(store, store.previous(), blob);
}
