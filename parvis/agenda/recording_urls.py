"""Addresses of recordings: the team's, and those that everybody sees."""

from django.urls import URLPattern, path

from parvis.agenda.views import recordings, visitor_recordings

PLACE = "c/<slug:centre>/agenda/recordings/"
PUBLIC = "agenda/<slug:centre>/recordings/"
urlpatterns: list[URLPattern] = [
    path(PLACE, recordings.recordings, name="recordings"),
    path(f"{PLACE}new/<int:session>/", recordings.new_recording, name="new_recording"),
    path(f"{PLACE}new/<int:session>/pieces/", recordings.recording_piece, name="recording_piece"),
    path(f"{PLACE}<int:pk>/", recordings.recording, name="recording"),
    path(f"{PLACE}<int:pk>/video/", recordings.recording_file, name="recording_file"),
    path(f"{PLACE}<int:pk>/deeds/<slug:deed>/", recordings.recording_deed, name="recording_deed"),
    path(PUBLIC, visitor_recordings.public_recordings, name="public_recordings"),
    path(f"{PUBLIC}<int:pk>/", visitor_recordings.public_recording, name="public_recording"),
    path(f"{PUBLIC}<int:pk>/video/", visitor_recordings.public_video, name="public_video"),
    path(f"{PUBLIC}<int:pk>/captions.vtt", visitor_recordings.public_captions, name="public_captions"),
]
