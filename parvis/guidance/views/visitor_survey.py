"""A questionnaire that the thread offers is taken up, or put aside. The page of the questions knows nothing of the thread."""

from __future__ import annotations

from urllib.parse import urlencode
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from parvis.guidance.actions.surveys import put_survey_aside
from parvis.guidance.scope import ThreadRequest, thread_page
from parvis.surveys.queries.asking import offered_in_threads


@require_POST
@thread_page
def thread_survey(request: ThreadRequest, key: UUID) -> HttpResponse:
    """Either way it is not offered again; ``go`` leads to the questions."""
    thread = request.opened.thread
    today = thread.centre.local_day(thread.centre.now())
    survey = offered_in_threads(thread.centre, thread.agreed_on, today).filter(key=key).first()
    if survey is None:
        raise Http404
    put_survey_aside(opened=request.opened, survey=survey)
    said = urlencode({"language": request.language})
    if "go" in request.POST:
        return HttpResponseRedirect(f"{reverse('asking:answer', kwargs={'token': survey.token})}?{said}")
    messages.success(request, _("You will not be asked again."))
    return HttpResponseRedirect(f"{reverse('guidance:thread')}?{said}")
