"""How Sphinx builds the documentation: `make docs`.

The source is the whole repository, so that a link between pages, or to a file, is the same on disk,
on GitHub and in the built pages. Nothing in the built pages is loaded from the network.
"""

from __future__ import annotations

import hashlib
import os
from importlib import metadata
from pathlib import Path

ROOT = Path(__file__).parents[1]

project = "MotionLoop"
author = "MotionLoop contributors"
version = release = metadata.version("motionloop").partition("+")[0]  # of the last `make setup`
project_copyright = author

root_doc = "docs/index"
include_patterns = [
    "README.md",
    "CHANGELOG.md",
    "CONTRIBUTING.md",
    "SECURITY.md",
    "docs/**.md",
    "models/README.md",
    "recordings/README.md",
    "tests/bluez/README.md",
]
exclude_patterns = [".[a-z]*", "build", "recordings/*/**", "models/*/**"]

extensions = [
    "myst_nb",
    "sphinx.ext.autodoc",
    "sphinx.ext.napoleon",
    "sphinx.ext.viewcode",
]

# --- pages --------------------------------------------------------------------------------
myst_heading_anchors = 4  # links to headings are those that GitHub makes

html_theme = "furo"
html_title = "MotionLoop"
html_extra_path = ["site"]  # index.html, which leads to the first page
html_copy_source = False
html_permalinks_icon = "#"


# --- notebooks ----------------------------------------------------------------------------
def digest_of_code() -> str:
    """Changes with whatever a notebook calls, so that outputs of older code are not shown."""
    files = [
        path
        for pattern in ("host/**/*.py", "firmware/lib/**/*.*", "firmware/virtual/*", "benchmarks/*")
        for path in sorted(ROOT.glob(pattern))
        if path.is_file() and path.suffix != ".pyc"
    ]
    return hashlib.sha256(b"".join(path.read_bytes() for path in files)).hexdigest()[:12]


nb_execution_mode = "cache"
nb_execution_cache_path = str(ROOT / "build/notebooks" / digest_of_code())
nb_execution_timeout = 1800
nb_execution_show_tb = True  # of whatever fails; the failure is a warning, and those are errors
nb_output_stderr = "warn"
nb_merge_streams = True
nb_ipywidgets_js: dict[str, dict[str, str]] = {}  # they would come from the network
os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")

# --- the API, from the docstrings ---------------------------------------------------------
default_role = "code"  # docstrings write names in `backticks`
autodoc_member_order = "bysource"
autodoc_typehints = "signature"
napoleon_use_ivar = True  # attributes as a list in their class
napoleon_attr_annotations = False  # their types stand in the signature
_ELSEWHERE = (
    "Bleak|_io|asyncio|bleak|collections|concurrent|cryptography|dbus_fast|enum|io|numpy|pathlib|pl|polars|"
    "struct"
)
nitpick_ignore_regex = [
    ("py:.*", rf"({_ELSEWHERE})\b.*|Bleak\w*Error"),  # documented on the network
    ("py:class", r"motionloop\._core\..*"),  # compiled
    ("py:class", r"motionloop\.recordings\.formats\.Format"),  # of a package, not of a module
    ("py:class", r"(motionloop\..*\.|.*\b)[A-Z]"),  # type variables
    ("py:class", r".*\[~.*"),  # a default value that Sphinx does not take apart
]
autodoc_default_options = {"members": True, "show-inheritance": True}
