"""Folders and files of somebody who means harm, or of a disk that fails."""

from __future__ import annotations

from benchmarks.hostile import damaged_recordings, data_files, disks, links, models

CASES = [
    *links.CASES,
    *damaged_recordings.CASES,
    *data_files.CASES,
    *models.CASES,
    *disks.CASES,
]
