"""What nobody's room keeps: sessions, background work, counts of sign-in tries."""

from __future__ import annotations

from datetime import datetime, timedelta
from importlib import import_module

from django.conf import settings
from django.core.cache import caches
from django.core.cache.backends.db import DatabaseCache
from django.db import connection
from django_tasks_db.models import DBTaskResult

TASKS_KEPT = timedelta(days=7)  # long enough to look into a failure


def forget_sessions(*, at: datetime) -> int:
    """Sessions that have ended by themselves."""
    store = import_module(settings.SESSION_ENGINE).SessionStore
    expired = store.get_model_class().objects.filter(expire_date__lt=at)
    return int(expired.delete()[0])


def forget_tasks(*, at: datetime) -> int:
    """Background work that ended a week ago, with whatever its failure quoted."""
    return int(DBTaskResult.objects.finished().filter(finished_at__lt=at - TASKS_KEPT).delete()[0])


def forget_sign_in_limits(*, at: datetime) -> int:
    """Counts of tries by network address. They end after minutes; their rows would stay until somebody tries again."""
    if not isinstance(caches["default"], DatabaseCache):
        return 0
    table = connection.ops.quote_name(str(settings.CACHES["default"]["LOCATION"]))
    with connection.cursor() as cursor:
        ended = connection.ops.adapt_datetimefield_value(at.replace(microsecond=0))
        cursor.execute(f"DELETE FROM {table} WHERE expires < %s", [ended])  # noqa: S608 - a name from the settings
        return int(cursor.rowcount)
