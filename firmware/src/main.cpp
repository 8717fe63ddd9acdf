// The Nano 33 BLE Sense around the core: everything that decides anything is in lib/core.
#include <Arduino.h>
#include <Watchdog.h>
#include <nrf.h>

#include "boot_id.h"
#include "builtin_model.h"
#include "classifier.h"
#include "device_clock.h"
#include "ecc.h"
#include "leds.h"
#include "radio.h"
#include "restarts.h"
#include "sampler.h"
#include "slot_flash.h"

namespace {

// The watchdog outlives the reset into the bootloader, which does not feed it: it must leave the
// time for an upload, or that breaks off in the middle.
constexpr uint32_t kWatchdogMs = 60000;
constexpr uint32_t kIdleMs = 4;  // how long the processor may sleep: the sensor is read that often

DeviceClock device_clock;
SlotFlash slot_flash;
TflmClassifier classifier;
Ecc ecc;
Radio radio;
Leds leds;
core::Board* board = nullptr;
Sampler* sampler = nullptr;
bool faulty = false;
bool idle = false;

core::Identity identity_with(const Imu* imu) {
  core::Identity identity = {};
  identity.firmware[0] = wire::FIRMWARE_MAJOR;
  identity.firmware[1] = wire::FIRMWARE_MINOR;
  identity.firmware[2] = wire::FIRMWARE_PATCH;
  identity.boot_id = draw_boot_id();
  identity.arena_bytes = wire::ARENA_BYTES;
  identity.radio_restarts = radio_restarts();
  identity.ended_by_fault = take_end_by_fault();
  identity.built_in = built_in_model();
  if (NRF_FICR->INFO.VARIANT == wire::EMULATED_VARIANT) {
    identity.flags |= static_cast<uint8_t>(wire::BoardFlag::EMULATED);
  }
  if (imu == nullptr) {
    identity.samples = {100000, 1, 1};  // of samples that never come
    return identity;
  }
  const Imu::Properties& properties = imu->properties();
  identity.imu = properties.kind;
  identity.samples = properties.samples;
  identity.accel_range_mg = properties.accel_range_mg;
  identity.gyro_range_dps = properties.gyro_range_dps;
  return identity;
}

// The built-in model does not take the place of one that ended the board: it may be the same.
bool is_without_any_model(const wire::Info& info) {
  return info.active_slot == wire::NO_SLOT &&
         (info.flags & static_cast<uint16_t>(wire::BoardFlag::MODEL_DROPPED)) == 0;
}

}  // namespace

void setup() {
  leds.begin();
  mbed::Watchdog::get_instance().start(kWatchdogMs);  // before a model computes anything
  faulty = !slot_flash.begin();
  Imu* imu = find_imu();
  static core::Board the_board({radio, slot_flash, classifier, device_clock, ecc},
                               identity_with(imu));
  board = &the_board;
  board->start();
  while (board->starting()) {
    mbed::Watchdog::get_instance().kick();
    board->step();
  }
  if (imu != nullptr) {
    if (is_without_any_model(board->info())) push_builtin_model(*board);
    static Sampler the_sampler(*imu, device_clock);
    sampler = &the_sampler;
  }
  faulty |= imu == nullptr;
  faulty |= !radio.begin(*board, imu == nullptr ? "no sensor" : imu->properties().board_revision);
}

void loop() {
  // Nothing but a reset brings back a link layer that has stopped. The watchdog does it, too,
  // should this loop be what has stopped.
  if (radio.silent(device_clock.now_us())) restart_for_radio();
  mbed::Watchdog::get_instance().kick();
  radio.poll(idle ? kIdleMs : 0);
  if (sampler != nullptr) sampler->poll(*board);
  idle = !board->step();
  leds.show({faulty, board->identifying(), board->just_claimed(), radio.connected(),
             board->label() != wire::NO_LABEL},
            device_clock.now_us());
}
