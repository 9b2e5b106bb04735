from django.urls import path

from parvis.reception.views import board, desk, greeter, visitor_door, visitor_follow, visitor_kiosk

app_name = "reception"
STEP = "c/<slug:centre>/desk/tickets/<int:ticket>/"
urlpatterns = [
    path("board/<str:token>/", board.board, name="board"),
    path("c/<slug:centre>/desk/", desk.desk, name="desk"),
    path("c/<slug:centre>/desk/seat/", desk.seat, name="seat"),
    path("c/<slug:centre>/desk/turn/", desk.turn, name="turn"),
    path("c/<slug:centre>/desk/calls/", desk.call_next, name="call_next"),
    path("c/<slug:centre>/desk/break/", desk.duty, {"change": "pause"}, name="duty_pause"),
    path("c/<slug:centre>/desk/back/", desk.duty, {"change": "resume"}, name="duty_resume"),
    path("c/<slug:centre>/desk/end/", desk.duty, {"change": "close"}, name="duty_close"),
    path(STEP + "call/", desk.step, {"step": "call"}, name="ticket_call"),
    path(STEP + "recall/", desk.step, {"step": "recall"}, name="ticket_recall"),
    path(STEP + "start/", desk.step, {"step": "start"}, name="ticket_start"),
    path(STEP + "finish/", desk.step, {"step": "finish"}, name="ticket_finish"),
    path(STEP + "absent/", desk.step, {"step": "absent"}, name="ticket_absent"),
    path(STEP + "time/", desk.step, {"step": "time"}, name="ticket_time"),
    path(STEP + "hand-over/", desk.step, {"step": "hand-over"}, name="ticket_hand_over"),
    path(STEP + "undo/", desk.step, {"step": "undo"}, name="ticket_undo"),
    path("c/<slug:centre>/greeter/", greeter.greeter, name="greeter"),
    path("c/<slug:centre>/greeter/now/", greeter.now, name="greeter_now"),
    path("c/<slug:centre>/greeter/tickets/", greeter.tickets, name="tickets"),
    path("c/<slug:centre>/greeter/tickets/<int:ticket>/<slug:change>/", greeter.change, name="ticket_change"),
    path("c/<slug:centre>/expected/", greeter.expected, name="expected"),
    path("c/<slug:centre>/expected/<int:pk>/arrived/", greeter.arrived, name="expected_arrived"),
    path("c/<slug:centre>/expected/<int:pk>/cancelled/", greeter.cancelled, name="expected_cancelled"),
    path("c/<slug:centre>/announcements/", greeter.announcements, name="announcements"),
    path("c/<slug:centre>/announcements/<int:pk>/end/", greeter.end_announcement, name="announcement_end"),
]

urlpatterns += [
    path("worker.js", visitor_kiosk.worker, name="worker"),
    path("k/<str:token>/", visitor_kiosk.kiosk, name="kiosk"),
    path("k/<str:token>/<slug:language>/", visitor_kiosk.kiosk, name="kiosk_in"),
    path("devices/<str:token>/entries/", visitor_kiosk.entries, name="entries"),
    path("d/<str:token>/", visitor_door.door, name="door"),
    path("c/<slug:centre>/devices/<int:device>/poster/", visitor_door.poster, name="door_poster"),
    path("t/<str:token>/", visitor_follow.follow, name="follow"),
    path("t/<str:token>/<slug:step>/", visitor_follow.step, name="follow_step"),
]
