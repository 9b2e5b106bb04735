"""Snapshots of facts: files in columns, one a unit and month, made from the operational tables and made anew where those change."""

from __future__ import annotations

import secrets

from django.db import models
from django.db.models import F, Q

from parvis.centres.models import Centre
from parvis.statistics.cube.facts import Unit

UNITS = [(unit.value, unit.value) for unit in Unit]


def new_folder() -> str:
    """A name of its own for the files of one database, below the house's data."""
    return secrets.token_hex(8)


def new_secret() -> bytes:
    """256 random bits."""
    return secrets.token_bytes(32)


class FactStore(models.Model):
    """The one row that says where the files of this database are, and the secret from which each fact's number is drawn.

    The secret is in the database and not among the keys: a restored house rounds its figures the same way as before.
    """

    only = models.BooleanField(default=True, unique=True)
    folder = models.CharField(max_length=16, default=new_folder)
    secret = models.BinaryField(default=new_secret)

    class Meta:
        constraints = [models.CheckConstraint(name="one_fact_store", condition=Q(only=True))]

    def __str__(self) -> str:
        return self.folder


class SnapshotQuerySet(models.QuerySet["Snapshot"]):
    def in_force(self) -> SnapshotQuerySet:
        """The ones to read: of each unit and month the latest."""
        return self.filter(replaced_at=None)


class Snapshot(models.Model):
    """One version of one unit's facts of one month. Its file never changes; a month that changed gets another."""

    unit = models.CharField(max_length=20, choices=UNITS)
    month = models.DateField()  # its first day
    version = models.PositiveIntegerField()
    file = models.CharField(
        max_length=80, blank=True
    )  # below the store's folder; empty where nothing was counted
    rows = models.PositiveIntegerField()
    digest = models.CharField(max_length=64, blank=True)  # SHA-256 of the file
    made_at = models.DateTimeField()
    as_of = models.DateTimeField()  # when the operational tables were last read and said exactly this
    replaced_at = models.DateTimeField(null=True)

    objects = SnapshotQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["unit", "month", "version"], name="snapshot_version_once"),
            models.UniqueConstraint(
                fields=["unit", "month"], condition=Q(replaced_at=None), name="one_snapshot_in_force"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.unit} {self.month:%Y-%m} v{self.version}"


class Touched(models.Model):
    """Days of a centre about which something changed after their facts were settled. Written by the database itself.

    Triggers on the operational tables append here (``parvis.statistics.facts.triggers``) and never look; the refresh of the
    night takes what it has read. Without a centre: every centre. Without days: all of them.
    """

    centre = models.ForeignKey(Centre, models.DO_NOTHING, null=True, db_constraint=False, db_index=False)
    first = models.DateField(null=True)
    last = models.DateField(null=True)

    def __str__(self) -> str:
        return f"{self.centre_id} {self.first} – {self.last}"


class LateChange(models.Model):
    """A settled day's figure that is no longer what a snapshot said: the trace of a late entry or correction.

    ``before`` equals ``after`` where as many were counted, but something else is said of them.
    """

    centre = models.ForeignKey(Centre, models.CASCADE, related_name="late_changes")
    date = models.DateField()
    unit = models.CharField(max_length=20, choices=UNITS)
    before = models.IntegerField()
    after = models.IntegerField()
    said_at = models.DateTimeField()  # until then, the figure was ``before``
    noticed_at = models.DateTimeField()

    class Meta:
        ordering = ["date", "unit", "noticed_at"]
        indexes = [models.Index(fields=["centre", "date"], name="late_change_centre_date")]
        constraints = [
            models.CheckConstraint(
                name="noticed_after_it_was_said", condition=Q(noticed_at__gte=F("said_at"))
            )
        ]

    def __str__(self) -> str:
        return f"{self.centre_id} {self.date} {self.unit}: {self.before} → {self.after}"
