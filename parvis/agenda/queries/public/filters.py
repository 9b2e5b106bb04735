"""What somebody looks for in the programme, as an address says it: the same words for the page, a calendar, a feed and a frame."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields

from parvis.agenda.models import Session
from parvis.centres.models import CodeList
from parvis.shared.plain import plain

LONGEST = 80  # letters of what is searched for


@dataclass(frozen=True)
class Wanted:
    """Keys of the centre's lists, a language spoken, how one takes part, what makes it easier, words. Empty: all."""

    theme: str = ""
    kind: str = ""
    audience: str = ""
    sector: str = ""
    spoken: str = ""
    where: str = ""  # room or online
    access: str = ""
    q: str = ""

    @property
    def given(self) -> dict[str, str]:
        """What is asked for, by its name in the address."""
        return {name: said for name, said in asdict(self).items() if said}

    def takes(self, session: Session) -> bool:
        """Whether a session with its event's themes and codes fits."""
        event = session.event
        return (
            (not self.theme or self.theme in {theme.key for theme in event.themes.all()})
            and self.kind in ("", event.kind.key)
            and self._codes(session)
            and (not self.spoken or self.spoken in event.languages)
            and self._where(session)
            and (not self.access or self.access in event.accessibility)
            and (not self.q or self._words(session))
        )

    def _codes(self, session: Session) -> bool:
        held = {(code.list, code.key) for code in session.event.codes.all()}
        asked = {(CodeList.AUDIENCE, self.audience), (CodeList.SECTOR, self.sector)}
        return {one for one in asked if one[1]} <= held

    def _where(self, session: Session) -> bool:
        if self.where == "online":
            return session.is_online
        return self.where != "room" or session.site_id is not None or bool(session.elsewhere)

    def _words(self, session: Session) -> bool:
        """Each word stands somewhere in what the event says, in any of its languages."""
        event = session.event
        said = plain(" ".join(_every_word(text) for text in (event.title, event.summary, event.description)))
        return all(word in said for word in plain(self.q).split())


def wanted_of(said: Mapping[str, str]) -> Wanted:
    """What an address asks for; what nobody can mean finds nothing, and breaks nothing."""
    return Wanted(**{one.name: said.get(one.name, "").strip()[:LONGEST] for one in fields(Wanted)})


def _every_word(text: object) -> str:
    data = getattr(text, "data", text)
    return " ".join(str(one) for one in data.values()) if isinstance(data, dict) else str(data or "")
