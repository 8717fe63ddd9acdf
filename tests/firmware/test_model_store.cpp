#include "store_bench.h"

using wire::Status;

namespace {

const Blob A(1, 800), B(2, 5001), C(3, 700), D(4, 300);
const Blob kLong(5, 2 * kPage + 5, 1);  // three pages, the middle one blank

}  // namespace

TEST(store_is_empty_on_blank_flash) {
  FlashModel& flash = fresh<FlashModel>();
  ModelStore store(flash);
  store.start();
  CHECK_EQ(store.active(), wire::NO_SLOT);
  CHECK(!store.has_previous());
  CHECK(store.complete().status == Status::NO_MODEL);
  CHECK(store.write(0, A.bytes, 4).status == Status::NO_MODEL);
  CHECK_EQ(flash.operations(), 0);
}

TEST(store_keeps_what_was_activated_and_the_one_before) {
  FlashModel& flash = fresh<FlashModel>();
  ModelStore store(flash);
  store.start();
  CHECK(push(store, A).ok());
  CHECK(active_is(store, A));
  CHECK(!store.has_previous());
  CHECK(push(store, B).ok());
  CHECK(active_is(store, B));
  CHECK(previous_is(store, A));
  CHECK(push(store, C).ok());
  CHECK(active_is(store, C));
  CHECK(previous_is(store, B));
  ModelStore restarted(flash);
  restarted.start();
  CHECK(active_is(restarted, C));
  CHECK(previous_is(restarted, B));
  CHECK(swap(restarted).ok());
  CHECK(active_is(restarted, B));
  CHECK(previous_is(restarted, C));
  store.start();
  CHECK(active_is(store, B));
  CHECK(push(store, D).ok());
  CHECK(active_is(store, D));
  CHECK(previous_is(store, B));
  CHECK_EQ(flash.misuses(), 0);
}

// An erase in a push once cost the board its radio.
TEST(store_erases_nothing_in_a_push_into_a_prepared_spare) {
  FlashModel& flash = fresh<FlashModel>();
  ModelStore store(flash);
  store.start();
  const Blob* blobs[] = {&A, &B, &C, &kLong, &D, &B, &A};
  for (const Blob* blob : blobs) {
    settle(store, flash);
    const uint32_t erases = flash.erases(), operations = flash.operations();
    CHECK(store.begin(blob->length, blob->crc()).ok());
    CHECK(!store.is_opening());
    CHECK_EQ(flash.operations(), operations);
    CHECK(push(store, *blob).ok());
    CHECK_EQ(flash.erases(), erases);
    CHECK(active_is(store, *blob));
  }
  CHECK_EQ(flash.misuses(), 0);
}

TEST(store_erases_what_was_used_and_one_page_behind_it) {
  FlashModel& flash = fresh<FlashModel>();
  memset(flash.memory(), 0xa5, 5 * kPage);
  ModelStore store(flash);
  store.start();
  settle(store, flash);
  for (uint32_t page = 0; page < core::kSlotPages; ++page) {
    CHECK_EQ(flash.erases(page), page < 6 ? 1 : 0);
  }
  CHECK_EQ(flash.erases(core::kJournalPage), 1);
  CHECK_EQ(flash.erases(core::kJournalPage + 1), 1);
  CHECK_EQ(flash.erases(), 8);
}

TEST(store_erases_a_slot_that_is_full) {
  FlashModel& flash = fresh<FlashModel>();
  memset(flash.memory(), 0, core::kSlotBytes);
  ModelStore store(flash);
  store.start();
  settle(store, flash);
  for (uint32_t page = 0; page <= core::kSlotPages; ++page) {
    CHECK_EQ(flash.erases(page), page < core::kSlotPages ? 1 : 0);
  }
  CHECK(push(store, B).ok());
  CHECK_EQ(flash.misuses(), 0);
}

TEST(store_that_was_prepared_writes_nothing_after_a_restart) {
  FlashModel& flash = fresh<FlashModel>();
  ModelStore store(flash);
  store.start();
  CHECK(push(store, A).ok());
  settle(store, flash);
  const uint32_t operations = flash.operations();
  ModelStore restarted(flash);
  restarted.start();
  settle(restarted, flash);
  CHECK_EQ(flash.operations(), operations);
  CHECK(restarted.begin(B.length, B.crc()).ok());
  CHECK(!restarted.is_opening());
}

TEST(store_erases_a_blank_spare_again_if_no_record_says_that_it_was_erased) {
  FlashModel& flash = fresh<FlashModel>();
  ModelStore store(flash);
  store.start();
  CHECK(push(store, A).ok());
  CHECK_EQ(store.spare(), 1);
  ModelStore restarted(flash);
  restarted.start();
  settle(restarted, flash);
  CHECK_EQ(flash.erases(core::kSlotPages), 1);
  CHECK_EQ(flash.erases(core::kSlotPages + 1), 0);
}

