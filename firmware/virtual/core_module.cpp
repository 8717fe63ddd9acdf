// The portable core as the Python module motionloop._core: the virtual board runs Board behind
// Python ports, training and the shadow check run Windower.
#include <nanobind/nanobind.h>
#include <nanobind/ndarray.h>
#include <nanobind/stl/string.h>
#include <nanobind/stl/tuple.h>

#include <array>
#include <cstring>
#include <memory>
#include <string>
#include <tuple>
#include <vector>

#include "board.h"
#include "crc32.h"
#include "sha256.h"
#include "tflite_check.h"

namespace nb = nanobind;
using namespace nb::literals;

namespace {

nb::bytes to_bytes(const void* data, size_t length) {
  return nb::bytes(static_cast<const char*>(data), length);
}

// --- ports: each method is forwarded to a Python object ----------------------------------------

// The core is built without exceptions. What a Python port raises waits here until the core has
// returned, and the port answers "failed" meanwhile.
class Raised {
 public:
  void keep(nb::python_error& error) {
    if (!error_) error_ = std::make_unique<nb::python_error>(std::move(error));
  }
  void raise_again() {
    if (!error_) return;
    nb::python_error error = std::move(*error_);
    error_.reset();
    throw error;
  }

 private:
  std::unique_ptr<nb::python_error> error_;
};

struct PythonPorts final : core::Radio, core::Flash, core::Classifier, core::Clock, core::Crypto {
  PythonPorts(nb::object radio, nb::object flash, nb::object classifier, nb::object clock,
              nb::object crypto)
      : notify_(radio.attr("notify")),
        listened_to_(radio.attr("listened_to")),
        end_link_(radio.attr("end_link")),
        erase_page_(flash.attr("erase_page")),
        program_(flash.attr("program")),
        load_(classifier.attr("load")),
        invoke_(classifier.attr("invoke")),
        now_us_(clock.attr("now_us")),
        verify_(crypto.attr("verify")),
        draw_(crypto.attr("draw")),
        memory_(nb::cast<Memory>(flash.attr("memory"))) {
    if (memory_.size() != core::kFlashPages * wire::FLASH_PAGE_BYTES) {
      throw nb::value_error("flash.memory must have FLASH_BYTES bytes");
    }
  }

  bool notify(core::Notification kind, const uint8_t* bytes, uint32_t length) override {
    return guarded(
        [&] { return nb::cast<bool>(notify_(static_cast<int>(kind), to_bytes(bytes, length))); },
        false);
  }
  bool listened_to() override {
    return guarded([&] { return nb::cast<bool>(listened_to_()); }, true);
  }
  void end_link() override {
    guarded([&] { return end_link_().is_valid(); }, false);
  }
  const uint8_t* mapped() const override { return memory_.data(); }
  core::Erase erase_page(uint32_t page) override {
    return guarded([&] { return static_cast<core::Erase>(nb::cast<int>(erase_page_(page))); },
                   core::Erase::failed);
  }
  bool program(uint32_t offset, const uint8_t* bytes, uint32_t length) override {
    return guarded([&] { return nb::cast<bool>(program_(offset, to_bytes(bytes, length))); },
                   false);
  }
  wire::Status load(const uint8_t* tflite, uint32_t length) override {
    return guarded(
        [&] { return static_cast<wire::Status>(nb::cast<int>(load_(to_bytes(tflite, length)))); },
        wire::Status::BAD_MODEL);
  }
  bool invoke(const int8_t* input, uint32_t input_length, int8_t* output,
              uint32_t output_length) override {
    return guarded(
        [&] {
          nb::object result = invoke_(to_bytes(input, input_length));
          if (result.is_none()) return false;
          nb::bytes outputs = nb::cast<nb::bytes>(result);
          if (outputs.size() < output_length) return false;
          std::memcpy(output, outputs.c_str(), output_length);
          return true;
        },
        false);
  }
  uint64_t now_us() override {
    last_us_ = guarded([&] { return nb::cast<uint64_t>(now_us_()); }, last_us_);
    return last_us_;
  }
  bool verify(const uint8_t* key, const uint8_t* digest, const uint8_t* signature) override {
    return guarded(
        [&] {
          return nb::cast<bool>(verify_(to_bytes(key, wire::PUBLIC_KEY_BYTES),
                                        to_bytes(digest, core::kDigestBytes),
                                        to_bytes(signature, wire::SIGNATURE_BYTES)));
        },
        false);
  }
  void draw(uint8_t* bytes, uint32_t length) override {
    std::memset(bytes, 0, length);
    guarded(
        [&] {
          nb::bytes drawn = nb::cast<nb::bytes>(draw_(length));
          if (drawn.size() != length) throw nb::value_error("crypto.draw() gave too few bytes");
          std::memcpy(bytes, drawn.c_str(), length);
          return true;
        },
        false);
  }

