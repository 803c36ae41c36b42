"""Quiet hours: when they end."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo


def quiet_until(now: datetime, hours: tuple[time, time], zone: ZoneInfo) -> datetime | None:
    """The end of the quiet hours that run at `now`; None when it is not quiet. Hours may run over midnight.

    Equal times mean that there are no quiet hours.
    """
    begins, ends = hours
    here = now.astimezone(zone)
    clock = here.time()
    quiet = begins <= clock < ends if begins <= ends else clock >= begins or clock < ends
    if not quiet:
        return None
    end = here.replace(hour=ends.hour, minute=ends.minute, second=0, microsecond=0)
    return end if end > here else end + timedelta(days=1)