TEST(store_erases_a_spare_that_is_not_blank_whatever_the_record_says) {
  FlashModel& flash = fresh<FlashModel>();
  ModelStore store(flash);
  store.start();
  settle(store, flash);
  flash.memory()[7 * kPage] = 0;
  store.start();
  CHECK(store.begin(A.length, A.crc()).ok());
  CHECK(store.is_opening());
  CHECK(push(store, A).ok());
  CHECK_EQ(flash.erases(7), 1);
}

TEST(store_transfer_resumes_where_it_stood) {
  FlashModel& flash = fresh<FlashModel>();
  ModelStore store(flash);
  store.start();
  CHECK(send(store, B, 2000).ok());
  const uint32_t received = store.received();
  CHECK(received >= 2000 && received < B.length);
  const uint32_t erases = flash.erases();
  settle(store, flash);
  CHECK(store.begin(B.length, B.crc()).ok());
  CHECK(!store.is_opening());
  CHECK_EQ(store.received(), received);
  CHECK_EQ(store.complete().detail, received);
  CHECK(store.complete().status == Status::INCOMPLETE);
  CHECK(push(store, B).ok());
  CHECK_EQ(flash.erases(), erases);
  CHECK(active_is(store, B));
}

TEST(store_other_transfer_begins_anew) {
  FlashModel& flash = fresh<FlashModel>();
  ModelStore store(flash);
  store.start();
  CHECK(send(store, B, 2000).ok());
  CHECK(store.begin(A.length, A.crc()).ok());
  CHECK_EQ(store.received(), 0);
  CHECK(store.is_opening());
  CHECK(push(store, A).ok());
  CHECK(active_is(store, A));
  CHECK_EQ(flash.misuses(), 0);
}

TEST(store_takes_another_transfer_at_once_if_nothing_was_written) {
  FlashModel& flash = fresh<FlashModel>();
  ModelStore store(flash);
  store.start();
  settle(store, flash);
  CHECK(store.begin(B.length, B.crc()).ok());
  store.abort();
  CHECK(store.begin(A.length, A.crc()).ok());
  CHECK(!store.is_opening());
}

TEST(store_refuses_offsets_that_do_not_follow) {
  FlashModel& flash = fresh<FlashModel>();
  ModelStore store(flash);
  store.start();
  CHECK(send(store, A, 352).ok());
  const uint32_t offsets[] = {0, 176, 348, 356, 528, 0xfffffffcu};
  for (uint32_t offset : offsets) {  // a duplicate, an earlier and a later one
    const Verdict verdict = store.write(offset, A.bytes, 4);
    CHECK(verdict.status == Status::BAD_OFFSET);
    CHECK_EQ(verdict.detail, 352);
  }
  CHECK(push(store, A).ok());
  CHECK(active_is(store, A));
}

TEST(store_refuses_lengths_that_do_not_fit) {
  FlashModel& flash = fresh<FlashModel>();
  ModelStore store(flash);
  store.start();
  const Verdict too_large = store.begin(core::kSlotBytes + 1, 0);
  CHECK(too_large.status == Status::TOO_LARGE);
  CHECK_EQ(too_large.detail, core::kSlotBytes);
  CHECK(store.begin(4, 0).status == Status::BAD_PACKAGE);
  CHECK(send(store, A, 1).ok());
  const uint32_t at = store.received();
  const uint8_t* bytes = A.bytes + at;
  CHECK(store.write(at, bytes, 0).status == Status::BAD_COMMAND);
  CHECK(store.write(at, bytes, 6).status == Status::BAD_COMMAND);  // no whole words
  CHECK(store.write(at, bytes, wire::MAX_MODEL_WRITE_BYTES + 4).status == Status::BAD_COMMAND);
  CHECK(send(store, A, A.length - 1).ok());
  CHECK(store.received() == A.length);
  CHECK(store.write(A.length, bytes, 4).status == Status::BAD_COMMAND);
  CHECK(store.complete().ok());
}

TEST(store_writes_wait_until_the_spare_is_erased) {
  FlashModel& flash = fresh<FlashModel>();
  memset(flash.memory(), 0x00, kJournal);
  ModelStore store(flash);
  store.start();
  CHECK(store.begin(B.length, B.crc()).ok());
  for (uint32_t steps = 0; store.is_opening(); ++steps) {
    REQUIRE(steps < 200);
    CHECK(store.write(0, B.bytes, 4).status == Status::BUSY);
    CHECK(store.complete().status == Status::NO_MODEL);
    store.step();
  }
  CHECK_EQ(flash.erases(core::kSlotPages), 0);
  CHECK(push(store, B).ok());
  CHECK(active_is(store, B));
}

