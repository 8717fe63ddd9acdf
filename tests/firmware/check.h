// A registry of tests and checks that needs neither exceptions nor heap, so that the same files
// run on the host and on a Cortex-M4 with semihosting.
//
//   TEST(name) { CHECK(condition); CHECK_EQ(actual, expected); REQUIRE(condition); }
//
// A failed check is reported and the test goes on; a failed REQUIRE ends it. The program takes
// the folder of golden files and, if only one test is wanted, its name.
#pragma once

#include <stdint.h>

namespace check {

// Tests that try thousands of cases go on by so many. The emulator is slow, and no sanitizer
// watches there: it tries every fourth.
#ifdef __arm__
constexpr uint32_t kStep = 4;
#else
constexpr uint32_t kStep = 1;
#endif

struct Test {
  Test(const char* test_name, void (*test_run)());
  const char* name;
  void (*run)();
  Test* next;
};

void fail(const char* file, int line, const char* what);
void fail_equal(const char* file, int line, const char* what, int64_t actual, int64_t expected);

// Reads a golden file. Returns its length; 0, and a failed check, when it cannot be read whole.
uint32_t read_golden(const char* name, uint8_t* bytes, uint32_t capacity);

template <class Actual, class Expected>
void equal(const char* file, int line, const char* what, Actual actual, Expected expected) {
  const int64_t a = static_cast<int64_t>(actual), e = static_cast<int64_t>(expected);
  if (a != e) fail_equal(file, line, what, a, e);
}

}  // namespace check

#define TEST(name)                                    \
  static void name();                                 \
  static check::Test test_object_##name(#name, name); \
  static void name()

#define CHECK(condition)                                           \
  do {                                                             \
    if (!(condition)) check::fail(__FILE__, __LINE__, #condition); \
  } while (false)

#define REQUIRE(condition)                         \
  do {                                             \
    if (!(condition)) {                            \
      check::fail(__FILE__, __LINE__, #condition); \
      return;                                      \
    }                                              \
  } while (false)

#define CHECK_EQ(actual, expected) \
  check::equal(__FILE__, __LINE__, #actual " == " #expected, (actual), (expected))
