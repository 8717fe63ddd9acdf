"""What a board must not take: models and packages that are malformed or meant to harm."""
