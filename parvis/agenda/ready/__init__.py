"""Ready kits: one file each, read into plain data. Nothing here touches the database."""

from parvis.agenda.ready.reading import KEYS, ReadyKit, ReadyStep, Words, ready_kit, ready_kits

__all__ = ["KEYS", "ReadyKit", "ReadyStep", "Words", "ready_kit", "ready_kits"]
