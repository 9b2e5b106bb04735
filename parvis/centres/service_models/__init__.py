"""Service models as data: what a new centre of each family starts with, in words of our own.

``cite_des_metiers.toml`` and ``ohjaamo.toml`` say what a model consists of; ``words/`` holds each wording in each language,
one file a list, one section an entry. What visitors read speaks every language of ``LANGUAGES``; the rest those of staff.
"""

from parvis.centres.service_models.presets import (
    CodePreset,
    HoursPreset,
    Preset,
    StaffPreset,
    ThemePreset,
    list_entries,
    place_name,
    preset,
    presets,
    theme_entry,
)

__all__ = [
    "CodePreset",
    "HoursPreset",
    "Preset",
    "StaffPreset",
    "ThemePreset",
    "list_entries",
    "place_name",
    "preset",
    "presets",
    "theme_entry",
]
