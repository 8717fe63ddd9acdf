// One object of a type, made anew for each test that asks for it: models of flash are too large
// for the stack, and one for each test too much for a microcontroller.
#pragma once

#include <stdint.h>

#include <new>

template <class Type>
Type& fresh() {
  alignas(Type) static uint8_t memory[sizeof(Type)];
  return *new (memory) Type();
}
