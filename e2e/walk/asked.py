"""Questions asked online, at each of their moments."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING
from uuid import uuid4

from parvis.centres.factories import words
from parvis.guidance.actions import questions
from parvis.guidance.factories import a_question, takes_questions
from parvis.guidance.models import Talk
from parvis.guidance.receipt import read

if TYPE_CHECKING:
    from e2e.walk.scene import Scene


def ask_some(scene: Scene, at: datetime) -> None:
    """Questions asked online: one that waits, one with a draft, one in review, one answered; and a model of an answer."""
    centre, staff = scene.centre, scene.people["staff"]
    takes_questions(centre, reviewed=True)
    job = centre.themes.get(key="job")
    earlier = at - timedelta(days=8)
    asked = {
        "waiting": a_question(centre, earlier, "Can I train as an electrician in the evening?", theme=job),
        "drafted": a_question(centre, at, "كيف أجد عملاً بدوام جزئي؟", language="ar", dangers=("violence",)),
        "in review": a_question(centre, at, "Who helps me with a letter?", theme=job),
        "answered": a_question(centre, at, "Is there a room to work in?", reply_to="ada@example.org"),
    }
    asked["mine"] = a_question(centre, at, "Where do I learn to weld?", receipt=read(scene.links["code"]))
    asked["mine, answered"] = a_question(centre, at, "And in the evening?", receipt=read(scene.links["code"]))
    asked["talked about"] = a_question(centre, at, "Which course begins soon?", theme=job)
    rows = {name: question for name, (question, _opened, _receipt) in asked.items()}
    scene.rows |= {f"question {name}": question.pk for name, question in rows.items()}
    for name in ("talked about", "mine"):
        times = dict.fromkeys(("opened_at", "waits_since", "visitor_at"), at)
        Talk.objects.create(question=rows[name], day=centre.local_day(at), **times)
    questions.take_question(question=rows["drafted"], person=staff)
    questions.keep_draft(question=rows["drafted"], person=staff, text="مرحباً، يمكنك", revision=0)
    calling = scene.people["calling"]
    scene.links |= {name: str(rows[name].key) for name in ("mine", "mine, answered")}
    for name in ("in review", "answered", "mine, answered"):
        questions.take_question(question=rows[name], person=calling)
        questions.ask_review(
            question=rows[name], person=calling, text="On Wednesdays, without an appointment.", at=at
        )
    for name in ("answered", "mine, answered"):
        questions.send_answer(question=rows[name], key=uuid4(), person=staff, text="Yes, every day.", at=at)
    text = words("Evening courses begin in September.", "Les cours du soir commencent en septembre.")
    model = questions.keep_model(
        centre=centre, key=uuid4(), title="Evening courses", text=text, theme=job, at=at
    )
    scene.rows["answer model"] = model.pk
