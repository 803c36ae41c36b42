"""Papers: what each holds, who may have it, the school's own templates, and that LibreOffice opens them all."""

from __future__ import annotations

import shutil
import subprocess
from dataclasses import replace
from datetime import date
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import pytest
from docx import Document

from bot.documents.default_templates import MADE
from bot.documents.law import law
from bot.documents.names import declined
from bot.documents.orders import order_docx
from bot.documents.paper import TEMPLATES, paper
from bot.documents.request import request_docx
from bot.documents.samples import SAMPLES
from bot.documents.school_papers import age, is_sport
from bot.documents.typeset import FONTS
from bot.refusals import Refusal
from bot.voice import voice
from storage.db import Database
from storage.papers.papers import School, Wish
from storage.requests import requests
from storage.requests.requests import Line, Whole
from tests.enrollment_world import ANNA_HERSELF, approved, requested
from tests.fonts import WIDEST, WIDEST_MISSING, only
from tests.papers.papers_world import (
    ASKING,
    CHANGES,
    CHESS,
    EVIL,
    ROBOTICS,
    SEEN,
    TODAY,
    application,
    groups,
    order,
    place,
    text_of,
)
from tests.world import IT, MISHA, ZONE, World
from tests.world import ROBOTICS as ROBOTICS_COURSE

SAMPLE_LINE = Line(
    1, 1, 1, "Петров Миша Алексеевич", "7А", None, 1, None, 1, "Клуб читателя", 34, "requested", 1, None, 1, "added"
)

# ── what stands in them ─────────────────────────────────────────────────────────────────────────────────────────────


def test_the_application_holds_what_a_school_asks_for() -> None:
    text = text_of(application())
    for line in (
        "Директору МБОУ СОШ №8",
        "Иванову Сергею Ильичу",
        "от Петровой Анны Ивановны",
        "Статус: родитель / опекун / попечитель (подчеркните)",
        "Адрес: …",
        "Телефон: …",
        "Согласие на обработку персональных данных даю отдельным документом.",
        "Заявление № 12, подано через бот сети 9 ноября 2026 г.: Петрова Анна Ивановна",
    ):
        assert line in text.splitlines()
    assert "моего ребёнка Петрова Мишу Алексеевича, дата рождения 14.05.2013, класс 7А" in text
    assert "в 2026/2027 учебном году" in text
    assert "приказ Минобрнауки России и Минпросвещения России от 05.08.2020 № 882/391" in text
    assert "приказ Минпросвещения России от 27.07.2022 № 629" in text
    assert "С уставом, лицензией" in text
    assert "Одновременно ребёнок будет посещать курсов: 1;" in text
    assert "Одновременно" not in text_of(application(replace(ASKING, wanted=2)))
    cells = text[text.index("Группа") :]
    assert cells.index("Робототехника") < cells.index("Шахматы") < cells.index("физкультурно-спортивная") < cells.index("Г-02")


def test_a_pupil_of_fourteen_signs_too_by_the_day_of_the_application() -> None:
    line = "С выбором курсов согласен(на): ученик(ца) 14 лет и старше Петров Миша Алексеевич"
    turns = replace(ASKING, birth_date=date(2012, 11, 9))
    assert line in text_of(application(turns))
    assert line not in text_of(application(replace(ASKING, birth_date=date(2012, 11, 10)), today=date(2030, 1, 1)))
    assert "если ученику исполнилось 14 лет: Петров Миша" in text_of(application(replace(ASKING, birth_date=None)))
    assert "14 лет" not in text_of(application())


@pytest.mark.parametrize(
    ("born", "on", "years"),
    [
        (date(2012, 2, 29), date(2026, 2, 28), 13),
        (date(2012, 2, 29), date(2026, 3, 1), 14),
        (date(2012, 12, 31), date(2026, 1, 1), 13),
        (date(2012, 11, 9), date(2026, 11, 9), 14),
    ],
)
def test_age_is_in_full_years(born: date, on: date, years: int) -> None:
    assert age(born, on) == years


def test_sport_wants_a_health_certificate() -> None:
    assert "Медицинскую справку" in text_of(application())
    assert "Медицинскую справку" not in text_of(application(replace(ASKING, wishes=(ROBOTICS,))))
    assert [is_sport(each) for each in ("Физкультурно-спортивная", "спорт", "техническая", "художественная")] == [
        True,
        True,
        False,
        False,
    ]


