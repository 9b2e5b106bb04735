"""What happens to a question: asked, taken, answered, closed."""

from parvis.guidance.actions.questions.answering import (
    approve_not,
    ask_review,
    keep_draft,
    send_answer,
)
from parvis.guidance.actions.questions.asking import Asking, ask, ask_further
from parvis.guidance.actions.questions.centre import LiveHours, set_questions
from parvis.guidance.actions.questions.closing import close_question, close_silent
from parvis.guidance.actions.questions.errors import (
    AnsweredAlready,
    AnswerUnreviewed,
    DraftChanged,
    MailNotGone,
    NotTakenHere,
    NotYours,
    OwnAnswer,
    QuestionGone,
    TakenByAnother,
)
from parvis.guidance.actions.questions.files import EnoughFiles, add_file, forget_left_files, remove_file
from parvis.guidance.actions.questions.hands import (
    give_back,
    give_to,
    let_go_all,
    move_question,
    take_question,
)
from parvis.guidance.actions.questions.models_of_answers import TitleTaken, keep_model, remove_model
from parvis.guidance.actions.questions.opinions import give_opinion
from parvis.guidance.actions.questions.readers import note_reading

__all__ = [
    "AnswerUnreviewed",
    "AnsweredAlready",
    "Asking",
    "DraftChanged",
    "EnoughFiles",
    "LiveHours",
    "MailNotGone",
    "NotTakenHere",
    "NotYours",
    "OwnAnswer",
    "QuestionGone",
    "TakenByAnother",
    "TitleTaken",
    "add_file",
    "approve_not",
    "ask",
    "ask_further",
    "ask_review",
    "close_question",
    "close_silent",
    "forget_left_files",
    "give_back",
    "give_opinion",
    "give_to",
    "keep_draft",
    "keep_model",
    "let_go_all",
    "move_question",
    "note_reading",
    "remove_file",
    "remove_model",
    "send_answer",
    "set_questions",
    "take_question",
]
