"""Who may open which address: a centre's settings, places, themes, lists and team; a network's."""

from __future__ import annotations

from parvis.accounts.roles import Permission as P

# Open to anybody, and why that is right.
PUBLIC = {
    "centres:invitation": "opened by the secret of the invitation",
}

# For whoever is signed in, whatever they may do.
STAFF = {
    "centres:where",  # regions and time zones of a country: a part of the assistant's first page
}

# Inside a centre: the permission that the person's roles there must allow.
CENTRE = {
    "centres:start": P.ENTER,
    "centres:settings": P.MANAGE_CENTRE,
    "centres:waiting": P.MANAGE_CENTRE,
    "centres:places": P.MANAGE_CENTRE,
    "centres:new_site": P.MANAGE_CENTRE,
    "centres:site": P.MANAGE_CENTRE,
    "centres:new_space": P.MANAGE_CENTRE,
    "centres:space": P.MANAGE_CENTRE,
    "centres:new_desk": P.MANAGE_CENTRE,
    "centres:desk": P.MANAGE_CENTRE,
    "centres:remove_place": P.MANAGE_CENTRE,
    "centres:themes": P.MANAGE_CENTRE,
    "centres:order_themes": P.MANAGE_CENTRE,
    "centres:new_theme": P.MANAGE_CENTRE,
    "centres:theme": P.MANAGE_CENTRE,
    "centres:remove_theme": P.MANAGE_CENTRE,
    "centres:main_hours": P.MANAGE_CENTRE,
    "centres:hours": P.MANAGE_CENTRE,
    "centres:new_exception": P.MANAGE_CENTRE,
    "centres:exception": P.MANAGE_CENTRE,
    "centres:clear_exception": P.MANAGE_CENTRE,
    "centres:codes": P.MANAGE_CODES,
    "centres:mapping": P.MANAGE_CODES,
    "centres:export_codes": P.MANAGE_CODES,
    "centres:code_list": P.MANAGE_CODES,
    "centres:order_codes": P.MANAGE_CODES,
    "centres:new_code": P.MANAGE_CODES,
    "centres:code": P.MANAGE_CODES,
    "centres:remove_code": P.MANAGE_CODES,
    "centres:nights": P.MANAGE_CENTRE,
    "centres:rehearse_nights": P.MANAGE_CENTRE,
    "centres:confirm_clock": P.MANAGE_CENTRE,
    "centres:network_of": P.MANAGE_NETWORK,
    "centres:team": P.MANAGE_TEAM,
    "centres:invite": P.MANAGE_TEAM,
    "centres:send_invitation_again": P.MANAGE_TEAM,
    "centres:withdraw_invitation": P.MANAGE_TEAM,
    "centres:member_roles": P.MANAGE_TEAM,
    "centres:remove_member": P.MANAGE_TEAM,
    "centres:undo_removal": P.MANAGE_TEAM,
}

# Inside a network: its coordinators only.
NETWORK = {
    "centres:network": P.MANAGE_NETWORK,
    "centres:network_codes": P.MANAGE_NETWORK,
    "centres:network_mapping": P.MANAGE_NETWORK,
    "centres:network_export_codes": P.MANAGE_NETWORK,
    "centres:network_code_list": P.MANAGE_NETWORK,
    "centres:network_order_codes": P.MANAGE_NETWORK,
    "centres:network_new_code": P.MANAGE_NETWORK,
    "centres:network_code": P.MANAGE_NETWORK,
    "centres:network_remove_code": P.MANAGE_NETWORK,
    "centres:network_team": P.MANAGE_NETWORK,
    "centres:network_invite": P.MANAGE_NETWORK,
    "centres:network_send_invitation_again": P.MANAGE_NETWORK,
    "centres:network_withdraw_invitation": P.MANAGE_NETWORK,
    "centres:network_remove_member": P.MANAGE_NETWORK,
    "centres:network_undo_removal": P.MANAGE_NETWORK,
}

# Neither in one centre nor in one network, but not for everybody: superusers and whoever holds the permission somewhere.
ANYWHERE = {
    "centres:new_centre": P.MANAGE_NETWORK,
    "centres:new_centre_page": P.MANAGE_NETWORK,
}
