// Power cuts, failing flash and what they leave: a store has a whole model at every moment.
#include "store_bench.h"

using wire::Status;

namespace {

const Blob A(1, 800), B(2, 5001), C(3, 700), D(4, 300), E(6, 444);
const Blob kLong(5, 2 * kPage + 5, 1);  // three pages, the middle one blank

struct Models {
  const Blob* active;
  const Blob* previous;
  bool are_in(const ModelStore& store) const {
    return (active == nullptr ? store.active() == wire::NO_SLOT : active_is(store, *active)) &&
           (previous == nullptr ? !store.has_previous() : previous_is(store, *previous));
  }
};

// The life of a board until power fails. `before` or `after` must be in its flash then.
struct Life {
  FlashModel& flash;
  ModelStore store;
  Models before, after;

  Life(FlashModel& a_flash, Models models)
      : flash(a_flash), store(a_flash), before(models), after(models) {}

  // False when power failed during the step that led to `after`.
  bool lived() {
    if (!flash.powered()) return false;
    before = after;
    return true;
  }
  bool pushes(const Blob& blob) {
    after = {&blob, before.active};
    push(store, blob);
    return lived();
  }
  bool swaps() {
    after = {before.previous, before.active};
    swap(store);
    return lived();
  }
  bool settles() {
    settle(store, flash);
    return lived();
  }
  bool gives_up(const Blob& blob, uint32_t at) {
    send(store, blob, at);
    store.abort();
    return lived();
  }

  void run() {
    store.start();
    settles() && pushes(A) && pushes(kLong) && settles() && pushes(C) && pushes(D) && swaps() &&
        settles() && gives_up(B, 177) && pushes(A) && settles();
  }
};

// Cuts power at every flash operation in turn. `swaps` records lie in the journal before.
void cut_everywhere(uint32_t swaps) {
  static FlashModel begun, flash;
  begun = FlashModel();
  Models models = {nullptr, nullptr};
  if (swaps != 0) {
    ModelStore first(begun);
    first.start();
    CHECK(push(first, B).ok());
    CHECK(push(first, E).ok());
    for (uint32_t i = 0; i < 2 * (swaps / 2); ++i) CHECK(swap(first).ok());
    models = {&E, &B};
  }
  const FlashModel::Cut kinds[] = {FlashModel::nothing_done, FlashModel::half_done,
                                   FlashModel::garbled, FlashModel::looks_done};
  for (FlashModel::Cut kind : kinds) {
    bool finished = false;
    for (uint32_t operation = 1 + kind % check::kStep; !finished; operation += check::kStep) {
      flash = begun;
      flash.cut_power_at(operation, kind);
      Life life(flash, models);
      life.run();
      finished = flash.powered();
      flash.power_on();

      // Old or new, whole, and so is what a rollback needs: at once, after what the board does
      // when it idles, and when what the cut left has faded.
      ModelStore restarted(flash);
      restarted.start();
      const bool is_old = life.before.are_in(restarted);
      CHECK(is_old || life.after.are_in(restarted));
      const Models& now = is_old ? life.before : life.after;
      settle(restarted, flash);
      CHECK(now.are_in(restarted));
      flash.power_on();
      restarted.start();
      CHECK(life.before.are_in(restarted) || now.are_in(restarted));
      CHECK(push(restarted, E).ok());
      ModelStore again(flash);
      again.start();
      CHECK(active_is(again, E));
      CHECK_EQ(flash.misuses(), 0);
    }
  }
}

}  // namespace

TEST(store_power_cut_at_every_operation) { cut_everywhere(0); }

TEST(store_power_cut_while_the_journal_changes_pages) {
  for (uint32_t left = 4; left <= 16; left += 4) cut_everywhere(kRecordsAPage - left);
}

TEST(store_power_cut_while_the_journal_comes_round) { cut_everywhere(2 * kRecordsAPage - 8); }

// Any order of what a board is asked for, with a cut in each life: also while it recovers.
TEST(store_survives_many_power_cuts_in_a_row) {
  const Blob* blobs[] = {&A, &B, &C, &D, &E, &kLong};
  for (uint32_t seed = 1; seed <= 8; seed += check::kStep) {
    Random random(seed);
    FlashModel& flash = fresh<FlashModel>();
    Models now = {nullptr, nullptr};
    Models faded = now;  // what comes back when the record that a cut tore has faded
    for (uint32_t round = 0; round < 150; ++round) {
      const FlashModel::Cut kind = static_cast<FlashModel::Cut>(random.below(4));
      Life life(flash, now);
      life.store.start();
      flash.cut_power_at(1 + random.below(80), kind);
      bool recorded = false;
      for (bool lives = true; lives;) {
        const Blob& blob = *blobs[random.below(6)];
        switch (random.below(4)) {
          case 0:
            recorded |= lives = life.pushes(blob);
            break;
          case 1:
            if (life.before.previous == nullptr) break;
            recorded |= lives = life.swaps();
            break;
          case 2:
            lives = life.gives_up(blob, random.below(1000));
            break;
          default:
            for (uint32_t steps = random.below(30); steps != 0; --steps) life.store.step();
            lives = life.lived();
        }
      }
      flash.power_on();
      ModelStore restarted(flash);
      restarted.start();
      if (life.before.are_in(restarted)) {
        now = life.before;
      } else if (life.after.are_in(restarted)) {
        now = life.after;
      } else {
        REQUIRE(!recorded && faded.are_in(restarted));
        now = life.before = faded;
      }
      faded = life.before;
    }
    CHECK_EQ(flash.misuses(), 0);
  }
}

