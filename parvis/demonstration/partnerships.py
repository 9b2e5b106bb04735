"""What the demonstration's partners promised and gave, whom one calls there, and whom the centre would like to have."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from random import Random
from uuid import UUID

from parvis.centres.models import Centre
from parvis.demonstration.ground import Ground
from parvis.demonstration.institutions import INVENTED, Invented
from parvis.demonstration.rota import next_quarter, quarter_of
from parvis.partners.actions import (
    Agreed,
    Described,
    Given,
    Money,
    Promise,
    add_institution,
    note_contribution,
    plan_next,
    record_agreement,
    take_step,
)
from parvis.partners.actions.contacts import Person, keep_contact
from parvis.partners.models import (
    FTE_HOURS,
    Agreement,
    Contribution,
    Field,
    Institution,
    Part,
    Per,
    Pledge,
    Relation,
    Stage,
)
from parvis.partners.terms import months_later
from parvis.rota.models import DutySlot

K, G = Institution.Kind, Contribution.Kind
FIELDS: dict[str, list[str]] = {
    K.EMPLOYMENT_SERVICE: [Field.EMPLOYMENT],
    K.PUBLIC_GUIDANCE: [Field.EDUCATION, Field.TRAINING],
    K.PRIVATE_GUIDANCE: [Field.TRAINING],
    K.EMPLOYER: [Field.ENTREPRENEURSHIP, Field.EMPLOYMENT],
    K.EDUCATION: [Field.EDUCATION, Field.TRAINING],
    K.SOCIAL_PARTNER: [Field.EMPLOYMENT],
    K.HEALTH: [Field.HEALTH],
    K.COMMUNITY: [Field.SOCIAL_CARE],
    K.NGO: [Field.DIGITAL],
    K.THIRD_SECTOR: [Field.ENTREPRENEURSHIP],
}
# What is planned of what was promised, partner by partner: nearly all of it, with one clearly below and one above.
KEPT = tuple(map(Decimal, ("0.97", "1.06", "0.92", "0.72", "1.04", "1.28", "0.9")))
SMALL = Decimal("0.06")  # of a partner's time: a theme below it is in no agreement
HALF_POST = Decimal("0.5")  # that the amendment adds


@dataclass(frozen=True)
class Sought:
    """An institution that the centre would like to have as a partner."""

    name: str
    kind: Institution.Kind
    stage: Stage
    what_next: str
    in_days: int


@dataclass(frozen=True)
class Story:
    """What the papers of a centre say, in its own language."""

    convention: str
    amendment: str
    rooms: str
    people: tuple[tuple[str, str], ...]
    gave: tuple[tuple[Contribution.Kind, int, str], ...]
    sought: tuple[Sought, ...]
    pause: str


STORIES = {
    "cite_des_metiers": Story(
        convention="Convention de partenariat",
        amendment="Avenant : un demi-poste de plus",
        rooms="Une salle de réunion de vingt places, deux jeudis par mois.",
        people=(
            ("Hélène Marchand", "Responsable des partenariats"),
            ("Karim Bensaïd", "Directeur d’agence"),
            ("Lucie Tanguy", "Coordinatrice pédagogique"),
            ("Paul Le Goff", "Chargé de mission"),
        ),
        gave=(
            (G.TRAINING, 180, "Atelier pour l’équipe : les aides à la reprise"),
            (G.MEETING, 120, "Groupe de travail sur l’accueil"),
            (G.IN_KIND, 0, "500 dépliants sur les métiers de la Loire"),
        ),
        sought=(
            Sought(
                "Musée des techniques", K.COMMUNITY, Stage.PROSPECT, "Proposer une première rencontre", 12
            ),
            Sought("Mutuelle du Val", K.HEALTH, Stage.PROSPECT, "Envoyer la charte", -4),
            Sought(
                "Lycée agricole des Coteaux",
                K.EDUCATION,
                Stage.NEGOTIATING,
                "Relire le projet de convention",
                6,
            ),
        ),
        pause="Deux conseillers absents pendant trois mois, d’un commun accord.",
    ),
    "ohjaamo": Story(
        convention="Yhteistyösopimus",
        amendment="Sopimuksen muutos",
        rooms="Kokoustila kahdesti kuussa.",
        people=(
            ("Liisa Korhonen", "Palvelupäällikkö"),
            ("Mikko Laine", "Rehtori"),
            ("Aino Salmi", "Koordinaattori"),
        ),
        gave=(
            (G.TRAINING, 120, "Koulutus tiimille: palkkatuki"),
            (G.MEETING, 90, "Verkostokokous"),
        ),
        sought=(
            Sought("Kaupunginmuseo", K.COMMUNITY, Stage.PROSPECT, "Ehdota tapaamista", 10),
            Sought("Nuorten mielenterveysyhdistys", K.NGO, Stage.NEGOTIATING, "Lue sopimusluonnos", 5),
        ),
        pause="Kaksi ohjaajaa poissa kolme kuukautta.",
    ),
}


def write_partnerships(ground: Ground, since: date, today: date) -> int:
    """Agreements, contacts, contributions and prospects of a centre, whose rota is there already; returns how many rows.

    What partners promise is of the size of what they give.
    """
    centre = ground.centre
    random = Random(f"{ground.seed}/{centre.slug}/partnerships")  # noqa: S311
    story = STORIES[centre.service_model]
    known = {
        one.institution.name: one
        for one in Relation.objects.filter(centre=centre).select_related("institution")
    }
    lenders = [one for one in INVENTED[centre.service_model] if one.lends]
    for one in INVENTED[centre.service_model]:
        relation = known[one.name]
        relation.fields = [str(key) for key in FIELDS.get(one.kind, [])]
        relation.parts = _parts(one, lenders)
        relation.languages = centre.languages[:2]
        relation.save(update_fields=["fields", "parts", "languages"])
    rows, planned = 0, _planned_a_month(ground, today)
    for n, one in enumerate(lenders):
        relation = known[one.name]
        promises = _promises(ground, planned.get(relation.institution_id, {}), KEPT[n % len(KEPT)])
        rows += _agree(story, relation, one, n, promises, since, today, random)
    rows += _gave(ground, story, [known[one.name] for one in lenders], today, random)
    return rows + _seek(centre, story, today)


def _parts(one: Invented, lenders: list[Invented]) -> list[str]:
    if not one.lends:
        return [str(Part.SERVICE)]
    first = [str(Part.PROMOTER), str(Part.FUNDER)] if one == lenders[0] else []
    return [*first, str(Part.MISSION), str(Part.EVENT)]


def _planned_a_month(ground: Ground, today: date) -> dict[int, dict[int, Decimal]]:
    """Institution -> theme -> hours that the rota of this quarter has for it, in one month."""
    first = quarter_of(today)
    slots = DutySlot.objects.standing().filter(centre=ground.centre, theme__isnull=False)
    found: dict[int, dict[int, Decimal]] = {}
    here = list(slots.between(first, next_quarter(today) - timedelta(days=1)).select_related("half_day"))
    if not here:
        return found
    months = Decimal((here[-1].half_day.date - here[0].half_day.date).days + 1) / Decimal("30.4")
    for slot in here:
        slot.half_day.centre = ground.centre
        if slot.institution_id and slot.theme_id:
            themes = found.setdefault(slot.institution_id, {})
            themes[slot.theme_id] = (
                themes.get(slot.theme_id, Decimal()) + slot.half_day.minutes / Decimal(60) / months
            )
    return found


def _promises(ground: Ground, planned: dict[int, Decimal], kept: Decimal) -> list[Promise]:
    """Hours a month for each theme that matters, so that ``kept`` of them is planned."""
    total = sum(planned.values(), Decimal())
    large = {theme: hours for theme, hours in planned.items() if hours >= SMALL * total}
    share = total / sum(large.values(), Decimal()) / kept if large else Decimal()
    return [
        Promise(
            theme,
            Pledge.Unit.HOURS,
            max(Decimal(1), (large[theme.pk] * share).quantize(Decimal(1))),
            Per.MONTH,
        )
        for theme in ground.themes.values()
        if theme.pk in large
    ]


def _agree(
    story: Story,
    relation: Relation,
    one: Invented,
    n: int,
    promises: list[Promise],
    since: date,
    today: date,
    random: Random,
) -> int:
    """Every way an agreement can be: renewed, soon over, replaced, with money, for a time only."""
    start = date(since.year, since.month, 1)
    at_first = [_without_half_post(promises[0]), *promises[1:]] if n == 0 and promises else promises
    ends = [months_later(start, 24), today + timedelta(days=75), today + timedelta(days=47), None][n % 4]
    said = Agreed(
        kind=Agreement.Kind.CONVENTION if n != 5 else Agreement.Kind.LETTER,
        title=story.convention,
        starts_on=start,
        last_day=ends - timedelta(days=1) if ends else None,
        renewal_months=12 if ends and n % 4 == 2 else None,
        notice_months=1 if n % 4 == 2 else 3,
        signed_on=start - timedelta(days=20),
        charter_signed_on=start - timedelta(days=20) if n != 4 else None,
        promises=at_first,
        money=Money(Decimal(18_000), "EUR", Per.YEAR) if n == 0 else None,
        in_kind=story.rooms if n == 2 else "",
    )
    made = record_agreement(relation=relation, key=_key(random), said=said, by=None, at=_noon(start))
    if n == 0 and promises:
        _amend(story, made, said, promises, _key(random))
    if n == 6:
        _rest(story, relation, today)
    if n < len(story.people):
        name, function = story.people[n]
        phone = one.phone[:-2] + "05"
        keep_contact(relation=relation, said=Person(name, function, f"contact{n + 1}@example.org", phone))
    return 2 + len(promises)


def _without_half_post(one: Promise) -> Promise:
    """What was promised before the amendment."""
    less = max(Decimal(1), one.amount - (HALF_POST * FTE_HOURS / 12).quantize(Decimal(1)))
    return Promise(one.theme, one.unit, less, one.per)


def _amend(story: Story, made: Agreement, said: Agreed, promises: list[Promise], key: UUID) -> None:
    """Half a year later: half a post more, and the first theme's hours in full-time equivalents."""
    first, *others = promises
    posts = (first.amount * 12 / FTE_HOURS).quantize(Decimal("0.01"))
    later = Agreed(
        kind=said.kind,
        title=story.amendment,
        starts_on=months_later(said.starts_on, 6),
        last_day=said.last_day,
        notice_months=said.notice_months,
        signed_on=months_later(said.starts_on, 6) - timedelta(days=12),
        charter_signed_on=said.charter_signed_on,
        promises=[*others, Promise(first.theme, Pledge.Unit.FTE, posts, Per.YEAR)],
        money=said.money,
    )
    at = _noon(later.starts_on)
    record_agreement(relation=made.relation, key=key, said=later, by=None, at=at, replaces=made)


