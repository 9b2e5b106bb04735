"""What reception shows. Each function returns exactly what one page or fragment needs."""

from parvis.reception.queries.board import Board, board
from parvis.reception.queries.desk import (
    DeskPage,
    ToCode,
    Waiting,
    desk_page,
    free_places,
    is_at,
    last_seat_of,
    left_to_code,
    open_seat_of,
    seat_and_ticket,
    seat_of,
    themes_of,
    waiting_for,
)
from parvis.reception.queries.house import Duty, House, announced, duties, expected_by_day, house
from parvis.reception.queries.lines import Line

__all__ = [
    "Board",
    "DeskPage",
    "Duty",
    "House",
    "Line",
    "ToCode",
    "Waiting",
    "announced",
    "board",
    "desk_page",
    "duties",
    "expected_by_day",
    "free_places",
    "house",
    "is_at",
    "last_seat_of",
    "left_to_code",
    "open_seat_of",
    "seat_and_ticket",
    "seat_of",
    "themes_of",
    "waiting_for",
]
