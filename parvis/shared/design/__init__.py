"""The living page of the design system: every component in each of its states, with the template that draws it."""
