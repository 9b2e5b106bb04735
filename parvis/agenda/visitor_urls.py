"""Addresses of the agenda that everybody reads."""

from django.urls import path

from parvis.agenda.views import announcing, visitor_files, visitor_frame, visitor_papers, visitor_programme

urlpatterns = [
    path("agenda/", visitor_programme.public_agendas, name="public_agendas"),
    path("agenda/<slug:centre>/", visitor_programme.public_agenda, name="public_agenda"),
    path("agenda/<slug:centre>/subscribe/", visitor_files.subscribe, name="subscribe"),
    path("agenda/<slug:centre>/calendar.ics", visitor_files.centre_ics, name="centre_ics"),
    path("agenda/<slug:centre>/feed.atom", visitor_files.atom, name="atom"),
    path("a/<slug:slug>/", visitor_programme.public_event, name="public_event"),
    path("a/<slug:slug>/calendar.ics", visitor_files.event_ics, name="event_ics"),
    path("a/<slug:slug>/<int:pk>.ics", visitor_files.session_ics, name="session_ics"),
    path(
        "agenda/<slug:centre>/programme/<str:month>/<str:size>.pdf",
        visitor_papers.month_paper,
        name="month_paper",
    ),
    path("a/<slug:slug>/poster/<str:size>.pdf", visitor_papers.poster, name="poster"),
    path("a/<slug:slug>/card.png", visitor_papers.card, name="card"),
    path("agenda/<slug:centre>/embed/", visitor_frame.embed, name="embed"),
    path("c/<slug:centre>/agenda/announce/", announcing.announce, name="announce"),
]
