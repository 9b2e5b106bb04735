"""Who may open which address: one's own account, and the way in to it."""

from __future__ import annotations

# Open to anybody, and why that is right.
PUBLIC = {
    "account_login": "one signs in here",
    "account_logout": "without a session it only leads back",
    "account_inactive": "says that an account is closed",
    "account_reset_password": "somebody forgot theirs",
    "account_reset_password_done": "the same words whether the address is known or not",
    "account_reset_password_from_key": "opened by the secret sent by mail",
    "account_reset_password_from_key_done": "says that it worked",
    "mfa_authenticate": "the second step, after the password",
    "mfa_login_webauthn": "one signs in here with a passkey",
}

# For whoever is signed in, whatever they may do.
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
}
