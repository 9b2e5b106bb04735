"""Addresses of teachers, who have no account."""

from django.urls import URLPattern, URLResolver, include, path

from parvis.agenda.views import visitor_ask_class, visitor_class_day, visitor_statement, visitor_visit

_visit: list[URLPattern] = [
    path("", visitor_visit.teacher_visit, name="teacher_visit"),
    path("yes/", visitor_visit.yes, name="teacher_yes"),
    path("words/", visitor_visit.words, name="teacher_words"),
    path("numbers/", visitor_visit.numbers, name="teacher_numbers"),
    path("withdraw/", visitor_visit.withdraw, name="teacher_withdraw"),
    path("calendar/", visitor_visit.calendar, name="teacher_calendar"),
    path("day/", visitor_class_day.teacher_day, name="teacher_day"),
    path("day/<slug:deed>/", visitor_class_day.teacher_deed, name="teacher_deed"),
    path("files/<int:file>/", visitor_class_day.teacher_file, name="teacher_file"),
    path("<slug:kind>.pdf", visitor_class_day.teacher_paper, name="teacher_paper"),
]
urlpatterns: list[URLPattern | URLResolver] = [
    path("classes/<slug:centre>/", visitor_ask_class.ask_visit, name="ask_visit"),
    path("visit/<slug:token>/", include(_visit)),
    path("my-visit/<slug:centre>/", visitor_statement.pupil_statement, name="pupil_statement"),
]
