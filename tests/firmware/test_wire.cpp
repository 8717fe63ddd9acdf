// tests/golden/wire.txt: every layout as Python packs it, read field by field.
#include <string.h>

#include "check.h"
#include "text.h"
#include "wire_layout.h"

namespace {

// Compares each field of a layout with the next `name=value` of the line.
class Comparison {
 public:
  explicit Comparison(Text& text) : text_(text) {}

  template <class Number>
  void number(const char* name, Number value) {
    CHECK(text_.word_is(name, '='));
    CHECK_EQ(value, static_cast<Number>(text_.number()));
    ++fields;
  }
  void raw(const char* name, const uint8_t* bytes, size_t length) {
    uint8_t expected[64];
    CHECK(text_.word_is(name, '='));
    CHECK_EQ(text_.hex(expected, sizeof expected), length);
    CHECK(memcmp(bytes, expected, length) == 0);
    ++fields;
  }

  uint32_t fields = 0;

 private:
  Text& text_;
};

// The packed bytes stand at the end of the line, so the line is read twice.
template <class Layout>
void compare(Text& text) {
  Text ahead = text;
  while (!ahead.word_is("=")) REQUIRE(!ahead.at_end());
  Layout layout;
  uint8_t bytes[sizeof layout];
  CHECK_EQ(ahead.hex(bytes, sizeof bytes), sizeof bytes);
  memcpy(&layout, bytes, sizeof layout);
  Comparison comparison(text);
  layout.each_field(comparison);
  CHECK(comparison.fields != 0);
  CHECK(text.word_is("="));
  text.hex(bytes, sizeof bytes);
}

struct Known {
  const char* name;
  void (*compare)(Text& text);
  uint32_t seen;
};

#define KNOWN(name) {#name, compare<wire::name>, 0}
Known layouts[] = {
    KNOWN(Info),          KNOWN(CommandHeader),    KNOWN(ReplyHeader),   KNOWN(Counters),
    KNOWN(StreamStart),   KNOWN(SequenceRange),    KNOWN(ModelBegin),    KNOWN(ModelOffset),
    KNOWN(ModelIdentity), KNOWN(ModelChunkHeader), KNOWN(ModelRead),     KNOWN(Identify),
    KNOWN(MotionHeader),  KNOWN(PredictionHeader), KNOWN(PackageHeader), KNOWN(Channel),
    KNOWN(Rejection),     KNOWN(OwnerState),       KNOWN(SignedHeader),  KNOWN(SignedText),
    KNOWN(Claim),         KNOWN(Strangers),
};

uint8_t file[32768];

}  // namespace

TEST(wire_layouts_read_as_python_packed_them) {
  const uint32_t length = check::read_golden("wire.txt", file, sizeof file);
  Text text(file, length);
  while (!text.at_end()) {
    const char* name;
    const uint32_t name_length = text.word(&name);
    Known* known = nullptr;
    for (Known& candidate : layouts) {
      if (strlen(candidate.name) == name_length && memcmp(candidate.name, name, name_length) == 0) {
        known = &candidate;
      }
    }
    REQUIRE(known != nullptr);  // a layout that this test does not know: add it above
    known->compare(text);
    ++known->seen;
  }
  for (const Known& known : layouts) CHECK_EQ(known.seen, 3);
}
