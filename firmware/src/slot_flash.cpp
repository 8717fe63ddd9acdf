#include "slot_flash.h"

#include <nrf.h>

namespace {

constexpr uint32_t kBytes = core::kFlashPages * wire::FLASH_PAGE_BYTES;
static_assert(SlotFlash::kStart + kBytes == 0x100000, "the slots end with the flash");

// An erase stops the processor, and with it the radio. In slices of 3 ms no connection event is
// missed for longer than that; together they are longer than the 89.7 ms of a whole erase.
constexpr uint32_t kSliceMs = 3;
constexpr uint32_t kSlices = 31;

}  // namespace

constexpr uint32_t SlotFlash::kStart;

bool SlotFlash::begin() {
  usable_ = FLASHIAP_APP_ROM_END_ADDR <= kStart && flash_.init() == 0;
  return usable_;
}

bool SlotFlash::erase_page(uint32_t page) {
  if (!usable_ || page >= core::kFlashPages) return false;
  const uint32_t address = kStart + page * wire::FLASH_PAGE_BYTES;
  NRF_NVMC->ERASEPAGEPARTIALCFG = kSliceMs;
  NRF_NVMC->CONFIG = NVMC_CONFIG_WEN_Een;
  for (uint32_t slice = 0; slice < kSlices; ++slice) {
    NRF_NVMC->ERASEPAGEPARTIAL = address;
    while (NRF_NVMC->READY == NVMC_READY_READY_Busy) {
    }
  }
  NRF_NVMC->CONFIG = NVMC_CONFIG_WEN_Ren;
  const uint32_t* word = reinterpret_cast<const uint32_t*>(address);
  for (uint32_t i = 0; i < wire::FLASH_PAGE_BYTES / sizeof *word; ++i) {
    if (word[i] != 0xffffffffu) return false;
  }
  return true;
}

bool SlotFlash::program(uint32_t offset, const uint8_t* bytes, uint32_t length) {
  return usable_ && offset <= kBytes && length <= kBytes - offset &&
         flash_.program(bytes, kStart + offset, length) == 0;
}
