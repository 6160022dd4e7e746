"""What a person changed in the plan of a question."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Literal

from answer.codebook import Aspect
from corpus.model import Operation, Period, Plan


@dataclass(frozen=True, slots=True)
class PlanEdit:
    """The fields of a plan that were changed; None leaves what was understood.

    ``places``: adcodes, none of them: the whole library. ``indicators``: ids. ``topic``: the words to look for.
    ``period``: "" for any time. ``aspects``: what to tell apart of each place.
    """

    operation: Operation | None = None
    places: tuple[str, ...] | None = None
    indicators: tuple[str, ...] | None = None
    topic: str | None = None
    period: Period | Literal[""] | None = None
    aspects: tuple[Aspect, ...] | None = None

    def beyond(self, plan: Plan) -> PlanEdit:
        """Only what differs from a plan, so that a plan may be given back whole."""
        names = tuple(a.name for a in self.aspects or ())
        return replace(
            self,
            operation=None if self.operation == plan.operation else self.operation,
            places=None if self.places == plan.places else self.places,
            indicators=None if self.indicators == plan.indicators else self.indicators,
            topic=None if self.topic == plan.topic else self.topic,
            period=None if (self.period or None) == plan.period else self.period,
            aspects=None if names == plan.aspects else self.aspects,
        )


UNEDITED = PlanEdit()
