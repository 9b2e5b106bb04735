from datetime import date

import pytest
from django.db.models import Count, Sum

from parvis.centres.models import Code, Theme
from parvis.reception.actions import past
from parvis.reception.actions.past.files import folder_of
from parvis.reception.models import Act, Profile, Tally
from parvis.reception.models.past import Stage
from parvis.reception.queries.past.pages import years_of
from parvis.reception.tests.past import samples
from parvis.reception.tests.past.house import a_preset_centre, brought_in, checked, sent, worked

pytestmark = pytest.mark.django_db


@pytest.fixture
def centre(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    return a_preset_centre()


def test_visits_become_acts_and_answers_apart_from_them(centre):
    done = brought_in(centre, samples.visits_cp1252(days=4), "visites.csv")

    assert (done.stage, done.report["brought"]) == (Stage.DONE, {"acts": 20, "profiles": 20, "tallies": 0})
    assert dict(Act.objects.counted().values_list("channel__key").annotate(n=Count("pk"))) == {
        "desk": 16,
        "phone": 4,
    }
    assert dict(Act.objects.values_list("themes__key").annotate(n=Count("pk"))) == {
        "job": 5,
        "train": 5,
        "choose": 5,
        "business": 5,
    }
    first = Act.objects.order_by("at")[0]
    assert (first.date, centre.local(first.at).strftime("%H:%M"), first.minutes) == (
        date(2017, 2, 6),
        "09:00",
        75,
    )
    genders = (
        Profile.objects.filter(answers__list="gender").values_list("answers__key").annotate(n=Count("pk"))
    )
    assert dict(genders) == {"woman": 10, "man": 10}
    assert not folder_of(done).exists()


def test_months_become_tallies_in_their_unit_and_totals_are_compared(centre):
    done = brought_in(centre, samples.french_months(), "Fréquentation.xlsx")

    whole = Tally.objects.counted().by_theme().values_list("theme__key", "unit").annotate(n=Sum("count"))
    assert sorted(whole) == [("choose", "passage", 120), ("job", "passage", 240), ("train", "passage", 139)]
    plain = Tally.objects.counted().plain().values_list("unit").annotate(n=Sum("count"))
    assert list(plain) == [
        ("passage", 499)
    ]  # the sheet's own “Total” is the whole of a day; themes break it down
    assert done.report["totals"] == {"agree": 20, "differ": []}
    assert done.report["reasons"] == {"total": 5, "closed": 2, "not_a_row": 2}
    assert (done.first_day, done.last_day) == (date(2019, 3, 1), date(2019, 4, 12))


def test_themes_without_a_total_are_summed_only_where_nobody_stands_under_two(centre):
    data = b"Date;Emploi;Formation\n12/03/2019;3;4\n13/03/2019;5;\n"
    one = checked(sent(centre, data, "jours.csv"))
    assert years_of(one.report).without_whole == ("Contacts",)
    past.choose_columns(past_import=one, columns=[], sum_themes=True)
    one = worked(past.check(past_import=one))
    assert years_of(one.report).without_whole == ()
    worked(past.bring_in(past_import=one))
    assert list(Tally.objects.plain().values_list("date", "unit", "count").order_by("date")) == [
        (date(2019, 3, 12), "contact", 7),
        (date(2019, 3, 13), "contact", 5),
    ]
    assert Tally.objects.by_theme().count() == 3


def test_a_total_that_differs_is_told(centre):
    report = checked(sent(centre, samples.two_headings(), "2018.xlsx")).report
    assert report["totals"]["agree"] == 5
    (differs,) = report["totals"]["differ"]
    assert (differs["says"], differs["adds_up"], differs["number"]) == (119, 126, 10)
    assert report["reasons"]["row_total_differs"] == 1


def test_the_same_file_is_brought_in_once(centre):
    data = samples.visits_cp1252()
    done = brought_in(centre, data, "visites.csv")
    with pytest.raises(past.AlreadyBroughtIn) as told:
        sent(centre, data, "autre nom.csv")
    assert (told.value.earlier, Act.objects.count()) == (done, 20)


def test_a_file_that_overlaps_brings_in_only_what_is_new(centre):
    brought_in(centre, samples.visits_cp1252(days=4), "visites.csv")
    second = checked(sent(centre, samples.visits_cp1252(days=6), "encore.csv"))
    assert second.report["verdicts"] == {"already": 20, "new": 10}
    assert second.report["overlaps"] == []
    worked(past.bring_in(past_import=second))
    assert (Act.objects.counted().count(), Profile.objects.counted().count()) == (30, 30)


def test_further_visits_on_days_of_another_file_need_a_word(centre):
    brought_in(centre, b"Date;Theme\n12/03/2019;Emploi\n14/03/2019;Emploi\n", "a.csv")
    second = checked(sent(centre, b"Date;Theme\n12/03/2019;Emploi\n13/03/2019;Formation\n", "b.csv"))
    assert second.report["overlaps"] == [{"file": "a.csv", "first": "2019-03-13", "last": "2019-03-13"}]
    with pytest.raises(past.Incomplete):
        past.bring_in(past_import=second)
    worked(past.bring_in(past_import=second, overlap=True))
    assert Act.objects.counted().count() == 3


def test_lines_that_are_alike_are_two_visits_and_stay_two(centre):
    lines = "Date;Thème\n" + "12/03/2019;Emploi\n" * 3 + "13/03/2019;Emploi\n"
    brought_in(centre, lines.encode(), "a.csv")
    assert Act.objects.count() == 4
    more = checked(sent(centre, (lines + "13/03/2019;Emploi\n").encode(), "b.csv"))
    assert more.report["verdicts"] == {"already": 4, "new": 1}


def test_an_undone_import_leaves_nothing_and_can_be_sent_again(centre):
    codes, themes = Code.objects.count(), Theme.objects.count()
    data = b"Date;Theme;Besoin\n12/03/2019;Emploi;Permis de conduire\n13/03/2019;Jardin;CV\n14/03/2019;Emploi;CV\n"
    done = brought_in(centre, data, "a.csv")
    assert (Code.objects.count(), Theme.objects.count()) == (codes + 1, themes + 1)
    made = Theme.objects.get(key="past-jardin")
    assert (made.valid_from, made.valid_to) == (date(2019, 3, 12), date(2019, 3, 15))

    undone = worked(past.undo(past_import=done))
    assert (undone.stage, Act.objects.count(), Profile.objects.count()) == (Stage.UNDONE, 0, 0)
    assert (Code.objects.count(), Theme.objects.count()) == (codes, themes)
    assert brought_in(centre, data, "a.csv").report["brought"]["acts"] == 3


def test_counts_that_changed_since_are_told_and_not_overwritten(centre):
    first = "Mois;Passages\nmars 2019;120\navril 2019;90\n"
    brought_in(centre, first.encode(), "a.csv")
    again = checked(sent(centre, first.replace("90", "95").encode(), "b.csv"))
    assert again.report["reasons"] == {"changed": 1}
    assert again.report["verdicts"] == {"already": 1, "ignored": 1}
    assert Tally.objects.get(date=date(2019, 4, 1)).count == 90


def test_rows_of_an_unfinished_import_do_not_count(centre):
    done = brought_in(centre, samples.visits_cp1252(), "visites.csv")
    type(done).objects.filter(pk=done.pk).update(stage=Stage.RUNNING)
    assert (Act.objects.count(), Act.objects.counted().count(), Profile.objects.counted().count()) == (
        20,
        0,
        0,
    )
