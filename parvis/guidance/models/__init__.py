"""What guidance remembers. Whatever a visitor said is sealed; what is not sealed can say nothing about anybody."""

from parvis.guidance.models.emergency import EmergencyNumber
from parvis.guidance.models.needs import OVER, Need, Proposal, ProposalState, ProposalStep, Remark
from parvis.guidance.models.question import AnswerModel, Attachment, OpinionCount, Question, QuestionSettings
from parvis.guidance.models.redirections import FollowUp, Redirection
from parvis.guidance.models.talk import OnlineDuty, Talk
from parvis.guidance.models.thread import Entry, Grant, Thread
from parvis.guidance.visitor_words import Keeps, Kind

__all__ = [
    "OVER",
    "AnswerModel",
    "Attachment",
    "EmergencyNumber",
    "Entry",
    "FollowUp",
    "Grant",
    "Keeps",
    "Kind",
    "Need",
    "OnlineDuty",
    "OpinionCount",
    "Proposal",
    "ProposalState",
    "ProposalStep",
    "Question",
    "QuestionSettings",
    "Redirection",
    "Remark",
    "Talk",
    "Thread",
]
