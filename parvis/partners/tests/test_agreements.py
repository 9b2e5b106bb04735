"""Agreements: put down once, replaced, corrected, withdrawn; their pages and their documents."""

import io
import zipfile
from datetime import UTC, date, datetime
from decimal import Decimal
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from parvis.accounts.roles import Role
from parvis.centres.factories import LONG_AGO, a_centre, a_person, a_theme
from parvis.partners import actions, papers
from parvis.partners.actions.documents import NotTaken, add_document
from parvis.partners.factories import an_agreement, an_institution, hours
from parvis.partners.models import Agreement, Document, Pledge
from parvis.partners.queries.agreements import State, agreements_of

pytestmark = pytest.mark.django_db
AT = datetime(2026, 3, 3, 10, tzinfo=UTC)
DAY = AT.date()
PDF = b"%PDF-1.7\n%%EOF\n"


@pytest.fixture
def centre():
    return a_centre(languages=["en", "fr"])


@pytest.fixture
def school(centre):
    return an_institution(centre, "School")


@pytest.fixture
def manager(centre, client):
    person = a_person(Role.PARTNERSHIP_MANAGER, centre=centre, language="en")
    client.force_login(person)
    return person


def said(**fields):
    usual = {"kind": Agreement.Kind.CONVENTION, "starts_on": DAY}
    return actions.Agreed(**usual | fields)


def states(school, day=DAY):
    return [(line.agreement.pk, line.state, line.end) for line in agreements_of(school, day)]


def test_sent_twice_it_is_there_once(school):
    key = uuid4()
    one, same = (
        actions.record_agreement(relation=school, key=key, said=said(promises=[hours("3")]), by=None, at=AT)
        for _ in range(2)
    )
    assert (one, Agreement.objects.count(), Pledge.objects.count()) == (same, 1, 1)


def test_a_later_one_takes_the_place_and_both_stay(school):
    first = an_agreement(school, title="First")
    second = an_agreement(school, replaces=first, starts_on=date(2026, 4, 1))
    assert states(school) == [
        (first.pk, State.IN_FORCE, date(2026, 3, 31)),
        (second.pk, State.COMING, None),
    ]
    assert states(school, date(2026, 4, 1)) == [
        (second.pk, State.IN_FORCE, None),
        (first.pk, State.REPLACED, date(2026, 3, 31)),
    ]
    with pytest.raises(actions.AlreadyReplaced):
        an_agreement(school, replaces=first, starts_on=date(2026, 5, 1))
    with pytest.raises(actions.StillReplaces):
        actions.withdraw_agreement(agreement=first, why="A slip", by=None, at=AT)
    with pytest.raises(actions.NotAfterTheOther):
        an_agreement(school, replaces=second, starts_on=date(2026, 4, 1))


def test_what_was_entered_wrongly_stays_withdrawn_and_the_chain_holds(school):
    first = an_agreement(school)
    wrong = an_agreement(school, hours("30"), replaces=first, starts_on=date(2026, 4, 1))
    last = an_agreement(school, replaces=wrong, starts_on=date(2026, 9, 1))
    paper = add_document(agreement=wrong, key=uuid4(), title="Signed", data=PDF, by=None, at=AT)
    right = actions.correct_agreement(
        agreement=wrong,
        key=uuid4(),
        said=said(starts_on=date(2026, 5, 1), promises=[hours("3")]),
        why="Ten times too much",
        by=None,
        at=AT,
    )
    last.refresh_from_db(), wrong.refresh_from_db(), paper.refresh_from_db()
    assert (right.replaces, last.replaces, wrong.withdrawn_why) == (first, right, "Ten times too much")
    assert paper.agreement == right
    with pytest.raises(actions.NotAfterTheOther):
        actions.correct_agreement(
            agreement=right, key=uuid4(), said=said(starts_on=LONG_AGO), why="-", by=None, at=AT
        )