def test_a_draft_says_that_it_is_one_and_a_full_name_is_printed() -> None:
    text = text_of(application(replace(ASKING, state="draft", submitted_at=None, guardian="Петрова Анна Ивановна")))
    assert "Черновик № 12 от 9 ноября 2026 г.: в школу ещё не отправлен." in text
    assert "от Петровой Анны Ивановны" in text
    assert "подано через бот" not in text


def test_a_resource_partner_teaches_nobody_on_any_paper() -> None:
    library = replace(CHESS, organization="МКУК «МЦБС» филиал №7", resource=True)
    of_both = text_of(application(replace(ASKING, wishes=(ROBOTICS, library))))
    assert (
        "Согласен(на) на обучение моего ребёнка в сетевой форме в организациях: Центр развития IT-образования; с использованием "
        "ресурсов организаций: МКУК «МЦБС» филиал №7. Основание:" in of_both
    )
    lines = (SAMPLE_LINE,)
    whole = Whole(1, 2026, 1, ASKING.created_at, 5, "МЦБС", 1, "Школа", None, None, None, lines, resource=True)
    text = text_of(request_docx(whole, ZONE))
    assert "на предоставление ресурсов для занятий учащихся в 2026/2027 учебном году" in text
    assert "договора о сотрудничестве и предоставлении ресурсов № ______" in text
    assert "просим предоставить ресурсы (помещения, оборудование, фонды) для занятий учащихся" in text
    assert "зачислить" not in text


def test_the_lists_of_groups_a_page_each() -> None:
    text = text_of(groups())
    assert "СПИСОК ГРУППЫ Г-01" in text
    assert "Занятия: чт 15:00–16:30; место: каб. 2; часов по программе: 68" in text
    assert text.index("Шеуджен Дана Руслановна") < text.index("СПИСОК ГРУППЫ Г-02") < text.index("14.05.2013")
    assert "Всего: 2. Список на 9 ноября 2026 г." in text


def test_who_is_not_known_is_left_blank() -> None:
    nobody = School(1, "МБОУ СОШ №8", None, None, None)
    assert "Директор          ____________________ / ________________ /" in text_of(order(school=nobody))
    assert "4. Назначить ответственным за сетевое взаимодействие ________________." in text_of(order(school=nobody))


@pytest.mark.parametrize(
    ("name", "accusative", "dative"),
    [
        ("Петров Миша Алексеевич", "Петрова Мишу Алексеевича", "Петрову Мише Алексеевичу"),
        ("Петрова Вера Алексеевна", "Петрову Веру Алексеевну", "Петровой Вере Алексеевне"),
        ("Шеуджен Дана Руслановна", "Шеуджен Дану Руслановну", "Шеуджен Дане Руслановне"),
        ("Хут Асхад Юрьевич", "Хута Асхада Юрьевича", "Хуту Асхаду Юрьевичу"),
        ("Черных Анна Ильинична", "Черных Анну Ильиничну", "Черных Анне Ильиничне"),
        ("Кошелев-Ким Лев Ильич", "Кошелева-Кима Льва Ильича", "Кошелеву-Киму Льву Ильичу"),
        # Unsure: as they are.
        ("Ахмед кызы Лейла", "Ахмед кызы Лейла", "Ахмед кызы Лейла"),
        ("Мирза Али Оглы", "Мирза Али Оглы", "Мирза Али Оглы"),
        ("Петров Миша", "Петров Миша", "Петров Миша"),
        ("Smith John Ivanovich", "Smith John Ivanovich", "Smith John Ivanovich"),
        (EVIL, EVIL, EVIL),
        ("", "", ""),
    ],
)
def test_names_are_declined_only_where_sure(name: str, accusative: str, dative: str) -> None:
    assert (declined(name, "accusative"), declined(name, "dative")) == (accusative, dative)


# ── names that are not names ────────────────────────────────────────────────────────────────────────────────────────


