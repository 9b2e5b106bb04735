"""Who may open an address of the agenda, written by hand; the package takes it over. One dictionary for each subject."""

from __future__ import annotations

from parvis.accounts.roles import Permission as P

# Staff's pages: events, series, sessions.
PROGRAMME = {
    "agenda:month": P.ENTER,
    "agenda:month_of": P.ENTER,
    "agenda:week": P.ENTER,
    "agenda:week_of": P.ENTER,
    "agenda:list": P.ENTER,
    "agenda:list_csv": P.ENTER,
    "agenda:list_xlsx": P.ENTER,
    "agenda:event": P.ENTER,
    "agenda:session": P.ENTER,
    "agenda:new_event": P.PLAN_EVENTS,
    "agenda:change_event": P.PLAN_EVENTS,
    "agenda:copy_event": P.PLAN_EVENTS,
    "agenda:cancel_all": P.PLAN_EVENTS,
    "agenda:plan": P.PLAN_EVENTS,
    "agenda:step_event": P.PLAN_EVENTS,
    "agenda:move": P.PLAN_EVENTS,
    "agenda:drop": P.PLAN_EVENTS,
    "agenda:cancel": P.PLAN_EVENTS,
    "agenda:bring_back": P.PLAN_EVENTS,
    "agenda:facilitators": P.PLAN_EVENTS,
}

# Registrations: anybody's pages, and the door.
COMING_PUBLIC = {
    "agenda:come": "anybody may come to what is public",
    "agenda:mine": "opened by the registration's own token",
    "agenda:door_entries": "opened by the token of a door's page, which the team was given",
}

# The door of a session, its count, who registered.
COMING = {
    "agenda:door": P.RECEIVE,
    "agenda:door_note": P.RECEIVE,
    "agenda:door_here": P.RECEIVE,
    "agenda:count": P.RECEIVE,
    "agenda:comings": P.RECEIVE,
    "agenda:comings_file": P.RECEIVE,
    "agenda:event_questions": P.PLAN_EVENTS,
}

# A class's day: everybody of the team reads it; who may change something is asked by each page.
CLASS_DAYS = {
    "agenda:visit_day": P.ENTER,
    "agenda:visit_sheets": P.ENTER,
    "agenda:visit_turns": P.PLAN_EVENTS,
    "agenda:visit_presence": P.ENTER,
    "agenda:visit_preparation": P.ENTER,
    "agenda:visit_preparing": P.PLAN_EVENTS,
    "agenda:visit_file": P.ENTER,
    "agenda:objectives": P.ENTER,
}
PROGRAMME |= CLASS_DAYS

# What everybody reads.
FOR_EVERYBODY = dict.fromkeys(
    (
        "public_agendas",
        "public_agenda",
        "public_event",
        "subscribe",
        "centre_ics",
        "event_ics",
        "session_ics",
        "atom",
        "embed",
        "card",
        "poster",
        "month_paper",
    ),
    "anybody may read what is on",
)

# Teachers, who have no account: whoever has the address of a visit.
TEACHERS = {
    "agenda:ask_visit": "any teacher may ask, without an account",
    "agenda:teacher_visit": "whoever has a visit's address",
    "agenda:teacher_yes": "whoever has a visit's address",
    "agenda:teacher_words": "whoever has a visit's address",
    "agenda:teacher_numbers": "whoever has a visit's address",
    "agenda:teacher_withdraw": "whoever has a visit's address",
    "agenda:teacher_calendar": "whoever has a visit's address",
    "agenda:teacher_day": "whoever has a visit's address",
    "agenda:teacher_deed": "whoever has a visit's address",
    "agenda:teacher_file": "whoever has a visit's address",
    "agenda:teacher_paper": "whoever has a visit's address",
    "agenda:pupil_statement": "pupils write for themselves; nothing is sent",
}

ANNOUNCING = {"agenda:announce": P.ENTER}

