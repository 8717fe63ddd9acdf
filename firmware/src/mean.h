#pragma once
#include <tensorflow/lite/c/common.h>

// MEAN of int8 as the host's TFLM computes it: in integers.
//
// Chirale_TensorFlowLite 2.0.0 is TFLM of 2023, whose MEAN rescales in floating point and rounds
// otherwise in one case in some hundred. All other operators give equal bytes; with this one the
// golden windows do, too.
TfLiteRegistration register_mean();
