"""What reception shows. Each function returns exactly what one page or fragment needs."""

from parvis.reception.queries.board import Board, board
from parvis.reception.queries.desk import (
    DeskPage,
    Waiting,
    desk_page,
    free_places,
    last_seat_of,
    open_seat_of,
    seat_of,
    waiting_for,
)
from parvis.reception.queries.house import Duty, House, announced, expected_by_day, house
from parvis.reception.queries.lines import Line

__all__ = [
    "Board",
    "DeskPage",
    "Duty",
    "House",
    "Line",
    "Waiting",
    "announced",
    "board",
    "desk_page",
    "expected_by_day",
    "free_places",
    "house",
    "last_seat_of",
    "open_seat_of",
    "seat_of",
    "waiting_for",
]
