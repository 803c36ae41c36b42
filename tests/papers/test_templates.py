"""The school's own templates: what is refused by name, and that all of them are tried before anybody needs them."""

from __future__ import annotations

import ast
import inspect
from pathlib import Path
from zipfile import ZipFile

import pytest
from docx import Document
from docx.oxml.ns import qn

from bot.documents.default_templates import MADE
from bot.documents.paper import LARGEST, MUST, TEMPLATES, paper
from bot.documents.samples import REPORT, SAMPLES, STUDY_PLAN, faults
from bot.documents.sheet import FONT
from bot.refusals import Refusal
from bot.voice import voice
from bot.words import report_paper, study_plan
from tests.papers.papers_world import text_of
from tests.papers.test_papers import own_template
from tests.timetable_world import said as page
from tests.world import ZONE, World

SAY = voice("ru", ZONE)


def said(own: Path) -> list[str]:
    return [SAY.plain(fault.key, **fault.facts) for fault in faults(own)]


def test_the_default_templates_are_faultless_and_every_paper_can_be_tried(tmp_path: Path) -> None:
    assert faults(tmp_path / "nothing") == []
    for name in MADE:
        (tmp_path / name).write_bytes((TEMPLATES / name).read_bytes())
    assert said(tmp_path) == []
    assert MADE.keys() <= SAMPLES.keys()


def test_the_samples_of_a_report_and_a_plan_have_the_words_that_are_filled_in() -> None:
    for module, sample in ((report_paper, REPORT), (study_plan, STUDY_PLAN)):
        tree = ast.parse(inspect.getsource(module))
        filled = {
            key.value for one in ast.walk(tree) if isinstance(one, ast.Dict) for key in one.keys if isinstance(key, ast.Constant)
        }
        assert words_of(sample) == filled


def words_of(fact: object) -> set[str]:
    if isinstance(fact, dict):
        return set(fact).union(*(words_of(each) for each in fact.values()))
    return set().union(*(words_of(each) for each in fact)) if isinstance(fact, list) else set()


@pytest.mark.parametrize("name", ["report.docx", "study_plan.docx", "certificate.docx", "certificate_note.docx"])
def test_an_unknown_word_of_these_is_named_when_the_blank_is_sent(name: str, tmp_path: Path) -> None:
    of = "certificates" if name.startswith("certificate") else "groups"
    own_template(tmp_path, f"{{% for one in {of} %}}{{{{ one.phone }}}}{{% endfor %}}{{{{ period }}}}", name=name)
    (fault,) = said(tmp_path)
    assert fault == (
        f"В шаблоне {name} стоит слово «phone», которого бот не знает. Исправьте его или уберите шаблон, тогда подойдёт обычный."
    )


@pytest.mark.parametrize("name", SAMPLES)
def test_a_paper_says_nothing_of_its_template(name: str, tmp_path: Path) -> None:
    text = text_of(SAMPLES[name](tmp_path))
    assert "{{" not in text
    assert "{%" not in text


def test_what_is_wrong_is_said_by_the_file_and_the_word(tmp_path: Path) -> None:
    own_template(tmp_path, "{{ number }} {{ day }} {{ shcool }}{% for one in partners %}{% endfor %}", name="order.docx")
    own_template(tmp_path, "{{ school }}", name="consent.docx")
    own_template(tmp_path, "{% for one in groups %}", name="study_plan.docx")
    own_template(tmp_path, "Просто лист", name="prikaz.docx")
    (tmp_path / "groups.docm").write_bytes(b"")
    lines = said(tmp_path)
    assert [line.split(":")[0].split(" (")[0] for line in lines] == [
        "В шаблоне consent.docx нет слова «children»",
        "В шаблоне groups.docm есть макросы, такие бот не открывает. Сохраните его как обычный документ Word",
        "В шаблоне order.docx стоит слово «shcool», которого бот не знает. Исправьте его или уберите шаблон, тогда подойдёт обычный.",
        "В папке templates лежит prikaz.docx",
        "Шаблон не читается",
    ]
    assert "study_plan.docx" in lines[4]
    (tmp_path / "law.toml").write_text("[[act", "utf-8")
    assert any(line.startswith("Шаблон не читается: law.toml") for line in said(tmp_path))


