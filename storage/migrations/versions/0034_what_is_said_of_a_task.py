"""What is said of a task: by what it is done, why it was put off, when it was reminded of; a duty without an end has no deadline."""

from __future__ import annotations

from datetime import date

import sqlalchemy as sa
from alembic import op

revision = "0034"
down_revision = "0033"
branch_labels = None
depends_on = None

NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
# The programme's own steps, where the school has not put other words in their place.
ALWAYS = (
    ("regulation-7", "Следить за посещаемостью и успеваемостью по сетевому журналу"),
    ("regulation-7-partner-%", "Вести сетевой журнал и открыть его ответственному школы"),
    ("regulation-8", "Решать рабочие вопросы с сетевым педагогом и ответственным"),
    ("roadmap-2", "Организовать занятия в сетевой форме"),
)
ACTIVITIES = {
    "Изучить нормативные документы и дополнить локальные акты школы": "Внесение дополнений в локальные акты школы",
    "Организовать занятия в сетевой форме": "Организация занятий",
    "Подготовить кабинеты и оборудование по санитарным нормам": "Подготовка материально-технической базы школ для проведения занятий",
    "Согласовать учебный план, программы и расписание": "Работа администрации школы по согласованию учебного плана, расписания",
    "Определить порядок и сроки набора групп": "Создание нормативных документов",
    "Отчёт за полугодие: посещаемость, состав групп, успеваемость": "Информирование школы об успеваемости и посещаемости обучающихся",
    "Вести журнал: пройденное, посещаемость и успеваемость": "Ведение электронного журнала успеваемости и посещаемости занятий "
    "организацией-участником",
}
SINGLY = ("task-due", "task-overdue", "tasks-due")  # letters that are sections of the morning's from now on


def upgrade() -> None:
    op.create_table(
        "task_reminders",
        sa.Column("task_id", NUMBER, nullable=False),
        sa.Column("staff_id", NUMBER, nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("planned_on", sa.Date(), nullable=False),
        sa.Column("said_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["staff_id"], ["staff.id"], name=op.f("fk_task_reminders_staff_id")),
        sa.ForeignKeyConstraint(["task_id"], ["tasks.id"], name=op.f("fk_task_reminders_task_id")),
        sa.PrimaryKeyConstraint("task_id", "staff_id", "due_on", "planned_on", name=op.f("pk_task_reminders")),
    )
    op.add_column("steps", sa.Column("activity", sa.Text(), nullable=True))
    op.add_column("tasks", sa.Column("put_off_why", sa.Text(), nullable=True))
    _programme()
    _reminders()


def _programme() -> None:
    steps = sa.table("steps", sa.column("code"), sa.column("task"), sa.column("repeats"), sa.column("activity"))
    for code, task in ALWAYS:
        named = sa.and_(steps.c.code.like(code), steps.c.task == task, steps.c.repeats == "none")
        op.execute(steps.update().where(named).values(repeats="always"))
    for task, activity in ACTIVITIES.items():
        op.execute(steps.update().where(steps.c.code.like("roadmap-%"), steps.c.task == task).values(activity=activity))


def _reminders() -> None:
    """What has been said stays said; what waits to be said is said by the letter of the morning."""
    db = op.get_bind()
    said = db.execute(
        sa.text(
            "SELECT t.id AS task_id, s.id AS staff_id, COALESCE(t.put_off_to, t.due_on) AS due_on, MAX(l.created_at) AS said_at "
            "FROM letters l JOIN staff s ON s.person_id = l.person_id AND s.role = l.role "
            "JOIN tasks t ON l.topic = 'task:' || t.id WHERE t.done_at IS NULL AND l.state = 'sent' "
            "AND l.kind IN ('task-due', 'task-overdue') GROUP BY t.id, s.id, t.put_off_to, t.due_on"
        ).columns(due_on=sa.Date(), said_at=sa.DateTime(timezone=True))
    ).all()
    reminders = sa.table(
        "task_reminders",
        sa.column("task_id", sa.Integer()),
        sa.column("staff_id", sa.Integer()),
        sa.column("due_on", sa.Date()),
        sa.column("planned_on", sa.Date()),
        sa.column("said_at", sa.DateTime(timezone=True)),
    )
    if said:
        rows = [{**row._mapping, "planned_on": _day(row.said_at)} for row in said]
        op.bulk_insert(reminders, rows)
    letters = sa.table("letters", *(sa.column(name) for name in ("kind", "state", "error", "facts")))
    waiting = sa.and_(letters.c.kind.in_(SINGLY), letters.c.state.in_(("new", "retry")))
    ended = {"state": "cancelled", "error": "said by the letter of the morning", "facts": sa.null()}
    op.execute(letters.update().where(waiting).values(ended))


def _day(at: object) -> date:
    return date.fromisoformat(str(at)[:10])


def downgrade() -> None:
    steps = sa.table("steps", sa.column("repeats"))
    op.execute(steps.update().where(steps.c.repeats == "always").values(repeats="none"))
    with op.batch_alter_table("tasks", schema=None) as batch:
        batch.drop_column("put_off_why")
    with op.batch_alter_table("steps", schema=None) as batch:
        batch.drop_column("activity")
    op.drop_table("task_reminders")
