from uuid import uuid4

import pytest
from django.urls import reverse

from parvis.accounts.models import User
from parvis.accounts.roles import Role
from parvis.centres.factories import a_centre, a_network, a_person
from parvis.centres.models import Assignment, Centre, Network, OpeningHours, Theme, TicketStyle

pytestmark = pytest.mark.django_db

MODEL = {
    "service_model": "cite_des_metiers",
    "network": "new",
    "network_name": "Réseau",
    "name": "Lyon",
    "address": "1 place du Parvis",
    "country": "FR",
    "subdivision": "",
    "time_zone": "Europe/Paris",
    "languages": ["fr", "en", "ar"],
    "open_since": "2016-09-01",
}
VISITORS = {"ticket_style": "number", "profile_moment": "never"}


@pytest.fixture
def founder(client):
    person = User.objects.create_superuser("first@example.org", name="First")
    client.force_login(person)
    return person


def page(key, name):
    return reverse("centres:new_centre_page", args=[key, name])


def themes(**changes):
    keys = ["choose", "train", "job", "change", "business"]
    sent = {"order": keys, "desks": ["1", "Blue", ""]}
    for key in keys:
        sent |= {f"keep_{key}": "on", f"name_{key}_0": f"Nom {key}", f"sentence_{key}_0": f"Phrase {key}"}
    sent |= {"hours-0_0_opens": "09:00", "hours-0_0_closes": "12:30"}
    return {name: value for name, value in (sent | changes).items() if value is not None}


def test_three_pages_make_a_centre_and_its_network(client, founder):
    key = client.get(reverse("centres:new_centre")).url.split("/")[3]

    assert client.post(page(key, "model"), MODEL).url == page(key, "themes")
    changed = themes(order=["job", "choose", "train", "change", "business"], keep_change=None)
    assert client.post(page(key, "themes"), changed).url == page(key, "waiting")
    review = client.get(page(key, "waiting")).content.decode()
    assert "Lyon" in review
    assert "Nom job" in review
    assert "Monday 09:00–12:30" in review
    end = client.post(page(key, "waiting"), VISITORS)

    centre = Centre.objects.get()
    assert end.url == reverse("centres:start", args=["lyon"])
    assert [theme.key for theme in Theme.objects.order_by("position")] == [
        "job",
        "choose",
        "train",
        "business",
    ]
    assert Theme.objects.get(key="job").name.data == {"fr": "Nom job"}  # renamed: the old translations went
    assert (centre.ticket_style, centre.languages) == (TicketStyle.NUMBER, ["fr", "en", "ar"])
    assert OpeningHours.objects.count() == 1
    assert {(a.role, a.person) for a in Assignment.objects.all()} == {
        (Role.ADMINISTRATOR, founder),
        (Role.NETWORK_COORDINATOR, founder),
    }
    assert "Lyon is ready" in client.get(end.url).content.decode()


def test_what_is_sent_twice_makes_one_centre(client, founder):
    key = uuid4()
    client.post(page(key, "model"), MODEL)
    client.post(page(key, "themes"), themes())
    ends = [client.post(page(key, "waiting"), VISITORS).url for _ in range(2)]
    assert ends == [reverse("centres:start", args=["lyon"])] * 2
    assert (Centre.objects.count(), Network.objects.count()) == (1, 1)
    assert client.get(page(key, "model")).url == ends[0]


def test_an_unchanged_theme_keeps_all_its_languages(client, founder):
    key = uuid4()
    client.post(page(key, "model"), MODEL)
    client.post(page(key, "themes"), themes(name_job_0="Trouver un emploi", name_job_2="عمل"))
    client.post(page(key, "waiting"), VISITORS)
    name = Theme.objects.get(key="job").name.data
    assert (name["fr"], name["ar"], name["fi"]) == ("Trouver un emploi", "عمل", "Työn löytäminen")


