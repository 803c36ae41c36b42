"""What the chat says of the public page: its link and square, a course handed on, a signed agreement opened to everybody."""

from __future__ import annotations

from urllib.parse import parse_qs, urlsplit

from sqlalchemy import select, update

from bot.documents.invitations import qr_png
from storage.tables import Audit, Organization
from tests.enrollment.test_enrollment import last_file
from tests.papers.test_papers_pages import labels
from tests.public.test_public_pages import PUBLIC, Reader, reader
from tests.timetable_world import said
from tests.world import IT, World

__all__ = ["reader"]  # a fixture
SCAN = b"%PDF-1.4 signed and stamped"


async def test_the_page_is_handed_on_from_the_chat(world: World, reader: Reader) -> None:
    olga, stranger = world.olga, world.stranger()
    await olga.send("/start")
    await olga.tap("Сеть")
    await olga.tap("Страница сети")
    letter = last_file(olga)
    assert said(olga).startswith(f"🌐 Страница сети\n{PUBLIC}/\n\nЕё видят все, без входа:")
    assert letter.file is not None
    assert (letter.file.name, letter.protected) == ("QR-страницы-сети.png", False)
    assert await olga.file(letter) == qr_png(f"{PUBLIC}/")
    await stranger.send("/start course_1")
    [share] = [button for button in stranger.messages[-1].buttons if button.label == "↗️ Поделиться"]
    assert share.url is not None
    assert parse_qs(urlsplit(share.url).query) == {"url": [f"{PUBLIC}/courses/1"], "text": ["Робототехника"]}
    for who in (stranger, world.anna):
        await who.send("/help")
        assert f"Все курсы на одной странице, для всех и без входа:\n{PUBLIC}/" in said(who)
    world.app.settings.public_url = None
    await olga.send("/start")
    await olga.tap("Сеть")
    assert "🌐 Страница сети" not in labels(olga)
    await stranger.send("/start course_1")
    assert "↗️ Поделиться" not in labels(stranger)
    await olga.press(letter.id, "public")
    assert "Этого больше нет" in str(olga.toasts[-1])


async def test_a_signed_agreement_is_opened_to_everybody_and_only_that_file(world: World, reader: Reader) -> None:
    olga = world.olga
    await olga.send("/papers")
    for label in ("Договоры", "Центр развития IT-образования", "Внести подписанный"):
        await olga.tap(label)
    await olga.send("12/у от 01.09.2026 до 31.05.2027")
    assert "🌐 Открыть файл всем" not in labels(olga), "there is no file yet"
    await olga.tap("Приложить подписанный")
    await olga.attach("договор с Мишей.docx", b"PK\x03\x04 a document of a text program")
    await olga.tap("Открыть файл всем")
    assert said(olga).startswith("🌐 Открыть файл всем?\nдоговор с Мишей.docx\n\nЕго сможет скачать любой, без входа.")
    await olga.tap("Да, открыть всем")
    assert "Открыть всем можно PDF или фото. Приложите скан подписанного договора." in str(olga.toasts[-1])
    await olga.send("/papers")
    for label in ("Договоры", "Центр развития IT-образования", "№ 12/у", "Приложить подписанный"):
        await olga.tap(label)
    await olga.attach("договор с Мишей.pdf", SCAN)
    assert "Договоры пока не опубликованы." in (await reader.page("/agreements")).said, "filed is not published"
    assert (await reader.ask("/agreements/1/file")).status == 404
    await olga.tap("Открыть файл всем")
    await olga.tap("Да, открыть всем")
    assert "🌐 На странице сети: подписанный файл открыт всем." in said(olga)
    page = await reader.page("/agreements")
    assert page.links[-1] == ("Скачать файл, 1 КБ", "/net/agreements/1/file")
    file = await reader.ask("/agreements/1/file")
    assert (file.status, file.content_type, await file.read()) == (200, "application/pdf", SCAN)
    name = "%D0%94%D0%BE%D0%B3%D0%BE%D0%B2%D0%BE%D1%80-12-%D1%83.pdf"  # «Договор-12-у.pdf», whatever it was called when it came
    assert file.headers["Content-Disposition"] == f"attachment; filename*=UTF-8''{name}"
    again = await reader.ask("/agreements/1/file", **{"If-None-Match": file.headers["ETag"]})
    assert again.status == 304
    await olga.tap("Приложить подписанный")
    await olga.attach("договор, исправленный.pdf", SCAN + b" again")
    assert (await reader.ask("/agreements/1/file")).status == 404, "another file is opened by another decision"
    await olga.tap("Открыть файл всем")
    await olga.tap("Да, открыть всем")
    assert await (await reader.ask("/agreements/1/file")).read() == SCAN + b" again"
    await olga.tap("Убрать файл со страницы сети")
    assert (await reader.ask("/agreements/1/file")).status == 404
    async with world.db.read() as tx:
        told = [after for after in await tx.scalars(select(Audit.after).order_by(Audit.id)) if "published_id" in (after or {})]
    assert [one["published_id"] for one in told] == ["2", "3", "None"]
    await olga.tap("Открыть файл всем")
    await olga.tap("Да, открыть всем")
    assert (await reader.ask("/agreements/1/file")).status == 200
    for left in (world.now, None):  # a partner that left the network takes its file off the web, by its address too
        async with world.db.write() as tx:
            await tx.execute(update(Organization).where(Organization.id == IT).values(archived_at=left))
        assert (await reader.ask("/agreements/1/file")).status == (404 if left else 200)
    await olga.tap("Прекратить договор")
    await olga.tap("Да, прекратить")
    assert (await reader.ask("/agreements/1/file")).status == 404, "it is in force no longer"
