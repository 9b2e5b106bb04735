"""A class's visit is prepared: what is seen to, files both ways, the questions to the class and to its teacher."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from functools import partial
from uuid import UUID, uuid5

from django.db import transaction

from parvis.agenda import stored
from parvis.agenda.actions.visit_steps import Doing, NotNow, allow, locked, row_of, step
from parvis.agenda.models import ChecklistItem, ClassVisit, VisitFile
from parvis.agenda.visitor_class_checklist import items_for
from parvis.centres.models import Centre
from parvis.shared.attachments import Clean
from parvis.shared.school_years import SchoolYear
from parvis.surveys.actions.classes import Wanted, prepare_class
from parvis.surveys.actions.collections import Put, open_collection
from parvis.surveys.actions.ready import begin_ready
from parvis.surveys.actions.versions import open_version
from parvis.surveys.models import ClassRound, Collection, Questionnaire, Version, Way
from parvis.surveys.queries.asking import versions_to_ask
from parvis.surveys.ready import ready_model

S = ClassVisit.State
BEFORE = (S.OPTION, S.CONFIRMED, S.PREPARED)
AFTER = (S.HELD, S.EVALUATED)
MOST_ITEMS, MOST_FILES, TEACHERS_FILES = 20, 12, 5
LONGEST = timedelta(days=60)  # a screen's link is no link for ever


class Enough(Exception):
    """There are as many as there may be."""


@transaction.atomic
def begin_checklist(*, visit: ClassVisit) -> list[ChecklistItem]:
    """The centre's list for this visit, once; later it is changed line by line."""
    row = row_of(visit, *BEFORE)
    if not row.checklist.exists():
        ChecklistItem.objects.bulk_create(
            ChecklistItem(visit=row, position=number, text=one.text, for_teacher=one.for_teacher)
            for number, one in enumerate(items_for(row)[:MOST_ITEMS])
        )
    return list(row.checklist.all())


@transaction.atomic
def add_item(*, visit: ClassVisit, text: str, for_teacher: bool) -> ChecklistItem:
    """One more thing to see to; the same words again are the same. Raises ``NotNow``, ``Enough``."""
    row = row_of(visit, *BEFORE)
    if before := row.checklist.filter(text=text, for_teacher=for_teacher).first():
        return before
    if row.checklist.count() >= MOST_ITEMS:
        raise Enough
    last = row.checklist.order_by("-position").values_list("position", flat=True).first() or 0
    return ChecklistItem.objects.create(visit=row, text=text, for_teacher=for_teacher, position=last + 1)


@transaction.atomic
def tick(*, item: ChecklistItem, done: bool, at: datetime) -> ChecklistItem:
    """It is seen to, or not after all. Raises ``NotNow``."""
    row_of(item.visit, *BEFORE)
    now = ChecklistItem.objects.select_for_update(no_key=True).get(pk=item.pk)
    if done != (now.done_at is not None):
        now.done_at = at if done else None
        now.save(update_fields=["done_at"])
    return now


@transaction.atomic
def remove_item(*, item: ChecklistItem) -> None:
    """Nobody need see to it. Said twice, it is gone once. Raises ``NotNow``."""
    row_of(item.visit, *BEFORE)
    ChecklistItem.objects.filter(pk=item.pk).delete()


@transaction.atomic
def share_file(
    *, visit: ClassVisit, key: UUID, title: str, clean: Clean, by_teacher: bool, at: datetime
) -> VisitFile:
    """Keep a cleaned file for the other side. The same ``key`` again returns the first. Raises ``NotNow``, ``Enough``."""
    row = row_of(visit, *BEFORE, *AFTER)
    if before := VisitFile.objects.filter(key=key, visit=row).first():
        return before
    most = TEACHERS_FILES if by_teacher else MOST_FILES
    if row.files.filter(by_teacher=by_teacher).count() >= most:
        raise Enough
    stored.CLASS_VISITS.write(key, clean.data)  # of the two, only a file may be left over
    return VisitFile.objects.create(
        key=key,
        visit=row,
        title=title,
        kind=clean.kind.value,
        size=len(clean.data),
        by_teacher=by_teacher,
        added_at=at,
    )


