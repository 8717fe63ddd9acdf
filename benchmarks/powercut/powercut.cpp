// Cuts the power of a whole board at every flash operation of what it does with models, and looks
// whether a whole model runs afterwards. Prints a line per way of life: its cuts, and how many of
// them left something invalid.
#include <stdio.h>

#include "board_bench.h"

namespace {

constexpr uint32_t kNone = 0, kFirst = 1, kSecond = 2, kThird = 3, kFourth = 4;

const GoldenPackage& package(uint32_t number) {
  static const GoldenPackage all[] = {GoldenPackage(kFirst), GoldenPackage(kSecond),
                                      GoldenPackage(kThird), GoldenPackage(kFourth)};
  return all[number - 1];
}

struct Models {
  uint32_t active, previous;
};

bool has(const Bench& b, const Models& models) {
  const wire::Info info = b.board.info();
  const bool runs = models.active == kNone ? info.active_slot == wire::NO_SLOT
                                           : b.runs(package(models.active)) && info.active_slot < 3;
  const uint8_t none[sizeof info.previous_model_id] = {};
  return runs && (models.previous == kNone ? memcmp(info.previous_model_id, none, sizeof none) == 0
                                           : b.could_go_back_to(package(models.previous)));
}

struct Life {
  const char* name;
  void (*prepare)(Bench&);  // powered throughout
  void (*live)(Bench&);     // the power fails in it
  Models before, after;
};

// The board as it is when the power comes back; `live` goes on from here.
void empty(Bench&) {}
// The spare still holds what the third push replaced.
void with_three(Bench& b) {
  b.push(package(kFirst));
  b.push(package(kSecond));
  b.push(package(kThird));
}
// A push that broke off in the middle, and an erase that did.
void torn(Bench& b) {
  with_three(b);
  b.transfer(package(kFourth), 2000);
  b.flash.cut_power_at(7, FlashModel::garbled);
  b.restart();
  b.settle();
  b.restart();
}

void push(Bench& b) { b.push(package(kFourth)); }
void roll_back(Bench& b) { b.command(Opcode::ROLLBACK); }
void first_start(Bench& b) {
  b.settle();
  b.push(package(kFirst));
  b.settle();
}
void settle(Bench& b) { b.settle(); }
void repair(Bench& b) {
  b.settle();
  b.push(package(kFourth));
  b.settle();
}

const Life kLives[] = {
    {"push", with_three, push, {kThird, kSecond}, {kFourth, kThird}},
    {"rollback", with_three, roll_back, {kThird, kSecond}, {kSecond, kThird}},
    {"first_start", empty, first_start, {kNone, kNone}, {kFirst, kNone}},
    {"spare", with_three, settle, {kThird, kSecond}, {kThird, kSecond}},
    {"repair", torn, repair, {kThird, kSecond}, {kFourth, kThird}},
};

// Whether a whole model is there: at once, after the board has idled, and at the next start.
bool is_valid(Bench& b, const Life& life) {
  const bool is_old = has(b, life.before);
  if (!is_old && !has(b, life.after)) return false;
  const Models& now = is_old ? life.before : life.after;
  b.settle();
  if (!has(b, now)) return false;
  b.restart();
  if (!has(b, now) && !has(b, life.before)) return false;
  return b.push(package(kFirst)) == Status::OK && b.runs(package(kFirst)) && b.flash.misuses() == 0;
}

}  // namespace

TEST(powercut) {
  const FlashModel::Cut kinds[] = {FlashModel::nothing_done, FlashModel::half_done,
                                   FlashModel::garbled, FlashModel::looks_done};
  for (const Life& life : kLives) {
    static FlashModel begun;
    Bench& first = fresh<Bench>();
    first.flash.pieces = 31;
    life.prepare(first);
    begun = first.flash;
    uint32_t cuts = 0, invalid = 0;
    for (const FlashModel::Cut kind : kinds) {
      for (uint32_t operation = 1;; ++operation) {
        Bench& b = fresh<Bench>();
        b.flash = begun;
        b.restart();
        b.flash.cut_power_at(operation, kind);
        life.live(b);
        if (b.flash.powered()) break;
        ++cuts;
        b.restart();
        if (is_valid(b, life)) continue;
        ++invalid;
        printf("invalid: %s, operation %u, damage %u\n", life.name,
               static_cast<unsigned>(operation), static_cast<unsigned>(kind));
      }
    }
    printf("%s %u %u\n", life.name, static_cast<unsigned>(cuts), static_cast<unsigned>(invalid));
  }
}
