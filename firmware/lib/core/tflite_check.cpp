#include "tflite_check.h"

#include "flatbuffer.h"
#include "tflite_schema.h"

namespace core {

namespace {

using wire::ModelCheck;
using wire::Operator;
using wire::Status;

constexpr uint32_t kSchemaVersion = 3;
constexpr uint32_t kMaxTensors = 128;
constexpr uint32_t kMaxOperators = 64;
constexpr uint32_t kMaxInputs = 16;  // of one operator: a concatenation's
constexpr uint32_t kMaxRank = 4;
constexpr uint32_t kMaxElements = 1u << 20;
// The host's reader makes objects of them all, and each may lead to the same bytes.
constexpr uint32_t kMaxBuffers = 2 * kMaxTensors;
constexpr uint32_t kMaxCodes = 2 * kMaxOperators;
// The interpreter's sum of exponentials has no room for more.
constexpr uint32_t kMaxSoftmaxDepth = 256;
// Work beside multiply-accumulates: to read or write an element, and an exponential.
constexpr uint32_t kWorkPerElement = 8;
constexpr uint32_t kWorkPerExponential = 64;
constexpr uint32_t kNoTensor = 0xffffffffu;
// Scales as IEEE 754 exponents. All below 2^4, activations at least 2^-22: so the interpreter's
// fixed-point multipliers stay below 2^30.
constexpr uint32_t kMaxScaleExponent = 127 + 3;
constexpr uint32_t kMinScaleExponent = 127 - 22;

struct Tensor {
  uint32_t rank;
  uint32_t dims[kMaxRank];
  uint32_t count;  // elements
  uint8_t type;
  bool constant;
  uint32_t data;  // of a constant: position of its first byte
  uint32_t scale_count;
  uint32_t scale_vector;
  uint32_t zero_count;
  uint32_t zero_vector;
  uint32_t quantized_dimension;
};

class Checker {
 public:
  Checker(const uint8_t* bytes, uint32_t length) : file_(bytes, length), length_(length) {}

  Verdict check(const uint8_t* bytes, uint32_t input_bytes, uint32_t output_bytes,
                uint32_t embedding_bytes) {
    if (length_ < 16 || memcmp(bytes + 4, "TFL3", 4) != 0) return bad(ModelCheck::IDENTIFIER);
    const uint32_t model = file_.follow(0);
    const uint32_t version = file_.scalar<uint32_t>(model, model_field::version);
    if (!file_.ok()) return bad(ModelCheck::BOUNDS);
    if (version != kSchemaVersion) return refused(Status::BAD_VERSION, version);
    if (!file_.has_only(model, model_field::kAllowed)) return bad(ModelCheck::METADATA);

    Verdict verdict = check_operator_codes(model);
    if (!verdict.ok()) return verdict;
    verdict = check_buffers(model);
    if (!verdict.ok()) return verdict;
    const uint32_t subgraphs = file_.reference(model, model_field::subgraphs);
    if (file_.count(subgraphs, 4) != 1) return bad(ModelCheck::SUBGRAPHS);
    const uint32_t graph = file_.table_at(subgraphs, 0);
    if (!file_.has_only(graph, graph_field::kAllowed)) return bad(ModelCheck::METADATA);
    tensors_ = file_.reference(graph, graph_field::tensors);
    tensor_count_ = file_.count(tensors_, 4);
    if (!file_.ok()) return bad(ModelCheck::BOUNDS);
    if (tensor_count_ == 0 || tensor_count_ > kMaxTensors) return bad(ModelCheck::TENSOR);
    for (uint32_t i = 0; i < tensor_count_; ++i) {
      Tensor tensor;
      const ModelCheck failed = load(i, tensor);
      if (!file_.ok()) return bad(ModelCheck::BOUNDS);
      if (failed != ModelCheck::PASSED) return bad(failed);
      made_[i] = tensor.constant;
    }
    return check_graph(graph, input_bytes, output_bytes, embedding_bytes);
  }

