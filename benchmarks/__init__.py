"""One figure a file. `python -m benchmarks.NAME --json` prints one JSON object as its last line;
its keys are a contract, so that figures of different days can be compared."""
