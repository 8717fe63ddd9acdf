"""Talk to boards: find them, stream samples and predictions, push models, record."""
