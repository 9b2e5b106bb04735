"""Minutes as people say them."""

from __future__ import annotations

from django import template
from django.utils.formats import number_format
from django.utils.translation import gettext as _

register = template.Library()


@register.filter
def hours(minutes: int) -> str:
    """“320 h”, “1 h 30”, “45 min”."""
    whole, rest = divmod(minutes, 60)
    said = number_format(whole, use_l10n=True, force_grouping=True)
    if not rest:
        return _("%(hours)s h") % {"hours": said}
    if not whole:
        return _("%(minutes)s min") % {"minutes": rest}
    return _("%(hours)s h %(minutes)s") % {"hours": said, "minutes": f"{rest:02}"}
