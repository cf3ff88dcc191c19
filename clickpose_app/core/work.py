"""What annotation costs: time and clicks per person and image, and what the network saved.

Placing every joint by hand costs one click a labelled joint. What a person took in the end is
counted against it once they are finished: when their image was accepted, or, on an image that
is being edited, when somebody's hand was on them. Joints that came placed with an imported
file count on neither side. Every click counts, also one on somebody deleted since.
"""

from __future__ import annotations

import statistics
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from clickpose_app.core.annotation import ImageState, Person

_WORKED = (ImageState.EDITED, ImageState.REVIEWED)


@dataclass(frozen=True, slots=True)
class Spell:
    """One uninterrupted piece of work.

    Attributes:
        image_id: on which image.
        person_id: on whom; empty for the image as a whole.
        ended: when, in Unix seconds.
        seconds: of active time; pauses are left out.
        clicks: gestures that changed the annotation, undo among them.
        placed: joints that these placed, less those that they took back.
    """

    image_id: int
    person_id: str
    ended: float
    seconds: float
    clicks: int
    placed: int


@dataclass(frozen=True, slots=True)
class WorkedImage:
    """An image that was worked on.

    Attributes:
        id: in the project.
        file_name: relative to the image root.
        state: how far the work has come.
        people: everybody on it, in drawing order.
        spells: the work, in the order of time; not empty.
    """

    id: int
    file_name: str
    state: ImageState
    people: tuple[Person, ...]
    spells: tuple[Spell, ...]


@dataclass(frozen=True, slots=True)
class PersonWork:
    """What one person cost, or an image as a whole.

    Attributes:
        image: on which image.
        person_id: who; empty for the image as a whole.
        number: the person's place on the image from 1; 0 for somebody deleted since and for
            the image as a whole.
        labelled: labelled joints now.
        pinned: those of them that a hand placed.
        by_hand: clicks that placing them all by hand would have cost.
        clicks: that were spent.
        seconds: of active time.
        ended: when the work on them ended, in Unix seconds.
        finished: whether they count against clicks by hand.
    """

    image: WorkedImage
    person_id: str
    number: int
    labelled: int
    pinned: int
    by_hand: int
    clicks: int
    seconds: float
    ended: float
    finished: bool

    @property
    def saved(self) -> int:
        """Clicks saved against placing every joint by hand; negative where they cost more."""
        return (self.by_hand if self.finished else 0) - self.clicks


@dataclass(frozen=True, slots=True)
class Sums:
    """Figures over some period.

    Attributes:
        images: finished: edited or accepted.
        people: finished.
        seconds: of active time, on whatever it was spent.
        clicks: on whatever they were spent.
        by_hand: clicks that placing every joint of the finished people would have cost.
        saved: by_hand less the clicks of what ended in the period.
        person_seconds: median active time of a finished person; None without any.
        image_seconds: median active time of a finished image; None without any.
    """

    images: int = 0
    people: int = 0
    seconds: float = 0.0
    clicks: int = 0
    by_hand: int = 0
    saved: int = 0
    person_seconds: float | None = None
    image_seconds: float | None = None

    @property
    def clicks_per_person(self) -> float | None:
        """Clicks for each finished person, those for others included; None without any."""
        return (self.by_hand - self.saved) / self.people if self.people else None

    @property
    def saved_share(self) -> float | None:
        """Part of the clicks by hand that was saved, at most 1; None without any."""
        return self.saved / self.by_hand if self.by_hand else None


@dataclass(frozen=True, slots=True)
class Numbers:
    """All figures of a project.

    Attributes:
        states: how many images are in each state; every state is there.
        today: since midnight.
        overall: since the beginning.
        periods: by hour while all work is of one day, else by day: begin and figures, in the
            order of time, without those in which nobody worked.
        by_hour: whether the periods are hours.
        people: everybody who was worked on, and images as a whole.
    """

    states: dict[ImageState, int] = field(default_factory=dict)
    today: Sums = Sums()
    overall: Sums = Sums()
    periods: tuple[tuple[datetime, Sums], ...] = ()
    by_hour: bool = False
    people: tuple[PersonWork, ...] = ()


