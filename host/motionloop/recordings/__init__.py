"""Motion on disk: recordings with their samples, labels, gaps and origin."""