  Raised raised;

  // For Python's garbage collector: a port usually refers back to the board that it belongs to.
  int traverse(visitproc visit, void* arg) {
    for (nb::object* port : all()) Py_VISIT(port->ptr());
    return 0;
  }
  void clear() {
    for (nb::object* port : all()) port->reset();
  }

 private:
  using Memory = nb::ndarray<const uint8_t, nb::ndim<1>, nb::c_contig, nb::device::cpu>;

  template <class Call, class Result>
  Result guarded(Call call, Result failed) {
    try {
      return call();
    } catch (nb::python_error& error) {
      raised.keep(error);
      return failed;
    }
  }

  std::array<nb::object*, 10> all() {
    return {&notify_, &listened_to_, &end_link_, &erase_page_, &program_,
            &load_,   &invoke_,      &now_us_,   &verify_,     &draw_};
  }

  nb::object notify_, listened_to_, end_link_, erase_page_, program_, load_, invoke_, now_us_;
  nb::object verify_, draw_;
  Memory memory_;
  uint64_t last_us_ = 0;
};

class BoardBinding {
 public:
  BoardBinding(nb::object radio, nb::object flash, nb::object classifier, nb::object clock,
               nb::object crypto, std::tuple<int, int, int> firmware, int imu, int flags,
               uint32_t boot_id, uint32_t rate_mhz, uint32_t accel_ng_per_lsb,
               uint32_t gyro_nrads_per_lsb, uint16_t accel_range_mg, uint16_t gyro_range_dps,
               uint32_t arena_bytes, uint32_t radio_restarts, bool ended_by_fault,
               uint32_t first_seq, nb::bytes built_in)
      : ports_(std::move(radio), std::move(flash), std::move(classifier), std::move(clock),
               std::move(crypto)),
        built_in_(built_in.c_str(), built_in.size()) {
    core::Identity identity = {};
    identity.firmware[0] = static_cast<uint8_t>(std::get<0>(firmware));
    identity.firmware[1] = static_cast<uint8_t>(std::get<1>(firmware));
    identity.firmware[2] = static_cast<uint8_t>(std::get<2>(firmware));
    identity.imu = static_cast<wire::Imu>(imu);
    identity.flags = static_cast<uint16_t>(flags);
    identity.boot_id = boot_id;
    identity.samples = {rate_mhz, accel_ng_per_lsb, gyro_nrads_per_lsb};
    identity.accel_range_mg = accel_range_mg;
    identity.gyro_range_dps = gyro_range_dps;
    identity.arena_bytes = arena_bytes;
    identity.radio_restarts = radio_restarts;
    identity.ended_by_fault = ended_by_fault;
    identity.first_seq = first_seq;
    identity.built_in = {reinterpret_cast<const uint8_t*>(built_in_.data()),
                         static_cast<uint32_t>(built_in_.size())};
    board_ = std::make_unique<core::Board>(core::Ports{ports_, ports_, ports_, ports_, ports_},
                                           identity);
  }

