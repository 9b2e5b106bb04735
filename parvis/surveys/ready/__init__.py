"""Ready models: one file each, read into plain data. Nothing here touches the database.

A text is a table of wordings by language, or the name of one in ``words.toml`` that several models share.
"""

from parvis.surveys.ready.reading import (
    ReadyModel,
    ReadyQuestion,
    ReadySection,
    Words,
    ready_model,
    ready_models,
)

__all__ = ["ReadyModel", "ReadyQuestion", "ReadySection", "Words", "ready_model", "ready_models"]
