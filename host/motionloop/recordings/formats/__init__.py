"""Files of other programs that hold motion, one module per format."""
