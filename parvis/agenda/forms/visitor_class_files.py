"""A file about a visit, as teachers and the team share it."""

from __future__ import annotations

from typing import Any
from uuid import UUID, uuid4

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from parvis.agenda.visitor_name_lists import refuse_names_of_pupils
from parvis.shared.attachments import LARGEST, Clean, Refused, clean


class FileForm(forms.Form):
    """What it is, and the file. ``clean_one`` is the file written anew."""

    use_required_attribute = False
    key = forms.UUIDField(widget=forms.HiddenInput)
    title = forms.CharField(
        label=_("What it is"),
        max_length=120,
        error_messages={"required": _("Please say what it is.")},
        help_text=_("Never a list of pupils."),
        widget=forms.TextInput(attrs={"dir": "auto"}),
    )
    file = forms.FileField(
        label=_("File"),
        allow_empty_file=True,
        help_text=_("A PDF or a picture, up to 5 MB."),
        error_messages={"required": _("Please choose a file.")},
    )

    def __init__(self, *args: Any, country: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs | {"initial": {"key": uuid4()}})
        self.country = country

    def clean_title(self) -> str:
        title: str = self.cleaned_data["title"]
        refuse_names_of_pupils(title, country=self.country)
        return title

    def clean_file(self) -> UploadedFile:
        file: UploadedFile = self.cleaned_data["file"]
        if file.size is None or file.size > LARGEST:
            raise forms.ValidationError(gettext("It is larger than 5 MB. Send a smaller one."))
        try:
            self.clean_one: Clean = clean(file.read())
        except Refused as refused:
            raise forms.ValidationError(
                gettext(
                    "This file cannot be taken. Send a PDF without a password, or a picture (JPEG or PNG)."
                ),
                code=refused.why.value,
            ) from refused
        return file

    @property
    def the_key(self) -> UUID:
        """What makes a second try the same."""
        key: UUID = self.cleaned_data["key"]
        return key