 private:
  Verdict bad(ModelCheck check) {
    if (!file_.ok()) check = ModelCheck::BOUNDS;
    return refused(Status::BAD_MODEL, static_cast<uint32_t>(check));
  }

  static bool known(int32_t code) {
    switch (static_cast<Operator>(code)) {
      case Operator::ADD:
      case Operator::AVERAGE_POOL_2D:
      case Operator::CONCATENATION:
      case Operator::CONV_2D:
      case Operator::DEPTHWISE_CONV_2D:
      case Operator::FULLY_CONNECTED:
      case Operator::MAX_POOL_2D:
      case Operator::MUL:
      case Operator::RELU:
      case Operator::RESHAPE:
      case Operator::SOFTMAX:
      case Operator::PAD:
      case Operator::MEAN:
        return code >= 0 && code <= 0xff;
    }
    return false;
  }

  Verdict check_operator_codes(uint32_t model) {
    codes_ = file_.reference(model, model_field::operator_codes);
    code_count_ = file_.count(codes_, 4);
    if (!file_.ok()) return bad(ModelCheck::BOUNDS);
    if (code_count_ > kMaxCodes) return bad(ModelCheck::OPERATORS);
    for (uint32_t i = 0; i < code_count_; ++i) {
      const uint32_t table = file_.table_at(codes_, i);
      if (!file_.has_only(table, code_field::kAllowed)) return bad(ModelCheck::METADATA);
      file_.field(table, code_field::version, 4);  // the interpreter reads it
      const int32_t code = builtin_code(i);
      if (!file_.ok()) return bad(ModelCheck::BOUNDS);
      if (!known(code)) return refused(Status::BAD_OPERATOR, static_cast<uint32_t>(code));
    }
    return accepted();
  }

  // Those that no tensor uses, too: the host reads them all.
  Verdict check_buffers(uint32_t model) {
    buffers_ = file_.reference(model, model_field::buffers);
    buffer_count_ = file_.count(buffers_, 4);
    if (!file_.ok()) return bad(ModelCheck::BOUNDS);
    if (buffer_count_ > kMaxBuffers) return bad(ModelCheck::BUFFERS);
    for (uint32_t i = 0; i < buffer_count_; ++i) {
      const uint32_t table = file_.table_at(buffers_, i);
      if (!file_.has_only(table, buffer_field::kAllowed)) return bad(ModelCheck::BUFFERS);
      file_.count(file_.reference(table, buffer_field::data), 1);
      if (!file_.ok()) return bad(ModelCheck::BOUNDS);
    }
    return accepted();
  }

  int32_t builtin_code(uint32_t index) {
    const uint32_t table = file_.table_at(codes_, index);
    const int32_t old_code = file_.scalar<int8_t>(table, code_field::deprecated_builtin);
    const int32_t code = file_.scalar<int32_t>(table, code_field::builtin);
    return code > old_code ? code : old_code;
  }

