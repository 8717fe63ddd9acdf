"""From windows to a trained, quantized and measured model: the only importer of TensorFlow."""

import os

# All are read while TensorFlow is imported, so they are set before the first import.
os.environ.setdefault("TF_USE_LEGACY_KERAS", "1")  # model-optimization works with tf-keras only
os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
os.environ.setdefault("CUDA_VISIBLE_DEVICES", "-1")  # models this small train faster on the CPU
os.environ.setdefault("TF_ENABLE_ONEDNN_OPTS", "0")  # slower for shapes this small
