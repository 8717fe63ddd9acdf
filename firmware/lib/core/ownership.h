// Whose board it is, and what follows from that (docs/security.md): a signed command changes the
// board of an owner, a signed package runs on it, and nothing else does, but the built-in model.
#pragma once
#include "model_store.h"
#include "ports.h"
#include "sha256.h"

namespace core {

// The image's own model: it runs on every board. Without one: null and 0.
struct BuiltInModel {
  const uint8_t* bytes;
  uint32_t length;
};

class Ownership {
 public:
  Ownership(ModelStore& store, Crypto& crypto, uint32_t boot_id, BuiltInModel built_in)
      : store_(store), crypto_(crypto), boot_id_(boot_id), built_in_(built_in) {}

  // A link began or ended: what the last one showed counts no more.
  void on_link();

  bool is_owned() const { return store_.owner().exists(); }
  // Asked in each step: what is usual comes first.
  bool may_read() const { return store_.owner().strangers_read || authenticated_ || !is_owned(); }
  uint8_t flags() const;  // wire::OwnerFlag
  void id(uint8_t key_id[wire::KEY_ID_BYTES]) const;
  // What OWNER answers. The challenge in it is the only one that counts from now on.
  wire::OwnerState ask();

  // Whether the owner signed this command, or the key that a claim brings. Takes as long as
  // Crypto::verify(); the challenge is used up in any case.
  Verdict check_command(const uint8_t signature[wire::SIGNATURE_BYTES], const uint8_t* command,
                        uint32_t length);
  void authenticate() { authenticated_ = true; }
  // The key that a signed CLAIM brought: the owner-to-be, until the link ends.
  Verdict claim(const uint8_t key[wire::PUBLIC_KEY_BYTES]);

  // Whether a slot's package may run, in parts: begin_check(), then step_check() while checking().
  // One that `is_new` must be newer than all before, and signed by who claims the board.
  Verdict begin_check(uint8_t slot, bool is_new);
  bool checking() const { return package_ != nullptr; }
  Verdict step_check();

  // Make the spare the active slot, and the board the claimer's. True in `claimed` if it was that.
  Verdict activate_spare(bool* claimed);

 private:
  bool is_built_in(uint8_t slot) const;
  uint32_t counter() const;
  uint32_t counter_of(uint8_t slot) const;

  ModelStore& store_;
  Crypto& crypto_;
  const uint32_t boot_id_;
  const BuiltInModel built_in_;
  bool authenticated_ = false;
  bool challenged_ = false;
  uint8_t challenge_[wire::CHALLENGE_BYTES] = {};
  Owner candidate_;  // of this link
  // The check under way.
  const uint8_t* package_ = nullptr;
  uint32_t hashed_ = 0, total_ = 0;
  Sha256 hash_;
  const uint8_t* key_ = nullptr;
  // Whom the package that was checked last makes the owner, whether its link has ended or not.
  Owner claimer_;
};

}  // namespace core
