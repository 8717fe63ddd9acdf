"""Power cuts at every flash operation of a whole board."""
