#include "motionloop_classifier.h"

#include "core/classifier.h"

core::Classifier& motionloop_classifier() {
  static TflmClassifier only;
  return only;
}