  void start() {
    board_->start();
    ports_.raised.raise_again();
  }
  bool step() {
    const bool worked = board_->step();
    ports_.raised.raise_again();
    return worked;
  }
  void on_samples(nb::ndarray<const int16_t, nb::shape<-1, wire::AXES>, nb::c_contig> samples,
                  nb::ndarray<const int64_t, nb::ndim<1>, nb::c_contig> t_us) {
    if (samples.shape(0) != t_us.shape(0)) throw nb::value_error("one time per sample");
    for (size_t i = 0; i < t_us.shape(0); ++i) {
      board_->on_sample(samples.data() + i * wire::AXES, static_cast<uint64_t>(t_us.data()[i]));
    }
  }
  void on_link(bool connected) { board_->on_link(connected); }
  void on_command(nb::bytes bytes) {
    board_->on_command(data(bytes), static_cast<uint32_t>(bytes.size()));
    ports_.raised.raise_again();
  }
  void on_model_write(nb::bytes bytes) {
    board_->on_model_write(data(bytes), static_cast<uint32_t>(bytes.size()));
    ports_.raised.raise_again();
  }
  void obey(nb::bytes bytes) {
    board_->obey(data(bytes), static_cast<uint32_t>(bytes.size()));
    ports_.raised.raise_again();
  }
  void forget_owner() { board_->forget_owner(); }
  bool forgetting() const { return board_->forgetting(); }
  bool just_claimed() const { return board_->just_claimed(); }
  nb::bytes info() {
    const wire::Info info = board_->info();
    return to_bytes(&info, sizeof info);
  }
  bool starting() const { return board_->starting(); }
  bool busy() const { return board_->busy(); }
  int label() const { return board_->label(); }
  bool identifying() const { return board_->identifying(); }
  PythonPorts& ports() { return ports_; }

 private:
  static const uint8_t* data(const nb::bytes& bytes) {
    return reinterpret_cast<const uint8_t*>(bytes.c_str());
  }

  PythonPorts ports_;
  std::string built_in_;
  std::unique_ptr<core::Board> board_;
};

int board_traverse(PyObject* self, visitproc visit, void* arg) {
  Py_VISIT(Py_TYPE(self));
  if (!nb::inst_ready(self)) return 0;
  return nb::inst_ptr<BoardBinding>(self)->ports().traverse(visit, arg);
}

int board_clear(PyObject* self) {
  nb::inst_ptr<BoardBinding>(self)->ports().clear();
  return 0;
}

PyType_Slot board_slots[] = {{Py_tp_traverse, reinterpret_cast<void*>(board_traverse)},
                             {Py_tp_clear, reinterpret_cast<void*>(board_clear)},
                             {0, nullptr}};

// --- arrays -------------------------------------------------------------------------------------

template <class Value>
nb::ndarray<nb::numpy, Value> owned(std::vector<Value>* values,
                                    std::initializer_list<size_t> shape) {
  nb::capsule owner(values, [](void* p) noexcept { delete static_cast<std::vector<Value>*>(p); });
  return nb::ndarray<nb::numpy, Value>(values->data(), shape, owner);
}

// --- rejection ----------------------------------------------------------------------------------

using Windows = nb::ndarray<const int8_t, nb::shape<-1, -1, -1>, nb::c_contig>;

nb::ndarray<nb::numpy, int8_t> channel_statistics(Windows windows) {
  const size_t window = windows.shape(1), channels = windows.shape(2);
  if (window == 0 || window > wire::MAX_WINDOW || channels > wire::MAX_CHANNELS) {
    throw nb::value_error("windows longer or with more channels than a model takes");
  }
  const size_t count = core::kStatisticsPerChannel * channels;
  auto* out = new std::vector<int8_t>(windows.shape(0) * count);
  for (size_t i = 0; i < windows.shape(0); ++i) {
    core::channel_statistics(windows.data() + i * window * channels, static_cast<uint32_t>(window),
                             static_cast<uint32_t>(channels), out->data() + i * count);
  }
  return owned(out, {windows.shape(0), count});
}

class RejectionBinding {
 public:
  RejectionBinding(nb::bytes section, uint32_t class_count, uint32_t channel_count)
      : section_((section.size() + sizeof(uint32_t) - 1) / sizeof(uint32_t)) {
    if (section.size() != 0) std::memcpy(section_.data(), section.c_str(), section.size());
    const auto* bytes = reinterpret_cast<const uint8_t*>(section_.data());
    if (class_count == 0 || class_count > wire::MAX_CLASSES || channel_count > wire::MAX_CHANNELS ||
        !core::Rejection::fits(bytes, static_cast<uint32_t>(section.size()), class_count,
                               channel_count)) {
      throw nb::value_error("not a rejection for so many classes and channels");
    }
    rejection_ = core::Rejection(bytes, class_count, channel_count);
  }

