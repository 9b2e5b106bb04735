"""What the pages of the rota show, and what other rooms ask about it."""

from parvis.rota.queries.people import Answerable, answerable, institutions_of, whom_to_ask
from parvis.rota.queries.wishes import wishes

__all__ = ["Answerable", "answerable", "institutions_of", "whom_to_ask", "wishes"]
