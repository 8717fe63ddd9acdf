"""Cases drawn by chance for all that a stranger's bytes reach on a board."""
