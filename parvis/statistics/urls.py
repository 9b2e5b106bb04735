from django.urls import path

from parvis.statistics.views import (
    charter,
    coverage,
    explorer,
    figures,
    open_data,
    report_parts,
    report_ways,
    reports,
    survey_results,
    visitor_open_data,
    visitor_reports,
)
from parvis.statistics.views.network import centres as network_centres
from parvis.statistics.views.network import spread, statements, together

OPEN, OUT = "c/<slug:centre>/figures/open-data", "places/<slug:centre>/figures/open-data"
EDITION = f"{OUT}/<int:year>/<int:number>"
OPEN_DATA = [
    path(f"{OPEN}/", open_data.open_data, name="open_data"),
    path(f"{OPEN}/<int:year>/", open_data.open_year, name="open_year"),
    path(f"{OPEN}/editions/<int:pk>/withdraw/", open_data.withdraw, name="withdraw_open_edition"),
    path(f"{OUT}/", visitor_open_data.public_open_data, name="public_open_data"),
    path(f"{OUT}/catalogue.<str:kind>", visitor_open_data.public_catalogue, name="public_open_catalogue"),
    path(f"{EDITION}/", visitor_open_data.public_open_edition, name="public_open_edition"),
    path(f"{EDITION}/<str:name>", visitor_open_data.public_open_file, name="public_open_file"),
]
app_name = "statistics"
urlpatterns = [
    path("c/<slug:centre>/figures/", figures.day, name="today"),
    path("c/<slug:centre>/figures/days/<str:day>/", figures.day, name="day"),
    path("c/<slug:centre>/figures/days/<str:day>/csv/", figures.day_csv, name="day_csv"),
    path("c/<slug:centre>/figures/days/<str:day>/xlsx/", figures.day_xlsx, name="day_xlsx"),
    path("c/<slug:centre>/week/", figures.week, name="this_week"),
    path("c/<slug:centre>/week/<str:day>/", figures.week, name="week"),
    path("c/<slug:centre>/week/<str:day>/csv/", figures.week_csv, name="week_csv"),
    path("c/<slug:centre>/week/<str:day>/xlsx/", figures.week_xlsx, name="week_xlsx"),
    path("c/<slug:centre>/figures/charter/", charter.charter_page, name="charter"),
    path("c/<slug:centre>/figures/charter/csv/", charter.charter_csv, name="charter_csv"),
    path("c/<slug:centre>/figures/charter/xlsx/", charter.charter_xlsx, name="charter_xlsx"),
    path("c/<slug:centre>/coverage/", coverage.coverage_page, name="coverage"),
    path("c/<slug:centre>/coverage/csv/", coverage.coverage_csv, name="coverage_csv"),
    path("c/<slug:centre>/coverage/xlsx/", coverage.coverage_xlsx, name="coverage_xlsx"),
    path("c/<slug:centre>/explore/", explorer.explorer, name="explorer"),
    path("c/<slug:centre>/explore/file/<str:kind>/", explorer.explorer_file, name="explorer_file"),
    path("n/<slug:network>/explore/", explorer.network_explorer, name="network_explorer"),
    path(
        "n/<slug:network>/explore/file/<str:kind>/",
        explorer.network_explorer_file,
        name="network_explorer_file",
    ),
    path("n/<slug:network>/figures/", network_centres.centres, name="network_centres"),
    path(
        "n/<slug:network>/figures/file/<str:kind>/",
        network_centres.centres_file,
        name="network_centres_file",
    ),
    path(
        "n/<slug:network>/figures/centres/<int:pk>/reminders/", network_centres.remind, name="remind_centre"
    ),
    path("n/<slug:network>/figures/dashboards/<int:year>/", network_centres.due, name="dashboard_day"),
    path("n/<slug:network>/figures/together/", together.network_together, name="network_together"),
    path(
        "n/<slug:network>/figures/together/file/<str:kind>/",
        together.network_together_file,
        name="network_together_file",
    ),
    path("n/<slug:network>/figures/published/", statements.statements, name="statements"),
    path(
        "n/<slug:network>/figures/published/file/<str:kind>/",
        statements.statements_file,
        name="statements_file",
    ),
    path("n/<slug:network>/figures/published/new/", statements.new_statement, name="new_statement"),
    path("n/<slug:network>/figures/published/<int:pk>/", statements.statement, name="statement"),
    path(
        "n/<slug:network>/figures/published/<int:pk>/withdrawal/",
        statements.take_statement_back,
        name="take_statement_back",
    ),
    path("n/<slug:network>/figures/spread/", spread.network_spread, name="network_spread"),
    path(
        "n/<slug:network>/figures/spread/file/<str:kind>/",
        spread.network_spread_file,
        name="network_spread_file",
    ),
    path("c/<slug:centre>/beside/", spread.beside, name="beside"),
    path("c/<slug:centre>/beside/file/<str:kind>/", spread.beside_file, name="beside_file"),
    path("c/<slug:centre>/results/<int:pk>/", survey_results.page, name="survey_results"),
    path(
        "c/<slug:centre>/results/<int:pk>/file/<str:kind>/", survey_results.file, name="survey_results_file"
    ),
    path("c/<slug:centre>/reports/", reports.reports, name="reports"),
    path("c/<slug:centre>/reports/new/<str:model>/", reports.new_report, name="new_report"),
    path("c/<slug:centre>/reports/models/<int:model>/put-aside/", reports.put_aside, name="put_model_aside"),
    path("c/<slug:centre>/reports/<int:pk>/", reports.report, name="report"),
    path("c/<slug:centre>/reports/<int:pk>/pdf/", reports.report_as_pdf, name="report_pdf"),
    path("c/<slug:centre>/reports/<int:pk>/xlsx/", reports.report_as_xlsx, name="report_xlsx"),
    path("c/<slug:centre>/reports/<int:pk>/refresh/", reports.refresh, name="refresh_report"),
    path("c/<slug:centre>/reports/<int:pk>/publish/", reports.publish, name="publish_report"),
    path("c/<slug:centre>/reports/<int:pk>/correct/", reports.correct, name="correct_report"),
    path("c/<slug:centre>/reports/<int:pk>/discard/", reports.discard, name="discard_report"),
    path("c/<slug:centre>/reports/<int:pk>/title/", reports.rename, name="rename_report"),
    path("c/<slug:centre>/reports/<int:pk>/send/", report_ways.send, name="send_report"),
    path("c/<slug:centre>/reports/new/<str:model>/by-itself/", report_ways.schedule, name="schedule_report"),
    path("c/<slug:centre>/reports/by-itself/<int:pk>/stop/", report_ways.stop, name="stop_schedule"),
    path("places/<slug:centre>/figures/", visitor_reports.public_figures, name="public_figures"),
    *OPEN_DATA,
    path("places/<slug:centre>/figures/<str:token>/", visitor_reports.public_page, name="public_report"),
    path(
        "places/<slug:centre>/figures/<str:token>/pdf/", visitor_reports.public_pdf, name="public_report_pdf"
    ),
    path("c/<slug:centre>/reports/<int:pk>/keep/", reports.keep, name="keep_report_model"),
    path("c/<slug:centre>/reports/<int:pk>/blocks/", report_parts.add, name="add_report_part"),
    path("c/<slug:centre>/reports/<int:pk>/order/", report_parts.order, name="order_report_parts"),
    path("c/<slug:centre>/reports/blocks/<int:pk>/", report_parts.part, name="report_part"),
    path("c/<slug:centre>/reports/blocks/<int:pk>/remove/", report_parts.remove, name="remove_report_part"),
]