def people_of(image: WorkedImage) -> list[PersonWork]:
    """What everybody on an image cost, and the image as a whole where it cost something."""
    spells: dict[str, list[Spell]] = defaultdict(list)
    for spell in image.spells:
        spells[spell.person_id].append(spell)
    last = max(spell.ended for spell in image.spells)
    accepted = image.state is ImageState.REVIEWED
    found = []
    for number, person in enumerate(image.people, start=1):
        own = spells.pop(person.id, [])
        if person.is_crowd and not own:
            continue
        touched = any(spell.clicks for spell in own)
        finished = accepted or (touched and image.state is ImageState.EDITED)
        found.append(_person_work(image, person, number, own, last, finished))
    gone = [(person_id, own) for person_id, own in spells.items() if person_id]
    whole = [("", spells[""])] if "" in spells else []
    for person_id, own in (*gone, *whole):
        found.append(
            PersonWork(image, person_id, 0, 0, 0, 0, *_spent(own), own[-1].ended, finished=False)
        )
    return found


def count(
    images: Iterable[WorkedImage],
    states: dict[ImageState, int],
    today: date,
    local: Callable[[float], datetime] = datetime.fromtimestamp,
) -> Numbers:
    """Work out all figures.

    Args:
        images: all that were worked on.
        states: how many images are in each state.
        today: the day in the person's own time.
        local: Unix seconds to the person's own time.
    """
    everything, present = _Part(), _Part()
    by_day: dict[datetime, _Part] = defaultdict(_Part)
    by_hour: dict[datetime, _Part] = defaultdict(_Part)

    def parts(ended: float) -> Iterator[_Part]:
        hour = local(ended).replace(minute=0, second=0, microsecond=0)
        yield from (everything, by_hour[hour], by_day[hour.replace(hour=0)])
        if hour.date() == today:
            yield present

    for image in images:
        for spell in image.spells:
            for part in parts(spell.ended):
                part.spells.append(spell)
        for person in people_of(image):
            for part in parts(person.ended):
                part.people.append(person)
        if image.state in _WORKED:
            for part in parts(image.spells[-1].ended):
                part.done.append(image)
    periods = by_hour if len(by_day) == 1 else by_day
    return Numbers(
        states={state: states.get(state, 0) for state in ImageState},
        today=present.sums(),
        overall=everything.sums(),
        periods=tuple((begin, part.sums()) for begin, part in sorted(periods.items())),
        by_hour=len(by_day) == 1,
        people=tuple(everything.people),
    )


@dataclass(slots=True)
class _Part:
    """Everything that ended in some period."""

    spells: list[Spell] = field(default_factory=list)
    people: list[PersonWork] = field(default_factory=list)
    done: list[WorkedImage] = field(default_factory=list)

    def sums(self) -> Sums:
        """The figures of the period."""
        finished = [person for person in self.people if person.finished]
        timed = [person.seconds for person in finished if person.seconds > 0]
        times = [_spent(image.spells)[1] for image in self.done]
        clicks, seconds = _spent(self.spells)
        return Sums(
            images=len(self.done),
            people=len(finished),
            seconds=seconds,
            clicks=clicks,
            by_hand=sum(person.by_hand for person in finished),
            saved=sum(person.saved for person in self.people),
            person_seconds=statistics.median(timed) if timed else None,
            image_seconds=statistics.median(times) if times else None,
        )


def _person_work(
    image: WorkedImage, person: Person, number: int, own: list[Spell], last: float, finished: bool
) -> PersonWork:
    labelled = int(person.labelled.sum())
    pinned = int((person.labelled & person.pinned).sum())
    placed = max(0, sum(spell.placed for spell in own))
    by_hand = labelled - pinned + min(pinned, placed)
    ended = own[-1].ended if own else last
    return PersonWork(
        image, person.id, number, labelled, pinned, by_hand, *_spent(own), ended, finished
    )


def _spent(spells: Sequence[Spell]) -> tuple[int, float]:
    return sum(spell.clicks for spell in spells), sum(spell.seconds for spell in spells)
