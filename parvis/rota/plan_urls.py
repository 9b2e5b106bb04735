"""Addresses of drafts and of what was changed; below ``rota/`` of a centre."""

from django.urls import path

from parvis.rota.views import drafts, history, plans, publishing

urlpatterns = [
    path("plans/", plans.plans, name="plans"),
    path("plans/new/", plans.plan_new, name="plan_new"),
    path("plans/<int:pk>/", plans.plan, name="plan"),
    path("plans/<int:pk>/progress/", plans.plan_progress, name="plan_progress"),
    path("plans/<int:pk>/stop/", plans.plan_stop, name="plan_stop"),
    path("plans/<int:pk>/again/", plans.plan_again, name="plan_again"),
    path("plans/<int:pk>/copy/", plans.plan_copy, name="plan_copy"),
    path("plans/<int:pk>/drop/", plans.plan_drop, name="plan_drop"),
    path("plans/<int:pk>/seats/<int:half_day>/<str:task>/", drafts.plan_seat, name="plan_seat"),
    path("plans/<int:pk>/slots/<int:slot>/", drafts.plan_slot, name="plan_slot"),
    path("plans/<int:pk>/undo/", drafts.plan_undo, name="plan_undo"),
    path("plans/<int:pk>/beside/<int:other>/", drafts.plan_compare, name="plan_compare"),
    path("plans/<int:pk>/why/", drafts.plan_why, name="plan_why"),
    path("plans/<int:pk>/publish/", publishing.plan_publish, name="plan_publish"),
    path("history/", history.history, name="history"),
    path("history/<uuid:deed>/undo/", history.history_undo, name="history_undo"),
    path("history.csv", history.history_csv, name="history_csv"),
    path("history.xlsx", history.history_xlsx, name="history_xlsx"),
]
