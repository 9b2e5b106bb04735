"""Everything of a centre leaves as a file: asked for, written in the background, fetched, deleted after a day."""

from parvis.reception.actions.exports.files import download_name, file_of, forget_old_exports
from parvis.reception.actions.exports.steps import (
    AnotherIsWritten,
    Wanted,
    delete_export,
    revive_export,
    revive_interrupted,
    start_export,
)
from parvis.reception.actions.exports.tasks import write_export

__all__ = [
    "AnotherIsWritten",
    "Wanted",
    "delete_export",
    "download_name",
    "file_of",
    "forget_old_exports",
    "revive_export",
    "revive_interrupted",
    "start_export",
    "write_export",
]
