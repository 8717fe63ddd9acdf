// One fuzzer: prints its cases and how many were accepted. A fault ends the process.
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "check.h"
#include "fuzz.h"

TEST(fuzz) {
  const char* what = getenv("FUZZ");
  const char* folder = getenv("FUZZ_FOLDER");
  const uint32_t seed = static_cast<uint32_t>(strtoul(getenv("FUZZ_SEED"), nullptr, 10));
  const uint32_t cases = static_cast<uint32_t>(strtoul(getenv("FUZZ_CASES"), nullptr, 10));
  const uint32_t kept = static_cast<uint32_t>(strtoul(getenv("FUZZ_KEPT"), nullptr, 10));
  Counts counts;
  if (strcmp(what, "models") == 0) counts = fuzz_models(folder, seed, cases, kept);
  if (strcmp(what, "packages") == 0) counts = fuzz_packages(seed, cases);
  if (strcmp(what, "store") == 0) counts = fuzz_store(seed, cases);
  if (strcmp(what, "board") == 0) counts = fuzz_board(seed, cases);
  printf("cases %llu accepted %llu\n", static_cast<unsigned long long>(counts.cases),
         static_cast<unsigned long long>(counts.accepted));
}