def test_macros_and_what_is_too_large_are_not_opened(tmp_path: Path) -> None:
    own_template(tmp_path, "{{ school }}", name="plain.docx")
    with ZipFile(tmp_path / "plain.docx", "a") as packed:
        packed.writestr("word/vbaProject.bin", b"macro")
    with pytest.raises(Refusal, match="template-macros") as refused:
        paper("plain.docx", {}, tmp_path)
    assert refused.value.facts == {"file": "plain.docx"}
    (tmp_path / "plain.docx").write_bytes(b"0" * (LARGEST + 1))
    with pytest.raises(Refusal, match="template-too-big"):
        paper("plain.docx", {}, tmp_path)
    with ZipFile(tmp_path / "plain.docx", "w", compression=8) as bomb:
        bomb.writestr("[Content_Types].xml", "")
        bomb.writestr("word/document.xml", b"0" * (7 * LARGEST))
    assert (tmp_path / "plain.docx").stat().st_size < LARGEST
    with pytest.raises(Refusal, match="template-too-big"):
        paper("plain.docx", {}, tmp_path)


@pytest.mark.parametrize("name", sorted(MADE.keys() | MUST.keys()))
def test_a_template_names_one_font(name: str) -> None:
    named = set()
    file = Document(str(TEMPLATES / name))
    for root in (file.element, file.styles.element):
        named |= {value for fonts in root.iter(qn("w:rFonts")) for key, value in fonts.attrib.items() if "hint" not in key}
    assert named == {FONT}


async def test_the_coordinator_sends_a_blank_and_takes_it_back(world: World, tmp_path: Path) -> None:
    def docx(*paragraphs: str) -> bytes:
        return (own_template(tmp_path, *paragraphs) / "application.docx").read_bytes()

    olga, kept = world.olga, tmp_path / "templates" / "application.docx"
    await olga.send("/papers")
    await olga.tap("Бланки")
    await olga.tap("Заявление")
    assert page(olga).startswith("🖋 Заявление\nЗаполняется по обычному бланку бота.")
    await olga.tap("Прислать свой")
    loop = "{% for wish in wishes %}{{ wish.course }}{% endfor %}"
    for name, content, why in (
        ("мой.docx", docx("{{ chidl }}", loop), "В шаблоне application.docx стоит слово «chidl», которого бот не знает."),
        ("мой.docx", docx("{{ child и точка"), "Шаблон не читается: application.docx («{{ child и точка»)."),
        ("мой.docx", docx("{{ child }}"), "В шаблоне application.docx нет слова «wishes»:"),
        ("мой.docm", docx("{{ child }}"), "В шаблоне мой.docm есть макросы"),
        ("мой.docx", b"\0" * (LARGEST + 1), "Шаблон мой.docx слишком велик: больше 10 МБ."),
    ):
        await olga.attach(name, content)
        assert page(olga).startswith(why)
        assert "Ничего не изменилось: бумаги заполняются по прежнему бланку." in page(olga)
        assert not kept.exists()
    first, second = docx("Первый: {{ child }}", loop), docx("Второй: {{ child }}", loop)
    await olga.attach("мой.docx", first)
    assert page(olga).startswith("✅ Проверено: теперь эта бумага заполняется по вашему бланку.\n\n🖋 Заявление")
    await olga.tap("Прислать свой")
    await olga.attach("новый.docx", second)
    assert kept.read_bytes() == second
    await olga.tap("Вернуть прежний")
    assert kept.read_bytes() == first
    await olga.tap("Вернуть прежний")
    assert not kept.exists()
    assert "Заполняется по обычному бланку бота." in page(olga)
    await world.irina.press(world.irina.messages[-1].id if world.irina.messages else 1, "papers.blank:3")
    assert "Бланк" not in page(world.irina)
