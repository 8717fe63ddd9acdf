#include "classifier.h"

#include <setjmp.h>
#include <string.h>
#include <tensorflow/lite/micro/arena_allocator/single_arena_buffer_allocator.h>
#include <tensorflow/lite/micro/kernels/mul.h>
#include <tensorflow/lite/micro/memory_planner/greedy_memory_planner.h>
#include <tensorflow/lite/schema/schema_generated.h>

#include <new>

#include "mean.h"

namespace {

using wire::Status;

// Where load() goes on as soon as the arena is too small. TFLM does not check all of its
// allocations: a model that needs a little more than there is would write to address 0. So what
// runs short never returns to TFLM, which keeps nothing that would have to be destroyed.
jmp_buf too_small;

uint8_t* checked(uint8_t* buffer) {
  if (buffer == nullptr) longjmp(too_small, 1);
  return buffer;
}

TfLiteStatus checked(TfLiteStatus status) {
  if (status != kTfLiteOk) longjmp(too_small, 1);
  return status;
}

class Arena final : public tflite::SingleArenaBufferAllocator {
 public:
  using SingleArenaBufferAllocator::SingleArenaBufferAllocator;

  uint8_t* AllocatePersistentBuffer(size_t size, size_t alignment) override {
    return checked(SingleArenaBufferAllocator::AllocatePersistentBuffer(size, alignment));
  }
  uint8_t* AllocateResizableBuffer(size_t size, size_t alignment) override {
    return checked(SingleArenaBufferAllocator::AllocateResizableBuffer(size, alignment));
  }
  uint8_t* AllocateTemp(size_t size, size_t alignment) override {
    return checked(SingleArenaBufferAllocator::AllocateTemp(size, alignment));
  }
  TfLiteStatus ResizeBuffer(uint8_t* buffer, size_t size, size_t alignment) override {
    return checked(SingleArenaBufferAllocator::ResizeBuffer(buffer, size, alignment));
  }
  TfLiteStatus ReserveNonPersistentOverlayMemory(size_t size, size_t alignment) override {
    return checked(SingleArenaBufferAllocator::ReserveNonPersistentOverlayMemory(size, alignment));
  }

 private:
  TF_LITE_REMOVE_VIRTUAL_DELETE
};

// It keeps its records in what is left of the arena.
class Planner final : public tflite::GreedyMemoryPlanner {
 public:
  TfLiteStatus AddBuffer(int size, int first_used, int last_used) override {
    return checked(GreedyMemoryPlanner::AddBuffer(size, first_used, last_used));
  }

 private:
  TF_LITE_REMOVE_VIRTUAL_DELETE
};

alignas(Arena) uint8_t arena_place[sizeof(Arena)];
alignas(Planner) uint8_t planner_place[sizeof(Planner)];

}  // namespace

Operators::Operators() : mean_(register_mean()) {
  AddAdd(tflite::Register_ADD_INT8());
  AddAveragePool2D(tflite::Register_AVERAGE_POOL_2D_INT8());
  AddConcatenation();
  AddConv2D(tflite::Register_CONV_2D_INT8());
  AddDepthwiseConv2D(tflite::Register_DEPTHWISE_CONV_2D_INT8());
  AddFullyConnected(tflite::Register_FULLY_CONNECTED_INT8());
  AddMaxPool2D(tflite::Register_MAX_POOL_2D_INT8());
  AddMul(tflite::Register_MUL_INT8());
  AddRelu();
  AddReshape();
  AddSoftmax(tflite::Register_SOFTMAX_INT8());
  AddPad();
  AddMean();
}

const TfLiteRegistration* Operators::FindOp(tflite::BuiltinOperator code) const {
  return code == tflite::BuiltinOperator_MEAN ? &mean_ : MicroMutableOpResolver::FindOp(code);
}

Status TflmClassifier::load(const uint8_t* tflite, uint32_t) {
  interpreter_ = nullptr;
  if (setjmp(too_small) != 0) return Status::ARENA_TOO_SMALL;
  tflite::MicroAllocator* allocator = tflite::MicroAllocator::Create(
      new (arena_place) Arena(arena_, sizeof arena_), new (planner_place) Planner());
  auto* interpreter =
      new (place_) tflite::MicroInterpreter(tflite::GetModel(tflite), operators_, allocator);
  if (interpreter->initialization_status() != kTfLiteOk ||
      interpreter->AllocateTensors() != kTfLiteOk || interpreter->input(0) == nullptr ||
      interpreter->output(0) == nullptr) {
    return Status::BAD_MODEL;
  }
  interpreter_ = interpreter;
  return Status::OK;
}

bool TflmClassifier::invoke(const int8_t* input, uint32_t input_length, int8_t* output,
                            uint32_t output_length) {
  if (interpreter_ == nullptr) return false;
  TfLiteTensor* in = interpreter_->input(0);
  if (in->bytes != input_length) return false;
  memcpy(in->data.int8, input, input_length);
  if (interpreter_->Invoke() != kTfLiteOk) return false;
  for (size_t i = 0; i < interpreter_->outputs_size() && output_length != 0; ++i) {
    const TfLiteTensor* out = interpreter_->output(i);
    if (out->bytes > output_length) return false;
    memcpy(output, out->data.int8, out->bytes);
    output += out->bytes;
    output_length -= static_cast<uint32_t>(out->bytes);
  }
  return output_length == 0;
}
