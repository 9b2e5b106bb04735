from django.urls import path

from parvis.centres.views import (
    codes,
    hours,
    invitation,
    network,
    new_centre,
    nights,
    places,
    settings,
    team,
    themes,
)

app_name = "centres"

# The same pages for the team of a centre and for the coordinators of a network.
_team: list[tuple[str, team.Page, str]] = [
    ("", team.team, "team"),
    ("invitations/", team.invite, "invite"),
    ("invitations/<int:invitation_id>/sending/", team.send_again, "send_invitation_again"),
    ("invitations/<int:invitation_id>/withdrawal/", team.withdraw, "withdraw_invitation"),
    ("<int:person_id>/roles/", team.roles, "member_roles"),
    ("<int:person_id>/removal/", team.remove, "remove_member"),
    ("removals/undo/", team.undo_removal, "undo_removal"),
]

# The same pages for a centre's lists and for a network's.
_codes: list[tuple[str, str, codes.ListView[...]]] = [
    ("", "codes", codes.lists),
    ("mapping/", "mapping", codes.mapping),
    ("export.<slug:kind>", "export_codes", codes.export),
    ("<slug:listed>/", "code_list", codes.code_list),
    ("<slug:listed>/order/", "order_codes", codes.order),
    ("<slug:listed>/new/", "new_code", codes.code),
    ("<slug:listed>/<slug:key>/", "code", codes.code),
    ("<slug:listed>/<slug:key>/removal/", "remove_code", codes.remove),
]

urlpatterns = [
    path("centres/new/", new_centre.new_centre, name="new_centre"),
    path("centres/new/where/", new_centre.where, name="where"),
    path("centres/new/<uuid:key>/<slug:page>/", new_centre.new_centre_page, name="new_centre_page"),
    path("c/<slug:centre>/start/", new_centre.start, name="start"),
    path("c/<slug:centre>/settings/", settings.general, name="settings"),
    path("c/<slug:centre>/settings/waiting/", settings.waiting, name="waiting"),
    path("c/<slug:centre>/settings/places/", places.places, name="places"),
    path("c/<slug:centre>/settings/places/sites/new/", places.site, name="new_site"),
    path("c/<slug:centre>/settings/places/sites/<int:pk>/", places.site, name="site"),
    path("c/<slug:centre>/settings/places/sites/<int:site>/spaces/new/", places.space, name="new_space"),
    path("c/<slug:centre>/settings/places/spaces/<int:pk>/", places.space, name="space"),
    path("c/<slug:centre>/settings/places/spaces/<int:space>/desks/new/", places.desk, name="new_desk"),
    path("c/<slug:centre>/settings/places/desks/<int:pk>/", places.desk, name="desk"),
    path("c/<slug:centre>/settings/places/<slug:kind>/<int:pk>/removal/", places.remove, name="remove_place"),
    path("c/<slug:centre>/settings/themes/", themes.themes, name="themes"),
    path("c/<slug:centre>/settings/themes/order/", themes.order, name="order_themes"),
    path("c/<slug:centre>/settings/themes/new/", themes.theme, name="new_theme"),
    path("c/<slug:centre>/settings/themes/<slug:key>/", themes.theme, name="theme"),
    path("c/<slug:centre>/settings/themes/<slug:key>/removal/", themes.remove, name="remove_theme"),
    path("c/<slug:centre>/settings/hours/", hours.hours, name="main_hours"),
    path("c/<slug:centre>/settings/hours/<int:site>/", hours.hours, name="hours"),
    path("c/<slug:centre>/settings/hours/<int:site>/days/new/", hours.exception, name="new_exception"),
    path("c/<slug:centre>/settings/hours/<int:site>/days/<str:day>/", hours.exception, name="exception"),
    path(
        "c/<slug:centre>/settings/hours/<int:site>/days/<str:day>/removal/",
        hours.clear,
        name="clear_exception",
    ),
    path("c/<slug:centre>/nights/", nights.nights, name="nights"),
    path("c/<slug:centre>/nights/rehearsal/", nights.rehearsal, name="rehearse_nights"),
    path("c/<slug:centre>/nights/clock/", nights.clock, name="confirm_clock"),
    path("invitations/<str:secret>/", invitation.invitation, name="invitation"),
    *[path(f"c/<slug:centre>/team/{end}", team.at_centre(view), name=name) for end, view, name in _team],
    *[
        path(f"n/<slug:network>/team/{end}", team.at_network(view), name=f"network_{name}")
        for end, view, name in _team
        if name != "member_roles"  # a network has one role: one holds it or not
    ],
    path("c/<slug:centre>/network/", network.network_of, name="network_of"),
    path("n/<slug:network>/", network.network, name="network"),
    *[
        path(f"{start}/codes/{end}", who(view), name=f"{prefix}{name}")
        for start, prefix, who in [
            ("c/<slug:centre>", "", codes.at_centre),
            ("n/<slug:network>", "network_", codes.at_network),
        ]
        for end, name, view in _codes
    ],
]