TEST(store_finds_bytes_that_changed) {
  FlashModel& flash = fresh<FlashModel>();
  ModelStore store(flash);
  store.start();
  CHECK(send(store, A).ok());
  flash.memory()[100] ^= 1;
  CHECK(store.complete().status == Status::BAD_CRC);
  store.abort();
  CHECK(store.complete().status == Status::NO_MODEL);
  CHECK_EQ(store.active(), wire::NO_SLOT);
  CHECK(push(store, A).ok());
}

TEST(store_largest_package_fits) {
  FlashModel& flash = fresh<FlashModel>();
  ModelStore store(flash);
  store.start();
  CHECK(push(store, A).ok());
  CHECK(store.begin(core::kSlotBytes, 7).ok());
  settle(store, flash);
  uint8_t words[176];
  memset(words, 0x5a, sizeof words);
  while (store.received() < core::kSlotBytes) {
    const uint32_t left = core::kSlotBytes - store.received();
    REQUIRE(store.write(store.received(), words, left < 176 ? left : 176).ok());
  }
  CHECK(store.complete().status == Status::BAD_CRC);  // all there, but not what was announced
  CHECK(active_is(store, A));
  ModelStore restarted(flash);
  restarted.start();
  CHECK(active_is(restarted, A));
}

TEST(store_keeps_the_previous_model_until_the_next_one_is_active) {
  FlashModel& flash = fresh<FlashModel>();
  ModelStore store(flash);
  store.start();
  CHECK(push(store, A).ok());
  CHECK(push(store, C).ok());
  CHECK(send(store, D).ok());
  CHECK(previous_is(store, A));
  ModelStore restarted(flash);
  restarted.start();
  CHECK(previous_is(restarted, A));
  CHECK(swap(restarted).ok());
  settle(restarted, flash);
  CHECK(active_is(restarted, A));
  CHECK(previous_is(restarted, C));
}

TEST(store_does_not_mix_an_erase_with_anything_else) {
  FlashModel& flash = fresh<FlashModel>();
  ModelStore store(flash);
  store.start();
  CHECK(push(store, A).ok());
  CHECK(push(store, B).ok());
  // At every moment of the preparation: a rollback waits for the page, a transfer for the whole.
  for (uint32_t steps = 0; steps < 20; ++steps) {
    CHECK(send(store, kLong, 5000).ok());
    CHECK(store.can_record());
    store.abort();
    for (uint32_t i = 0; i < steps; ++i) store.step();
    CHECK(swap(store).ok());
    CHECK(active_is(store, steps % 2 == 0 ? A : B));
  }
  CHECK_EQ(flash.misuses(), 0);
}

TEST(store_waits_while_the_radio_is_due) {
  FlashModel& flash = fresh<FlashModel>();
  ModelStore store(flash);
  store.start();
  CHECK(store.begin(A.length, A.crc()).ok());
  for (uint32_t piece = 0; store.is_opening(); ++piece) {
    REQUIRE(piece < 100);
    flash.radio_is_due = true;
    while (store.step()) {
    }
    const uint32_t operations = flash.operations();
    CHECK(!store.step());
    CHECK_EQ(flash.operations(), operations);
    flash.radio_is_due = false;
    store.step();
  }
  CHECK(!store.is_opening());
  CHECK(push(store, A).ok());
  CHECK_EQ(flash.misuses(), 0);
}

TEST(store_journal_changes_pages_many_times) {
  FlashModel& flash = fresh<FlashModel>();
  ModelStore store(flash);
  store.start();
  CHECK(push(store, A).ok());
  CHECK(push(store, C).ok());
  for (uint32_t i = 0; i < 5 * kRecordsAPage; ++i) {
    settle(store, flash);
    const uint32_t erases = flash.erases();
    CHECK(store.swap().ok());
    CHECK_EQ(flash.erases(), erases);
    if (i % 7 == 0) store.start();  // as often restarted
    CHECK(active_is(store, i % 2 == 0 ? A : C));
  }
  CHECK(flash.erases(core::kJournalPage) >= 3);
  CHECK(flash.erases(core::kJournalPage) <= 4);
  CHECK(flash.erases(core::kJournalPage + 1) >= 3);
  CHECK(flash.erases(core::kJournalPage + 1) <= 4);
  CHECK_EQ(flash.misuses(), 0);
}

// A journal that fills up before its other page is erased makes a swap wait, and no longer.
TEST(store_erases_the_journals_other_page_when_it_must) {
  FlashModel& flash = fresh<FlashModel>();
  ModelStore store(flash);
  store.start();
  CHECK(push(store, A).ok());
  CHECK(push(store, C).ok());
  for (uint32_t i = 0; i < 3 * kRecordsAPage; ++i) {
    CHECK(swap(store).ok());
    CHECK(active_is(store, i % 2 == 0 ? A : C));
    CHECK(previous_is(store, i % 2 == 0 ? C : A));
  }
  store.start();
  CHECK(active_is(store, C));
  CHECK_EQ(flash.misuses(), 0);
}

