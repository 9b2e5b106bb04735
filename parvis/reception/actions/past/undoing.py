"""Everything that an import brought in is taken away again, a lot at a time."""

from __future__ import annotations

from django.db import transaction

from parvis.centres.actions.past_entries import forget_past_entries
from parvis.centres.models import Code, Theme
from parvis.reception.actions.past.files import forget_file
from parvis.reception.actions.past.work import Work
from parvis.reception.models import Act, ActCode, Day, PastImport, Profile, Tally
from parvis.reception.models.past import Stage

LOT = 1_000


def undo_file(work: Work) -> None:
    """Removes acts, profiles and tallies of the import, then the entries made for it that nothing else uses."""
    row = work.past_import
    done = 0
    while lot := _take_away(work, done):
        done += lot
    with transaction.atomic():
        work.beat(done)
        codes, themes = _unused(row)
        forget_past_entries(centre=row.centre, codes=codes, themes=themes)
        work.finish(Stage.UNDONE, finished_at=row.centre.now(), first_day=None, last_day=None)
    forget_file(row)


def _take_away(work: Work, done: int) -> int:
    """One lot in one transaction; how many rows went."""
    row = work.past_import
    with transaction.atomic():
        acts = list(row.acts.values_list("pk", flat=True)[:LOT])
        if acts:
            work.beat(done + len(acts))
            ActCode.objects.filter(act__in=acts).delete()
            Act.themes.through.objects.filter(act__in=acts).delete()
            Act.objects.filter(pk__in=acts).delete()
            return len(acts)
        profiles = list(row.profiles.values_list("pk", flat=True)[:LOT])
        if profiles:
            work.beat(done + len(profiles))
            Profile.answers.through.objects.filter(profile__in=profiles).delete()
            Profile.objects.filter(pk__in=profiles).delete()
            return len(profiles)
        tallies = list(row.tallies.values_list("pk", flat=True)[:LOT])
        if tallies:
            work.beat(done + len(tallies))
            Tally.objects.filter(pk__in=tallies).delete()
        return len(tallies)


def _unused(row: PastImport) -> tuple[list[int], list[int]]:
    """Entries that this import made and that no row, and no other import, uses now."""
    created = [target.partition(":") for target in row.layout.get("created", [])]
    codes = {int(number) for kind, _, number in created if kind == "code"}
    themes = {int(number) for kind, _, number in created if kind == "theme"}
    if codes:
        for name, rows in (
            ("code", ActCode.objects.filter(code__in=codes)),
            ("code", Tally.objects.filter(code__in=codes)),
            ("channel", Act.objects.filter(channel__in=codes)),
            ("service", Act.objects.filter(service__in=codes)),
            ("code", Profile.answers.through.objects.filter(code__in=codes)),
            ("code", Day.gap_reasons.through.objects.filter(code__in=codes)),
        ):
            codes -= set(rows.values_list(name, flat=True).distinct())
    if themes:
        for used in (Act.themes.through.objects.all(), Tally.objects.all(), row.centre.tickets.all()):
            themes -= set(used.filter(theme__in=themes).values_list("theme", flat=True).distinct())
    own = Code.objects.filter(centre=row.centre, pk__in=codes).values_list("pk", flat=True)
    return list(own), list(
        Theme.objects.filter(centre=row.centre, pk__in=themes).values_list("pk", flat=True)
    )
