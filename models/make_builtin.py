"""Makes builtin.mlpkg, the model in the firmware's image, and builtin.json, its figures.

    python models/make_builtin.py FILE

FILE is motionsense_pocket_50hz.npz: MotionSense (Malekzadeh et al. 2018, MIT licence), phone in a
front trouser pocket. Takes two minutes on two cores; the same file and versions of TensorFlow
give the same bytes on one machine.
"""

import hashlib
import json
import sys
import tempfile
from pathlib import Path

from motionloop.trainer.client import TrainingRequest
from motionloop.training.pipeline import train_recordings

HERE = Path(__file__).parent

data = Path(sys.argv[1])
with tempfile.TemporaryDirectory() as folder:
    request = TrainingRequest(
        recordings=(str(data),),
        folder=folder,
        name="builtin",
        preset="thorough",
        seed=1,
        labels=("sitting", "standing", "walking", "jogging", "upstairs", "downstairs"),
        split="person",
    )
    metrics = train_recordings(request).metrics
    packed = (Path(folder) / "model.mlpkg").read_bytes()
del metrics["request"]  # paths of one machine
metrics["data"]["sha256"] = hashlib.sha256(data.read_bytes()).hexdigest()
(HERE / "builtin.mlpkg").write_bytes(packed)
(HERE / "builtin.json").write_text(json.dumps(metrics, indent=2) + "\n")
split, int8 = metrics["split"]["description"], metrics["int8"]["accuracy"]
print(f"{int8:.2%} of the windows right, int8 under TFLM; {split}")
