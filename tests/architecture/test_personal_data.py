"""docs/personal-data.md is the register of what could concern a person: no column of that kind without a line there.

Every model that is installed counts, our own and the libraries'. A column must be declared when it points to a person of
the staff, when it can hold text, addresses, files or loose data, or when its row belongs to one person.
"""

from __future__ import annotations

import pkgutil
import re
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path

import pytest
from django import forms
from django.apps import apps
from django.conf import settings
from django.db import connection, models
from i18nfield.fields import I18nCharField, I18nTextField

from parvis.accounts.models import User
from parvis.agenda.models import Coming, DoorCount, HeadCount
from parvis.guidance.models import Entry, Redirection, Thread
from parvis.reception import forms as reception_forms
from parvis.reception.models import (
    Act,
    ActCode,
    Announcement,
    Expected,
    Passage,
    Period,
    Profile,
    RefusedEntry,
    Tally,
    Ticket,
)
from parvis.surveys.models import Collection, Refusals, Response, Version, Words

REGISTER = (Path(settings.BASE) / "docs" / "personal-data.md").read_text()
HOW = (
    "\nAdd it to docs/personal-data.md: to “Columns that concern a person” (why, how long, who reads it), or to “Columns"
    " that must concern nobody” with what keeps it so."
)
FREE = (
    models.CharField,
    models.TextField,
    models.JSONField,
    models.FileField,
    models.BinaryField,
    models.GenericIPAddressField,
    I18nCharField,
    I18nTextField,
)
VISITORS = [
    Coming,
    DoorCount,
    HeadCount,
    Redirection,
    Ticket,
    Period,
    Act,
    ActCode,
    Profile,
    Passage,
    Expected,
    Tally,
    Announcement,
    RefusedEntry,
    Thread,
    Entry,
    Response,
    Words,
    Refusals,
]
# Parts of names that would say who somebody is. “Number” and “date” of a ticket are its own.
TELLING = re.compile(
    r"(^|_)(first|last|family|given|sur|full|nick)?_?(name|mail|email|e_mail|phone|mobile|tel|birth|birthday|born"
    r"|address|street|house|passport|nationality|identity|iban|photo|picture|signature|ip|browser|agent|user|person"
    r"|adviser|visitor|author|by)(s)?($|_)"
)


def columns(model: type[models.Model]) -> Iterator[models.Field]:
    yield from model._meta.local_concrete_fields


def all_models() -> list[type[models.Model]]:
    return [model for model in apps.get_models(include_auto_created=True) if not model._meta.proxy]


def points_to_staff(field: models.Field) -> bool:
    return field.is_relation and field.related_model is User


def belongs_to_one_person(model: type[models.Model]) -> bool:
    """A row of staff, or one that goes when its person goes."""
    owned = [f for f in columns(model) if points_to_staff(f) and f.remote_field.on_delete is models.CASCADE]
    return model is User or bool(owned)


def must_be_declared(model: type[models.Model]) -> Iterator[str]:
    own = belongs_to_one_person(model)
    for field in columns(model):
        free = isinstance(field, FREE) and not field.choices
        if points_to_staff(field) or free or (own and not field.primary_key):
            yield f"{model._meta.label}.{field.name}"


def section(title: str) -> set[str]:
    """The columns in the first cell of each row of one table of the register."""
    text = REGISTER.split(f"## {title}")[1].split("\n## ")[0]
    cells = [line.split("|")[1] for line in text.splitlines() if line.startswith("| `")]
    return {name for cell in cells for name in re.findall(r"`([\w.]+)`", cell)}


PEOPLE = section("Columns that concern a person")
NOBODY = section("Columns that must concern nobody")
EXISTING = {f"{model._meta.label}.{field.name}" for model in all_models() for field in columns(model)}


def test_every_column_that_could_concern_a_person_is_declared():
    needed = {name for model in all_models() for name in must_be_declared(model)}
    assert sorted(needed - PEOPLE - NOBODY) == [], HOW


def test_the_register_declares_each_column_once_and_none_that_is_gone():
    assert sorted(PEOPLE & NOBODY) == []
    assert sorted((PEOPLE | NOBODY) - EXISTING) == [], "declared in docs/personal-data.md, but no such column"


def test_every_line_of_the_register_is_filled_in():
    rows = [line.strip("|").split("|") for line in REGISTER.splitlines() if line.startswith("| `")]
    assert [row[0] for row in rows if not all(cell.strip() for cell in row)] == []