  // Reads tensor `index` and checks what holds for every tensor.
  ModelCheck load(uint32_t index, Tensor& tensor) {
    tensor = Tensor();
    const uint32_t table = file_.table_at(tensors_, index);
    if (!file_.has_only(table, tensor_field::kAllowed)) return ModelCheck::TENSOR;
    const uint32_t shape = file_.reference(table, tensor_field::shape);
    tensor.rank = file_.count(shape, 4);
    if (tensor.rank > kMaxRank) return ModelCheck::TENSOR;
    uint64_t count = 1;
    for (uint32_t i = 0; i < tensor.rank; ++i) {
      const int32_t dim = file_.int_at(shape, i);
      if (dim <= 0 || static_cast<uint32_t>(dim) > kMaxElements) return ModelCheck::TENSOR;
      tensor.dims[i] = static_cast<uint32_t>(dim);
      count *= tensor.dims[i];
      if (count > kMaxElements) return ModelCheck::TENSOR;
    }
    tensor.count = static_cast<uint32_t>(count);
    tensor.type = file_.scalar<uint8_t>(table, tensor_field::type);
    if (tensor.type != kInt8 && tensor.type != kInt32) return ModelCheck::TENSOR;
    if (file_.scalar<uint8_t>(table, tensor_field::is_variable) != 0) return ModelCheck::TENSOR;
    const uint32_t buffer = file_.scalar<uint32_t>(table, tensor_field::buffer);
    if (buffer >= buffer_count_) return ModelCheck::BUFFERS;
    const uint32_t buffer_table = file_.table_at(buffers_, buffer);
    const uint32_t data = file_.reference(buffer_table, buffer_field::data);
    const uint32_t bytes = file_.count(data, 1);
    tensor.constant = bytes != 0;
    tensor.data = data + 4;
    const uint32_t element_bytes = tensor.type == kInt8 ? 1 : 4;
    if (tensor.constant &&
        (bytes != tensor.count * element_bytes || tensor.data % element_bytes != 0)) {
      return ModelCheck::BUFFERS;
    }
    const uint32_t quantization = file_.reference(table, tensor_field::quantization);
    if (quantization == 0) return ModelCheck::PASSED;
    if (!file_.has_only(quantization, quantization_field::kAllowed) ||
        file_.scalar<uint8_t>(quantization, quantization_field::details_type) != 0) {
      return ModelCheck::TENSOR;
    }
    tensor.scale_vector = file_.reference(quantization, quantization_field::scale);
    tensor.scale_count = file_.count(tensor.scale_vector, 4);
    tensor.zero_vector = file_.reference(quantization, quantization_field::zero_point);
    tensor.zero_count = file_.count(tensor.zero_vector, 8);
    tensor.quantized_dimension =
        file_.scalar<uint32_t>(quantization, quantization_field::dimension);
    for (uint32_t i = 0; i < tensor.scale_count; ++i) {
      if (scale_exponent(tensor, i) == 0 || scale_exponent(tensor, i) > kMaxScaleExponent) {
        return ModelCheck::TENSOR;
      }
    }
    for (uint32_t i = 0; i < tensor.zero_count; ++i) {
      const int64_t zero = file_.read<int64_t>(tensor.zero_vector + 4 + 8 * i);
      if (zero < -128 || zero > 127) return ModelCheck::TENSOR;
    }
    return ModelCheck::PASSED;
  }

  // Sign and exponent of a scale: positive, finite and normal numbers give 1 to 254, all others 0
  // or more than kMaxScaleExponent.
  uint32_t scale_exponent(const Tensor& tensor, uint32_t index) {
    return file_.read<uint32_t>(tensor.scale_vector + 4 + 4 * index) >> 23;
  }

  int64_t zero_point(const Tensor& tensor) {
    return tensor.zero_count == 0 ? 0 : file_.read<int64_t>(tensor.zero_vector + 4);
  }

  // An int8 tensor that an operator computes or that feeds one: one scale, one zero point.
  bool activation(const Tensor& tensor) {
    return tensor.type == kInt8 && tensor.scale_count == 1 && tensor.zero_count == 1;
  }

