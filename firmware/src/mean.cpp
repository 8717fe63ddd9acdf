#include "mean.h"

#include <tensorflow/lite/kernels/internal/common.h>
#include <tensorflow/lite/kernels/internal/quantization_util.h>
#include <tensorflow/lite/micro/kernels/kernel_util.h>
#include <tensorflow/lite/micro/micro_context.h>

namespace {

constexpr int kMaxRank = 4;

// The core's checks let through: one int8 input of up to four dimensions, constant axes.
struct Mean {
  int32_t multiplier;  // of the sum, to the mean in the output's scale
  int shift;
  int32_t input_zero_point, output_zero_point;
  int32_t count;  // elements of one sum
  int scratch;    // index of the sums' buffer
  int dims[kMaxRank];
  bool reduced[kMaxRank];
  int rank;
};

void* init(TfLiteContext* context, const char*, size_t) {
  return context->AllocatePersistentBuffer(context, sizeof(Mean));
}

// The multiplier takes in the division by the count, with as many bits as there is room for.
void divide_by_count(Mean& mean) {
  int shift = 0;
  while (mean.count >> (shift + 1) != 0) ++shift;
  if (shift > 31 + mean.shift) shift = 31 + mean.shift;
  mean.multiplier =
      static_cast<int32_t>((static_cast<int64_t>(mean.multiplier) << shift) / mean.count);
  mean.shift -= shift;
}

TfLiteStatus prepare(TfLiteContext* context, TfLiteNode* node) {
  Mean& mean = *static_cast<Mean*>(node->user_data);
  tflite::MicroContext* micro = tflite::GetMicroContext(context);
  TfLiteTensor* input = micro->AllocateTempInputTensor(node, 0);
  TfLiteTensor* axes = micro->AllocateTempInputTensor(node, 1);
  TfLiteTensor* output = micro->AllocateTempOutputTensor(node, 0);
  mean.rank = input->dims->size;
  mean.count = 1;
  for (int i = 0; i < mean.rank; ++i) {
    mean.dims[i] = input->dims->data[i];
    mean.reduced[i] = false;
  }
  for (size_t i = 0; i < axes->bytes / sizeof(int32_t); ++i) {
    const int axis = axes->data.i32[i] < 0 ? axes->data.i32[i] + mean.rank : axes->data.i32[i];
    if (!mean.reduced[axis]) mean.count *= mean.dims[axis];
    mean.reduced[axis] = true;
  }
  mean.input_zero_point = input->params.zero_point;
  mean.output_zero_point = output->params.zero_point;
  tflite::QuantizeMultiplier(
      static_cast<double>(input->params.scale) / static_cast<double>(output->params.scale),
      &mean.multiplier, &mean.shift);
  divide_by_count(mean);
  const TfLiteStatus status =
      context->RequestScratchBufferInArena(context, output->bytes * sizeof(int32_t), &mean.scratch);
  micro->DeallocateTempTfLiteTensor(input);
  micro->DeallocateTempTfLiteTensor(axes);
  micro->DeallocateTempTfLiteTensor(output);
  return status;
}

TfLiteStatus invoke(TfLiteContext* context, TfLiteNode* node) {
  const Mean& mean = *static_cast<const Mean*>(node->user_data);
  const TfLiteEvalTensor* input = tflite::micro::GetEvalInput(context, node, 0);
  TfLiteEvalTensor* output = tflite::micro::GetEvalOutput(context, node, 0);
  int32_t* sums = static_cast<int32_t*>(context->GetScratchBuffer(context, mean.scratch));
  const int8_t* next = tflite::micro::GetTensorData<int8_t>(input);
  int8_t* results = tflite::micro::GetTensorData<int8_t>(output);

  // Places in the output of one step along each of four dimensions; the first ones may be missing.
  int size[kMaxRank], step[kMaxRank];
  int outputs = 1;
  for (int i = kMaxRank - 1; i >= 0; --i) {
    const int axis = i - (kMaxRank - mean.rank);
    size[i] = axis < 0 ? 1 : mean.dims[axis];
    step[i] = axis < 0 || mean.reduced[axis] ? 0 : outputs;
    if (step[i] != 0) outputs *= size[i];
  }
  for (int i = 0; i < outputs; ++i) sums[i] = 0;
  for (int a = 0; a < size[0]; ++a) {
    for (int b = 0; b < size[1]; ++b) {
      for (int c = 0; c < size[2]; ++c) {
        int32_t* sum = sums + a * step[0] + b * step[1] + c * step[2];
        for (int d = 0; d < size[3]; ++d, sum += step[3]) *sum += *next++;
      }
    }
  }
  for (int i = 0; i < outputs; ++i) {
    const int32_t value =
        tflite::MultiplyByQuantizedMultiplier(sums[i] - mean.input_zero_point * mean.count,
                                              mean.multiplier, mean.shift) +
        mean.output_zero_point;
    const int32_t capped = value > INT8_MAX ? INT8_MAX : value;
    results[i] = static_cast<int8_t>(capped < INT8_MIN ? INT8_MIN : capped);
  }
  return kTfLiteOk;
}

}  // namespace

TfLiteRegistration register_mean() { return tflite::micro::RegisterOp(init, prepare, invoke); }
