// The model slots and their journal: the last 256 KB of the flash, behind the image.
#pragma once
#include <mbed_config.h>  // which the next needs and does not include

#include <FlashIAP.h>

#include "model_store.h"

class SlotFlash : public core::Flash {
 public:
  static constexpr uint32_t kStart = 0xc0000;

  // False when the image reaches into the slots: nothing is written then.
  bool begin();

  const uint8_t* mapped() const override { return reinterpret_cast<const uint8_t*>(kStart); }
  bool erase_page(uint32_t page) override;
  bool program(uint32_t offset, const uint8_t* bytes, uint32_t length) override;

 private:
  mbed::FlashIAP flash_;
  bool usable_ = false;
};
