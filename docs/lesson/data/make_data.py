"""Cut the lesson's data out of the published data sets; README.md beside this file names them.

    python docs/lesson/data/make_data.py FOLDER

FOLDER holds the motion files in the layout of docs/benchmarks.md; the pictures come from Debian's
package dataset-fashion-mnist. The parts are chosen by number alone, never by what a model says.
"""

from __future__ import annotations

import argparse
import gzip
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

HERE = Path(__file__).parent
FASHION = Path("/usr/share/datasets/fashion-mnist")
FASHION_NAMES = (
    "T-shirt/top", "trouser", "pullover", "dress", "coat",
    "sandal", "shirt", "sneaker", "bag", "ankle boot",
)  # fmt: skip


def cut_motion(source: Path, target: str, people: int, seconds: float) -> None:
    """Keep the first people, and of each session the first seconds."""
    arrays = dict(np.load(source))
    rate_hz = float(arrays["rate_hz"])
    subject, session = arrays["subject"], arrays["session"]
    change = (np.diff(subject, prepend=-1) != 0) | (np.diff(session, prepend=-1) != 0)
    begin = np.maximum.accumulate(np.where(change, np.arange(len(subject)), 0))
    kept = (subject <= people) & (np.arange(len(subject)) - begin < seconds * rate_hz)
    np.savez_compressed(
        HERE / target,
        X=arrays["X"][kept].astype(np.float16),
        y=arrays["y"][kept],
        subject=subject[kept],
        session=session[kept],
        rate_hz=arrays["rate_hz"],
        label_names=arrays["label_names"],
    )


def cut_pictures(target: str, train: int, test: int) -> None:
    """Keep the first pictures of each part; the data set is shuffled already."""
    np.savez_compressed(
        HERE / target,
        train=_idx("train-images-idx3")[:train],
        train_labels=_idx("train-labels-idx1")[:train],
        test=_idx("t10k-images-idx3")[:test],
        test_labels=_idx("t10k-labels-idx1")[:test],
        label_names=np.array(FASHION_NAMES),
    )


def _idx(name: str) -> NDArray[np.uint8]:
    """An IDX file of bytes: two zeros, the type, the number of dimensions, then their sizes."""
    content = gzip.decompress((FASHION / f"{name}-ubyte.gz").read_bytes())
    sizes = np.frombuffer(content, ">u4", content[3], 4).astype(int)
    return np.frombuffer(content, np.uint8, -1, 4 + 4 * len(sizes)).reshape(sizes)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    folder = parser.parse_args().folder
    cut_motion(folder / "motionsense_pocket_50hz.npz", "pocket.npz", people=6, seconds=30)
    for place in ("pocket", "wrist"):
        source = folder / f"turn_and_sit_{place}_100hz.npz"
        cut_motion(source, f"turn_and_sit_{place}.npz", people=8, seconds=60)
    cut_pictures("fashion.npz", train=3000, test=1000)


if __name__ == "__main__":
    main()