  Verdict check_graph(uint32_t graph, uint32_t input_bytes, uint32_t output_bytes,
                      uint32_t embedding_bytes) {
    const uint32_t inputs = file_.reference(graph, graph_field::inputs);
    const uint32_t outputs = file_.reference(graph, graph_field::outputs);
    const uint32_t output_count = file_.count(outputs, 4);
    if (file_.count(inputs, 4) != 1 || output_count < 1 || output_count > 2) {
      return bad(ModelCheck::OPERATORS);
    }
    const uint32_t input = tensor_index(inputs, 0);
    const uint32_t output = tensor_index(outputs, 0);
    const uint32_t embedding = output_count == 2 ? tensor_index(outputs, 1) : output;
    if (input == kNoTensor || output == kNoTensor || embedding == kNoTensor || made_[input] ||
        made_[output] || made_[embedding] || input == output || input == embedding) {
      return bad(ModelCheck::OPERATORS);
    }
    Tensor tensor;
    load(input, tensor);
    constexpr uint32_t kInputScaleBits = (127u - wire::INPUT_SCALE_BITS) << 23;
    if (!activation(tensor) || tensor.count != input_bytes || zero_point(tensor) != 0 ||
        file_.read<uint32_t>(tensor.scale_vector + 4) != kInputScaleBits) {
      return refused(Status::BAD_SHAPE, input_bytes);
    }
    load(output, tensor);
    if (!activation(tensor) || tensor.count != output_bytes) {
      return refused(Status::BAD_SHAPE, output_bytes);
    }
    load(embedding, tensor);
    if (!activation(tensor) ||
        (embedding_bytes != 0 && (output_count != 2 || tensor.count != embedding_bytes))) {
      return refused(Status::BAD_SHAPE, embedding_bytes);
    }
    made_[input] = true;

    const uint32_t operators = file_.reference(graph, graph_field::operators);
    const uint32_t count = file_.count(operators, 4);
    if (count == 0 || count > kMaxOperators) return bad(ModelCheck::OPERATORS);
    for (uint32_t i = 0; i < count; ++i) {
      const ModelCheck failed = check_operator(file_.table_at(operators, i));
      if (failed != ModelCheck::PASSED || !file_.ok()) return bad(failed);
    }
    if (!made_[output] || !made_[embedding]) return bad(ModelCheck::ORDER);
    if (work_ <= wire::MAX_WORK) return accepted();
    const uint64_t thousands = work_ / 1000;
    return refused(Status::TOO_MUCH_WORK,
                   thousands < 0xffffffffu ? static_cast<uint32_t>(thousands) : 0xffffffffu);
  }

  uint32_t tensor_index(uint32_t vector, uint32_t index) {
    const int32_t value = file_.int_at(vector, index);
    return value >= 0 && static_cast<uint32_t>(value) < tensor_count_ ? static_cast<uint32_t>(value)
                                                                      : kNoTensor;
  }

