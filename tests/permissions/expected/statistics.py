"""Who may open which address: figures, reports, open data."""

from __future__ import annotations

from parvis.accounts.roles import Permission as P

# Open to anybody, and why that is right.
PUBLIC = {
    "statistics:public_figures": "figures that a centre published for everybody",
    "statistics:public_report": "figures that a centre published for everybody",
    "statistics:public_report_pdf": "figures that a centre published for everybody",
    "statistics:public_open_data": "figures that a centre published as open data",
    "statistics:public_open_edition": "figures that a centre published as open data",
    "statistics:public_open_file": "figures that a centre published as open data",
    "statistics:public_open_catalogue": "figures that a centre published as open data",
}

# Inside a centre: the permission that the person's roles there must allow.
CENTRE = {
    "statistics:today": P.SEE_FIGURES,
    "statistics:day": P.SEE_FIGURES,
    "statistics:day_csv": P.SEE_FIGURES,
    "statistics:day_xlsx": P.SEE_FIGURES,
    "statistics:this_week": P.SEE_FIGURES,
    "statistics:week": P.SEE_FIGURES,
    "statistics:week_csv": P.SEE_FIGURES,
    "statistics:week_xlsx": P.SEE_FIGURES,
    "statistics:coverage": P.SEE_FIGURES,
    "statistics:beside": P.SEE_FIGURES,
    "statistics:beside_file": P.SEE_FIGURES,
    "statistics:coverage_csv": P.SEE_FIGURES,
    "statistics:coverage_xlsx": P.SEE_FIGURES,
    "statistics:reports": P.SEE_FIGURES,
    "statistics:report": P.SEE_FIGURES,
    "statistics:report_pdf": P.SEE_FIGURES,
    "statistics:report_xlsx": P.SEE_FIGURES,
    "statistics:new_report": P.REPORT,
    "statistics:put_model_aside": P.REPORT,
    "statistics:refresh_report": P.REPORT,
    "statistics:publish_report": P.REPORT,
    "statistics:correct_report": P.REPORT,
    "statistics:discard_report": P.REPORT,
    "statistics:rename_report": P.REPORT,
    "statistics:keep_report_model": P.REPORT,
    "statistics:add_report_part": P.REPORT,
    "statistics:order_report_parts": P.REPORT,
    "statistics:report_part": P.REPORT,
    "statistics:remove_report_part": P.REPORT,
    "statistics:send_report": P.REPORT,
    "statistics:schedule_report": P.REPORT,
    "statistics:stop_schedule": P.REPORT,
    "statistics:charter": P.SEE_FIGURES,
    "statistics:charter_csv": P.SEE_FIGURES,
    "statistics:charter_xlsx": P.SEE_FIGURES,
    "statistics:open_data": P.SEE_FIGURES,
    "statistics:open_year": P.REPORT,
    "statistics:withdraw_open_edition": P.REPORT,
    "statistics:explorer": P.SEE_FIGURES,
    "statistics:explorer_file": P.SEE_FIGURES,
    "statistics:survey_results": P.ASK,
    "statistics:survey_results_file": P.ASK,
}

# Inside a network: its coordinators only.
NETWORK = {
    "statistics:network_centres": P.MANAGE_NETWORK,
    "statistics:network_centres_file": P.MANAGE_NETWORK,
    "statistics:network_spread": P.MANAGE_NETWORK,
    "statistics:statements": P.MANAGE_NETWORK,
    "statistics:statements_file": P.MANAGE_NETWORK,
    "statistics:new_statement": P.MANAGE_NETWORK,
    "statistics:statement": P.MANAGE_NETWORK,
    "statistics:take_statement_back": P.MANAGE_NETWORK,
    "statistics:network_together": P.MANAGE_NETWORK,
    "statistics:network_together_file": P.MANAGE_NETWORK,
    "statistics:network_spread_file": P.MANAGE_NETWORK,
    "statistics:remind_centre": P.MANAGE_NETWORK,
    "statistics:dashboard_day": P.MANAGE_NETWORK,
    "statistics:network_explorer": P.MANAGE_NETWORK,
    "statistics:network_explorer_file": P.MANAGE_NETWORK,
}
