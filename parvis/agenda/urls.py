"""Addresses of the agenda, by subject."""

from parvis.agenda import (
    class_urls,
    coming_urls,
    kit_urls,
    programme_urls,
    recording_urls,
    room_urls,
    teacher_urls,
    visitor_urls,
)

app_name = "agenda"
urlpatterns = [
    *programme_urls.urlpatterns,
    *kit_urls.urlpatterns,
    *room_urls.urlpatterns,
    *recording_urls.urlpatterns,
    *coming_urls.urlpatterns,
    *class_urls.urlpatterns,
    *visitor_urls.urlpatterns,
    *teacher_urls.urlpatterns,
]