def test_a_column_that_points_to_a_person_is_not_called_nobodys():
    pointing = {f"{m._meta.label}.{f.name}" for m in all_models() for f in columns(m) if points_to_staff(f)}
    assert pointing <= PEOPLE


@pytest.mark.parametrize("model", VISITORS, ids=lambda model: model.__name__)
def test_nothing_about_a_visitor_says_who_they_are(model):
    fields = [*columns(model), *model._meta.local_many_to_many]
    assert [field.name for field in fields if points_to_staff(field)] == [], "a visitor's row points to staff"
    assert [field.name for field in fields if TELLING.search(field.name)] == []
    loose = (
        models.EmailField,
        models.FileField,
        models.GenericIPAddressField,
        models.TextField,
        models.JSONField,
    )
    found = {f"{model.__name__}.{field.name}" for field in fields if isinstance(field, loose)}
    # The first is for everybody waiting; the second holds keys and numbers, checked against what was asked; the third
    # random keys of pages, read as such before they are kept.
    known = {"Announcement.text", "Response.answers", "Refusals.keys"}
    assert found <= known, "nothing loose about a visitor"


def test_free_words_about_visits_pass_the_check_for_names():
    """Every field of a reception form through which such a column is typed is a ``NoNameField``."""
    for module in pkgutil.walk_packages(reception_forms.__path__, f"{reception_forms.__name__}."):
        import_module(module.name)
    typed = [
        (form.__name__, name, type(field).__name__)
        for form in descendants(forms.BaseForm)
        if form.__module__.startswith(reception_forms.__name__)
        for name, field in form.base_fields.items()
        if name in {"note", "remark", "reason", "text"} and type(field) is forms.CharField
    ]
    assert typed == []


def descendants(kind: type) -> Iterator[type]:
    for one in kind.__subclasses__():
        yield one
        yield from descendants(one)


@pytest.mark.parametrize(
    "name", ["surname", "first_name", "email", "phone_number", "birth_date", "seen_by", "ip"]
)
def test_the_pattern_finds_what_it_should(name):
    assert TELLING.search(name)


@pytest.mark.parametrize("name", ["number", "theme", "commune_prefix", "taken_at", "seated_in", "counted_at"])
def test_the_pattern_leaves_what_it_should(name):
    assert not TELLING.search(name)


def test_visitors_and_their_profile_are_never_linked():
    """Answers about oneself stand alone: no way leads from them to a ticket, a seat or a time of day."""
    targets = {f.related_model.__name__ for f in Profile._meta.get_fields() if f.is_relation and f.concrete}
    assert targets <= {"Centre", "Code", "PastImport"}
    assert not any(isinstance(field, models.DateTimeField | models.TimeField) for field in columns(Profile))


@pytest.mark.parametrize("model", [Response, Words, Refusals], ids=lambda model: model.__name__)
def test_answers_of_a_survey_lead_to_nobody(model):
    """A collection, a language, a day; and for what somebody wrote, a month and never the other answers beside it."""
    fields = [field for field in model._meta.get_fields() if field.concrete]
    allowed = {"Collection", "Question"} if model is Words else {"Collection"}
    assert {field.related_model.__name__ for field in fields if field.is_relation} == allowed
    assert not any(isinstance(field, models.DateTimeField | models.TimeField) for field in fields)
    counted = any(isinstance(field, models.AutoField | models.BigAutoField) for field in fields)
    assert counted == (model is Refusals), "a row for each answer is keyed at random; totals are counted"
    assert not [one for one in model._meta.get_fields() if one.auto_created and one.is_relation], (
        "nothing points to an answer"
    )


def test_putting_a_survey_to_people_says_nothing_of_a_person_either():
    targets = {
        f.related_model.__name__ for f in Collection._meta.get_fields() if f.is_relation and f.concrete
    }
    assert targets == {Version.__name__, "Network", "Centre", "Institution"}


@pytest.mark.django_db
def test_no_table_escapes_the_register():
    known = {model._meta.db_table for model in all_models()} | {"django_migrations"}
    extra = set(connection.introspection.table_names()) - known
    assert extra == {"parvis_cache"}, "a table without a model: say in docs/personal-data.md what it holds"
    assert "`parvis_cache`" in REGISTER
