"""What a network's coordinator does about institutions that several centres share: renamed, two of them made one."""

from __future__ import annotations

from functools import partial
from uuid import UUID

from django.db import IntegrityError, transaction

from parvis.centres.models import Network
from parvis.partners import papers
from parvis.partners.actions.institutions import AlreadyKnown
from parvis.partners.models import Institution, Relation
from parvis.partners.queries.network import pointing_to


class NotTheSameNetwork(Exception):
    """They are of two networks, or one and the same."""


@transaction.atomic
def rename_institution(*, institution: Institution, name: str, kind: Institution.Kind) -> Institution:
    """Every centre of the network reads its new name and type from now on. Raises ``AlreadyKnown``: merge them instead."""
    Network.objects.select_for_update(no_key=True).get(pk=institution.network_id)
    institution.name, institution.kind = name, kind
    try:
        with transaction.atomic():
            institution.save(update_fields=["name", "kind"])
    except IntegrityError as taken:  # institution_once_in_a_network
        raise AlreadyKnown from taken
    return institution


@transaction.atomic
def merge_institutions(*, keep: Institution, gone: Institution) -> Institution:
    """Two institutions are one: everything about ``gone``, in whichever room, is about ``keep`` from now on.

    At a centre that works with both, what it says about ``keep`` stands, and what that leaves empty is taken from ``gone``; the
    history of ``keep``'s partnership counts, that of ``gone`` only where there is no other. Done twice, it is done once.
    Raises ``NotTheSameNetwork``.
    """
    Network.objects.select_for_update(no_key=True).get(pk=keep.network_id)
    if keep.network_id != gone.network_id or keep.pk == gone.pk:
        raise NotTheSameNetwork
    if not Institution.objects.filter(pk=gone.pk).exists():
        return keep
    known = {one.centre_id: one for one in Relation.objects.filter(institution=keep)}
    for relation in Relation.objects.filter(institution=gone):
        if relation.centre_id in known:
            _merge_relations(known[relation.centre_id], relation)
    _move(gone, keep)
    gone.delete()
    return keep


def _move(old: Institution | Relation, new: Institution | Relation) -> None:
    """Whatever points to ``old`` points to ``new``; a row that would then be there twice goes."""
    for model, column in pointing_to(type(old)):
        for row in model._default_manager.filter(**{column: old}):
            setattr(row, column, new)
            try:
                with transaction.atomic():
                    row.save(update_fields=[column])
            except IntegrityError:  # for example, somebody spoke for both
                row.delete()


def _merge_relations(keep: Relation, gone: Relation) -> None:
    if keep.steps.exists():
        gone.steps.all().delete()
    else:
        keep.stage, keep.standing = gone.stage, gone.standing
    for name in ("address", "phone", "website", "for_staff", "for_visitors", "next_action"):
        if not getattr(keep, name):
            setattr(keep, name, getattr(gone, name))
    keep.next_action_on = keep.next_action_on or gone.next_action_on
    for name in ("fields", "parts", "languages"):
        setattr(keep, name, list(dict.fromkeys([*getattr(keep, name), *getattr(gone, name)])))
    keep.valid_from = min(keep.valid_from, gone.valid_from)
    open_one = keep.valid_to is None or gone.valid_to is None
    keep.valid_to = None if open_one else max(filter(None, (keep.valid_to, gone.valid_to)))
    left: UUID | None = gone.logo if keep.logo else None
    keep.logo = keep.logo or gone.logo
    keep.save()
    keep.themes.add(*gone.themes.all())
    _move(gone, keep)
    if left:
        transaction.on_commit(partial(papers.remove, [left]))
    gone.delete()
