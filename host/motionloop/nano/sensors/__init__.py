"""The motion sensors of both revisions, as register models on the I2C bus."""