  ModelCheck check_operator(uint32_t table) {
    const uint32_t code_index = file_.scalar<uint32_t>(table, operator_field::opcode_index);
    const uint32_t inputs = file_.reference(table, operator_field::inputs);
    const uint32_t outputs = file_.reference(table, operator_field::outputs);
    const uint32_t input_count = file_.count(inputs, 4);
    if (code_index >= code_count_ || file_.count(outputs, 4) != 1 || input_count == 0 ||
        input_count > kMaxInputs || !file_.has_only(table, operator_field::kAllowed)) {
      return ModelCheck::OPERATORS;
    }
    const Operator code = static_cast<Operator>(builtin_code(code_index));
    const uint32_t options = file_.reference(table, operator_field::options);
    const uint8_t options_type = file_.scalar<uint8_t>(table, operator_field::options_type);
    // The interpreter stops at options of another operator, and computes nonsense without any.
    if ((options == 0) != (options_type == kNone) || !options_fit(code, options_type) ||
        (options != 0 && !options_whole(options, options_type))) {
      return ModelCheck::OPERATORS;
    }
    const uint32_t output_index = tensor_index(outputs, 0);
    const uint32_t input_index = tensor_index(inputs, 0);
    if (output_index == kNoTensor || input_index == kNoTensor) return ModelCheck::OPERATORS;
    if (made_[output_index]) return ModelCheck::ORDER;
    for (uint32_t i = 0; i < input_count; ++i) {
      const uint32_t index = tensor_index(inputs, i);
      // Only this bias may be left out, as index -1: the interpreter's depthwise convolution
      // reads what is not there.
      if (index == kNoTensor &&
          !(code == Operator::FULLY_CONNECTED && i == 2 && file_.int_at(inputs, i) == -1)) {
        return ModelCheck::OPERATORS;
      }
      if (index != kNoTensor && !made_[index]) return ModelCheck::ORDER;
    }
    Tensor in, out;
    load(input_index, in);
    load(output_index, out);
    if (!activation(in) || !activation(out) || scale_exponent(in, 0) < kMinScaleExponent ||
        scale_exponent(out, 0) < kMinScaleExponent) {
      return ModelCheck::TENSOR;
    }
    bool fits = false;
    switch (code) {
      case Operator::CONV_2D:
        fits = weighted(inputs, input_count) && conv(in, out, options, false);
        break;
      case Operator::DEPTHWISE_CONV_2D:
        fits = weighted(inputs, input_count) && conv(in, out, options, true);
        break;
      case Operator::FULLY_CONNECTED:
        fits = weighted(inputs, input_count) && fully_connected(in, out, options);
        break;
      case Operator::AVERAGE_POOL_2D:
      case Operator::MAX_POOL_2D:
        fits = input_count == 1 && pool(in, out, options);
        break;
      case Operator::ADD:
      case Operator::MUL:
        fits = input_count == 2 && binary(tensor_index(inputs, 1), in, out) &&
               (code == Operator::MUL || sum_fits(tensor_index(inputs, 1), in, out));
        break;
      case Operator::RELU:
        fits = input_count == 1 && same_shape(in, out);
        break;
      case Operator::SOFTMAX:
        fits = input_count == 1 && same_shape(in, out) && softmax(in, options);
        break;
      case Operator::RESHAPE:
        fits = input_count <= 2 && reshape(inputs, input_count, in, out, options);
        break;
      case Operator::MEAN:
        fits = input_count == 2 && mean(tensor_index(inputs, 1), in, out, options);
        break;
      case Operator::PAD:
        fits = input_count == 2 && pad(tensor_index(inputs, 1), in, out);
        break;
      case Operator::CONCATENATION:
        fits = concatenation(inputs, input_count, in, out, options);
        break;
    }
    if (!fits) return ModelCheck::GEOMETRY;
    made_[output_index] = true;
    work_ += work_of(code, in, out, options);
    return ModelCheck::PASSED;
  }

  // The work of an operator that fits its tensors, in multiply-accumulates or what takes as long.
  uint64_t work_of(Operator code, const Tensor& in, const Tensor& out, uint32_t options) {
    uint64_t per_output = 0;  // multiply-accumulates
    switch (code) {
      case Operator::CONV_2D:
      case Operator::FULLY_CONNECTED:
        per_output = filter_.count / filter_.dims[0];
        break;
      case Operator::DEPTHWISE_CONV_2D:
        per_output = filter_.count / filter_.dims[3];
        break;
      case Operator::AVERAGE_POOL_2D:
      case Operator::MAX_POOL_2D:
        per_output = static_cast<uint64_t>(file_.scalar<uint32_t>(options, 3)) *
                     file_.scalar<uint32_t>(options, 4);
        break;
      case Operator::SOFTMAX:
        per_output = 2 * kWorkPerExponential;  // once for the sum, once for the quotient
        break;
      case Operator::ADD:
      case Operator::CONCATENATION:
      case Operator::MEAN:
      case Operator::MUL:
      case Operator::PAD:
      case Operator::RELU:
      case Operator::RESHAPE:
        break;
    }
    const uint64_t elements = static_cast<uint64_t>(in.count) + out.count;
    return out.count * per_output + elements * kWorkPerElement;
  }

