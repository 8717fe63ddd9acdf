"""What lies in the folder of models. Standard library only: it is read for every refresh."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

METRICS_FILE = "metrics.json"
VARIANTS_FILE = "variants.json"


@dataclass(frozen=True)
class StoredModel:
    """A model's folder with its metrics."""

    path: Path
    metrics: dict[str, Any]

    @property
    def words(self) -> str:
        """One line: name and accuracy."""
        return f"{self.path.name}  {self.metrics['int8']['accuracy']:.1%}"

    @property
    def labels(self) -> str:
        return ", ".join(self.metrics["labels"])


def stored_models(folder: Path) -> list[StoredModel]:
    """The whole models in `folder`, the newest first; folders that cannot be read are left out."""
    found = []
    for path in sorted(folder.glob(f"*/{METRICS_FILE}"), key=lambda p: p.stat().st_mtime):
        try:
            model = StoredModel(path.parent, json.loads(path.read_bytes()))
            model.words, model.labels  # noqa: B018, has all that is shown
        except (OSError, ValueError, KeyError, TypeError):
            continue
        found.append(model)
    return found[::-1]


def stored_variants(model: Path) -> list[dict[str, Any]]:
    """The variants measured for a model, none if they were not."""
    try:
        found = json.loads((model / VARIANTS_FILE).read_bytes())
    except (OSError, ValueError):
        return []
    return [variant for variant in found if isinstance(variant, dict)]
