#include "slot_flash.h"

#include <mbed_critical.h>
#include <nrf.h>

#include "controller.h"
#include "link_layer.h"

namespace {

constexpr uint32_t kBytes = core::kFlashPages * wire::FLASH_PAGE_BYTES;
static_assert(SlotFlash::kStart + kBytes == 0x100000, "the slots end with the flash");

// The processor stands still during an erase, and the radio's interrupts with it. So a page is
// erased in pieces (nRF52840 Product Specification, NVMC, ERASEPAGEPARTIAL), each of which ends
// before the link layer needs the processor again. Together they are longer than the 89.7 ms that
// the erase of a page may take.
constexpr uint32_t kEraseMs = 90;
constexpr uint32_t kPieceMs = 3;
// Where connection events follow each other closely: at an interval of 7.5 ms there are more gaps
// of 2 ms than of 4.
constexpr uint32_t kShortPieceMs = 1;
// A piece may take 5 % longer than said (tERASEPAGEPARTIAL,acc).
constexpr uint32_t kLongestMsUs = 1050;
// Left over for what waited meanwhile: other interrupts, the controller's thread.
constexpr uint32_t kMarginUs = 1000;

bool fits(uint32_t piece_ms) {
  return !controller_runs() || link_layer_idle_us() >= piece_ms * kLongestMsUs + kMarginUs;
}

// Do one piece if there is time for one now. How many milliseconds it was.
uint32_t erase_piece(uint32_t address) {
  uint32_t piece_ms = 0;
  core_util_critical_section_enter();  // the time is still there when the piece begins
  if (fits(kPieceMs)) {
    piece_ms = kPieceMs;
  } else if (fits(kShortPieceMs)) {
    piece_ms = kShortPieceMs;
  }
  if (piece_ms != 0) {
    NRF_NVMC->ERASEPAGEPARTIALCFG = piece_ms;
    NRF_NVMC->CONFIG = NVMC_CONFIG_WEN_Een;
    NRF_NVMC->ERASEPAGEPARTIAL = address;
    while (NRF_NVMC->READY == NVMC_READY_READY_Busy) {
    }
    NRF_NVMC->CONFIG = NVMC_CONFIG_WEN_Ren;
  }
  core_util_critical_section_exit();
  return piece_ms;
}

}  // namespace

constexpr uint32_t SlotFlash::kStart;

bool SlotFlash::begin() {
  usable_ = FLASHIAP_APP_ROM_END_ADDR <= kStart && flash_.init() == 0;
  return usable_;
}

core::Erase SlotFlash::erase_page(uint32_t page) {
  if (!usable_ || page >= core::kFlashPages) return core::Erase::failed;
  if (erasing_ == kNoPage) {
    erasing_ = page;
    erased_ms_ = 0;
  }
  if (page != erasing_) return core::Erase::failed;
  erased_ms_ += erase_piece(kStart + page * wire::FLASH_PAGE_BYTES);
  if (erased_ms_ < kEraseMs) return core::Erase::working;
  erasing_ = kNoPage;
  return core::is_blank(mapped() + page * wire::FLASH_PAGE_BYTES, wire::FLASH_PAGE_BYTES)
             ? core::Erase::done
             : core::Erase::failed;
}

bool SlotFlash::program(uint32_t offset, const uint8_t* bytes, uint32_t length) {
  return usable_ && erasing_ == kNoPage && offset <= kBytes && length <= kBytes - offset &&
         flash_.program(bytes, kStart + offset, length) == 0;
}
