"""The school's own templates: what is refused by name, and that all of them are tried before anybody needs them."""

from __future__ import annotations

import ast
import inspect
import re
from collections.abc import Mapping
from pathlib import Path
from zipfile import ZipFile

import pytest
from docx import Document
from docx.oxml.ns import qn
from jinja2.nodes import Node

from bot.documents.default_templates import MADE
from bot.documents.paper import LARGEST, MUST, TEMPLATES, paper
from bot.documents.samples import NAMES, NETWORK_PROGRAMME, REPORT, SAMPLES, STUDY_PLAN, faults
from bot.documents.sheet import FONT
from bot.documents.template_words import unknown_words
from bot.refusals import Refusal
from bot.voice import voice
from bot.words import programme, report_paper, study_plan
from tests.papers.papers_world import text_of
from tests.papers.test_papers import own_template
from tests.timetable_world import said as page
from tests.world import ZONE, World

SAY = voice("ru", ZONE)


def said(own: Path) -> list[str]:
    return [SAY.plain(fault.key, **fault.facts) for fault in faults(own)]


def test_the_default_templates_are_faultless_and_every_paper_can_be_tried(tmp_path: Path) -> None:
    assert faults(tmp_path / "nothing") == []
    for file in TEMPLATES.glob("*.docx"):
        (tmp_path / file.name).write_bytes(file.read_bytes())
    assert said(tmp_path) == []
    assert {file.name for file in TEMPLATES.glob("*.docx")} == set(NAMES) >= MADE.keys() | MUST.keys()


def test_the_samples_have_the_words_that_are_filled_in() -> None:
    for module, sample in ((report_paper, REPORT), (study_plan, STUDY_PLAN), (programme, NETWORK_PROGRAMME)):
        tree = ast.parse(inspect.getsource(module))
        filled = {
            key.value for one in ast.walk(tree) if isinstance(one, ast.Dict) for key in one.keys if isinstance(key, ast.Constant)
        }
        assert words_of(sample) == filled - programme.KINDS.keys()


def words_of(fact: object) -> set[str]:
    if isinstance(fact, dict):
        return set(fact).union(*(words_of(each) for each in fact.values()))
    return set().union(*(words_of(each) for each in fact)) if isinstance(fact, list) else set()


_LOOP = re.compile(r"for (\w+) in [\w.]+")


@pytest.mark.parametrize("name", NAMES)
def test_a_wrong_word_is_named_when_the_blank_is_sent_wherever_it_stands(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Of every template: in a branch that nobody takes, and in each of its lists."""
    found: list[str] = []

    def seen(tree: Node, facts: Mapping[str, object]) -> list[str]:
        found.extend(unknown_words(tree, facts))
        return found

    monkeypatch.setattr("bot.documents.paper.unknown_words", seen)
    file = Document(str(TEMPLATES / name))
    text = "\n".join(each.text or "" for each in file.element.body.iter(qn("w:t")))
    lists = list(dict.fromkeys(_LOOP.findall(text)))
    for one in lists:
        into = next(each for each in file.element.body.iter(qn("w:t")) if f"{{{{ {one}" in (each.text or ""))
        into.text = re.sub(rf"({{{{ {one}.*?}}}})", rf"\1{{% if '' %}}{{{{ {one}.of_{one} }}}}{{% endif %}}", into.text, count=1)
    file.add_paragraph("{% if '' %}{{ shcool }}{% endif %}")
    file.save(str(tmp_path / name))
    (fault,) = said(tmp_path)
    assert fault.startswith(f"В шаблоне {name} стоит слово «{found[0]}», которого бот не знает.")
    assert sorted(found) == sorted(["shcool", *(f"of_{one}" for one in lists)])


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


def test_a_template_that_was_changed_is_read_anew(tmp_path: Path) -> None:
    for words in ("Наш бланк: {{ child }}", "Новый бланк: {{ child }}", "Наш бланк: {{ child }}"):
        own = own_template(tmp_path, words, name="plain.docx")
        assert text_of(paper("plain.docx", {"child": "Петров Миша"}, own)) == words.replace("{{ child }}", "Петров Миша")


def test_a_fact_of_two_lines_stands_in_two_lines(tmp_path: Path) -> None:
    own = own_template(tmp_path, "{{ address }}", "Тел. {{ phone }}", name="plain.docx")
    facts = {"address": "с. Натырбово,\nул. Школьная, 1", "phone": "5-12"}
    assert text_of(paper("plain.docx", facts, own)) == "с. Натырбово,\nул. Школьная, 1\nТел. 5-12"
    assert text_of(paper("plain.docx", {"address": "с. Натырбово", "phone": "5-12"}, own)) == "с. Натырбово\nТел. 5-12"


@pytest.mark.parametrize("name", NAMES)
def test_a_default_template_holds_no_style_that_nothing_in_it_uses(name: str) -> None:
    made = Document(str(TEMPLATES / name))
    assert {style.name for style in made.styles} <= {
        "Normal",
        "Default Paragraph Font",
        "Normal Table",
        "No List",
        "Table Grid",
    }
    with ZipFile(TEMPLATES / name) as packed:
        assert sum(part.file_size for part in packed.infolist()) < 150_000  # python-docx's own empty paper has 830,000
