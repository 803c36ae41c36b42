"""/metrics: what an operator can be woken by; the alarms and the dashboard of deploy/ know the same names as the bot."""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Iterable
from datetime import timedelta
from pathlib import Path

import pytest
from prometheus_client import REGISTRY
from sqlalchemy import update

from bot.copies import COPIES, take
from storage import inbox
from storage.tables import Letter
from tests.telegram.test_delivery import tell
from tests.world import World

ROOT = Path(__file__).parent.parent.parent
ALARMS = (ROOT / "deploy/alerts.yml").read_text("utf-8")
DASHBOARD = (ROOT / "deploy/grafana.json").read_text("utf-8")
RUNBOOK = (ROOT / "docs/operations.md").read_text("utf-8")


def value(name: str, **labels: str) -> float:
    found = REGISTRY.get_sample_value(name, labels)
    assert found is not None, name
    return found


def named(texts: Iterable[str]) -> set[str]:
    """The bot's metrics that are asked for, without what Prometheus adds to a histogram's name."""
    return {re.sub(r"_(bucket|sum|count)$", "", each) for text in texts for each in re.findall(r"\bbot_\w+", text)}


def ours() -> set[str]:
    """Every metric of the bot, as it is asked for."""
    kinds = [kind for kind in REGISTRY.collect() if kind.name.startswith("bot_")]
    return {f"{kind.name}_total" if kind.type == "counter" else kind.name for kind in kinds}


def test_alarms_and_dashboard_ask_for_what_there_is() -> None:
    assert named([ALARMS, DASHBOARD]) <= ours()


@pytest.mark.parametrize("page", sorted((ROOT / "docs").glob("*.md")), ids=lambda page: page.name)
def test_the_docs_name_no_other(page: Path) -> None:
    assert named([page.read_text("utf-8")]) <= ours()


def test_every_number_is_drawn() -> None:
    assert ours() - named([DASHBOARD]) == set()


def test_the_dashboard_is_whole() -> None:
    board = json.loads(DASHBOARD)
    places = [(panel["gridPos"]["x"], panel["gridPos"]["y"]) for panel in board["panels"]]
    assert len(set(places)) == len(places)
    assert all(target["expr"] for panel in board["panels"] for target in panel["targets"])


def test_the_runbook_says_what_to_do_about_each_alarm() -> None:
    alarms = re.findall(r"alert: (\w+)", ALARMS)
    assert len(alarms) >= 10
    assert [alarm for alarm in alarms if f"`{alarm}`" not in RUNBOOK] == []


def test_no_alarm_tells_a_postgresql_to_become_one() -> None:
    (asked,) = re.findall(r"alert: BotDatabaseGrows\n +expr: (.+)", ALARMS)
    assert asked == 'max(bot_database_bytes{kind="sqlite"}) > 2e9'


async def test_what_waits_is_counted_with_its_age(world: World) -> None:
    await world.app.web._look()
    assert (value("bot_letters_waiting"), value("bot_letters_oldest_seconds"), value("bot_backup_timestamp_seconds")) == (0, 0, 0)
    assert (value("bot_updates_waiting"), value("bot_updates_lag_seconds"), value("bot_updates_aside")) == (0, 0, 0)
    assert value("bot_database_bytes", kind="sqlite") > 100_000
    assert value("bot_disk_free_bytes") == pytest.approx(shutil.disk_usage(world.app.settings.data_dir).free, rel=0.1)
    await tell(world, "a word")
    async with world.db.write() as tx:
        await tx.execute(update(Letter).values(due_at=world.now - timedelta(minutes=20)))
        late = inbox.Arrived(1, 1007, "{}")
        odd = inbox.Arrived(2, 1007, "{}", why="unreadable")
        await inbox.keep(tx, [late, odd], now=world.now - timedelta(seconds=90))
    copies = world.app.settings.data_dir / COPIES
    copies.mkdir()
    take(world.app.settings, copies / "now.sqlite3", now=world.now)
    await world.app.web._look()
    assert (value("bot_letters_waiting"), value("bot_letters_oldest_seconds")) == (1, 1200)
    assert (value("bot_updates_waiting"), value("bot_updates_lag_seconds"), value("bot_updates_aside")) == (1, 90, 1)
    assert (value("bot_lanes_stuck"), value("bot_workers_late_seconds"), value("bot_slots")) == (1, 0, 30)
    assert value("bot_backup_timestamp_seconds") == (copies / "now.sqlite3").stat().st_mtime


async def test_a_handler_is_timed_by_its_action(world: World) -> None:
    def counted() -> float:
        return REGISTRY.get_sample_value("bot_handler_seconds_count", {"action": "timetable.open"}) or 0

    before = counted()
    await world.anna.send("/timetable")
    assert counted() == before + 1
