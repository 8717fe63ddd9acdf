// CRC-32 as zlib and PNG have it (reflected polynomial 0xEDB88320), so that Python's zlib agrees.
#pragma once
#include <stdint.h>

namespace core {

// Pass the previous result as `crc` to go on over more bytes.
uint32_t crc32(const void* bytes, uint32_t length, uint32_t crc = 0);

}  // namespace core