  nb::ndarray<nb::numpy, uint64_t> distances(
      nb::ndarray<const int8_t, nb::shape<-1, -1>, nb::c_contig> features) const {
    if (features.shape(1) != rejection_.feature_count()) {
      throw nb::value_error("features of another number");
    }
    auto* out = new std::vector<uint64_t>(features.shape(0));
    for (size_t i = 0; i < out->size(); ++i) {
      (*out)[i] = rejection_.distance(features.data() + i * features.shape(1));
    }
    return owned(out, {out->size()});
  }

 private:
  std::vector<uint32_t> section_;  // aligned as in flash
  core::Rejection rejection_;
};

// --- windower -----------------------------------------------------------------------------------

using Fixed = nb::ndarray<const int32_t, nb::shape<-1, -1, wire::AXES>, nb::c_contig>;

class WindowerBinding {
 public:
  WindowerBinding(uint32_t rate_mhz, uint32_t accel_ng_per_lsb, uint32_t gyro_nrads_per_lsb,
                  uint32_t model_rate_mhz, uint32_t window, nb::bytes channels, nb::bytes tables)
      : channels_(channels.size() / sizeof(wire::Channel)),
        tables_(tables.c_str(), tables.c_str() + tables.size()) {
    const size_t table_bytes = wire::THRESHOLDS * sizeof(int32_t);
    if (channels.size() % sizeof(wire::Channel) != 0 || channels_.empty() ||
        channels_.size() > wire::MAX_CHANNELS) {
      throw nb::value_error("channels: 1 to MAX_CHANNELS packed wire.Channel");
    }
    if (tables.size() % table_bytes != 0) throw nb::value_error("tables: THRESHOLDS int32 each");
    std::memcpy(channels_.data(), channels.c_str(), channels.size());
    for (const wire::Channel& channel : channels_) {
      if (channel.axis >= wire::AXES ||
          (channel.table != wire::NO_TABLE && channel.table >= tables.size() / table_bytes)) {
        throw nb::value_error("a channel names an axis or table that does not exist");
      }
    }
    const core::InputSpec spec = {model_rate_mhz, window, static_cast<uint32_t>(channels_.size()),
                                  channels_.data(), tables_.data()};
    if (!windower_.configure({rate_mhz, accel_ng_per_lsb, gyro_nrads_per_lsb}, spec)) {
      throw nb::value_error("no such window can be made from samples of this rate and scale");
    }
  }

  uint32_t span() const { return windower_.span(); }
  uint64_t points_to_samples_q16(uint32_t points) const {
    return windower_.points_to_samples_q16(points);
  }

  nb::ndarray<nb::numpy, int32_t> resample(
      nb::ndarray<const int16_t, nb::shape<-1, wire::AXES>, nb::c_contig> samples,
      nb::ndarray<const int64_t, nb::ndim<1>, nb::c_contig> ends) const {
    const size_t windows = ends.shape(0), window = windower_.spec().window;
    const int64_t span = windower_.span();
    for (size_t i = 0; i < windows; ++i) {
      if (ends.data()[i] < span - 1 || ends.data()[i] >= static_cast<int64_t>(samples.shape(0))) {
        throw nb::index_error("a window reaches outside of the samples");
      }
    }
    auto* out = new std::vector<int32_t>(windows * window * wire::AXES);
    std::vector<int32_t> points(window);
    for (size_t i = 0; i < windows; ++i) {
      core::SampleView view = {reinterpret_cast<const int16_t (*)[wire::AXES]>(samples.data()) +
                                   (ends.data()[i] - span + 1),
                               0, windower_.span() + 1};
      for (uint32_t axis = 0; axis < wire::AXES; ++axis) {
        windower_.resample(view, axis, points.data());
        int32_t* to = out->data() + i * window * wire::AXES + axis;
        for (size_t k = 0; k < window; ++k) to[k * wire::AXES] = points[k];
      }
    }
    return owned(out, {windows, window, static_cast<size_t>(wire::AXES)});
  }

