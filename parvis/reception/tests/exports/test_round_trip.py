"""What leaves one centre comes into another through the assistant that brings in a past: the same totals."""

from __future__ import annotations

import csv
import io
from collections import Counter
from datetime import UTC, date, datetime, timedelta
from uuid import uuid4

import pytest
from django.db.models import Count, Sum
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from parvis.centres.models import Centre, CodeList
from parvis.reception import actions
from parvis.reception.actions import exports, past
from parvis.reception.factories import a_coding
from parvis.reception.models import Act, ActCode, Export, Passage, Profile, Tally
from parvis.reception.models.past import Stage
from parvis.reception.past.headings import Role
from parvis.reception.past.notation import label_and_key, parts, written
from parvis.reception.past.plan import Plan
from parvis.reception.queries.figures import Counts, figures_by_day
from parvis.reception.tests.past.house import a_preset_centre, brought_in, checked, sent, worked
from parvis.shared.sheets import harmless

from .house import exported, files_in

AT = datetime(2026, 2, 20, 9, 30, tzinfo=UTC)
FIRST, LAST = date(2025, 12, 1), date(2026, 2, 28)
CODED = (CodeList.NEED, CodeList.RESOURCE, CodeList.REDIRECTION, CodeList.UNMET_NEED)


@pytest.fixture
def places(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


def two_centres() -> tuple[Centre, Centre]:
    return a_preset_centre(name=f"Here {uuid4().hex[:6]}"), a_preset_centre(name=f"There {uuid4().hex[:6]}")


def acts_of(centre: Centre) -> Counter:
    """Every act in words that another centre shares, and how many are alike."""
    codes: dict[int, list] = {}
    for act, listed, key, count in ActCode.objects.filter(act__centre=centre).values_list(
        "act", "code__list", "code__key", "count"
    ):
        codes.setdefault(act, []).append((listed, key, count))
    themes: dict[int, list] = {}
    for act, key in Act.objects.filter(centre=centre).values_list("pk", "themes__key"):
        themes.setdefault(act, []).append(key or "")
    return Counter(
        (
            act.date,
            act.at and act.at.replace(second=0, microsecond=0),
            act.kind,
            act.channel.key,
            act.service and act.service.key,
            act.size,
            act.minutes,
            act.language,
            tuple(sorted(themes[act.pk])),
            tuple(sorted(codes.get(act.pk, []))),
        )
        for act in Act.objects.counted().filter(centre=centre).select_related("channel", "service")
    )


def tallies_of(centre: Centre) -> Counter:
    """Every count, in words that another centre shares."""
    found = Tally.objects.counted().filter(centre=centre)
    fields = ("unit", "span", "date", "hour", "theme__key", "code__list", "code__key", "count")
    return Counter(found.values_list(*fields))


def totals(centre: Centre) -> Counts:
    days = figures_by_day(centre, FIRST, LAST).values()
    whole = Counts()
    for day in days:
        whole = whole.plus(day.shown)
    return whole


def into(centre: Centre, data: bytes, name: str) -> None:
    """Brought in as proposed, by somebody who has seen that other files hold some of these days."""
    done = worked(past.bring_in(past_import=checked(sent(centre, data, name)), overlap=True))
    assert (done.stage, done.problem) == (Stage.DONE, "")


def drawn_act(centre: Centre, draw) -> None:
    """One act as an adviser might code it."""

    def some(code_list, most):
        return draw(
            st.lists(st.sampled_from(list(centre.codes.filter(list=code_list))), max_size=most, unique=True)
        )

    kind = draw(st.sampled_from(Act.Kind.values))
    said = {"kind": kind, "channel": some_one(draw, centre, CodeList.CHANNEL)}
    if kind == Act.Kind.NON_CONTACT:
        said |= {"themes": [], "codes": [some_one(draw, centre, CodeList.NON_CONTACT)]}
    else:
        themes = st.lists(st.sampled_from(list(centre.themes.all())), min_size=1, max_size=3, unique=True)
        codes = [code for code_list in CODED for code in some(code_list, 3)] + some(CodeList.OUTCOME, 1)
        said |= {"themes": draw(themes), "codes": codes, "service": some_one(draw, centre, CodeList.SERVICE)}
    said |= {"size": draw(st.integers(2, 40))} if kind == Act.Kind.GROUP else {}
    said |= {
        "minutes": draw(st.none() | st.integers(1, 240)),
        "language": draw(st.sampled_from(["", "fr", "en"])),
    }
    at = AT - timedelta(days=draw(st.integers(0, 60)), minutes=draw(st.integers(0, 500)))
    actions.record_act(centre=centre, key=uuid4(), coding=a_coding(centre, **said), at=at)


def some_one(draw, centre: Centre, code_list: CodeList):
    return draw(st.sampled_from(list(centre.codes.filter(list=code_list))))


@pytest.mark.django_db(transaction=False)
@settings(
    max_examples=8,
    deadline=None,
    phases=[Phase.explicit, Phase.generate],
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(data=st.data(), language=st.sampled_from(["en", "fr"]))
def test_acts_come_back_as_they_were(places, data, language):
    here, there = two_centres()
    for _ in range(data.draw(st.integers(2, 12))):
        drawn_act(here, data.draw)
    into(there, files_in(exported(here, FIRST, LAST, AT, language=language))["acts"], "acts.csv")
    assert acts_of(there) == acts_of(here)
    mine, theirs = totals(here), totals(there)
    units = ("acts", "groups", "people_in_groups", "non_contacts")
    assert [getattr(mine, unit) for unit in units] == [getattr(theirs, unit) for unit in units]


PAST = [
    (
        "passages.csv",
        "Jour;Heure;Passages\n" + "".join(f"{d:02}/01/2026;{h}h;{d + h}\n" for d in (5, 6) for h in (9, 14)),
    ),
    ("themes.csv", "Mois;Emploi;Formation\ndécembre 2025;12;30\njanvier 2026;7;8\n"),
    ("semaines.csv", "Semaine;Contacts\nS02 2026;40\nS03 2026;31\n"),
    ("trimestres.csv", "Trimestre;Participants\nT1 2026;90\n"),
    ("besoins.csv", "Jour;Besoin;Nombre\n05/01/2026;Permis de conduire;4\n06/01/2026;Permis de conduire;5\n"),
]


@pytest.mark.django_db
@pytest.mark.parametrize("language", ["en", "fr"])
def test_tallies_come_back_as_they_were(places, language):
    here, there = two_centres()
    for name, text in PAST:
        into(here, text.encode(), name)
    files = files_in(exported(here, FIRST, LAST, AT, language=language))
    for name, data in files.items():
        if name.startswith("tallies"):
            into(there, data, f"{name}.csv")
    assert tallies_of(there) == tallies_of(here)
    assert tallies_of(here).total() == 13
    assert totals(there) == totals(here)


@pytest.mark.django_db
def test_passages_come_back_by_hour(places):
    here, there = two_centres()
    site = here.sites.get(kind="main")
    for day, hour, source, count in [
        (9, 9, "clicker", 4),
        (9, 9, "sensor", 7),
        (9, 10, "hourly", 12),
        (9, 10, "clicker", 3),
    ]:
        on = date(2026, 2, day)
        Passage.objects.create(
            key=uuid4(), centre=here, site=site, date=on, hour=hour, source=source, count=count, counted_at=AT
        )
    brought_in(there, files_in(exported(here, FIRST, LAST, AT))["passages"], "passages.csv")
    assert (totals(here).passages, totals(there)) == (23, Counts(passages=23))


@pytest.mark.django_db
def test_days_come_back_each_in_its_unit(places):
    """The evening's figures, with the columns that are no unit left out by hand."""
    here, there = two_centres()
    for day in (9, 10, 11):
        here.days.create(
            date=date(2026, 2, day), figures={"passages": 90 + day, "contacts": 40, "acts": 33}, signed_at=AT
        )
    one = sent(there, files_in(exported(here, FIRST, LAST, AT))["days"], "days.csv")
    plan = Plan.from_json(one.mapping)
    for column in plan.columns:
        if column.heading not in ("Date", "Passages", "Contacts", "Acts", "Participants"):
            column.role, column.targets = Role.IGNORE, []
    type(one).objects.filter(pk=one.pk).update(mapping=plan.as_json())
    one.refresh_from_db()
    worked(past.bring_in(past_import=checked(one)))
    assert totals(there) == totals(here) == Counts(passages=300, contacts=120, acts=99)


@pytest.mark.django_db
def test_a_workbook_s_acts_come_back(places):
    """The assistant proposes the fullest sheet; the other tables of the workbook have other columns."""
    here, there = two_centres()
    for n in range(30):
        actions.record_act(centre=here, key=uuid4(), coding=a_coding(here), at=AT - timedelta(hours=n))
    export = exported(here, FIRST, LAST, AT, format=Export.Format.XLSX)
    one = sent(there, exports.file_of(export).read_bytes(), "export.xlsx")
    acts = next(use for use in Plan.from_json(one.mapping).sheets if use.name == "Acts")
    one = worked(past.read_again(past_import=one, hints={"sheets": [acts.index]}))
    worked(past.bring_in(past_import=checked(one)))
    assert acts_of(there) == acts_of(here)
    assert Profile.objects.count() == 0


@pytest.mark.django_db
def test_an_export_of_imported_visits_brings_in_the_same_again(places):
    here, there = two_centres()
    lines = [
        f"{day:02}/01/2026;{9 + day % 8}h{day % 60:02};Emploi;Téléphone;Permis de conduire;{day}"
        for day in range(2, 28)
    ]
    text = "Date;Heure;Thème;Mode de contact;Besoin;Durée\n" + "\n".join(lines)
    brought_in(here, text.encode(), "visites.csv")
    brought_in(there, files_in(exported(here, FIRST, LAST, AT))["acts"], "acts.csv")
    assert acts_of(there) == acts_of(here)
    new = there.codes.filter(key__startswith="past-").values_list("key", "list", "label")
    assert sorted(new) == sorted(
        here.codes.filter(key__startswith="past-").values_list("key", "list", "label")
    )
    counts = Act.objects.values_list("centre").annotate(n=Count("pk"), minutes=Sum("minutes"))
    assert {(n, minutes) for _centre, n, minutes in counts} == {(26, sum(range(2, 28)))}


@pytest.mark.django_db
@pytest.mark.parametrize(
    "name", ["=1+1", "\t=HYPERLINK(1)", "\u200b＝1; [job] ×3", "+33", "Emploi [job]; Formation [train]"]
)
def test_a_wording_that_plays_tricks_is_neither_a_formula_nor_another_theme(places, name):
    here, there = two_centres()
    theme = here.themes.get(key="change")
    type(theme).objects.filter(pk=theme.pk).update(name=name)
    for n in range(3):
        coding = a_coding(here, themes=[here.themes.get(key="change")])
        actions.record_act(centre=here, key=uuid4(), coding=coding, at=AT - timedelta(minutes=n))
    data = files_in(exported(here, FIRST, LAST, AT))["acts"]
    cells = [row["Themes"] for row in csv.DictReader(io.StringIO(data.decode("utf-8-sig"), newline=""))]
    assert all(cell == harmless(cell.removeprefix("'")) and cell.endswith(" [change]") for cell in cells)
    into(there, data, "acts.csv")
    assert acts_of(there) == acts_of(here)


@given(st.text(max_size=40), st.from_regex(r"[a-z0-9][a-z0-9_-]{0,20}", fullmatch=True), st.integers(0, 500))
def test_the_notation_is_read_as_it_was_written(label, key, people):
    text = written(label, key)
    assert label_and_key(text)[1] == key
    both = f"{text} ×{people}; {text}" if people else f"{text}; {text}"
    assert parts(both) == ((text, people or 1), (text, 1))


@pytest.mark.parametrize(
    "text", ["", "Emploi", "Emploi [", "Emploi [a] et [b]", "[a] Emploi", "CV ; Lettre [x]"]
)
def test_what_nobody_wrote_in_that_way_is_left_alone(text):
    assert parts(text) == ()
