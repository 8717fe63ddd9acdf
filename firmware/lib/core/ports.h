// What the core asks of the platform. The board's shell, the virtual board and the tests each
// implement these five; everything else in this folder is the same code everywhere.
#pragma once
#include <stddef.h>
#include <stdint.h>

#include "wire_layout.h"

namespace core {

enum class Notification : uint8_t { reply, motion, prediction };

struct Radio {
  virtual ~Radio() {}
  // Hand one notification to the radio. False: not taken now, nothing was sent, try again later.
  virtual bool notify(Notification kind, const uint8_t* bytes, uint32_t length) = 0;
  // Whether the central has subscribed to motion or predictions.
  virtual bool listened_to() = 0;
  // End the link; on_link(false) follows, perhaps at once.
  virtual void end_link() = 0;
};

// What became of a call of Flash::erase_page().
enum class Erase : uint8_t { working, done, failed };

// NOR flash behind the model slots: flash_layout.h has the layout. Offsets count from its start.
struct Flash {
  virtual ~Flash() {}
  virtual const uint8_t* mapped() const = 0;  // readable in place, 16-byte aligned
  // Erase a page to 0xFF in pieces, since the processor stands still meanwhile. Each call does one
  // short piece (3 ms on the board), or nothing when the radio is due and this is not the moment.
  // Called again until it no longer says `working`. Until then every other page and program() are
  // refused: pieces are never mixed. `failed` ends it; a restart forgets what was begun.
  virtual Erase erase_page(uint32_t page) = 0;
  // Program whole words (length and offset multiples of 4); can only clear bits.
  virtual bool program(uint32_t offset, const uint8_t* bytes, uint32_t length) = 0;
};

struct Classifier {
  virtual ~Classifier() {}
  // Take a .tflite that check_tflite() accepted and allocate its tensors: OK or ARENA_TOO_SMALL
  // or BAD_MODEL. The bytes stay where they are while the model is in use.
  virtual wire::Status load(const uint8_t* tflite, uint32_t length) = 0;
  // `output`: the probabilities and, if more is asked for, the embedding behind them.
  virtual bool invoke(const int8_t* input, uint32_t input_length, int8_t* output,
                      uint32_t output_length) = 0;
};

struct Clock {
  virtual ~Clock() {}
  virtual uint64_t now_us() = 0;  // device time, never goes back
};

struct Crypto {
  virtual ~Crypto() {}
  // Whether this key made this signature (ECDSA P-256) of a SHA-256. Any bytes may come; on the
  // board it takes about as long as the inference of a large model.
  virtual bool verify(const uint8_t key[wire::PUBLIC_KEY_BYTES], const uint8_t digest[32],
                      const uint8_t signature[wire::SIGNATURE_BYTES]) = 0;
  // Numbers that nobody can foresee.
  virtual void draw(uint8_t* bytes, uint32_t length) = 0;
};

struct Ports {
  Radio& radio;
  Flash& flash;
  Classifier& classifier;
  Clock& clock;
  Crypto& crypto;
};

}  // namespace core
