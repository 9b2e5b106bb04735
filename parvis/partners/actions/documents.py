"""Documents of an agreement, and logos: kept below DATA, taken away."""

from __future__ import annotations

from datetime import datetime
from functools import partial
from uuid import UUID, uuid4

from django.db import transaction

from parvis.accounts.models import User
from parvis.partners import papers
from parvis.partners.models import Agreement, Document, Relation


class NotTaken(Exception):
    """A file of another kind, or one too large."""


@transaction.atomic
def add_document(
    *, agreement: Agreement, key: UUID, title: str, data: bytes, by: User | None, at: datetime
) -> Document:
    """Attach a file to an agreement, as it is. Sent twice with one ``key``, it is there once. Raises ``NotTaken``."""
    if known := Document.objects.filter(key=key, agreement=agreement).first():
        return known
    kind = papers.kind_of(data)
    if kind is None or len(data) > papers.LARGEST:
        raise NotTaken
    document = Document.objects.create(
        key=key, agreement=agreement, title=title, kind=kind, size=len(data), added_by=by, added_at=at
    )
    papers.write(key, data)
    return document


@transaction.atomic
def remove_document(*, document: Document) -> None:
    """Take a file away for good. Said twice, it is gone once."""
    Document.objects.filter(pk=document.pk).delete()
    transaction.on_commit(partial(papers.remove, [document.key]))


@transaction.atomic
def set_logo(*, relation: Relation, picture: bytes) -> Relation:
    """Show an institution's logo to the team; ``picture`` was written anew already."""
    name, before = uuid4(), Relation.objects.select_for_update(no_key=True).get(pk=relation.pk).logo
    papers.write(name, picture)
    relation.logo = name
    relation.save(update_fields=["logo"])
    if before:
        transaction.on_commit(partial(papers.remove, [before]))
    return relation


@transaction.atomic
def remove_logo(*, relation: Relation) -> Relation:
    """Take it away. Said twice, it is gone once."""
    before = Relation.objects.select_for_update(no_key=True).get(pk=relation.pk).logo
    relation.logo = None
    relation.save(update_fields=["logo"])
    if before:
        transaction.on_commit(partial(papers.remove, [before]))
    return relation
