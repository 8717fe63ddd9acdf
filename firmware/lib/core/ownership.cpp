#include "ownership.h"

#include <string.h>

namespace core {

namespace {

using wire::OwnerFlag;
using wire::PackageHeader;
using wire::SignatureFault;
using wire::Status;

// Hashed in one step: some milliseconds.
constexpr uint32_t kPart = 4096;

Verdict bad_signature(SignatureFault fault) {
  return refused(Status::BAD_SIGNATURE, static_cast<uint32_t>(fault));
}

void id_of(const uint8_t key[wire::PUBLIC_KEY_BYTES], uint8_t key_id[wire::KEY_ID_BYTES]) {
  Sha256 hash;
  uint8_t digest[kDigestBytes];
  hash.update(key, wire::PUBLIC_KEY_BYTES);
  hash.finish(digest);
  memcpy(key_id, digest, wire::KEY_ID_BYTES);
}

}  // namespace

void Ownership::on_link() {
  authenticated_ = challenged_ = false;
  candidate_ = Owner();
}

uint8_t Ownership::flags() const {
  const Owner& owner = store_.owner();
  return static_cast<uint8_t>(
      (is_owned() ? static_cast<uint8_t>(OwnerFlag::OWNED) : 0) |
      (owner.strangers_read ? static_cast<uint8_t>(OwnerFlag::STRANGERS_READ) : 0) |
      (authenticated_ ? static_cast<uint8_t>(OwnerFlag::AUTHENTICATED) : 0));
}

void Ownership::id(uint8_t key_id[wire::KEY_ID_BYTES]) const {
  memset(key_id, 0, wire::KEY_ID_BYTES);
  if (is_owned()) id_of(store_.owner().key, key_id);
}

wire::OwnerState Ownership::ask() {
  crypto_.draw(challenge_, sizeof challenge_);
  challenged_ = true;
  wire::OwnerState state = {};
  memcpy(state.challenge, challenge_, sizeof state.challenge);
  id(state.key_id);
  state.counter = counter();
  state.flags = flags();
  return state;
}

Verdict Ownership::check_command(const uint8_t signature[wire::SIGNATURE_BYTES],
                                 const uint8_t* command, uint32_t length) {
  if (!challenged_) return bad_signature(SignatureFault::NO_CHALLENGE);
  challenged_ = false;
  const uint8_t* key = store_.owner().key;
  if (!is_owned()) {
    const uint32_t header = sizeof(wire::CommandHeader);
    if (command[0] != static_cast<uint8_t>(wire::Opcode::CLAIM) ||
        length != header + sizeof(wire::Claim)) {
      return bad_signature(SignatureFault::OTHER_KEY);
    }
    key = command + header;
  }
  wire::SignedText text = {};
  text.magic = wire::SIGNED_MAGIC;
  text.boot_id = boot_id_;
  memcpy(text.challenge, challenge_, sizeof text.challenge);
  Sha256 hash;
  uint8_t digest[kDigestBytes];
  hash.update(&text, sizeof text);
  hash.update(command, length);
  hash.finish(digest);
  return crypto_.verify(key, digest, signature) ? accepted() : bad_signature(SignatureFault::WRONG);
}

Verdict Ownership::claim(const uint8_t key[wire::PUBLIC_KEY_BYTES]) {
  if (is_owned()) {
    return memcmp(key, store_.owner().key, wire::PUBLIC_KEY_BYTES) == 0
               ? accepted()
               : refused(Status::OWNER_ONLY, 0);
  }
  memcpy(candidate_.key, key, sizeof candidate_.key);
  return accepted();
}

bool Ownership::is_built_in(uint8_t slot) const {
  return built_in_.length != 0 && memcmp(store_.slot(slot), built_in_.bytes, built_in_.length) == 0;
}

uint32_t Ownership::counter_of(uint8_t slot) const {
  if (slot == wire::NO_SLOT || is_built_in(slot)) return 0;
  PackageHeader header;
  memcpy(&header, store_.slot(slot), sizeof header);
  return header.version_counter;
}

// No record of its own: an owner's newest package is the active one or, after a rollback, the
// previous one, and nobody else's but the built-in model is beside it.
uint32_t Ownership::counter() const {
  if (!is_owned()) return 0;
  const uint32_t active = counter_of(store_.active()), previous = counter_of(store_.previous());
  return active > previous ? active : previous;
}

Verdict Ownership::begin_check(uint8_t slot, bool is_new) {
  const bool claimed = is_new && candidate_.exists();
  claimer_ = claimed ? candidate_ : Owner();
  package_ = nullptr;
  if (!claimed && (!is_owned() || is_built_in(slot))) return accepted();
  key_ = claimed ? claimer_.key : store_.owner().key;
  const uint8_t* bytes = store_.slot(slot);
  PackageHeader header;
  memcpy(&header, bytes, sizeof header);
  if (header.magic != wire::PACKAGE_MAGIC) {
    return refused(Status::BAD_PACKAGE, offsetof(PackageHeader, magic));
  }
  if (header.total_bytes < sizeof header || header.total_bytes > kSlotBytes) {
    return refused(Status::BAD_PACKAGE, offsetof(PackageHeader, total_bytes));
  }
  uint8_t key_id[wire::KEY_ID_BYTES];
  id_of(key_, key_id);
  if (memcmp(header.key_id, key_id, sizeof key_id) != 0) {
    return bad_signature(SignatureFault::OTHER_KEY);
  }
  if (is_new && header.version_counter <= counter()) {
    return bad_signature(SignatureFault::REPLAYED);
  }
  package_ = bytes;
  total_ = header.total_bytes;
  hashed_ = offsetof(PackageHeader, key_id);
  hash_ = Sha256();
  return accepted();
}

Verdict Ownership::step_check() {
  const uint32_t left = total_ - hashed_;
  if (left != 0) {
    const uint32_t part = left < kPart ? left : kPart;
    hash_.update(package_ + hashed_, part);
    hashed_ += part;
    return accepted();
  }
  uint8_t digest[kDigestBytes];
  hash_.finish(digest);
  const uint8_t* signature = package_ + offsetof(PackageHeader, signature);
  package_ = nullptr;
  return crypto_.verify(key_, digest, signature) ? accepted()
                                                 : bad_signature(SignatureFault::WRONG);
}

Verdict Ownership::activate_spare(bool* claimed) {
  *claimed = false;
  if (!claimer_.exists()) return store_.activate_spare();
  const uint8_t active = store_.active();
  const bool kept = active != wire::NO_SLOT && is_built_in(active);
  const Verdict verdict = store_.activate_spare_for(claimer_, kept);
  if (!verdict.ok()) return verdict;
  *claimed = true;
  authenticated_ = candidate_ == claimer_;  // else the link ended meanwhile
  claimer_ = candidate_ = Owner();
  return verdict;
}

}  // namespace core