  nb::ndarray<nb::numpy, int8_t> channels(Fixed fixed) const {
    const size_t windows = fixed.shape(0), window = windower_.spec().window;
    const size_t count = channels_.size();
    if (fixed.shape(1) != window) throw nb::value_error("windows of another length");
    auto* out = new std::vector<int8_t>(windows * window * count);
    {
      nb::gil_scoped_release release;  // training computes the next epoch's input meanwhile
      std::vector<int32_t> points(window);
      for (size_t i = 0; i < windows; ++i) {
        const int32_t* from = fixed.data() + i * window * wire::AXES;
        for (uint32_t axis = 0; axis < wire::AXES; ++axis) {
          for (size_t k = 0; k < window; ++k) points[k] = from[k * wire::AXES + axis];
          for (uint32_t c = 0; c < count; ++c) {
            if (channels_[c].axis == axis) {
              windower_.quantize(points.data(), c, out->data() + i * window * count);
            }
          }
        }
      }
    }
    return owned(out, {windows, window, count});
  }

 private:
  std::vector<wire::Channel> channels_;
  std::vector<uint8_t> tables_;
  core::Windower windower_;
};

nb::bytes sha256(nb::bytes content) {
  core::Sha256 hash;
  uint8_t digest[core::kDigestBytes];
  hash.update(content.c_str(), static_cast<uint32_t>(content.size()));
  hash.finish(digest);
  return to_bytes(digest, sizeof digest);
}

std::tuple<int, uint32_t> check_tflite(nb::bytes model, uint32_t input_bytes, uint32_t output_bytes,
                                       uint32_t embedding_bytes) {
  const core::Verdict verdict = core::check_tflite(reinterpret_cast<const uint8_t*>(model.c_str()),
                                                   static_cast<uint32_t>(model.size()), input_bytes,
                                                   output_bytes, embedding_bytes);
  return {static_cast<int>(verdict.status), verdict.detail};
}

std::tuple<int, uint32_t> check_package(nb::bytes package) {
  // 16-byte alignment as in flash.
  std::vector<uint8_t> copy(package.size() + 16);
  uint8_t* aligned = copy.data() + (16 - reinterpret_cast<uintptr_t>(copy.data()) % 16) % 16;
  std::memcpy(aligned, package.c_str(), package.size());
  core::PackageView view;
  core::Verdict verdict = view.open(aligned, static_cast<uint32_t>(package.size()));
  if (verdict.ok()) {
    verdict = core::check_tflite(view.tflite(), view.header().tflite_bytes, view.input_bytes(),
                                 view.header().class_count, view.rejection().embedding_size());
  }
  return {static_cast<int>(verdict.status), verdict.detail};
}

}  // namespace

