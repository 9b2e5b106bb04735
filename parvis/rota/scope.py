"""How a view of the room finds a person, and hides those for whom the reader does not speak."""

from __future__ import annotations

from django.http import Http404

from parvis.accounts.models import User
from parvis.centres.scope import CentreRequest
from parvis.rota.queries.people import Answerable, answerable


def spoken_for(request: CentreRequest) -> Answerable:
    """For whom the signed-in person speaks today."""
    today = request.centre.local_day(request.centre.now())
    return answerable(request.centre, request.user, request.permissions, today)


def person_seen(request: CentreRequest, person_id: int) -> User:
    """One of the team whose availability the reader may see and answer for. Raises ``Http404`` for everybody else."""
    if person_id == request.user.pk:
        return request.user
    if not spoken_for(request).may_see(person_id):
        raise Http404
    return _person(person_id)


def person_led(request: CentreRequest, person_id: int) -> User:
    """One of the team whose terms the reader may set. Raises ``Http404`` for everybody else, oneself included."""
    if not spoken_for(request).may_set_terms(person_id):
        raise Http404
    return _person(person_id)


def _person(person_id: int) -> User:
    person = User.objects.filter(pk=person_id).first()
    if person is None:
        raise Http404
    return person
