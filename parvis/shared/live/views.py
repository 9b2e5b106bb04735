"""The same text without a stream, for browsers or networks where streams do not come through."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from parvis.shared.live.addresses import BadAddress, opened
from parvis.shared.live.sources import read_slots


@require_safe
@never_cache
def now(request: HttpRequest, signed: str) -> HttpResponse:
    """The text of one slot as it is now. 404 for a wrong or old address, and for a slot that is no more."""
    try:
        topic, slot = opened(signed)
        text = read_slots(topic, frozenset([slot]))[slot]
    except (BadAddress, KeyError) as error:
        raise Http404 from error
    return HttpResponse(text, headers={"X-Parvis-Live": "now"})
