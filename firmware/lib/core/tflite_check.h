// Reads a .tflite as an untrusted flatbuffer before TFLM sees it: TFLM is no validator, and a
// malformed model crashes it (tflite-micro issues 3071 to 3077).
#pragma once
#include "verdict.h"

namespace core {

// Checks bounds, schema version, operators, constant buffers, tensor shapes and types, and that
// input and output are int8 of these sizes, the input with scale 2^-INPUT_SCALE_BITS and zero
// point 0. A second output, int8 too, may follow; it must have `embedding_bytes` unless that is 0.
// The detail of BAD_MODEL is the wire::ModelCheck that failed.
Verdict check_tflite(const uint8_t* bytes, uint32_t length, uint32_t input_bytes,
                     uint32_t output_bytes, uint32_t embedding_bytes);

}  // namespace core
