// The model slots and their journal: the last 256 KB of the flash, behind the image.
#pragma once
#include <mbed_config.h>  // which the next needs and does not include

#include <FlashIAP.h>

#include "flash_layout.h"
#include "ports.h"

class SlotFlash : public core::Flash {
 public:
  static constexpr uint32_t kStart = 0xc0000;

  // False when the image reaches into the slots: nothing is written then.
  bool begin();

  const uint8_t* mapped() const override { return reinterpret_cast<const uint8_t*>(kStart); }
  core::Erase erase_page(uint32_t page) override;
  bool program(uint32_t offset, const uint8_t* bytes, uint32_t length) override;

 private:
  static constexpr uint32_t kNoPage = 0xffffffff;

  mbed::FlashIAP flash_;
  bool usable_ = false;
  uint32_t erasing_ = kNoPage;
  uint32_t erased_ms_ = 0;  // of that page
};
