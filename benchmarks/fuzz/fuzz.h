// What the fuzzers share.
#pragma once

#include <stdint.h>

struct Counts {
  uint64_t cases = 0, accepted = 0;
};

// The models of `folder` changed with their structure in mind. At most `kept` of those that the
// check accepts are written to `folder`, to be run by TFLM.
Counts fuzz_models(const char* folder, uint32_t seed, uint32_t cases, uint32_t kept);
// The same for packages.
Counts fuzz_packages(uint32_t seed, uint32_t cases);
// Journals and slots of noise, and of what was right once.
Counts fuzz_store(uint32_t seed, uint32_t cases);
// Operations of a whole board: commands, writes, links, samples, time and power cuts.
Counts fuzz_board(uint32_t seed, uint32_t cases);