def _rest(story: Story, relation: Relation, today: date) -> None:
    """A partner that rested for three months, and is back."""
    steps = ((215, Stage.SUSPENDED, story.pause), (124, Stage.ACTIVE, ""))
    for back, stage, reason in steps:
        day = today - timedelta(days=back)
        take_step(relation=relation, stage=stage, since=day, reason=reason, by=None, at=_noon(day))


def _gave(ground: Ground, story: Story, partners: list[Relation], today: date, random: Random) -> int:
    """What no event of the agenda tells of: events are counted there."""
    for n, (kind, minutes, words) in enumerate(story.gave):
        day = today - timedelta(days=11 + 17 * n)
        given = Given(
            relation=partners[n % len(partners)],
            day=day,
            kind=kind,
            minutes=minutes,
            words=words,
        )
        note_contribution(key=_key(random), given=given, by=None, at=_noon(day))
    return len(story.gave)


def _seek(centre: Centre, story: Story, today: date) -> int:
    for n, one in enumerate(story.sought):
        begun = today - timedelta(days=60 + 20 * n)
        said = Described(
            name=one.name,
            kind=one.kind,
            standing=Relation.Standing.OUTSIDE,
            stage=Stage.PROSPECT,
            valid_from=begun,
            fields=[str(key) for key in FIELDS.get(one.kind, [])],
        )
        relation = add_institution(centre=centre, said=said, at=_noon(begun))
        if one.stage == Stage.NEGOTIATING:
            day = today - timedelta(days=21)
            take_step(relation=relation, stage=one.stage, since=day, reason="", by=None, at=_noon(day))
        plan_next(relation=relation, action=one.what_next, by_day=today + timedelta(days=one.in_days))
    return len(story.sought)


def _noon(day: date) -> datetime:
    return datetime.combine(day, time(12), UTC)


def _key(random: Random) -> UUID:
    return UUID(int=random.getrandbits(128), version=4)
