// The answer of a check: a status and the number that explains it (wire.Status names each).
#pragma once
#include "wire_layout.h"

namespace core {

struct Verdict {
  wire::Status status;
  uint32_t detail;
  bool ok() const { return status == wire::Status::OK; }
};

inline Verdict accepted() { return Verdict{wire::Status::OK, 0}; }
inline Verdict refused(wire::Status status, uint32_t detail) { return Verdict{status, detail}; }

}  // namespace core
