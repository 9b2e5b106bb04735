"""What guidance remembers. Whatever a visitor said is sealed; what is not sealed can say nothing about anybody."""

from parvis.guidance.models.needs import OVER, Need, Proposal, ProposalState, ProposalStep, Remark
from parvis.guidance.models.thread import Entry, Grant, Keeps, Kind, Thread

__all__ = [
    "OVER",
    "Entry",
    "Grant",
    "Keeps",
    "Kind",
    "Need",
    "Proposal",
    "ProposalState",
    "ProposalStep",
    "Remark",
    "Thread",
]
