// Three model slots in NOR flash: the active model, the one before it, and a spare that is erased
// ahead. A new package goes into the spare and becomes active by one journal record, so that a
// power cut at any moment leaves the old model or the new one, whole, and what a rollback needs
// is there until that record. Nothing is erased while a package arrives.
//
// A page that lost power in its erase may read as blank and hold no data. The spare is therefore
// erased again until a record says that it was erased to the end. Its pages are erased downwards
// and each only above a page that is not blank: the place of the last one shows where to go on.
#pragma once
#include "journal.h"

namespace core {

class ModelStore {
 public:
  explicit ModelStore(Flash& flash) : flash_(flash), journal_(flash) {}

  // Read the journal. Nothing is written.
  void start();

  uint8_t active() const { return use_.active; }
  uint8_t previous() const { return use_.previous; }
  uint8_t spare() const;
  bool has_previous() const { return use_.previous != wire::NO_SLOT; }
  const uint8_t* slot(uint8_t index) const { return flash_.mapped() + index * kSlotBytes; }

  // Do at most one piece of what makes the next push quick: erase the spare and the journal's
  // other page. False: nothing to go on with at once, which an erase that is `working` is not.
  bool step();
  // Why step() has stopped; begin() has it try again.
  const Verdict& failure() const { return failure_; }

  // Begin a transfer into the spare, or go on with the same one (equal length and CRC-32);
  // received() says from where. Until the spare is prepared it is_opening() only.
  Verdict begin(uint32_t total_bytes, uint32_t crc);
  bool has_begun(uint32_t total_bytes, uint32_t crc) const {
    return (receiving_ || opening_) && total_bytes == total_ && crc == crc_;
  }
  bool is_opening() const { return opening_; }
  uint32_t received() const { return received_; }
  // False from a transfer's first byte on, until step() has erased the spare anew.
  bool spare_is_erased() const { return use_.spare_erased; }
  Verdict write(uint32_t offset, const uint8_t* bytes, uint32_t length);
  // Whether the whole package has arrived as announced.
  Verdict complete() const;
  void abort();

  // Make the spare, which a transfer has filled, the active slot. The active one becomes the
  // previous one, and the slot of that the spare.
  Verdict activate_spare();
  // The same for a new owner, by the same record. The models that were there before him are gone,
  // but the active one if it is to be `kept` as the previous one.
  Verdict activate_spare_for(const Owner& owner, bool kept);
  // Make the previous slot the active one, and the other way round.
  Verdict swap();
  const Owner& owner() const { return use_.owner; }
  Verdict set_owner(const Owner& owner);
  // Whether swap(), set_owner() or note_start() can be recorded now: no page is half erased, and
  // the journal has room. step() brings that about.
  bool can_record() const { return half_erased_ == kNoPage && journal_.has_room(); }

  // Note that the spare's model is about to compute, or that this is over: should the board end
  // meanwhile, the active model is not to blame.
  Verdict try_spare(bool begins);
  // Whether note_start() has something to record.
  bool start_is_notable(bool ended_by_fault) const {
    return ended_by_fault || use_.ends != 0 || use_.trying;
  }
  // Note how the board ended before this start. A model with which it ended kMostEnds times in a
  // row is in use no more: the previous one is, if there is one, and there is no way back.
  Verdict note_start(bool ended_by_fault);
  // Whether that has happened to a model, and no other one has been taken into use since.
  bool has_dropped() const { return use_.dropped; }

 private:
  static constexpr uint32_t kNoPage = 0xffffffffu;
  static constexpr uint32_t kUnknown = 0xffffffffu;
  static constexpr uint8_t kMostEnds = 2;

  bool step_spare();
  bool erase(uint32_t page);  // true once it is done; step() has failed if failure() says so
  Verdict mark(uint32_t page);
  Verdict record(const SlotUse& use);
  void stop(Verdict why);

  Flash& flash_;
  Journal journal_;
  SlotUse use_;
  uint32_t to_erase_ = kUnknown;    // the spare's first so many pages
  uint32_t half_erased_ = kNoPage;  // which must be ended before anything else
  Verdict failure_ = accepted();
  bool opening_ = false;
  bool receiving_ = false;
  uint32_t total_ = 0, crc_ = 0, received_ = 0;
};

}  // namespace core
