"""The RAM that an image has used: stacks and heap, as a debugger finds them."""

from __future__ import annotations

import struct
from typing import Final

from motionloop.nano.soc import Soc

_UNUSED: Final = 0xCCCCCCCC  # RTX fills its stacks with this (OS_STACK_WATERMARK)
_MAIN_STACK: Final = "_main_stack"
_BREAK: Final = "_ZZ5_sbrkE4heap"  # where newlib's heap ends; the Arduino core's _sbrk()
_HEAP_END: Final = "__HeapLimit"


def main_stack(soc: Soc) -> tuple[int, int]:
    """The most bytes of the main thread's stack that were in use, and its size."""
    symbol = soc.image[_MAIN_STACK]
    words = struct.unpack(f"<{symbol.size // 4}I", soc.processor.read(symbol.address, symbol.size))
    untouched = 1  # the lowest word is RTX's own mark
    while untouched < len(words) and words[untouched] == _UNUSED:
        untouched += 1
    return symbol.size - 4 * untouched, symbol.size


def heap_left(soc: Soc) -> int:
    """Bytes of RAM that neither variables nor the heap have taken."""
    return soc.image[_HEAP_END].address - soc.words(_BREAK)[0]
