// Numbers of tensorflow/compiler/mlir/lite/schema/schema.fbs: the fields of each table, and which
// of them a model may have. What is not named here the interpreter would act on, or the host's
// reader would follow, and no operator of the board needs it.
#pragma once
#include <stdint.h>

namespace core {

// A set of fields, by their numbers.
constexpr uint32_t bits() { return 0; }
template <class... More>
constexpr uint32_t bits(uint32_t first, More... more) {
  return 1u << first | bits(static_cast<uint32_t>(more)...);
}

namespace model_field {
enum { version, operator_codes, subgraphs, description, buffers, metadata_buffer };
constexpr uint32_t kAllowed =
    bits(version, operator_codes, subgraphs, description, buffers, metadata_buffer);
}  // namespace model_field
namespace code_field {
enum { deprecated_builtin, custom, version, builtin };
constexpr uint32_t kAllowed = bits(deprecated_builtin, version, builtin);
}  // namespace code_field
namespace buffer_field {
enum { data };
constexpr uint32_t kAllowed = bits(data);
}  // namespace buffer_field
namespace graph_field {
enum { tensors, inputs, outputs, operators, name };
constexpr uint32_t kAllowed = bits(tensors, inputs, outputs, operators, name);
}  // namespace graph_field
namespace tensor_field {
enum { shape, type, buffer, name, quantization, is_variable, sparsity, shape_signature, has_rank };
constexpr uint32_t kAllowed =
    bits(shape, type, buffer, name, quantization, is_variable, shape_signature, has_rank);
}  // namespace tensor_field
namespace quantization_field {
enum { min, max, scale, zero_point, details_type, details, dimension };
constexpr uint32_t kAllowed = bits(min, max, scale, zero_point, details_type, dimension);
}  // namespace quantization_field
namespace operator_field {
enum { opcode_index, inputs, outputs, options_type, options, custom_options, custom_format };
constexpr uint32_t kAllowed =
    bits(opcode_index, inputs, outputs, options_type, options, custom_format);
}  // namespace operator_field
enum TensorType : uint8_t { kInt32 = 2, kInt8 = 9 };
enum Padding : uint8_t { kSame = 0, kValid = 1 };
// Members of the union BuiltinOptions.
enum Options : uint8_t {
  kNone = 0,
  kConv2D = 1,
  kDepthwiseConv2D = 2,
  kPool2D = 5,
  kFullyConnected = 8,
  kSoftmax = 9,
  kConcatenation = 10,
  kAdd = 11,
  kReshape = 17,
  kMul = 21,
  kPad = 22,
  kReducer = 27,
};
// The bytes of each field of an operator's options; 0 ends them. The interpreter reads them all.
struct OptionsLayout {
  Options type;
  uint8_t field_bytes[8];
};
constexpr OptionsLayout kOptionsLayouts[] = {
    {kConv2D, {1, 4, 4, 1, 4, 4, 1}},
    {kDepthwiseConv2D, {1, 4, 4, 4, 1, 4, 4}},
    {kPool2D, {1, 4, 4, 4, 4, 1}},
    {kFullyConnected, {1, 1, 1, 1, 1}},
    {kSoftmax, {4}},
    {kConcatenation, {4, 1}},
    {kAdd, {1, 1}},
    {kReshape, {4}},
    {kMul, {1}},
    {kPad, {}},
    {kReducer, {1}},
};

}  // namespace core