# Schools and class visits, for who plans events.
CLASSES = {
    "agenda:visits": P.PLAN_EVENTS,
    "agenda:visits_file": P.PLAN_EVENTS,
    "agenda:visit": P.PLAN_EVENTS,
    "agenda:visit_keep": P.PLAN_EVENTS,
    "agenda:visit_arrival": P.PLAN_EVENTS,
    "agenda:visit_step": P.PLAN_EVENTS,
    "agenda:schools": P.PLAN_EVENTS,
    "agenda:schools_file": P.PLAN_EVENTS,
    "agenda:new_school": P.PLAN_EVENTS,
    "agenda:bring_schools": P.PLAN_EVENTS,
    "agenda:undo_import": P.PLAN_EVENTS,
    "agenda:school_file": P.PLAN_EVENTS,
    "agenda:school_file_commit": P.PLAN_EVENTS,
    "agenda:reach": P.PLAN_EVENTS,
    "agenda:reach_file": P.PLAN_EVENTS,
    "agenda:match_school": P.PLAN_EVENTS,
    "agenda:school": P.PLAN_EVENTS,
    "agenda:school_close": P.PLAN_EVENTS,
}

# Open to anybody, and why that is right: one dictionary for each subject, gathered here.
PUBLIC: dict[str, str] = {f"agenda:{name}": why for name, why in FOR_EVERYBODY.items()}
PUBLIC |= TEACHERS
PUBLIC |= COMING_PUBLIC

# Inside a centre: the permission that the person's roles there must allow.
CENTRE: dict[str, P] = {**PROGRAMME, **COMING}

# Kits: everybody of the team reads them, who plans events writes them.
KITS = {
    "agenda:kits": P.ENTER,
    "agenda:kits_file": P.ENTER,
    "agenda:kit": P.ENTER,
    "agenda:kit_paper": P.ENTER,
    "agenda:kit_file": P.ENTER,
    "agenda:new_kit": P.PLAN_EVENTS,
    "agenda:kit_about": P.PLAN_EVENTS,
    "agenda:kit_deed": P.PLAN_EVENTS,
    "agenda:kit_draft": P.PLAN_EVENTS,
    "agenda:kit_words": P.PLAN_EVENTS,
    "agenda:kit_translation": P.PLAN_EVENTS,
    "agenda:new_kit_step": P.PLAN_EVENTS,
    "agenda:restore_kit_step": P.PLAN_EVENTS,
    "agenda:order_kit_steps": P.PLAN_EVENTS,
    "agenda:kit_into_use": P.PLAN_EVENTS,
    "agenda:delete_kit_draft": P.PLAN_EVENTS,
    "agenda:new_kit_file": P.PLAN_EVENTS,
    "agenda:kit_step": P.PLAN_EVENTS,
    "agenda:remove_kit_step": P.PLAN_EVENTS,
    "agenda:remove_kit_file": P.PLAN_EVENTS,
}
CENTRE |= KITS

# Rooms and equipment: everybody of the team sees who has them, who plans events changes them.
CENTRE |= {
    "agenda:rooms": P.ENTER,
    "agenda:room": P.ENTER,
    "agenda:room_week": P.ENTER,
    "agenda:equipment": P.ENTER,
    "agenda:equipment_week": P.ENTER,
    "agenda:new_room": P.PLAN_EVENTS,
    "agenda:change_room": P.PLAN_EVENTS,
    "agenda:new_equipment": P.PLAN_EVENTS,
    "agenda:change_equipment": P.PLAN_EVENTS,
    "agenda:room_deed": P.PLAN_EVENTS,
    "agenda:settings": P.MANAGE_CENTRE,
}

# Recordings of webinars: who plans events keeps them; anybody sees those that are published.
CENTRE |= {
    "agenda:recordings": P.PLAN_EVENTS,
    "agenda:new_recording": P.PLAN_EVENTS,
    "agenda:recording_piece": P.PLAN_EVENTS,
    "agenda:recording": P.PLAN_EVENTS,
    "agenda:recording_file": P.PLAN_EVENTS,
    "agenda:recording_deed": P.PLAN_EVENTS,
}
PUBLIC |= {
    "agenda:public_recordings": "anybody may see what was published",
    "agenda:public_recording": "anybody may see what was published",
    "agenda:public_video": "anybody may see what was published",
    "agenda:public_captions": "anybody may see what was published",
}

# Inside a network: its coordinators, with its own kits.
NETWORK: dict[str, P] = {name.replace("agenda:", "agenda:network_"): P.MANAGE_NETWORK for name in KITS}
CENTRE |= ANNOUNCING
CENTRE |= CLASSES
