// Who owns a board, as its journal keeps it.
#pragma once
#include <string.h>

#include "wire_layout.h"

namespace core {

struct Owner {
  uint8_t key[wire::PUBLIC_KEY_BYTES] = {};  // all zero, which is no key: nobody
  bool strangers_read = true;

  bool exists() const {
    for (uint8_t byte : key) {
      if (byte != 0) return true;
    }
    return false;
  }
  bool operator==(const Owner& other) const {
    return memcmp(key, other.key, sizeof key) == 0 && strangers_read == other.strangers_read;
  }
};

}  // namespace core