  static bool options_fit(Operator code, uint8_t type) {
    switch (code) {
      case Operator::ADD:
        return type == kAdd;
      case Operator::AVERAGE_POOL_2D:
      case Operator::MAX_POOL_2D:
        return type == kPool2D;
      case Operator::CONCATENATION:
        return type == kConcatenation;
      case Operator::CONV_2D:
        return type == kConv2D;
      case Operator::DEPTHWISE_CONV_2D:
        return type == kDepthwiseConv2D;
      case Operator::FULLY_CONNECTED:
        return type == kFullyConnected;
      case Operator::MUL:
        return type == kMul;
      case Operator::RELU:
        return type == kNone;
      case Operator::RESHAPE:
        return type == kReshape || type == kNone;
      case Operator::SOFTMAX:
        return type == kSoftmax;
      case Operator::PAD:
        return type == kPad || type == kNone;
      case Operator::MEAN:
        return type == kReducer;
    }
    return false;
  }

  // Whether all fields lie inside of the file, also those that no check of this file asks for.
  bool options_whole(uint32_t options, uint8_t type) {
    for (const OptionsLayout& layout : kOptionsLayouts) {
      if (layout.type != type) continue;
      uint32_t id = 0;
      while (layout.field_bytes[id] != 0) {
        file_.field(options, id, layout.field_bytes[id]);
        ++id;
      }
      return file_.has_only(options, (1u << id) - 1);
    }
    return false;
  }

  static bool same_shape(const Tensor& a, const Tensor& b) {
    if (a.rank != b.rank) return false;
    for (uint32_t i = 0; i < a.rank; ++i) {
      if (a.dims[i] != b.dims[i]) return false;
    }
    return true;
  }

  // Constant int8 filter as the second input, constant int32 bias as an optional third; both are
  // left in filter_ and bias_.
  bool weighted(uint32_t inputs, uint32_t input_count) {
    if (input_count < 2 || input_count > 3) return false;
    const uint32_t filter = tensor_index(inputs, 1);
    if (filter == kNoTensor) return false;
    load(filter, filter_);
    bias_ = Tensor();
    if (input_count == 3 && tensor_index(inputs, 2) != kNoTensor) {
      load(tensor_index(inputs, 2), bias_);
      if (bias_.type != kInt32 || !bias_.constant) return false;
    }
    if (filter_.type != kInt8 || !filter_.constant || filter_.scale_count == 0) return false;
    // Weights are symmetric: every zero point 0, one for all or one a channel.
    if (filter_.zero_count != 1 && filter_.zero_count != filter_.scale_count) return false;
    for (uint32_t i = 0; i < filter_.zero_count; ++i) {
      if (file_.read<int64_t>(filter_.zero_vector + 4 + 8 * i) != 0) return false;
    }
    return true;
  }

  bool scales_fit(uint32_t outputs, uint32_t dimension) {
    if (bias_.constant && bias_.count != outputs) return false;
    if (filter_.scale_count == 1) return true;
    return filter_.scale_count == outputs && filter_.quantized_dimension == dimension;
  }

  static bool step_fits(uint32_t in, uint32_t kernel, uint32_t stride, uint32_t dilation,
                        uint8_t padding, uint32_t out) {
    if (stride == 0 || stride > in || dilation == 0 || dilation > 64 || kernel > 1024) return false;
    const uint32_t reach = (kernel - 1) * dilation + 1;
    if (padding == kSame) return out == (in + stride - 1) / stride;
    return padding == kValid && reach <= in && out == (in - reach) / stride + 1;
  }

  // Padding and strides come first in the options of convolutions and pools alike.
  bool strides_fit(const Tensor& in, const Tensor& out, uint32_t options, uint32_t kernel_height,
                   uint32_t kernel_width, uint32_t dilation_field) {
    if (options == 0 || in.rank != 4 || out.rank != 4 || in.dims[0] != 1 || out.dims[0] != 1) {
      return false;
    }
    const uint8_t padding = file_.scalar<uint8_t>(options, 0);
    const uint32_t stride_w = file_.scalar<uint32_t>(options, 1);
    const uint32_t stride_h = file_.scalar<uint32_t>(options, 2);
    uint32_t dilation_w = 1, dilation_h = 1;
    if (dilation_field != 0) {
      dilation_w = file_.scalar<uint32_t>(options, dilation_field, 1);
      dilation_h = file_.scalar<uint32_t>(options, dilation_field + 1, 1);
    }
    return step_fits(in.dims[1], kernel_height, stride_h, dilation_h, padding, out.dims[1]) &&
           step_fits(in.dims[2], kernel_width, stride_w, dilation_w, padding, out.dims[2]);
  }