def test_a_theme_of_another_centre_is_refused(school):
    with pytest.raises(actions.NotOfThisCentre):
        an_agreement(school, hours("3", "month", a_theme(a_centre())))
    assert Agreement.objects.count() == 0


def lines(*rows, initial=0):
    form = {"pledges-TOTAL_FORMS": len(rows), "pledges-INITIAL_FORMS": initial}
    for n, row in enumerate(rows):
        form |= {f"pledges-{n}-{name}": value for name, value in row.items()}
    return form


EMPTY = {"amount": "", "unit": "hours", "per": "month", "theme": ""}


def test_an_agreement_is_put_down_on_its_page(centre, school, manager, client):
    theme = a_theme(centre)
    address = reverse("partners:new_agreement", args=[centre.slug, school.pk])
    page = client.get(address)
    assert page.status_code == 200
    key = page.context["form"]["key"].value()
    form = {"key": key, "kind": "convention", "title": "Accord", "starts_on": "2026-01-01"}
    form |= {"last_day": "2026-12-31", "renewal_months": "12", "notice_months": "3"}
    form |= {"money": "1500.50", "currency": "EUR", "money_per": "year"}
    form |= lines({"amount": "12.5", "unit": "hours", "per": "month", "theme": theme.pk}, EMPTY, EMPTY)
    for _ in range(2):
        assert client.post(address, form).status_code == 302
    one = Agreement.objects.get()
    assert (one.money, one.renewal_months, one.entered_by) == (Decimal("1500.50"), 12, manager)
    assert [(p.amount, p.theme) for p in one.pledges.all()] == [(Decimal("12.5"), theme)]
    own = client.get(reverse("partners:agreement", args=[centre.slug, one.pk])).content.decode()
    assert "Accord" in own
    assert "12.5" in own
    assert "Accord" in client.get(reverse("partners:agreements", args=[centre.slug])).content.decode()
    replacing = client.get(f"{address}?replaces={one.pk}")
    assert replacing.context["lines"].forms[0]["amount"].value() == Decimal("12.5")


def test_what_is_wrong_stands_beside_its_field_and_the_rest_is_kept(centre, school, manager, client):
    address = reverse("partners:new_agreement", args=[centre.slug, school.pk])
    form = {"key": uuid4(), "kind": "letter", "title": "Kept", "starts_on": "2026-02-01", "currency": "EUR"}
    form |= {"last_day": "2026-01-01", "remark": "Ask Marie Dupont, 06 12 34 56 78", "money_per": "year"}
    form |= lines({"amount": "-1", "unit": "hours", "per": "month", "theme": ""}, EMPTY)
    page = client.post(address, form)
    assert page.status_code == 422
    assert sorted(page.context["form"].errors) == ["last_day", "remark"]
    assert list(page.context["lines"].errors[0]) == ["amount"]
    assert 'value="Kept"' in page.content.decode()
    assert Agreement.objects.count() == 0


def test_notice_is_given_and_taken_back(centre, school, manager, client):
    one = an_agreement(school, last_day=date(2040, 6, 30), renewal_months=12, notice_months=3)
    address = reverse("partners:notice", args=[centre.slug, one.pk])
    assert client.get(address).context["form"].initial["last_day"] == date(2040, 6, 30)
    assert client.post(address, {"on": "2026-02-01", "last_day": "2010-01-01"}).status_code == 422
    assert client.post(address, {"on": "2026-02-01", "last_day": "2026-06-30"}).status_code == 302
    one.refresh_from_db()
    assert one.own_last_day == date(2026, 6, 30)
    client.post(reverse("partners:take_back_notice", args=[centre.slug, one.pk]))
    one.refresh_from_db()
    assert (one.noticed_on, one.own_last_day) == (None, None)


def test_it_is_withdrawn_with_a_reason(centre, school, manager, client):
    one = an_agreement(school)
    address = reverse("partners:withdraw_agreement", args=[centre.slug, one.pk])
    assert client.post(address, {"why": ""}).status_code == 422
    assert client.post(address, {"why": "Twice"}).status_code == 302
    page = client.get(reverse("partners:agreement", args=[centre.slug, one.pk])).content.decode()
    assert "Twice" in page
    assert "withdrawn" in page


