#pragma once
#include "board.h"

// The package that comes with the image, so that a fresh board classifies at once.
core::BuiltInModel built_in_model();

// It is pushed as a host would: into a slot, with every check. Later packages replace it there.
void push_builtin_model(core::Board& board);