def test_no_name_harms_a_paper() -> None:
    wild = replace(ASKING, child=EVIL + "\x00\x0b", guardian=EVIL, wishes=(Wish(EVIL, EVIL, EVIL, None, EVIL),), class_name=EVIL)
    bad = place(1, EVIL)
    odd = replace(bad, organization=EVIL, course=EVIL, group=EVIL, place=EVIL, teacher=EVIL)
    for made in (application(wild), order([odd], School(1, EVIL, EVIL, EVIL, EVIL)), groups([odd])):
        assert SEEN in text_of(made)
        assert "49" not in text_of(made)
        Document(BytesIO(made))


# ── the school's own ────────────────────────────────────────────────────────────────────────────────────────────────


def own_template(folder: Path, *paragraphs: str, name: str = "application.docx") -> Path:
    made = Document()
    for each in paragraphs:
        made.add_paragraph(each)
    made.save(str(folder / name))
    return folder


def test_the_schools_own_template_wins(tmp_path: Path) -> None:
    own = own_template(tmp_path, "Наш бланк: {{ child }}", "{%p for wish in wishes %}", "{{ wish.course }}", "{%p endfor %}")
    assert text_of(application(own=own)).split("\n") == ["Наш бланк: Петров Миша Алексеевич", "Робототехника", "Шахматы"]


def test_a_broken_template_says_which_and_what(tmp_path: Path) -> None:
    say = voice("ru", ZONE)

    def refusal() -> str:
        with pytest.raises(Refusal) as refused:
            application(own=tmp_path)
        return say.plain(refused.value.key, **refused.value.facts)

    own_template(tmp_path, "Здравствуйте", "Ученик {{ chidl }}")
    assert refusal().startswith("В шаблоне application.docx стоит слово «chidl», которого бот не знает.")
    own_template(tmp_path, "{% for wish in wishes %}{{ wish.price }}{% endfor %}")
    assert refusal().startswith("В шаблоне application.docx стоит слово «price», которого бот не знает.")
    own_template(tmp_path, "Здравствуйте", "Ученик {{ child и точка")
    assert refusal().startswith("Шаблон не читается: application.docx («Ученик {{ child и точка»).")
    own_template(tmp_path, "{% for wish in wishes %} курс")
    assert refusal().startswith("Шаблон не читается: application.docx («{% for wish in wishes %} курс»).")
    own_template(tmp_path, "{{ ''.__class__.__mro__ }}")
    assert "application.docx" in refusal()
    (tmp_path / "application.docx").write_bytes(b"PK not a document")
    assert refusal().startswith("Шаблон не читается: application.docx — это не документ DOCX.")
    with ZipFile(tmp_path / "application.docx", "w") as other:
        other.writestr("a.txt", "a")
    assert refusal().startswith("Шаблон не читается: application.docx — это не документ DOCX.")


def test_the_law_is_dated_and_may_be_the_schools_own(tmp_path: Path) -> None:
    assert law(date(2015, 1, 1))["programmes"].short == "приказ Минобрнауки России от 29.08.2013 № 1008"
    assert law(date(2019, 1, 1))["programmes"].short == "приказ Минпросвещения России от 09.11.2018 № 196"
    assert law(TODAY)["programmes"].short == "приказ Минпросвещения России от 27.07.2022 № 629"
    own = tmp_path / "law.toml"
    acts = [
        f'[[act]]\nabout = "{about}"\nsince = 2026-01-01\nname = "Новый порядок"\n'
        for about in ("education", "network", "programmes")
    ]
    own.write_text("\n".join(acts), "utf-8")
    assert "Основание: Новый порядок; Новый порядок." in text_of(application(own=tmp_path))
    for broken in ("[[act", '[[act]]\nabout = "network"\n', '[[act]]\nabout = "x"\nname = "y"\nsince = "вчера"\n', ""):
        own.write_text(broken, "utf-8")
        with pytest.raises(Refusal, match="template-broken") as refused:
            law(TODAY, tmp_path)
        assert refused.value.facts["file"] == "law.toml"


@pytest.mark.parametrize("name", MADE)
def test_the_templates_in_the_repository_are_those_the_script_makes(name: str) -> None:
    assert parts(TEMPLATES / name) == parts(BytesIO(MADE[name]()))


def parts(file: Path | BytesIO) -> dict[str, bytes]:
    with ZipFile(file) as packed:
        return {name: packed.read(name) for name in packed.namelist() if name.startswith("word/")}


def test_a_template_may_hold_no_facts_at_all(tmp_path: Path) -> None:
    assert text_of(paper("plain.docx", {}, own_template(tmp_path, "Просто лист", name="plain.docx"))) == "Просто лист"


