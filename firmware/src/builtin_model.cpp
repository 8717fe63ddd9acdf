#include "builtin_model.h"

#include <string.h>

#include "crc32.h"

// The path counts from the project's folder, where PlatformIO builds.
asm(".pushsection .rodata.builtin_model, \"a\"\n"
    ".balign 4\n"
    ".global builtin_model, builtin_model_end\n"
    "builtin_model:\n"
    ".incbin \"models/builtin.mlpkg\"\n"
    "builtin_model_end:\n"
    ".popsection\n");

extern "C" const uint8_t builtin_model[], builtin_model_end[];

namespace {

using wire::Opcode;

struct __attribute__((packed)) Begin {
  wire::CommandHeader header;
  wire::ModelBegin arguments;
};

// Until the command is answered: the first begin waits for the erase of a few pages.
void work(core::Board& board) {
  while (board.step() || board.busy()) {
  }
}

}  // namespace

core::BuiltInModel built_in_model() {
  // The linker's two ends of one object.
  // cppcheck-suppress subtractPointers
  return {builtin_model, static_cast<uint32_t>(builtin_model_end - builtin_model)};
}

void push_builtin_model(core::Board& board) {
  const uint32_t total = built_in_model().length;
  const Begin begin = {{static_cast<uint8_t>(Opcode::MODEL_BEGIN), 0},
                       {total, core::crc32(builtin_model, total)}};
  board.obey(reinterpret_cast<const uint8_t*>(&begin), sizeof begin);
  work(board);
  uint8_t write[wire::MAX_MODEL_WRITE_BYTES];
  constexpr uint32_t kHeader = sizeof(wire::ModelChunkHeader);
  constexpr uint32_t kPart =
      (sizeof write - kHeader) / wire::FLASH_WORD_BYTES * wire::FLASH_WORD_BYTES;
  for (uint32_t offset = 0; offset < total; offset += kPart) {
    const uint32_t length = total - offset < kPart ? total - offset : kPart;
    const wire::ModelChunkHeader header = {offset};
    memcpy(write, &header, kHeader);
    memcpy(write + kHeader, builtin_model + offset, length);
    board.on_model_write(write, kHeader + length);
  }
  const wire::CommandHeader commit = {static_cast<uint8_t>(Opcode::MODEL_COMMIT), 0};
  board.obey(reinterpret_cast<const uint8_t*>(&commit), sizeof commit);
  work(board);
}
