# Страница сети: то, что видно всем без входа. Что о курсе говорит и бот, сказано теми же словами: courses.ftl, partners.ftl.

public-name = Курсы сети
public-year = { $year } учебный год
public-lead = Курсы по выбору для школьников. Записывают родители, в боте школы.
public-count = { $total ->
        [one] { $total } курс
        [few] { $total } курса
       *[other] Курсов: { $total }
    }
public-skip = К содержанию
public-skip-list = Сразу к списку
public-menu = Разделы
public-courses = Курсы
public-agreements = Договоры
public-network = Кто в сети
public-narrow = Отбор и поиск
public-direction = Направленность
public-partner = Организация
public-class = Класс
public-every = Все
public-search = Слово из названия или описания
public-search-go = Найти
public-pages = Страницы
public-page = Страница { $page } из { $pages }
public-before = ‹ Раньше
public-after = Дальше ›
public-about = О курсе
public-when = Когда и где
public-group = Группа { $group }
public-apply = Как записаться
public-how = Откройте бота, выберите ребёнка и нажмите «Подать заявление». Войти можно по приглашению школы: его даёт классный руководитель.
public-how-any = Откройте бота, выберите курс и ребёнка. Войти можно по приглашению школы: его даёт классный руководитель.
public-square = QR: { $link }
public-scan = Наведите камеру телефона на QR-код: курс откроется в Telegram.
public-scan-any = Наведите камеру телефона на QR-код: откроются все курсы в Telegram.
public-by = Кто ведёт
public-address = 🏠 { $address }
public-all-courses = ‹ Все курсы
public-their-courses = Курсы организации
public-bases = Базовые школы
public-partners = Партнёры
public-network-lead = Школы и организации, которые учат детей вместе.
public-network-none = Пока здесь никого нет. Загляните через несколько дней.
public-agreements-lead = Договоры школ с партнёрами о сетевой форме: опубликованы по регламенту сети.
public-agreements-none = Договоры пока не опубликованы.
public-agreement-until = Действует до { FULLDAY($day) }.
public-agreement-link = Открыть на сайте
public-nothing-here = Такой страницы нет
public-nothing-here-lead = Возможно, курс закончился или ссылка набрана с ошибкой.
public-not-so = Так не спрашивают
public-not-so-lead = Эту страницу можно только открыть.
public-foot = Здесь нет данных детей и семей. Страница ничего о вас не запоминает.
public-printed = Страница на { FULLDAY($day) }: { $address }
public-agreement-file = Скачать файл, { $size } КБ
public-file-name = Договор-{ $number }
button-public-page = 🌐 Страница сети
button-course-share = ↗️ Поделиться
public-square-file = QR-страницы-сети.png
public-told =
    🌐 <b>Страница сети</b>
    { $url }

    Её видят все, без входа: курсы, партнёры и договоры, без единого имени. QR напечатайте и повесьте в школе; у каждого курса своя страница, её можно напечатать на листе A4.
help-public =
    Все курсы на одной странице, для всех и без входа:
    { $url }
public-resources = Ресурсы
public-resources-lead = Чем школы и партнёры делятся: помещения и оборудование, книги, сайты, занятия для семей.
public-open = Кому открыт
