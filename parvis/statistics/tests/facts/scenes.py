"""Days on which everything happened that is counted, and what two ways of counting must both say of them."""

from __future__ import annotations

from collections import Counter
from datetime import date, datetime, time, timedelta
from uuid import uuid4

from parvis.accounts.roles import Role
from parvis.agenda.factories import (
    a_class_visit,
    a_school,
    a_session,
    an_event,
    an_event_kind,
)
from parvis.agenda.models import ClassVisit, HeadCount, ObjectiveDone, PupilCount, Session
from parvis.centres.factories import a_code, a_person, a_theme
from parvis.centres.models import CodeList
from parvis.reception import actions
from parvis.reception.factories import a_seat, a_ticket, an_act, codes_of
from parvis.reception.models import Act, Arrival, Passage, PastImport, Profile, State, Tally
from parvis.reception.models.past import Stage
from parvis.reception.queries.figures import figures_by_day
from parvis.reception.queries.passages import passages_by_hour
from parvis.statistics.cube.facts import FACTS, Unit
from parvis.statistics.facts.extract import extracted
from parvis.statistics.facts.shaping import SIGNED
from parvis.statistics.queries.breakdown import broken_down
from parvis.statistics.queries.waits import tickets_taken

SECRET = b"a secret of the house"


def facts_of(centre, first, last):
    """Every unit's facts as dictionaries."""
    with extracted([centre], first, last, secret=SECRET) as facts:
        return {unit: named(unit, facts.rows(unit)) for unit in Unit}


def named(unit, rows):
    names = [column.name for column in FACTS[unit]]
    return [dict(zip(names, row, strict=True)) for row in rows]


def counted(rows):
    """Rows that make the total."""
    return [row for row in rows if row["origin"] != "by_theme" and row.get("code") is None]


def by(name, rows):
    found = Counter()
    for row in rows:
        found[row[name]] += row["n"]
    return {key: n for key, n in found.items() if n}


def assert_agreement(centre, first, last):
    """Every figure of the day pages is found again in the facts, which are returned."""
    facts = facts_of(centre, first, last)
    figures = figures_by_day(centre, first, last)
    for unit in SIGNED:
        shown = {day: n for day, one in figures.items() if (n := getattr(one.shown, unit.value))}
        assert by("date", counted(facts[unit])) == shown, unit
    taken = tickets_taken(centre, first, last)
    broken = broken_down(centre, first, last, taken, passages_by_hour(centre, first, last))
    for unit in (Unit.CONTACTS, Unit.ACTS):
        themes = Counter()
        for row in facts[unit]:
            themes.update(dict.fromkeys(row["themes"], row["n"]))
        assert +themes == +Counter({t: line[unit.value] for t, line in broken.themes.items() if t}), unit
        recorded = [row for row in counted(facts[unit]) if row["origin"] != "correction"]
        hours = Counter({hour: line[unit.value] for hour, line in broken.hours.items()})
        assert by("hour", recorded) == +hours, unit
    waited = sorted((one.theme, round(one.minutes * 60)) for one in taken if one.minutes is not None)
    assert sorted((row["themes"][0], row["seconds"]) for row in facts[Unit.WAITS]) == waited
    assert len(facts[Unit.PROFILES]) == Profile.objects.counted().filter(centre=centre).count()
    return facts


def lively_days(centre, start, draw, days=3):
    """What comes through the door, by the actions of reception."""
    themes = [centre.themes.first(), a_theme(centre, key=uuid4().hex)]
    for noon in (datetime.combine(start + timedelta(days=n), time(12), centre.zone) for n in range(days)):
        tickets_of_a_day(centre, noon, themes, draw)
        need = codes_of(centre, CodeList.NEED, "application")
        an_act(centre, noon - timedelta(minutes=draw.randint(1, 700)), themes=themes, codes=need)
        actions.undo_act(act=an_act(centre, noon), at=noon)
        ages = codes_of(centre, CodeList.AGE_BAND, "15_17", "18_24")
        group = {"kind": Act.Kind.GROUP, "size": 24, "totals": dict(zip(ages, (20, 4), strict=True))}
        an_act(centre, noon, themes=themes[1:], **group)
        nobody = codes_of(centre, CodeList.NON_CONTACT, "hang_up")
        an_act(centre, noon, kind=Act.Kind.NON_CONTACT, themes=[], codes=nobody)
        site = centre.sites.get(kind="main")
        for _n in range(3):
            actions.count_passages(site=site, key=uuid4(), count=draw.randint(1, 9), at=noon)
        typed = Passage.Source.HOURLY
        a_passage(site, noon.date(), 12 + draw.randint(0, 1), draw.randint(0, 40), typed)
        answers = codes_of(centre, CodeList.GENDER, "woman")
        asked = {"key": uuid4(), "method": Profile.Method.ASKED, "day": noon.date(), "answers": answers}
        actions.answer_profile(centre=centre, **asked)
    of_the_agenda(centre, datetime.combine(start, time(23, 15), centre.zone), themes)


