// What the core asks of the platform. The board's shell, the virtual board and the tests each
// implement these four; everything else in this folder is the same code everywhere.
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
};

// NOR flash behind the model slots: FLASH_LAYOUT in model_store.h. Offsets count from its start.
struct Flash {
  virtual ~Flash() {}
  virtual const uint8_t* mapped() const = 0;    // readable in place, 16-byte aligned
  virtual bool erase_page(uint32_t page) = 0;   // to 0xFF; may take 90 ms
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

struct Ports {
  Radio& radio;
  Flash& flash;
  Classifier& classifier;
  Clock& clock;
};

}  // namespace core