// A page whose erase was cut reads as blank, and so does the package's page below it: to go on
// with the pages that are not blank would have left it half erased.
TEST(store_erases_again_a_page_that_only_reads_as_blank) {
  for (uint32_t operation = 1; operation < 20; ++operation) {
    FlashModel& flash = fresh<FlashModel>();
    ModelStore store(flash);
    store.start();
    CHECK(push(store, kLong).ok());
    CHECK(push(store, A).ok());
    CHECK(push(store, C).ok());  // the spare is where kLong was
    flash.cut_power_at(operation, FlashModel::looks_done);
    settle(store, flash);
    flash.power_on();
    store.start();
    CHECK(send(store, kLong).ok());
    CHECK(store.complete().ok());
    CHECK_EQ(flash.misuses(), 0);
  }
}

// What a record says that a power cut tore, or that the flash refused after having written it,
// may be gone after the next start, or come back with it.
TEST(store_erases_nothing_on_the_word_of_a_record_that_is_not_certain) {
  for (uint32_t steps = 0; steps < 20; ++steps) {
    const bool kinds[] = {false, true};
    for (bool torn : kinds) {
      FlashModel& flash = fresh<FlashModel>();
      ModelStore store(flash);
      store.start();
      const Blob* blobs[] = {&kLong, &A, &C, &B};
      for (const Blob* blob : blobs) CHECK(push(store, *blob).ok());
      CHECK(send(store, kLong).ok());
      if (torn) {
        flash.cut_power_at(1, FlashModel::looks_done);
      } else {
        flash.refuse(true, true);
      }
      CHECK(store.activate_spare().status == Status::FLASH_FAILED);
      flash.refuse(false);
      store.abort();
      if (torn) {
        flash.power_on();
        store.start();
        CHECK(active_is(store, kLong));
      }
      for (uint32_t i = 0; i < steps; ++i) store.step();
      flash.power_on();
      store.start();
      CHECK((active_is(store, B) && previous_is(store, C)) ||
            (active_is(store, kLong) && previous_is(store, B)));
    }
  }
}

namespace {

bool journal_has_moved(FlashModel& flash) {
  return !core::is_blank(flash.memory() + kJournal + kPage, kRecordBytes);
}

// A store whose journal's first page has just room for the record before the move.
void fill_first_journal_page(ModelStore& store, FlashModel& flash) {
  store.start();
  CHECK(push(store, A).ok());
  CHECK(push(store, C).ok());
  settle(store, flash);
  const uint8_t* last = flash.mapped() + kJournal + kRecordsEnd - kRecordBytes;
  while (core::is_blank(last, kRecordBytes)) CHECK(store.swap().ok());
  CHECK(!journal_has_moved(flash));
}

// Two rounds of the journal: a half erased page is written in one of them.
void swap_often(ModelStore& store, FlashModel& flash) {
  for (uint32_t i = 0; i < 2 * kRecordsAPage; ++i) {
    const Blob& next = active_is(store, A) ? C : A;
    settle(store, flash);
    CHECK(store.swap().ok());
    CHECK(active_is(store, next));
  }
  CHECK_EQ(flash.misuses(), 0);
}

}  // namespace

TEST(store_writes_no_record_into_a_journal_page_that_only_reads_as_blank) {
  for (uint32_t operation = 1; operation < 8; ++operation) {
    FlashModel& flash = fresh<FlashModel>();
    ModelStore store(flash);
    fill_first_journal_page(store, flash);
    CHECK(store.swap().ok());
    CHECK(journal_has_moved(flash));
    flash.cut_power_at(operation, FlashModel::looks_done);
    settle(store, flash);
    flash.power_on();
    store.start();
    swap_often(store, flash);
  }
}

// The torn record's page would have been erased while the newest record still called it erased.
TEST(store_goes_on_behind_a_torn_record_that_began_a_journal_page) {
  for (uint32_t operation = 1; operation < 8; ++operation) {
    FlashModel& flash = fresh<FlashModel>();
    ModelStore store(flash);
    fill_first_journal_page(store, flash);
    flash.cut_power_at(1, FlashModel::garbled);
    CHECK(!store.swap().ok());
    CHECK(journal_has_moved(flash));
    flash.power_on();
    store.start();
    flash.cut_power_at(operation, FlashModel::looks_done);
    settle(store, flash);
    flash.power_on();
    store.start();
    swap_often(store, flash);
  }
}
