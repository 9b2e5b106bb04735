"""Who may open which address, written by hand. ``test_walk.py`` holds the code against it.

A new address gets one line here, in the dictionary that fits. What a role allows stands in ``parvis/accounts/roles.py``.
"""

from __future__ import annotations

from parvis.accounts.roles import Permission as P

# Open to anybody, and why that is right.
PUBLIC = {
    "website:home": "the way in",
    "account_login": "one signs in here",
    "account_logout": "without a session it only leads back",
    "account_inactive": "says that an account is closed",
    "account_reset_password": "somebody forgot theirs",
    "account_reset_password_done": "the same words whether the address is known or not",
    "account_reset_password_from_key": "opened by the secret sent by mail",
    "account_reset_password_from_key_done": "says that it worked",
    "mfa_authenticate": "the second step, after the password",
    "mfa_login_webauthn": "one signs in here with a passkey",
    "centres:invitation": "opened by the secret of the invitation",
    "reception:board": "opened by the device's own token",
    "reception:kiosk": "opened by the device's own token",
    "reception:kiosk_in": "opened by the device's own token",
    "reception:entries": "opened by the device's own token",
    "reception:door": "a code on the door, for whoever comes",
    "reception:follow": "opened by the ticket's own token",
    "reception:follow_step": "opened by the ticket's own token",
    "reception:worker": "a script without data",
    "shared:design": "documentation",
    "shared:design_part": "documentation",
    "shared:live_now": "opened by a signed name of a channel",
}

# For whoever is signed in, whatever they may do: their own account, and explanations.
STAFF = {
    "accounts:account",
    "accounts:language",
    "accounts:roles",
    "accounts:end_session",
    "account_reauthenticate",
    "account_change_password",
    "account_set_password",
    "mfa_index",
    "mfa_reauthenticate",
    "mfa_activate_totp",
    "mfa_deactivate_totp",
    "mfa_view_recovery_codes",
    "mfa_generate_recovery_codes",
    "mfa_download_recovery_codes",
    "mfa_list_webauthn",
    "mfa_add_webauthn",
    "mfa_reauthenticate_webauthn",
    "mfa_edit_webauthn",
    "mfa_remove_webauthn",
    "usersessions_list",
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
    "centres:team": P.MANAGE_TEAM,
    "centres:invite": P.MANAGE_TEAM,
    "centres:send_invitation_again": P.MANAGE_TEAM,
    "centres:withdraw_invitation": P.MANAGE_TEAM,
    "centres:member_roles": P.MANAGE_TEAM,
    "centres:remove_member": P.MANAGE_TEAM,
    "centres:undo_removal": P.MANAGE_TEAM,
    "reception:desk": P.CALL,
    "reception:door_poster": P.MANAGE_DEVICES,
    "reception:seat": P.CALL,
    "reception:turn": P.CALL,
    "reception:call_next": P.CALL,
    "reception:duty_pause": P.CALL,
    "reception:duty_resume": P.CALL,
    "reception:duty_close": P.CALL,
    "reception:ticket_call": P.CALL,
    "reception:ticket_recall": P.CALL,
    "reception:ticket_start": P.CALL,
    "reception:ticket_finish": P.CALL,
    "reception:ticket_absent": P.CALL,
    "reception:ticket_time": P.CALL,
    "reception:ticket_hand_over": P.CALL,
    "reception:ticket_undo": P.CALL,
    "reception:greeter": P.RECEIVE,
    "reception:greeter_now": P.RECEIVE,
    "reception:tickets": P.RECEIVE,
    "reception:ticket_change": P.RECEIVE,
    "reception:expected": P.RECEIVE,
    "reception:expected_arrived": P.RECEIVE,
    "reception:expected_cancelled": P.RECEIVE,
    "reception:announcements": P.ANNOUNCE,
    "reception:announcement_end": P.ANNOUNCE,
}

# Inside a network: its coordinators only.
NETWORK = {
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
