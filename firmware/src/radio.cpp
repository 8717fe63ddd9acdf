#include "radio.h"

#include <ArduinoBLE.h>
#include <stdio.h>
#include <string.h>

#include "hci.h"
#include "link_layer.h"

namespace {

// In units of 1.25 ms: 15 ms, the shortest that computers and phones accept alike (Apple's
// accessory guidelines: at least 15 ms, and more than 15 only with a range of 15 ms). A push is two
// intervals per write; Linux begins at 30 to 50 ms and would stay there within a range.
constexpr uint16_t kInterval = 12;
// In units of 10 ms: a body between the antennas may take seconds.
constexpr uint16_t kSupervisionTimeout = 600;
constexpr uint16_t kAdvertisingInterval = 160;  // in units of 0.625 ms: 100 ms

constexpr uint64_t kSilentUs = 10000000;
// A central may let a link rest for almost 16 s: the supervision timeout is at most 32 s and more
// than twice what passes between the events that the board must answer (Core 5.3, volume 6, part B,
// 4.5.2). The link layer has its next operation planned all that time.
constexpr uint64_t kLongestRestUs = 20000000;
constexpr uint64_t kUnplannedUs = 1000000;  // an operation that takes place is not planned any more

BLEService service(wire::SERVICE_UUID);
BLECharacteristic info(wire::INFO_UUID, BLERead, sizeof(wire::Info));
BLECharacteristic command(wire::COMMAND_UUID, BLEWrite, wire::MAX_MODEL_WRITE_BYTES);
BLECharacteristic reply(wire::REPLY_UUID, BLENotify, wire::MAX_NOTIFY_BYTES);
BLECharacteristic motion(wire::MOTION_UUID, BLENotify, wire::MAX_NOTIFY_BYTES);
BLECharacteristic model(wire::MODEL_UUID, BLEWrite, wire::MAX_MODEL_WRITE_BYTES);
BLECharacteristic prediction(wire::PREDICTION_UUID, BLENotify, wire::MAX_NOTIFY_BYTES);

core::Board* board = nullptr;
bool link_is_up = false;
char name[] = "ML-XXXX";

void on_connected(BLEDevice) {
  link_is_up = true;
  board->on_link(true);
}

void on_disconnected(BLEDevice) {
  link_is_up = false;
  board->on_link(false);
}

void on_info_read(BLEDevice, BLECharacteristic) {
  const wire::Info now = board->info();
  info.writeValue(&now, sizeof now);
}

void on_command_written(BLEDevice, BLECharacteristic) {
  board->on_command(command.value(), static_cast<uint32_t>(command.valueLength()));
}

void on_model_written(BLEDevice, BLECharacteristic) {
  board->on_model_write(model.value(), static_cast<uint32_t>(model.valueLength()));
}

void add_service() {
  for (BLECharacteristic* each : {&info, &command, &reply, &motion, &model, &prediction}) {
    service.addCharacteristic(*each);
  }
  info.setEventHandler(BLERead, on_info_read);
  command.setEventHandler(BLEWritten, on_command_written);
  model.setEventHandler(BLEWritten, on_model_written);
  on_info_read(BLEDevice(), info);  // a value without length cannot be read at all
  BLE.addService(service);
}

void add_device_information(const char* board_revision) {
  static char firmware[sizeof "255.255.255"];
  snprintf(firmware, sizeof firmware, "%u.%u.%u", wire::FIRMWARE_MAJOR, wire::FIRMWARE_MINOR,
           wire::FIRMWARE_PATCH);
  BLEService device_information("180a");
  BLECharacteristic strings[] = {{"2a29", BLERead, "MotionLoop"},
                                 {"2a24", BLERead, "Nano 33 BLE Sense"},
                                 {"2a26", BLERead, firmware},
                                 {"2a27", BLERead, board_revision}};
  for (BLECharacteristic& each : strings) device_information.addCharacteristic(each);
  BLE.addService(device_information);
}

void choose_name() {
  const String address = BLE.address();  // "aa:bb:cc:dd:ee:ff"
  char digits[] = {address[12], address[13], address[15], address[16]};
  for (char& each : digits) each = static_cast<char>(toupper(each));
  memcpy(name + 3, digits, sizeof digits);
}

}  // namespace

bool Radio::begin(core::Board& the_board, const char* board_revision) {
  board = &the_board;
  if (!BLE.begin()) return false;
  hci.offer_long_packets();
  choose_name();
  add_service();
  add_device_information(board_revision);
  BLE.setEventHandler(BLEConnected, on_connected);
  BLE.setEventHandler(BLEDisconnected, on_disconnected);
  BLE.setDeviceName(name);
  BLE.setConnectionInterval(kInterval, kInterval);
  BLE.setSupervisionTimeout(kSupervisionTimeout);
  BLE.setAdvertisingInterval(kAdvertisingInterval);
  BLE.setPairable(false);
  // The name is in the advertisement, where passive scans find it: with the service it just fits.
  static BLEAdvertisingData advertisement;
  advertisement.setFlags(BLEFlagsGeneralDiscoverable | BLEFlagsBREDRNotSupported);
  advertisement.setAdvertisedServiceUuid(wire::SERVICE_UUID);
  advertisement.setLocalName(name);
  BLE.setAdvertisingData(advertisement);
  on_ = BLE.advertise() != 0;
  if (!on_) BLE.end();
  return on_;
}

void Radio::poll(uint32_t wait_ms) {
  BLE.poll(wait_ms);
  hci.end_a_stuck_link();
}

bool Radio::silent(uint64_t now_us) {
  const uint32_t events = link_layer_events();
  if (!on_ || events != events_ || link_is_up != was_connected_) {
    events_ = events;
    was_connected_ = link_is_up;
    changed_us_ = now_us;
  }
  if (link_layer_idle_us() != 0) planned_us_ = now_us;
  const bool rests = link_is_up && now_us - planned_us_ < kUnplannedUs;
  return now_us - changed_us_ > (rests ? kLongestRestUs : kSilentUs);
}

bool Radio::connected() const { return link_is_up; }

bool Radio::listened_to() { return motion.subscribed() || prediction.subscribed(); }

void Radio::end_link() { BLE.disconnect(); }

bool Radio::notify(core::Notification kind, const uint8_t* bytes, uint32_t length) {
  BLECharacteristic& characteristic = kind == core::Notification::reply    ? reply
                                      : kind == core::Notification::motion ? motion
                                                                           : prediction;
  if (!characteristic.subscribed()) return true;
  if (!hci.has_room()) return false;
  characteristic.writeValue(bytes, static_cast<int>(length));
  return true;
}