def test_back_keeps_what_was_typed_right_or_wrong(client, founder):
    key = uuid4()
    client.post(page(key, "model"), MODEL)
    wrong = themes(name_job_0="Half a na") | {"hours-0_0_closes": "08:00", "back": "1"}
    assert client.post(page(key, "themes"), wrong).url == page(key, "model")
    assert "1 place du Parvis" in client.get(page(key, "model")).content.decode()
    again = client.get(page(key, "themes")).content.decode()
    assert "Half a na" in again
    assert 'value="08:00"' in again


@pytest.mark.parametrize(
    ("name", "sent", "message"),
    [
        ("model", MODEL | {"name": ""}, "This field is required."),
        ("model", MODEL | {"network_name": ""}, "Give the new network a name."),
        ("model", MODEL | {"languages": []}, "Choose at least one language."),
        ("themes", themes(**{f"keep_{k}": None for k in ["choose", "train", "job", "change", "business"]}),
         "Keep at least one theme"),
        ("themes", themes(desks=["", ""]), "Keep at least one desk"),
        ("themes", themes(desks=["Blue", "blue"]), "Two desks have the same name."),
        ("themes", themes(name_job_0=""), "Write it in Français at least."),
        ("themes", themes(**{"hours-0_0_closes": "08:00"}), "It closes before it opens."),
        ("themes", themes(**{"hours-0_0_closes": ""}), "Give both times, or none."),
        ("themes", themes(**{"hours-0_1_opens": "12:00", "hours-0_1_closes": "14:00"}), "overlap"),
        ("waiting", {"ticket_style": "", "profile_moment": "never"}, "This field is required."),
    ],
)  # fmt: skip
def test_a_mistake_is_named_and_the_rest_kept(client, founder, name, sent, message):
    key = uuid4()
    for earlier, right in [("model", MODEL), ("themes", themes())]:
        if earlier == name:
            break
        client.post(page(key, earlier), right)
    answer = client.post(page(key, name), sent)
    assert answer.status_code == 422
    assert message in answer.content.decode()
    assert Centre.objects.count() == 0


def test_a_later_page_waits_for_the_earlier_ones(client, founder):
    key = uuid4()
    assert client.get(page(key, "waiting")).url == page(key, "model")
    assert client.get(page(key, "nonsense")).status_code == 404


def test_a_coordinator_opens_a_centre_in_their_own_network_only(client):
    network, other = a_network(name="Ours"), a_network(name="Theirs")
    client.force_login(a_person(Role.NETWORK_COORDINATOR, centre=a_centre(network=network)))
    key = uuid4()
    shown = client.get(page(key, "model")).content.decode()
    assert "Ours" in shown
    assert "Theirs" not in shown
    assert "A new network" not in shown
    assert client.post(page(key, "model"), MODEL | {"network": other.slug}).status_code == 422
    assert client.post(page(key, "model"), MODEL | {"network": network.slug}).url == page(key, "themes")


def test_others_may_not(client):
    client.force_login(a_person(Role.DIRECTOR, centre=a_centre()))
    assert client.get(reverse("centres:new_centre")).status_code == 403
    assert client.get(page(uuid4(), "model")).status_code == 403
    client.logout()
    assert client.get(reverse("centres:new_centre")).status_code == 302


def test_another_country_brings_its_regions_and_its_time_zone(client, founder):
    where = {"country": "FI", "subdivision": "57", "time_zone": "Europe/Paris"}
    shown = client.get(reverse("centres:where"), where).content.decode()
    assert '<option value="Europe/Helsinki" selected>' in shown
    assert "Uusimaa" in shown
    asked = client.get(reverse("centres:where"), where | {"country": "PT"}).content.decode()
    assert '<option value="" selected>Choose' in asked  # three zones: somebody must say which


def test_the_first_steps_are_for_people_of_that_centre(client):
    centre = a_centre()
    client.force_login(a_person(Role.DIRECTOR, centre=a_centre()))
    assert client.get(reverse("centres:start", args=[centre.slug])).status_code == 404