  bool conv(const Tensor& in, const Tensor& out, uint32_t options, bool depthwise) {
    if (filter_.rank != 4 || in.rank != 4 || out.rank != 4) return false;
    const uint32_t outputs = depthwise ? filter_.dims[3] : filter_.dims[0];
    if (outputs != out.dims[3] || !scales_fit(outputs, depthwise ? 3 : 0)) return false;
    if (depthwise) {
      const uint32_t multiplier = file_.scalar<uint32_t>(options, 3);
      if (filter_.dims[0] != 1 || multiplier == 0 || multiplier > outputs ||
          in.dims[3] * multiplier != outputs) {
        return false;
      }
    } else if (filter_.dims[3] != in.dims[3]) {
      return false;
    }
    return strides_fit(in, out, options, filter_.dims[1], filter_.dims[2], depthwise ? 5 : 4);
  }

  bool pool(const Tensor& in, const Tensor& out, uint32_t options) {
    if (options == 0 || in.rank != 4 || out.rank != 4 || in.dims[3] != out.dims[3]) return false;
    const uint32_t width = file_.scalar<uint32_t>(options, 3);
    const uint32_t height = file_.scalar<uint32_t>(options, 4);
    return width != 0 && height != 0 && strides_fit(in, out, options, height, width, 0);
  }

  bool fully_connected(const Tensor& in, const Tensor& out, uint32_t options) {
    if (filter_.rank != 2 || options == 0 || file_.scalar<uint8_t>(options, 1) != 0) return false;
    const uint32_t outputs = filter_.dims[0], depth = filter_.dims[1];
    return scales_fit(outputs, 0) && out.rank >= 1 && out.dims[out.rank - 1] == outputs &&
           in.rank >= 1 && in.dims[in.rank - 1] == depth && in.count / depth == out.count / outputs;
  }

  // The interpreter stops at a beta that makes its multiplier less than one, and at some sums of
  // more exponentials.
  bool softmax(const Tensor& in, uint32_t options) {
    constexpr uint32_t kOne = 0x3f800000u;
    return file_.scalar<uint32_t>(options, 0) == kOne && in.rank >= 1 &&
           in.dims[in.rank - 1] <= kMaxSoftmaxDepth;
  }

  bool binary(uint32_t index, const Tensor& in, const Tensor& out) {
    Tensor other;
    load(index, other);
    return activation(other) && same_shape(in, other) && same_shape(in, out);
  }

  // The interpreter stops unless the output's multiplier, 2 max(input scales) / (2^20 output
  // scale), is below one. Floats without a sign compare as their bits do.
  bool sum_fits(uint32_t index, const Tensor& in, const Tensor& out) {
    constexpr uint32_t kShift = 20 - 1;
    Tensor other;
    load(index, other);
    const uint32_t limit = scale_bits(out) + (kShift << 23);
    return scale_bits(in) < limit && scale_bits(other) < limit;
  }

  uint32_t scale_bits(const Tensor& tensor) {
    return file_.read<uint32_t>(tensor.scale_vector + 4);
  }

  bool reshape(uint32_t inputs, uint32_t input_count, const Tensor& in, const Tensor& out,
               uint32_t options) {
    if (in.count != out.count) return false;
    // The interpreter copies this shape, and takes the output tensor's.
    if (options != 0 && file_.count(file_.reference(options, 0), 4) > kMaxRank) return false;
    if (input_count == 1) return true;
    Tensor shape;
    load(tensor_index(inputs, 1), shape);
    if (shape.type != kInt32 || !shape.constant || shape.count != out.rank) return false;
    for (uint32_t i = 0; i < shape.count; ++i) {
      const int32_t dim = constant_int(shape, i);
      if (dim != -1 && static_cast<uint32_t>(dim) != out.dims[i]) return false;
    }
    return true;
  }

