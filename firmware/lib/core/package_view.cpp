#include "package_view.h"

#include <string.h>

#include "crc32.h"

namespace core {

namespace {

using wire::PackageHeader;
using wire::Status;

// The detail names the header field that is out of its limits by its position.
#define BAD(field) \
  refused(Status::BAD_PACKAGE, static_cast<uint32_t>(offsetof(PackageHeader, field)))

bool section_fits(const PackageHeader& header, uint32_t offset, uint32_t bytes,
                  uint32_t alignment) {
  return offset % alignment == 0 && offset >= header.header_bytes && offset <= header.total_bytes &&
         bytes <= header.total_bytes - offset;
}

}  // namespace

Verdict PackageView::open(const uint8_t* bytes, uint32_t length) {
  bytes_ = bytes;
  if (length < sizeof header_) return BAD(total_bytes);
  memcpy(&header_, bytes, sizeof header_);
  const PackageHeader& h = header_;
  if (h.magic != wire::PACKAGE_MAGIC) return BAD(magic);
  if (h.format != wire::PACKAGE_FORMAT) return refused(Status::BAD_VERSION, h.format);
  if (h.total_bytes < sizeof header_ || h.total_bytes > length) return BAD(total_bytes);
  const uint32_t covered = offsetof(PackageHeader, signature);
  const uint32_t crc = crc32(bytes + covered, h.total_bytes - covered);
  if (crc != h.crc32) return refused(Status::BAD_CRC, crc);
  if (h.header_bytes != sizeof header_) return BAD(header_bytes);
  if (h.model_rate_mhz == 0) return BAD(model_rate_mhz);
  if (h.window == 0 || h.window > wire::MAX_WINDOW) return BAD(window);
  if (h.hop == 0 || h.hop > wire::MAX_WINDOW) return BAD(hop);
  if (h.channel_count == 0 || h.channel_count > wire::MAX_CHANNELS ||
      input_bytes() > wire::MAX_INPUT_BYTES) {
    return BAD(channel_count);
  }
  if (h.class_count < 2 || h.class_count > wire::MAX_CLASSES) return BAD(class_count);
  if (h.table_count > wire::MAX_TABLES) return BAD(table_count);
  if (!section_fits(h, h.labels_offset, h.class_count * wire::LABEL_BYTES, 4)) {
    return BAD(labels_offset);
  }
  if (!section_fits(h, h.channels_offset,
                    h.channel_count * static_cast<uint32_t>(sizeof(wire::Channel)), 4)) {
    return BAD(channels_offset);
  }
  const uint32_t table_bytes = wire::THRESHOLDS * static_cast<uint32_t>(sizeof(int32_t));
  if (!section_fits(h, h.tables_offset, h.table_count * table_bytes, 4)) return BAD(tables_offset);
  if (!section_fits(h, h.golden_offset, h.golden_count * golden_bytes(), 4)) {
    return BAD(golden_offset);
  }
  // At least one golden window: without it nothing would prove that the model computes here.
  if (h.golden_count == 0) return BAD(golden_count);
  if (!section_fits(h, h.tflite_offset, h.tflite_bytes, 16)) return BAD(tflite_offset);
  if (h.rejection_words != 0) {
    const uint32_t at = h.rejection_words * wire::FLASH_WORD_BYTES;
    if (!section_fits(h, at, sizeof(wire::Rejection), wire::FLASH_WORD_BYTES)) {
      return BAD(rejection_words);
    }
    if (!Rejection::fits(bytes + at, h.total_bytes - at, h.class_count, h.channel_count)) {
      return refused(Status::BAD_PACKAGE, at);
    }
  }
  const wire::Channel* channels = input().channels;
  for (uint32_t i = 0; i < h.channel_count; ++i) {
    if (channels[i].axis >= wire::AXES ||
        (channels[i].table != wire::NO_TABLE && channels[i].table >= h.table_count)) {
      return refused(Status::BAD_PACKAGE,
                     h.channels_offset + i * static_cast<uint32_t>(sizeof(wire::Channel)));
    }
  }
  return accepted();
}

InputSpec PackageView::input() const {
  InputSpec spec;
  spec.rate_mhz = header_.model_rate_mhz;
  spec.window = header_.window;
  spec.channel_count = header_.channel_count;
  spec.channels = reinterpret_cast<const wire::Channel*>(bytes_ + header_.channels_offset);
  spec.tables = bytes_ + header_.tables_offset;
  return spec;
}

Rejection PackageView::rejection() const {
  const uint32_t at = header_.rejection_words * wire::FLASH_WORD_BYTES;
  if (at == 0) return Rejection();
  return Rejection(bytes_ + at, header_.class_count, header_.channel_count);
}

const int8_t* PackageView::golden_input(uint32_t index) const {
  return reinterpret_cast<const int8_t*>(bytes_ + header_.golden_offset) + index * golden_bytes();
}

const int8_t* PackageView::golden_output(uint32_t index) const {
  return golden_input(index) + input_bytes();
}

}  // namespace core
