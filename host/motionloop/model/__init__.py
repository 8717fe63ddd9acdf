"""A trained model as all but its trainer see it: package, inference, wearing, folder."""
