// Who runs the network: one function, so that a program without TensorFlow Lite Micro's usual
// headers can bring its own.
#pragma once
#include "core/ports.h"

core::Classifier& motionloop_classifier();