def test_what_a_full_time_year_is_stays_with_what_was_agreed(centre, school, manager, client):
    before = an_agreement(school)
    client.post(reverse("partners:full_time", args=[centre.slug]), {"fte_hours": "1720"})
    after = an_agreement(school)
    assert (before.fte_hours, after.fte_hours) == (1607, 1720)


def a_zip(*names, mimetype=None):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        if mimetype:
            archive.writestr("mimetype", mimetype)
        for name in names:
            archive.writestr(name, "x")
    return out.getvalue()


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (PDF, "pdf"),
        (a_zip("word/document.xml"), "docx"),
        (a_zip("xl/workbook.xml"), "xlsx"),
        (a_zip("content.xml", mimetype="application/vnd.oasis.opendocument.text"), "odt"),
        (a_zip("word/document.xml", "word/vbaProject.bin"), None),
        (a_zip("run.exe"), None),
        (b"PK\x03\x04broken", None),
        (b"<html>", None),
        (b"MZ\x90", None),
        (b"", None),
    ],
)
def test_a_file_is_what_its_bytes_say(data, kind):
    assert papers.kind_of(data) == kind


def test_a_document_is_attached_downloaded_and_taken_away(centre, school, manager, client):
    one = an_agreement(school)
    address = reverse("partners:new_document", args=[centre.slug, one.pk])
    page = SimpleUploadedFile("evil.pdf", b"<html><script>", content_type="application/pdf")
    assert client.post(address, {"key": uuid4(), "title": "Paper", "file": page}).status_code == 422
    form = {"key": uuid4(), "title": "Convention signée", "file": SimpleUploadedFile("a", PDF)}
    assert client.post(address, form).status_code == 302
    document = Document.objects.get()
    own = reverse("partners:document", args=[centre.slug, document.pk])
    got = client.get(own)
    assert (got.content, got["Content-Type"], got["X-Content-Type-Options"]) == (
        PDF,
        "application/pdf",
        "nosniff",
    )
    assert got["Content-Disposition"].startswith('attachment; filename="convention-signee.pdf"')
    assert "no-store" in got["Cache-Control"]
    client.force_login(a_person(Role.ADVISER, centre=centre))
    assert client.get(own).status_code == 403
    other = a_centre()
    client.force_login(a_person(Role.DIRECTOR, centre=other))
    assert client.get(reverse("partners:document", args=[other.slug, document.pk])).status_code == 404
    client.force_login(manager)
    assert (
        client.post(reverse("partners:remove_document", args=[centre.slug, document.pk])).status_code == 302
    )
    assert client.get(own).status_code == 404


def test_a_large_file_is_not_taken(school, monkeypatch):
    monkeypatch.setattr(papers, "LARGEST", 3)
    with pytest.raises(NotTaken):
        add_document(agreement=an_agreement(school), key=uuid4(), title="-", data=PDF, by=None, at=AT)


def test_agreements_of_another_centre_are_not_there(centre, manager, client):
    other = an_agreement(an_institution(a_centre(network=centre.network), "Elsewhere"))
    for name in ("agreement", "correct_agreement", "withdraw_agreement", "notice", "new_document"):
        assert client.get(reverse(f"partners:{name}", args=[centre.slug, other.pk])).status_code == 404


def test_the_list_asks_the_same_for_one_and_for_three(centre, manager, client, django_assert_max_num_queries):
    theme = a_theme(centre)

    def another(n):
        an_agreement(an_institution(centre, f"School {n}"), hours("3", "month", theme))

    def asked():
        with django_assert_max_num_queries(30) as found:
            client.get(reverse("partners:agreements", args=[centre.slug]))
        return len(found)

    another(1)
    client.get(reverse("partners:agreements", args=[centre.slug]))
    one = asked()
    another(2), another(3)
    assert asked() == one
