"""A page that is sent again, after one went back to it and typed something else."""

from __future__ import annotations

from uuid import uuid4

from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

SENT_ALREADY = _(
    "This page was sent before, with something else: that is kept. Send it again to keep this as well."
)


def renewed(posted: QueryDict) -> QueryDict:
    """The same words under a key of their own."""
    again = posted.copy()
    again["key"] = str(uuid4())
    return again
