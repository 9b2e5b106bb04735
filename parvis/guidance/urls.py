from django.urls import URLPattern, URLResolver, include, path

from parvis.guidance.views import (
    emergency,
    opinion,
    redirected,
    redirections,
    threads,
    visitor_ask,
    visitor_begin,
    visitor_question,
    visitor_survey,
    visitor_talk,
    visitor_thread,
)
from parvis.guidance.views.needs import entries, page, proposals
from parvis.guidance.views.questions import answering, figures, files
from parvis.guidance.views.questions import centre as questions_centre
from parvis.guidance.views.questions import live as questions_live

app_name = "guidance"

_needs: list[URLPattern | URLResolver] = [
    path("", page.needs, name="needs"),
    path("csv/", page.needs_csv, name="needs_csv"),
    path("xlsx/", page.needs_xlsx, name="needs_xlsx"),
    path("gather/", entries.needs_gather, name="needs_gather"),
    path("new/", entries.need_new, name="need_new"),
    path("<int:pk>/", entries.need, name="need"),
    path("<int:pk>/withdraw/", entries.need_withdraw, name="need_withdraw"),
    path("<int:pk>/restore/", entries.need_restore, name="need_restore"),
    path("proposals/", proposals.proposals, name="proposals"),
    path("proposals/new/", proposals.proposal_new, name="proposal_new"),
    path("proposals/<int:pk>/", proposals.proposal, name="proposal"),
    path("proposals/<int:pk>/change/", proposals.proposal_change, name="proposal_change"),
    path("proposals/<int:pk>/state/", proposals.proposal_step, name="proposal_step"),
    path("proposals/<int:pk>/take/", proposals.proposal_take, name="proposal_take"),
    path("proposals/<int:pk>/remarks/", proposals.proposal_remark, name="proposal_remark"),
    path("proposals/<int:pk>/remarks/<int:remark>/delete/", proposals.remark_delete, name="remark_delete"),
]
_redirect: list[URLPattern | URLResolver] = [
    path("", redirections.redirect_visitor, name="redirect_visitor"),
    path("<int:pk>/undo/", redirections.undo_redirection, name="undo_redirection"),
]
_questions: list[URLPattern | URLResolver] = [
    path("", answering.questions, name="questions"),
    path("figures/", figures.question_figures_page, name="question_figures"),
    path("settings/", questions_centre.question_settings, name="question_settings"),
    path("models/", questions_centre.answer_models, name="answer_models"),
    path("models/new/", questions_centre.answer_model_new, name="answer_model_new"),
    path("models/<int:pk>/", questions_centre.answer_model, name="answer_model"),
    path("models/<int:pk>/remove/", questions_centre.answer_model_remove, name="answer_model_remove"),
    path("<int:pk>/", answering.question, name="question"),
    path("<int:pk>/files/<uuid:file>/", files.question_file, name="question_file"),
    path("<int:pk>/lines/", answering.question_lines, name="question_lines"),
    path("online/", questions_live.online_duty, name="online_duty"),
    path("online/leave/", questions_live.online_leave, name="online_leave"),
    path("online/here/", questions_live.online_here, name="online_here"),
    path("<int:pk>/talk/", questions_live.talk, name="talk"),
    path("<int:pk>/talk/take/", questions_live.talk_take, name="talk_take"),
    path("<int:pk>/talk/say/", questions_live.talk_say, name="talk_say"),
    path("<int:pk>/talk/news/", questions_live.talk_news, name="talk_news"),
    path("<int:pk>/talk/end/", questions_live.talk_end, name="talk_end"),
    path("<int:pk>/take/", answering.question_take, name="question_take"),
    path("<int:pk>/give-back/", answering.question_give_back, name="question_give_back"),
    path("<int:pk>/give/", answering.question_give, name="question_give"),
    path("<int:pk>/move/", answering.question_move, name="question_move"),
    path("<int:pk>/draft/", answering.question_draft, name="question_draft"),
    path("<int:pk>/answer/", answering.question_answer, name="question_answer"),
    path("<int:pk>/remark/", answering.question_remark, name="question_remark"),
    path("<int:pk>/close/", answering.question_close, name="question_close"),
]
_emergency: list[URLPattern | URLResolver] = [
    path("", emergency.numbers, name="emergency_numbers"),
    path("adopt/", emergency.adopt, name="adopt_numbers"),
    path("order/", emergency.order, name="order_numbers"),
    path("new/", emergency.number, name="new_number"),
    path("<int:pk>/", emergency.number, name="number"),
    path("<int:pk>/removal/", emergency.remove, name="remove_number"),
]
# What happens in one conversation.
_conversation = [
    path("", threads.conversation_view, name="conversation"),
    path("lines/", threads.lines, name="lines"),
    path("entries/", threads.entries, name="entries"),
    path("entries/<uuid:entry>/", threads.entry, name="entry"),
    path("entries/<uuid:entry>/remove/", threads.entry_remove, name="entry_remove"),
    path("suggestions/", threads.suggestions, name="suggestions"),
    path("suggestions/write/", threads.suggest, name="suggest"),
    path("trainee/", threads.trainee, name="trainee"),
    path("sheet/", threads.sheet, name="sheet"),
    path("end/", threads.end, name="conversation_end"),
]
_centre: list[URLPattern | URLResolver] = [
    path("questions/", include(_questions)),
    path("emergency-numbers/", include(_emergency)),
    path("needs/", include(_needs)),
    path("desk/tickets/<int:ticket>/redirect/", include(_redirect)),
    path("redirect/", redirections.redirect_somebody, name="redirect_somebody"),
    path("redirect/<int:pk>/undo/", redirections.undo_redirection, name="undo_somebody"),
    path("redirections/", redirected.redirected, name="redirected"),
    path("redirections/csv/", redirected.redirected_csv, name="redirected_csv"),
    path("redirections/xlsx/", redirected.redirected_xlsx, name="redirected_xlsx"),
    path("follow-ups/", redirections.follow_ups, name="follow_ups"),
    path("follow-ups/<int:pk>/", redirections.settle, name="settle"),
    path("desk/tickets/<int:ticket>/opinion/", opinion.opinion_of_visitor, name="opinion_of_visitor"),
    path("desk/tickets/<int:ticket>/thread/", threads.thread_of_ticket, name="thread_of_ticket"),
    path("threads/", threads.threads, name="threads"),
    path("threads/new/", visitor_begin.turn, name="new_thread"),
    path("threads/new/<slug:language>/", visitor_begin.begin, name="new_thread_in"),
    path("threads/<uuid:key>/", include(_conversation)),
]
_thread = [
    path("", visitor_thread.open_thread, name="open"),
    path("words/", visitor_thread.words, name="words"),
    path("mine/", visitor_thread.thread, name="thread"),
    path("mine/steps/<uuid:key>/", visitor_thread.tick, name="tick"),
    path("mine/surveys/<uuid:key>/", visitor_survey.thread_survey, name="thread_survey"),
    path("mine/keep/", visitor_thread.keep, name="keep"),
    path("mine/data/", visitor_thread.data, name="data"),
    path("mine/paper/", visitor_thread.paper, name="paper"),
    path("mine/erase/", visitor_thread.erase, name="erase"),
    path("erased/", visitor_thread.erased, name="erased"),
    path("close/", visitor_thread.close, name="close"),
]
_asked = [
    path("", visitor_question.my_question, name="my_question"),
    path("lines/", visitor_question.my_lines, name="my_lines"),
    path("talk/", visitor_talk.my_talk, name="my_talk"),
    path("talk/open/", visitor_talk.my_talk_open, name="my_talk_open"),
    path("talk/say/", visitor_talk.my_talk_say, name="my_talk_say"),
    path("talk/news/", visitor_talk.my_talk_news, name="my_talk_news"),
    path("talk/leave/", visitor_talk.my_talk_leave, name="my_talk_leave"),
    path("words/", visitor_question.my_words, name="my_words"),
    path("opinion/", visitor_question.my_opinion, name="my_opinion"),
    path("files/", visitor_question.my_files, name="my_files"),
    path("files/<uuid:file>/", visitor_question.my_file, name="my_file"),
    path("files/<uuid:file>/remove/", visitor_question.my_file_remove, name="my_file_remove"),
]
urlpatterns = [
    path("ask/", visitor_ask.ask, name="ask"),
    path("ask/<slug:centre>/", visitor_ask.ask_centre, name="ask_centre"),
    path("thread/mine/ask/", visitor_question.my_ask, name="my_ask"),
    path("thread/mine/ask/<slug:centre>/", visitor_question.my_ask_centre, name="my_ask_centre"),
    path("thread/mine/questions/<uuid:key>/", include(_asked)),
    path("c/<slug:centre>/", include(_centre)),
    path("thread/", include(_thread)),
]
