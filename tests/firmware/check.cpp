#include "check.h"

#include <stdio.h>
#include <string.h>

namespace check {

namespace {

Test* first_test = nullptr;
const char* golden_folder = "";
unsigned failed_checks = 0;

// Small C libraries print no 64-bit numbers.
const char* decimal(int64_t value, char (&text)[24]) {
  char* at = text + sizeof text - 1;
  *at = 0;
  uint64_t rest = value < 0 ? 0u - static_cast<uint64_t>(value) : static_cast<uint64_t>(value);
  do {
    *--at = static_cast<char>('0' + rest % 10);
    rest /= 10;
  } while (rest != 0);
  if (value < 0) *--at = '-';
  return at;
}

}  // namespace

Test::Test(const char* test_name, void (*test_run)())
    : name(test_name), run(test_run), next(first_test) {
  first_test = this;
}

void fail(const char* file, int line, const char* what) {
  ++failed_checks;
  printf("%s:%d: not so: %s\n", file, line, what);
}

void fail_equal(const char* file, int line, const char* what, int64_t actual, int64_t expected) {
  char left[24], right[24];
  ++failed_checks;
  printf("%s:%d: %s is %s, not %s\n", file, line, what, decimal(actual, left),
         decimal(expected, right));
}

uint32_t read_golden(const char* name, uint8_t* bytes, uint32_t capacity) {
  char path[512];
  snprintf(path, sizeof path, "%s/%s", golden_folder, name);
  FILE* file = fopen(path, "rb");
  size_t length = 0;
  bool whole = false;
  if (file != nullptr) {
    length = fread(bytes, 1, capacity, file);
    whole = fgetc(file) == EOF;
    fclose(file);
  }
  if (length == 0 || !whole) {
    fail(path, 0, "the golden file can be read whole");
    return 0;
  }
  return static_cast<uint32_t>(length);
}

}  // namespace check

int main(int argc, char** argv) {
  using namespace check;
  if (argc < 2) {
    printf("usage: %s GOLDEN_FOLDER [TEST]\n", argv[0]);
    return 2;
  }
  golden_folder = argv[1];
  unsigned ran = 0, failed_tests = 0;
  for (Test* test = first_test; test != nullptr; test = test->next) {
    if (argc > 2 && strcmp(argv[2], test->name) != 0) continue;
    failed_checks = 0;
    test->run();
    ++ran;
    if (failed_checks != 0) ++failed_tests;
    printf("%s %s\n", failed_checks == 0 ? "ok" : "FAILED", test->name);
  }
  printf("%u tests, %u failed\n", ran, failed_tests);
  return ran == 0 ? 2 : failed_tests == 0 ? 0 : 1;
}