def of_the_agenda(centre, late, themes):
    """A webinar late in the evening with people in the room, too, and a class, whose heads were counted."""
    kind, sector = an_event_kind(centre, "workshop"), _one(centre, CodeList.SECTOR)
    event = an_event(centre, "Evening", kind=kind, languages=["fr", "en"])
    event.themes.set(themes)
    event.codes.set([sector, _one(centre, CodeList.AUDIENCE)])
    counted = {"state": Session.State.HELD, "participants": 9, "online_participants": 12, "counted_at": late}
    session = a_session(event, late, link="https://example.org/room", **counted)
    for code, n in zip(codes_of(centre, CodeList.AGE_BAND, "15_17", "18_24"), (20, 1), strict=True):
        HeadCount.objects.create(session=session, code=code, count=n)
    a_session(event, late, room_seats=3)  # still to come
    lists = (CodeList.SCHOOL_LEVEL, CodeList.STREAM, CodeList.OBJECTIVE, CodeList.SCHOOL_NETWORK)
    level, stream, objective, network = (_one(centre, one) for one in lists)
    school = a_school(centre, place="Bellerive", school_network=network)
    times = {"begins_at": late - timedelta(hours=13), "ends_at": late - timedelta(hours=11)}
    said = {"school": school, "level": level, "stream": stream, "came": 23, "state": ClassVisit.State.HELD}
    visit = a_class_visit(centre, **times, **said)
    ObjectiveDone.objects.create(visit=visit, objective=objective, depth=ObjectiveDone.Depth.WORKED)
    PupilCount.objects.create(visit=visit, code=codes_of(centre, CodeList.AGE_BAND, "15_17")[0], count=23)
    a_class_visit(centre, **times)  # nobody has said that it came


def _one(centre, listed):
    """Any entry of a list; made where there is none."""
    return centre.codes.filter(list=listed).first() or a_code(centre, listed, "some")


def a_passage(site, day, hour, count, source):
    at = datetime.combine(day, time(23), site.centre.zone)
    fields = {"key": uuid4(), "date": day, "hour": hour, "count": count, "source": source, "counted_at": at}
    return Passage.objects.create(centre=site.centre, site=site, **fields)


def tickets_of_a_day(centre, noon, themes, draw):
    """Some left, some did not come, some were received, one of them only closed on the next day."""
    seat = a_seat(themes, noon)
    for n in range(7):
        taken = noon - timedelta(minutes=draw.randint(1, 700), seconds=draw.randint(0, 59))
        ways = [way for way in Arrival if way != Arrival.APPOINTMENT]
        ticket = a_ticket(draw.choice(themes), taken, arrival=draw.choice(ways), size=draw.randint(1, 3))
        if n == 0:
            actions.leave(ticket=ticket, at=noon)
            continue
        at = noon + timedelta(minutes=n)
        called = actions.call_next(seat=seat, at=at)
        if n == 1:
            called = actions.recall(seat=seat, ticket=called, at=at)
            actions.mark_no_show(seat=seat, ticket=called, at=at + timedelta(minutes=30))
            continue
        actions.start_interview(seat=seat, ticket=called, at=at)
        end = at + timedelta(days=1) if n == 6 else at
        actions.finish_interview(seat=seat, ticket=called, at=end)
    seat.closed_at = noon + timedelta(hours=1)
    seat.save(update_fields=["closed_at"])
    void = a_ticket(themes[0], noon)
    void.state = State.VOID
    void.save(update_fields=["state"])


def an_import(centre, start, draw, *, stage=Stage.DONE):
    """A sheet with wholes, hours, themes; and acts line by line."""
    sheet = PastImport.objects.create(
        centre=centre,
        file_name="a.csv",
        fingerprint="0" * 64,
        stage=stage,
        created_at=datetime.combine(start, time(), centre.zone),
        first_day=start,
        last_day=start + timedelta(days=2),
    )
    for n, unit in enumerate([*Tally.Unit] * 3):
        day = start + timedelta(days=n % 3)
        hours = [(None, draw.randint(5, 60)), (9, draw.randint(1, 9)), (14, draw.randint(1, 9))]
        for hour, count in hours[draw.randint(0, 1) :]:
            for theme in (None, centre.themes.first()):
                fields = {"unit": unit, "date": day, "hour": hour, "theme": theme, "count": count}
                Tally.objects.create(centre=centre, past_import=sheet, row_key=uuid4().hex, **fields)
    channel = codes_of(centre, CodeList.CHANNEL, "phone")[0]
    for _n in range(4):
        Act.objects.create(key=uuid4(), centre=centre, date=start, channel=channel, past_import=sheet)
    Tally.objects.create(
        centre=centre, past_import=sheet, row_key=uuid4().hex, unit="contact", span="month",
        date=start.replace(day=1), count=900,
    )  # fmt: skip
    return sheet


def sign(centre, day, *, door_count=77):
    """The evening's signature."""
    person = a_person(Role.DIRECTOR, centre=centre)
    at = datetime.combine(day + timedelta(days=1), time(9), centre.zone)
    actions.resolve_all(centre=centre, day=day, at=at)
    how = {"door_count": door_count, "reasons": [], "remark": "A fair in the hall"}
    return actions.sign_day(centre=centre, day=day, by=person, at=at, **how)


def a_month(day: date):
    return day.replace(day=1)
