"""Addresses of answering, of sample surveys and of what came of them."""

from django.urls import path

from parvis.surveys.views import asking, at_desk, classes, paper_sheets, visitor_answers, visitor_class

app_name = "asking"
urlpatterns = [
    path("s/<slug:token>/", visitor_answers.answer, name="answer"),
    path("q/", visitor_class.code, name="code"),
    path("class/<slug:token>/", visitor_class.screen, name="screen"),
    path("class/<slug:token>/<slug:deed>/", visitor_class.screen_deed, name="screen_deed"),
    path("c/<slug:centre>/opinion/", at_desk.at_desk, name="at_desk"),
    path("c/<slug:centre>/opinion/<int:pk>/", at_desk.hand_over, name="hand_over"),
    path("c/<slug:centre>/sheets/", paper_sheets.sheets, name="sheets"),
    path("c/<slug:centre>/sheets/<int:pk>/", paper_sheets.new_batch, name="new_batch"),
    path("c/<slug:centre>/sheets/<int:pk>/<slug:language>.pdf", paper_sheets.printed, name="printed"),
    path("c/<slug:centre>/sheets/<uuid:batch>/", paper_sheets.batch, name="batch"),
    path("c/<slug:centre>/sheets/<uuid:batch>/<slug:deed>/", paper_sheets.batch_deed, name="batch_deed"),
    path("c/<slug:centre>/surveys/", asking.surveys, name="surveys"),
    path("c/<slug:centre>/surveys/new/", asking.new, name="new"),
    path("c/<slug:centre>/surveys/class/", classes.new_class, name="new_class"),
    path("c/<slug:centre>/surveys/<int:pk>/", asking.survey, name="survey"),
    path("c/<slug:centre>/surveys/<int:pk>/poster/", asking.poster, name="poster"),
    path("c/<slug:centre>/surveys/<int:pk>/<slug:deed>/", asking.deed, name="deed"),
]
