"""Whether anything refers to a row: what was used is closed, never deleted."""

from __future__ import annotations

from collections.abc import Collection

from django.db.models import Model


def is_referred_to(row: Model, *, but_not_by: Collection[type[Model]] = ()) -> bool:
    """Whether any table of any room refers to ``row``, one query a table.

    Many-to-many tables count too: the database would empty them silently, where a plain key is protected.
    """
    for relation in row._meta.get_fields(include_hidden=True):
        if not relation.auto_created or relation.concrete or relation.many_to_many:
            continue  # a many-to-many shows up here as the key of its own table
        model, name = relation.related_model, relation.remote_field.name  # type: ignore[union-attr]
        if not isinstance(model, type) or not issubclass(model, Model) or model in but_not_by:
            continue
        if model._base_manager.filter(**{name: row}).exists():
            return True
    return False