# ── LibreOffice opens them ──────────────────────────────────────────────────────────────────────────────────────────


async def test_libreoffice_opens_every_paper_and_reads_the_right_people(world: World, tmp_path: Path) -> None:
    """One run for all: converted to PDF, text compared; the names that are not names among them.

    In the font that is in the repository, whatever fonts the machine has: the same pages everywhere.
    """
    many = [place(number, f"Ученик{number} Имя Отчество") for number in range(60)]
    wild = replace(ASKING, child=EVIL, birth_date=date(2010, 1, 1))
    made = {
        "application": application(),
        "wild": application(wild),
        "order": order(),
        "changes": order_docx(CHANGES),
        "groups": groups(),
        "long": order(many),
        "request": await request(world.db),
    } | {f"sample_{name}".removesuffix(".docx"): made(tmp_path) for name, made in SAMPLES.items()}
    to_pdf(tmp_path, made, fonts=FONTS)
    seen = {name: flat(pdf_text(tmp_path / f"{name}.pdf")) for name in made}
    for name, content in made.items():
        words = [line for line in text_of(content).replace("…", "\n").splitlines() if line.strip()]
        assert [line for line in words if flat(line) not in seen[name]] == [], name
    assert flat(EVIL) in seen["wild"]
    assert pages(tmp_path / "application.pdf") == 1
    assert pages(tmp_path / "groups.pdf") == 2
    of_samples = {name: pages(tmp_path / f"sample_{name}.pdf") for name in ("agreement", "consent", "order", "programme", "load")}
    assert of_samples == {"agreement": 2, "consent": 4, "order": 2, "programme": 1, "load": 1}


def test_an_application_stays_one_page_in_the_widest_font(tmp_path: Path) -> None:
    """A computer without Times New Roman takes what it has: three courses and a pupil's own signature still fit."""
    if not WIDEST.exists():
        pytest.skip(WIDEST_MISSING)
    most = replace(ASKING, birth_date=date(2010, 1, 1), wishes=(ROBOTICS, CHESS, ROBOTICS), wanted=2)
    to_pdf(tmp_path, {"application": application(most)}, fonts=WIDEST)
    assert pages(tmp_path / "application.pdf") == 1


def to_pdf(folder: Path, papers: dict[str, bytes], *, fonts: Path) -> None:
    """Each paper as PDF beside, as LibreOffice makes it with these fonts; skipped, loudly, where it is missing."""
    if shutil.which("soffice") is None or shutil.which("pdftotext") is None:
        pytest.skip(
            "no LibreOffice or no pdftotext: the papers were not opened in it (apt-get install libreoffice-writer-nogui poppler-utils)"
        )
    for name, content in papers.items():
        (folder / f"{name}.docx").write_bytes(content)
    profile = f"-env:UserInstallation=file://{folder}/profile"
    ran = subprocess.run(
        ["soffice", "--headless", profile, "--convert-to", "pdf", *[f"{name}.docx" for name in papers]],
        cwd=folder,
        capture_output=True,
        text=True,
        timeout=120,
        check=True,
        env=only(folder / "fontconfig", fonts),
    )
    complaints = [line for line in ran.stderr.splitlines() if line.strip() and "javaldx" not in line]
    assert complaints == []


async def request(db: Database) -> bytes:
    """The school's request for Misha, as it is sent."""
    await approved(db, MISHA, ROBOTICS_COURSE, by=ANNA_HERSELF)
    number = await requested(db, IT)
    async with db.read() as tx:
        whole = await requests.whole(tx, number)
    assert whole is not None
    return request_docx(whole, ZONE)


def pdf_text(file: Path) -> str:
    ran = subprocess.run(["pdftotext", "-raw", str(file), "-"], capture_output=True, text=True, check=True)
    return ran.stdout


def pages(file: Path) -> int:
    ran = subprocess.run(["pdfinfo", str(file)], capture_output=True, text=True, check=True)
    return int(next(line.split()[1] for line in ran.stdout.splitlines() if line.startswith("Pages:")))


def flat(text: str) -> str:
    """Letters and signs without the spaces, line breaks and soft hyphens a page puts between them."""
    return "".join(text.split()).replace("\u00ad", "")
