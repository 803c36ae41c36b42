"""A course handed on: the link with which a messenger offers its page to another chat."""

from __future__ import annotations

from urllib.parse import urlencode

from bot.services.courses.clashes import brief
from storage.courses.courses import Offer


def shared(public_url: str, offer: Offer) -> str:
    """Says nothing of whose child it was looked at for."""
    return f"https://t.me/share/url?{urlencode({'url': f'{public_url}/courses/{offer.id}', 'text': brief(offer.name, 100)})}"
