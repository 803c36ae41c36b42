"""Posts and names of organizations in another case: right, or worded so that no case is needed."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.documents.school_papers import application_docx
from bot.documents.titles import of_organization, post_in, represented, titled
from tests.papers.papers_world import ASKING, BASE, TODAY, text_of
from tests.world import ZONE


@pytest.mark.parametrize(
    ("post", "genitive", "dative", "accusative"),
    [
        ("директор", "директора", "директору", "директора"),
        ("заместитель директора по УВР", "заместителя директора по УВР", "заместителю директора по УВР", "заместителя директора по УВР"),
        ("старший методист", "старшего методиста", "старшему методисту", "старшего методиста"),
        ("ведущий специалист отдела", "ведущего специалиста отдела", "ведущему специалисту отдела", "ведущего специалиста отдела"),
        ("педагог-организатор", "педагога-организатора", "педагогу-организатору", "педагога-организатора"),
        ("Заведующая библиотекой", "Заведующей библиотекой", "Заведующей библиотекой", "Заведующую библиотекой"),
        ("исполняющий обязанности директора", *(f"{one} обязанности директора" for one in ("исполняющего", "исполняющему", "исполняющего"))),
        ("и. о. директора", "и. о. директора", "и. о. директора", "и. о. директора"),
        ("директор и учитель химии", "", "", ""),
        ("заместитель директора, учитель", "", "", ""),
        ("куратор сети", "", "", ""),
        ("=cmd|' /C calc'!A0", "", "", ""),
    ],
)  # fmt: skip
def test_a_post_is_declined_where_its_words_are_known(post: str, genitive: str, dative: str, accusative: str) -> None:
    assert (post_in(post, "genitive"), post_in(post, "dative"), post_in(post, "accusative")) == (genitive, dative, accusative)


@pytest.mark.parametrize(
    ("name", "after_director"),
    [
        ("МБОУ «СОШ № 8»", "МБОУ «СОШ № 8»"),
        ("МБОУ СОШ №8 с. Натырбово", "МБОУ СОШ №8 с. Натырбово"),
        ("МБОУ ДО ЦДО МО «Кошехабльский район»", "МБОУ ДО ЦДО МО «Кошехабльский район»"),
        ("ДК аула Егерухай", "ДК аула Егерухай"),
        ("МБОУ Гимназия № 5", "МБОУ Гимназии № 5"),
        ("Муниципальное бюджетное общеобразовательное учреждение «Средняя школа № 8»", "Муниципального бюджетного общеобразовательного учреждения «Средняя школа № 8»"),
        ("Кошехабльский районный дом культуры", "Кошехабльского районного дома культуры"),
        ("Детская школа искусств", "Детской школы искусств"),
        ("Центр развития IT-образования", "Центра развития IT-образования"),
        ("Школа-интернат", "Школы-интерната"),
        ("Библиотека и музей", "образовательной организации (Библиотека и музей)"),
        ("«Успех»", "образовательной организации («Успех»)"),
        ("Точка роста", "образовательной организации (Точка роста)"),
    ],
)  # fmt: skip
def test_an_organization_is_declined_or_needs_no_case(name: str, after_director: str) -> None:
    assert of_organization(name) == after_director


def test_who_acts_for_an_organization_is_named_in_the_genitive() -> None:
    assert represented("Директор", "Кушхова Марьяна Хасановна") == "директора Кушховой Марьяны Хасановны"
    assert represented("директор", "Ахмед кызы Лейла") == "руководителя (директор Ахмед кызы Лейла)"
    assert (titled(None), titled(None, "dative"), titled("куратор", "dative")) == ("Директор", "Директору", "Руководителю")


def test_an_application_is_addressed_in_the_dative() -> None:
    school = replace(BASE, name="Районный лицей «Успех»", director="Иванова Анна Борисовна", director_post="заведующая")
    text = text_of(application_docx(ASKING, school, today=TODAY, year=2026, zone=ZONE))
    assert text.startswith("Заведующей Районного лицея «Успех»\nИвановой Анне Борисовне\nот Петровой Анны Ивановны\n")