  int32_t constant_int(const Tensor& tensor, uint32_t index) {
    return file_.read<int32_t>(tensor.data + 4 * index);
  }

  bool mean(uint32_t index, const Tensor& in, const Tensor& out, uint32_t options) {
    Tensor axes;
    load(index, axes);
    if (axes.type != kInt32 || !axes.constant || axes.count > kMaxRank) return false;
    bool reduced[kMaxRank] = {};
    for (uint32_t i = 0; i < axes.count; ++i) {
      int32_t axis = constant_int(axes, i);
      if (axis < 0) axis += static_cast<int32_t>(in.rank);
      if (axis < 0 || static_cast<uint32_t>(axis) >= in.rank || reduced[axis]) return false;
      reduced[axis] = true;
    }
    uint32_t kept = 0;  // dimensions of the output
    const bool keeps = file_.scalar<uint8_t>(options, 0) != 0;
    for (uint32_t i = 0; i < in.rank; ++i) {
      if (reduced[i] && !keeps) continue;
      if (kept >= out.rank || out.dims[kept++] != (reduced[i] ? 1 : in.dims[i])) return false;
    }
    return kept == out.rank;
  }

  bool pad(uint32_t index, const Tensor& in, const Tensor& out) {
    Tensor paddings;
    load(index, paddings);
    if (paddings.type != kInt32 || !paddings.constant || paddings.count != 2 * in.rank ||
        in.rank != out.rank) {
      return false;
    }
    for (uint32_t i = 0; i < in.rank; ++i) {
      const int32_t before = constant_int(paddings, 2 * i);
      const int32_t after = constant_int(paddings, 2 * i + 1);
      if (before < 0 || after < 0 || before > 1024 || after > 1024 ||
          in.dims[i] + static_cast<uint32_t>(before + after) != out.dims[i]) {
        return false;
      }
    }
    return true;
  }

  bool concatenation(uint32_t inputs, uint32_t input_count, const Tensor& in, const Tensor& out,
                     uint32_t options) {
    if (options == 0 || in.rank != out.rank || in.rank == 0) return false;
    int32_t axis = file_.scalar<int32_t>(options, 0);
    if (axis < 0) axis += static_cast<int32_t>(in.rank);
    if (axis < 0 || static_cast<uint32_t>(axis) >= in.rank) return false;
    uint32_t joined = 0;
    for (uint32_t i = 0; i < input_count; ++i) {
      const uint32_t index = tensor_index(inputs, i);
      if (index == kNoTensor) return false;
      Tensor part;
      load(index, part);
      if (!activation(part) || part.rank != out.rank) return false;
      for (uint32_t d = 0; d < out.rank; ++d) {
        if (d != static_cast<uint32_t>(axis) && part.dims[d] != out.dims[d]) return false;
      }
      joined += part.dims[axis];
      if (joined > kMaxElements) return false;
    }
    return joined == out.dims[axis];
  }

  FlatBuffer file_;
  uint32_t length_;
  uint32_t codes_ = 0, code_count_ = 0;
  uint32_t buffers_ = 0, buffer_count_ = 0;
  uint32_t tensors_ = 0, tensor_count_ = 0;
  bool made_[kMaxTensors] = {};  // constant, the input, or computed by an earlier operator
  Tensor filter_ = {}, bias_ = {};
  uint64_t work_ = 0;  // of the operators so far, per window
};

}  // namespace

Verdict check_tflite(const uint8_t* bytes, uint32_t length, uint32_t input_bytes,
                     uint32_t output_bytes, uint32_t embedding_bytes) {
  return Checker(bytes, length).check(bytes, input_bytes, output_bytes, embedding_bytes);
}

}  // namespace core
