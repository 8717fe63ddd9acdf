// Reads a .tflite as an untrusted flatbuffer before TFLM sees it: TFLM is no validator, and a
// malformed model crashes it (tflite-micro issues 3071 to 3077).
#pragma once
#include "verdict.h"

namespace core {

// Numbers in the detail of BAD_MODEL: which check failed.
enum class ModelCheck : uint32_t {
  identifier = 1,  // not a TFL3 flatbuffer
  bounds = 2,      // an offset or vector leaves the file or is not aligned
  subgraphs = 3,   // not exactly one
  metadata = 4,    // present: the host strips it, TFLM would act on it
  buffers = 5,     // external buffer, or data smaller than its tensor
  tensor = 6,      // shape, type or quantization that the board's operators do not take
  operators = 7,   // index out of range, missing inputs or outputs, or too many
  order = 8,       // an operator reads a tensor that nothing has made yet
  geometry = 9,    // operator and tensor shapes do not fit together
};

// Checks bounds, schema version, operators, constant buffers, tensor shapes and types, and that
// input and output are int8 of these sizes, the input with scale 2^-INPUT_SCALE_BITS and zero
// point 0. A second output, int8 too, may follow; it must have `embedding_bytes` unless that is 0.
Verdict check_tflite(const uint8_t* bytes, uint32_t length, uint32_t input_bytes,
                     uint32_t output_bytes, uint32_t embedding_bytes);

}  // namespace core
