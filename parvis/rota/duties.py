"""The planner's names for what somebody does on duty: “advice:12” is advice on the theme with key 12, “reception” the reception."""

from __future__ import annotations


def task_of(duty: str, theme_id: int | None) -> str:
    """The planner's name of a duty."""
    return duty if theme_id is None else f"{duty}:{theme_id}"


def duty_of(task: str) -> tuple[str, int | None]:
    """The duty and the theme's key that the planner's name stands for."""
    duty, _colon, theme = task.partition(":")
    return duty, int(theme) if theme else None