@transaction.atomic
def take_file_back(*, file: VisitFile) -> None:
    """The file is gone for both. Said twice, it is gone once."""
    if VisitFile.objects.filter(pk=file.pk).delete()[0]:
        transaction.on_commit(partial(stored.CLASS_VISITS.remove, [file.key]))


@transaction.atomic
def ask_class(*, visit: ClassVisit, at: datetime) -> ClassRound:
    """A screen on which the class says what it expects; asked again, the same one.

    Raises ``NotNow``, and ``TooFewPupils`` where of so small a class nothing could ever be shown.
    """
    row = row_of(visit, *BEFORE)
    today = row.centre.local_day(at)
    if row.expectations_id is None:
        version = _open_version(row.centre, "class_expectations", today)
        last = min(max(row.day or today, today), today + LONGEST)
        put = Put(way=Way.CLASS, opens_on=today, closes_on=last, languages=version.languages)
        key = uuid5(row.uid, f"expectations {today}")
        wanted = Wanted(row.pupils, 45)
        row.expectations = prepare_class(version=version, centre=row.centre, key=key, put=put, wanted=wanted)
        row.save(update_fields=["expectations"])
    found = row.expectations
    if found is None:  # it was written a moment ago
        raise NotNow(row.state)
    return found


@transaction.atomic
def ask_teacher(*, visit: ClassVisit, at: datetime) -> Collection:
    """How the visit was: one survey of the centre for all its teachers of a year, so that no answer is one visit's. Raises ``NotNow``."""
    row = row_of(visit, *AFTER)
    today = row.centre.local_day(at)
    if row.evaluation is None or not row.evaluation.takes_answers_on(today):
        version = _open_version(row.centre, "teacher_satisfaction", today)
        year = SchoolYear.of(today, row.centre.country)
        put = Put(
            way=Way.LINK,
            opens_on=today,
            languages=version.languages,
            closes_on=year.bounds[1] - timedelta(days=1),
            name=str(year),
        )
        row.evaluation = _of_the_year(row.centre, version, put, today)
        row.save(update_fields=["evaluation"])
    return row.evaluation


@transaction.atomic
def say_evaluated(*, visit: ClassVisit, doing: Doing) -> ClassVisit:
    """The teacher has answered, or need not: which answers theirs are nobody knows. Raises ``NotNow`` of a step."""
    row, done = locked(visit, doing)
    if done or row.state == S.EVALUATED:
        return row
    allow(row, S.HELD)
    step(row, doing, to=S.EVALUATED, tell=False)
    return row


def _of_the_year(centre: Centre, version: Version, put: Put, today: date) -> Collection:
    found = Collection.objects.open_on(today).filter(
        centre=centre, version=version, way=put.way, name=put.name, closes_on=put.closes_on
    )
    key = uuid5(version.questionnaire.key, f"teachers {centre.pk} {version.pk} {put.name} {put.opens_on}")
    return found.order_by("pk").first() or open_collection(version=version, holder=centre, key=key, put=put)


def _open_version(centre: Centre, model: str, today: date) -> Version:
    """What the centre asks already, made from that model; else the model as it is."""
    known = versions_to_ask(centre).filter(questionnaire__ready_model=model)
    if version := known.order_by("-opened_on", "-pk").first():
        return version
    ready = ready_model(model)
    # Where the one that was made so is closed, a new one is begun each time.
    tried = Questionnaire.objects.filter(centre=centre, ready_model=model).count()
    key = uuid5(UUID(int=0), f"agenda {centre.pk} {model} {tried}")
    draft = begin_ready(holder=centre, key=key, model=ready, language=centre.language)
    return open_version(version=draft, languages=ready.languages, on=today)
