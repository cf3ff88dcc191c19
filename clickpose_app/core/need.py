"""How much an image needs a person's eyes: 0 for none of it, 1 for the most."""

from __future__ import annotations

from clickpose_app.core.annotation import ImageAnnotation, ImageState, Person, Source

NOBODY = 0.5
"""Need of an image on which the network found nobody: it may be right or have missed all."""


def need_of(annotation: ImageAnnotation) -> float | None:
    """How much an image needs to be looked at, from what the network says of itself.

    1 - mean over people of their expected OKS, where

    - a joint that a person placed counts 1, a predicted one its confidence (which the network
      means as the joint's expected OKS), one without any confidence 0.5; joints that are not
      labelled do not count, nor do crowd regions;
    - the mean over a person's joints is multiplied by the person's score, unless a hand has
      drawn the box or placed a joint: then there is no doubt that somebody is there.

    Returns:
        A number in 0..1; NOBODY without people, 0 for what was reviewed, 1 for what was sent
        back; None for a new image, of which nothing is known.
    """
    if annotation.state is ImageState.NEW:
        return None
    if annotation.state is ImageState.REVIEWED:
        return 0.0
    if annotation.state is ImageState.REJECTED:
        return 1.0
    expected = [_expected_oks(person) for person in annotation.people if not person.is_crowd]
    if not expected:
        # Whoever edited an image until nobody was left has seen it.
        return NOBODY if annotation.state is ImageState.PREDICTED else 0.0
    return min(max(1.0 - sum(expected) / len(expected), 0.0), 1.0)


def _expected_oks(person: Person) -> float:
    # Compared without the properties: this is asked of every joint of every import.
    human = Source.HUMAN
    certain = [
        1.0 if k.source is human else 0.5 if k.confidence is None else float(k.confidence)
        for k in person.keypoints
        if k.visibility
    ]
    mean = sum(certain) / len(certain) if certain else 0.0
    by_hand = person.box_source is human or any(k.source is human for k in person.keypoints)
    exists = 1.0 if by_hand or person.score is None else float(person.score)
    return mean * exists