NB_MODULE(_core, m) {
  // A thread that still runs when Python ends keeps its objects; nothing is lost by that.
  nb::set_leak_warnings(false);
  m.attr("WIRE_HASH") = wire::WIRE_HASH;
  m.attr("FLASH_BYTES") = core::kFlashPages * wire::FLASH_PAGE_BYTES;
  m.attr("JOURNAL_PAGE") = core::kJournalPage;
  m.attr("JOURNAL_PAGES") = core::kJournalPages;
  m.attr("SLOT_BYTES") = core::kSlotBytes;
  m.attr("ERASE_WORKING") = static_cast<int>(core::Erase::working);
  m.attr("ERASE_DONE") = static_cast<int>(core::Erase::done);
  m.attr("ERASE_FAILED") = static_cast<int>(core::Erase::failed);
  m.attr("NOTIFY_REPLY") = static_cast<int>(core::Notification::reply);
  m.attr("NOTIFY_MOTION") = static_cast<int>(core::Notification::motion);
  m.attr("NOTIFY_PREDICTION") = static_cast<int>(core::Notification::prediction);
  m.def("check_tflite", &check_tflite, "model"_a, "input_bytes"_a, "output_bytes"_a,
        "embedding_bytes"_a = 0, "The board's check of a .tflite: (wire.Status, detail).");
  m.def("sha256", &sha256, "content"_a, "The board's SHA-256.");
  m.def("check_package", &check_package, "package"_a,
        "The board's checks of a package up to its .tflite: (wire.Status, detail).");

  nb::class_<BoardBinding>(m, "Board", nb::type_slots(board_slots),
                           "firmware/lib/core/board.h behind Python ports.")
      .def(nb::init<nb::object, nb::object, nb::object, nb::object, nb::object,
                    std::tuple<int, int, int>, int, int, uint32_t, uint32_t, uint32_t, uint32_t,
                    uint16_t, uint16_t, uint32_t, uint32_t, bool, uint32_t, nb::bytes>(),
           nb::kw_only(), "radio"_a, "flash"_a, "classifier"_a, "clock"_a, "crypto"_a, "firmware"_a,
           "imu"_a, "flags"_a, "boot_id"_a, "rate_mhz"_a, "accel_ng_per_lsb"_a,
           "gyro_nrads_per_lsb"_a, "accel_range_mg"_a, "gyro_range_dps"_a, "arena_bytes"_a,
           "radio_restarts"_a = 0,
           // A default value, which cppcheck takes for a pointer.
           // cppcheck-suppress assignBoolToPointer
           "ended_by_fault"_a = false, "first_seq"_a = 0, "built_in"_a = nb::bytes(""))
      .def("start", &BoardBinding::start)
      .def("step", &BoardBinding::step,
           "One piece of work; False with nothing to do at once: an erase may be under way.")
      .def("on_samples", &BoardBinding::on_samples, "samples"_a, "t_us"_a,
           "int16 [n, 6] and int64 [n] device times, oldest first.")
      .def("on_link", &BoardBinding::on_link, "connected"_a)
      .def("on_command", &BoardBinding::on_command, "value"_a)
      .def("on_model_write", &BoardBinding::on_model_write, "value"_a)
      .def("obey", &BoardBinding::obey, "value"_a,
           "A command of the board itself, which may do what the owner may.")
      .def("forget_owner", &BoardBinding::forget_owner,
           "Have the board belong to nobody, in a later step().")
      .def_prop_ro("forgetting", &BoardBinding::forgetting)
      .def_prop_ro("just_claimed", &BoardBinding::just_claimed)
      .def("info", &BoardBinding::info, "Packed wire.Info.")
      .def_prop_ro("starting", &BoardBinding::starting, "step() until it is False after start().")
      .def_prop_ro("busy", &BoardBinding::busy, "A command's reply waits.")
      .def_prop_ro("label", &BoardBinding::label)
      .def_prop_ro("identifying", &BoardBinding::identifying);

  nb::class_<RejectionBinding>(m, "Rejection", "firmware/lib/core/rejection.h over arrays.")
      .def(nb::init<nb::bytes, uint32_t, uint32_t>(), "section"_a, "class_count"_a,
           "channel_count"_a)
      .def("distances", &RejectionBinding::distances, "features"_a,
           "int8 [k, features] -> uint64 [k]: squared, to the nearest class.");
  m.def("channel_statistics", &channel_statistics, "windows"_a,
        "int8 [k, window, channels] -> int8 [k, 2 * channels]: twice the mean, and the level.");

  nb::class_<WindowerBinding>(m, "Windower", "firmware/lib/core/windower.h over arrays.")
      .def(nb::init<uint32_t, uint32_t, uint32_t, uint32_t, uint32_t, nb::bytes, nb::bytes>(),
           nb::kw_only(), "rate_mhz"_a, "accel_ng_per_lsb"_a, "gyro_nrads_per_lsb"_a,
           "model_rate_mhz"_a, "window"_a, "channels"_a, "tables"_a)
      .def_prop_ro("span", &WindowerBinding::span, "Samples that one window covers.")
      .def("points_to_samples_q16", &WindowerBinding::points_to_samples_q16, "points"_a)
      .def("resample", &WindowerBinding::resample, "samples"_a, "ends"_a,
           "int16 [n, 6] and indices of last samples [k] -> int32 [k, window, 6] in 2^-16 units.")
      .def("channels", &WindowerBinding::channels, "fixed"_a,
           "int32 [k, window, 6] -> int8 [k, window, channels].");
}
