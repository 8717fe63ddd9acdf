// TensorFlow Lite Micro (TFLM) with CMSIS-NN, with exactly the operators of wire::Operator.
#pragma once
#include <tensorflow/lite/micro/micro_interpreter.h>
#include <tensorflow/lite/micro/micro_mutable_op_resolver.h>

#include "ports.h"

// TFLM's resolver with an operator of our own in one place.
class Operators final : public tflite::MicroMutableOpResolver<13> {
 public:
  Operators();

  const TfLiteRegistration* FindOp(tflite::BuiltinOperator code) const override;

 private:
  TF_LITE_REMOVE_VIRTUAL_DELETE

  TfLiteRegistration mean_;
};

class TflmClassifier : public core::Classifier {
 public:
  wire::Status load(const uint8_t* tflite, uint32_t length) override;
  bool invoke(const int8_t* input, uint32_t input_length, int8_t* output,
              uint32_t output_length) override;

 private:
  Operators operators_;
  alignas(tflite::MicroInterpreter) uint8_t place_[sizeof(tflite::MicroInterpreter)];
  tflite::MicroInterpreter* interpreter_ = nullptr;  // in place_; null without a model
  alignas(16) uint8_t arena_[wire::ARENA_BYTES];
};