TEST(store_reports_flash_that_fails) {
  FlashModel& flash = fresh<FlashModel>();
  memset(flash.memory(), 0x00, kPage);
  ModelStore store(flash);
  store.start();
  flash.refuse(true);
  CHECK(store.begin(A.length, A.crc()).ok());
  store.step();
  CHECK(!store.is_opening());
  CHECK(store.failure().status == Status::FLASH_FAILED);
  CHECK(store.write(0, A.bytes, 4).status == Status::NO_MODEL);  // the transfer is over
  const uint32_t operations = flash.operations();
  CHECK(!store.step());  // it does not try for ever
  CHECK_EQ(flash.operations(), operations);
  flash.refuse(false);
  CHECK(send(store, A, 176).ok());
  flash.refuse(true);
  CHECK(store.write(176, A.bytes + 176, 176).status == Status::FLASH_FAILED);
  flash.refuse(false);
  CHECK(send(store, A).ok());
  flash.refuse(true);
  CHECK(store.activate_spare().status == Status::FLASH_FAILED);
  CHECK_EQ(store.active(), wire::NO_SLOT);
  flash.refuse(false);
  CHECK(store.activate_spare().ok());
  CHECK(active_is(store, A));
  store.start();
  CHECK(active_is(store, A));
}

// Hundreds of failed appends once walked around the journal and erased the newest record.
TEST(store_failing_flash_never_costs_the_newest_record) {
  FlashModel& flash = fresh<FlashModel>();
  ModelStore store(flash);
  store.start();
  CHECK(push(store, A).ok());
  CHECK(push(store, C).ok());
  for (uint32_t i = 0; i < 3 * kRecordsAPage; ++i) {
    // A program that clears nearly all bits it should, and fails.
    while (!store.can_record()) store.step();
    flash.cut_power_at(1, FlashModel::garbled);
    CHECK(store.swap().status == Status::FLASH_FAILED);
    flash.power_on();
    ModelStore restarted(flash);
    restarted.start();
    CHECK(active_is(restarted, C));
    CHECK(previous_is(restarted, A));
  }
  CHECK(swap(store).ok());
  store.start();
  CHECK(active_is(store, A));
}

// A record that was written although the flash said no once had the same number as its
// successor, and won.
TEST(store_later_record_wins_over_one_that_seemed_to_fail) {
  FlashModel& flash = fresh<FlashModel>();
  ModelStore store(flash);
  store.start();
  CHECK(push(store, A).ok());
  CHECK(push(store, C).ok());
  CHECK(send(store, D).ok());
  flash.refuse(true, true);
  CHECK(store.activate_spare().status == Status::FLASH_FAILED);
  flash.refuse(false);
  store.abort();
  CHECK(active_is(store, C));
  CHECK(send(store, B, 1).ok());  // now D's slot is no longer whole
  ModelStore restarted(flash);
  restarted.start();
  CHECK(active_is(restarted, C));
  CHECK(previous_is(restarted, A));
}

TEST(store_ignores_records_that_are_no_records) {
  FlashModel& flash = fresh<FlashModel>();
  ModelStore store(flash);
  store.start();
  CHECK(push(store, A).ok());
  Random random(5);
  for (uint32_t i = kJournal + 3 * kRecordBytes; i < kJournal + 2 * kPage; ++i) {
    flash.memory()[i] = static_cast<uint8_t>(random.next());
  }
  store.start();
  CHECK(active_is(store, A));
  CHECK(push(store, C).ok());
  store.start();
  CHECK(active_is(store, C));
  CHECK(previous_is(store, A));
}

// Boards once had two larger slots, and "MLJ1" in their journal.
TEST(store_starts_empty_with_the_flash_of_an_older_version) {
  FlashModel& flash = fresh<FlashModel>();
  const uint8_t old_record[] = {'M', 'L', 'J', '1', 1, 0, 0, 0, 0, 1, 0xff, 0xff, 1, 2, 3, 4};
  memcpy(flash.memory(), B.bytes, B.length);
  memcpy(flash.memory() + 31 * kPage, A.bytes, A.length);
  memcpy(flash.memory() + 62 * kPage, old_record, sizeof old_record);
  ModelStore store(flash);
  store.start();
  CHECK_EQ(store.active(), wire::NO_SLOT);
  CHECK(!store.has_previous());
  const Blob* blobs[] = {&A, &B, &C};
  for (const Blob* blob : blobs) CHECK(push(store, *blob).ok());
  CHECK(active_is(store, C));
  CHECK(previous_is(store, B));
  CHECK_EQ(flash.misuses(), 0);
}
