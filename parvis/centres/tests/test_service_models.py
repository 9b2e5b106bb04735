import pytest
from django.conf import settings

from parvis.centres.models import CodeList, ServiceModel, Space
from parvis.centres.service_models import list_entries, place_name, preset

VISITORS = [code for code, _name in settings.LANGUAGES]
STAFF = [code for code, _name in settings.STAFF_LANGUAGES]
MODELS = list(ServiceModel)


@pytest.mark.parametrize("model", MODELS)
def test_themes_speak_every_language(model):
    for theme in preset(model).themes:
        assert list(theme.name) == VISITORS
        assert list(theme.sentence) == VISITORS
        assert all(theme.name.values())
        assert all(theme.sentence.values())


@pytest.mark.parametrize("listed", CodeList)
def test_entries_speak_the_languages_of_who_reads_them(listed):
    wanted = VISITORS if listed.read_by_visitors else STAFF
    for entry in list_entries(listed):
        assert set(wanted) <= set(entry.label), entry.key
        assert all(text.strip() == text != "" for text in entry.label.values()), entry.key


@pytest.mark.parametrize("listed", CodeList)
@pytest.mark.parametrize("language", STAFF)
def test_no_two_entries_of_a_list_read_the_same(listed, language):
    labels = [entry.label[language] for entry in list_entries(listed)]
    assert len(set(labels)) == len(labels)


@pytest.mark.parametrize("model", MODELS)
def test_each_list_that_describes_the_public_or_an_act_ends_with_not_communicated(model):
    last = {listed for listed, entries in preset(model).codes.items() if entries[-1].not_communicated}
    reasons, offers = {"priority", "gap"}, {"theme", "event_kind", "sector", "objective"}
    assert last == set(CodeList) - reasons - offers


@pytest.mark.parametrize("model", MODELS)
def test_an_entry_counts_as_one_that_exists(model):
    for listed, entries in preset(model).codes.items():
        known = {entry.key for entry in list_entries(listed) if entry.of_the_network}
        assert {entry.counts_as for entry in entries} <= known


@pytest.mark.parametrize("model", MODELS)
def test_places_welcome_and_staff_are_worded(model):
    made = preset(model)
    assert all(list(place_name(kind)) == VISITORS for kind in [*made.spaces, "main_site"])
    assert list(made.welcome) == VISITORS
    assert all(list(title.name) == STAFF for title in made.staff)
    assert set(made.spaces) <= set(Space.Kind.values)


@pytest.mark.parametrize("model", MODELS)
def test_each_theme_has_its_own_colour_and_shape(model):
    themes = preset(model).themes
    assert len({theme.tint for theme in themes}) == len({theme.shape for theme in themes}) == len(themes)


def test_the_two_families_as_the_trade_knows_them():
    cite, ohjaamo = preset(ServiceModel.CITE_DES_METIERS), preset(ServiceModel.OHJAAMO)
    assert [theme.key for theme in cite.themes] == ["choose", "train", "job", "change", "business"]
    assert len(ohjaamo.themes) == 10
    assert (cite.age_from, cite.age_to, ohjaamo.age_from, ohjaamo.age_to) == (None, None, None, 29)
    assert "foreign" in {entry.key for entry in cite.codes[CodeList.EDUCATION]}
