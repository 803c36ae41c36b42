# Решения школы: очередь заявлений, отбор, отмена решения, заявление за семью, звонки.

# Семья меняет поданное
button-application-change = ✏️ Изменить
button-extend = ➕ Добавить в заявление
button-on-paper = 👁 Как будет на бумаге
button-history = 🕰 История
application-extend-sure =
    <b>{ $child }</b>: заявление на { COURSES($courses) } уже в школе, решения ещё нет.
    Добавить в него «{ $course }»?
application-change-next = Заявление уже в школе. Менять его можно, пока школа не решила и приём открыт: всё сохраняется сразу.
application-window-over = Приём на курс «{ $course }» закончился: порядок курсов уже не изменить. Отозвать заявление можно.
application-on-paper = 👁 <b>Так заявление будет на бумаге.</b> Прочерки заполняют от руки.
application-on-paper-long = 👁 Заявление длинное и сюда не поместилось. Скачайте его файлом.
application-extended = 📝 { $child }: в заявление добавлено { $courses }.
application-extended-own = 📝 В твоё заявление добавлено { $courses }.
decision-undone = ↩️ { $child }: школа отменила своё решение по заявлению на { COURSES($courses) }. Его снова рассматривают.
decision-undone-own = ↩️ Школа отменила своё решение по твоему заявлению на { COURSES($courses) }. Его снова рассматривают.
family-has-bot = У этой семьи есть бот: отозвать заявление она может сама.

# История
application-past = { DAY($at) }, { TIME($at) }, { $who }: { $courses } — { choice-state }{ $why }
application-past-order = { DAY($at) }, { TIME($at) }, { $who }: другой порядок курсов
application-override = ✔️ Школа разрешила: { $reason }
who-family = семья
who-school = школа
who-partner = партнёр
who-bot = бот
who-stead = школа, со слов семьи
who-for-partner = школа за партнёра

# Очередь
button-approve-override = ⚠️ Одобрить с причиной
button-approve-all = ✅ Все подходящие
button-approve-count = ✅ Одобрить: { $count }
button-undo = ↩️ Отменить решение
button-filter = 🔎 Отбор
button-filter-off = Показать все новые
button-filter-any = Любой
button-filter-course = Курс
button-filter-partner = Партнёр
button-filter-class = Класс
button-filter-value = { $name }: { $count }
button-show = { $mark }{ $show ->
        [n] 📥 Новые
        [w] ⚠️ С замечаниями
        [r] ↩️ Возвращённые
       *[d] ✔️ Решённые сегодня
    }: { $count }
button-show-decided = ✔️ Решённые сегодня
inbox-show = { $show ->
        [w] с замечаниями
        [r] возвращённые
       *[d] решённые сегодня
    }
inbox-chosen = 🔎 { $what }
inbox-filter = <b>Какие заявления показать?</b>
inbox-filter-empty = Таких заявлений нет.
inbox-which-course = На какой курс?
inbox-which-partner = К какому партнёру?
inbox-which-class = Из какого класса?
inbox-application-entered =
    <b>{ $child }, { $class_name }</b>
    Внесла школа со слов семьи, { WHEN($at) }
inbox-reason = Причина: { $reason }
inbox-undone = ↩️ Решение отменено, заявление снова ждёт.
inbox-why-override = Почему можно одобрить, хотя есть ⚠️: { $child }, { $class_name }? Выберите или напишите. Причина останется в заявлении и в журнале решений.
application-changed = Семья только что изменила заявление. Откройте его ещё раз и решите.
approve-against = У заявления есть ⚠️. Откройте его ещё раз: одобрить можно с причиной.
undo-late = Отменить решение можно только в тот же день.
undo-gone = Отменить уже нельзя: ученика, курса или группы больше нет.
undo-followed = Отменить уже нельзя: за этим решением последовало другое.
reason-return-class = Уточните класс ребёнка.
reason-return-choose = Два курса идут в одно время: оставьте один.
reason-return-paper = Принесите подписанное заявление в школу.
reason-return-call = Позвоните, пожалуйста, в школу: нужно уточнить.
reason-decline-full = Мест на этот год больше нет.
reason-decline-age = Курс для другого возраста.
reason-decline-closed = Группа в этом году не открывается.
reason-decline-learns = Ребёнок уже учится на этом курсе.
reason-override-director = Разрешил директор.
reason-override-lessons = С уроков отпускают: договорились с учителями.
reason-override-age = Ребёнок готов: смотрел педагог курса.
reason-override-parents = Родители возят сами и успевают.

# Одобрить всё, что подходит
inbox-all-fit = <b>Подходят и ждут: { $count ->
        [one] { $count } заявление
        [few] { $count } заявления
       *[other] { $count } заявлений
    }.</b> Одобрить?
inbox-all-none = Нет заявлений, которые можно одобрить сразу.
inbox-all-left = Останутся с замечаниями: { $count }
inbox-all-left-one = ⚠️ { $child }, { $class_name }: { $why }
inbox-all-more = … и ещё { $count }
inbox-all-progress = ⏳ Одобрено { $done } из { $count }…
inbox-all-done = ✅ Одобрено: { $count }. { families-hear-soon }

# Заявление за семью
button-enter-home = ➕ Внести заявление
button-enter = ✅ Внести, курсов: { $count }
button-enter-next = ➕ Ещё ребёнок из класса
button-enter-theirs = Отозвать со слов семьи
button-entered-decide = 📥 Решить сейчас
enter-which-class = <b>Внести заявление за семью без Telegram.</b> Из какого класса ребёнок?
enter-no-pupils = В школе пока нет учеников. Загрузите книгу сети.
enter-which-pupil = <b>{ $class_name }</b>: кто?
enter-courses =
    <b>{ $child }, { $class_name }</b>
    Нажимайте курсы от самого желанного, не больше { $most }.
enter-silent = 📞 Бот этой семье не пишет: всё, что ей нужно знать, будет в «Позвонить».
enter-has-bot = У семьи есть бот: о заявлении она узнает сама.
enter-course = { $place ->
        [0] ▫️ { $course }, мест: { $left }
       *[other] <b>{ $place }. { $course }</b>, мест: { $left }
    }
enter-wanted =
    <b>{ $child }: сколько курсов нужно?</b>
    Спросите семью, на сколько из { $count } курсов ребёнок будет ходить сразу.
enter-wanted-besides = Остальные — про запас: пока нужное число мест за ребёнком, бот не займёт для них ни места, ни очереди. Отпадёт место — займёт сам.
entered-wanted = Нужно курсов: { $count }
enter-no-courses = Сейчас ни на один курс заявления не принимают.
entered = ✅ <b>Заявление внесено: { $child }, { $class_name }</b>
entered-call = 📞 Семье нужно позвонить: строка уже в списке «Позвонить».
entered-told = Семья узнает от бота.
enter-theirs = <b>{ $child }, { $class_name }</b>: что отозвать со слов семьи?
enter-withdraw-sure = <b>{ $child }</b>: отозвать «{ $course }» со слов семьи? Место или очередь пропадут.

# Позвонить
button-calls = 📞 Позвонить: { $count }
button-called = ✅ Позвонили
button-uncalled = ↩️ Нет, ещё не позвонили
inbox-calls = Позвонить семьям, которым бот не пишет: { $count }
inbox-calls-letters = Позвонить, потому что сообщение не дошло или бот семье не пишет: { $count }
calls-title = 📞 <b>Позвонить семьям, которым бот не пишет: { $count }</b>
calls-title-letters = 📞 <b>Позвонить: { $count }</b>
calls-none = 📞 Звонить некому: все семьи знают всё.
calls-done = ✅ Отмечено: семье сказали.
calls-done-person = ✅ Отмечено: сказали.
calls-family = <b>{ $child }, { $class_name }</b>
calls-person = <b>{ $name }</b>
calls-say = 🗣 { DAY($at) }, сказать:
# $name — кому было письмо; none, если это и есть тот, кому звонят
calls-unknown =
    { $name ->
        [none] ❔ Сообщение могло не дойти: Telegram не ответил.
       *[other] ❔ { $name }: сообщение могло не дойти, Telegram не ответил.
    }
calls-dead =
    { $name ->
        [none] ✉️ Сообщение не дошло.
       *[other] ✉️ { $name }: сообщение не дошло.
    }
calls-shut-out =
    { $name ->
        [none] 🔇 Сообщение не дошло: бот отключён.
       *[other] 🔇 { $name }: сообщение не дошло, бот отключён.
    }
calls-no-words = Показать это сообщение не получается: спросите того, кто настраивает бота.
# Слово, которым письма обещают новое письмо: тому, кому бот не пишет, обещает школа
calls-promise = напишу
calls-instead = ☝️ Где сказано «напишу», обещайте: «позвоним». Бот им не напишет.
calls-no-numbers = Номеров телефонов бот не хранит: они у классного руководителя.
calls-no-numbers-staff = Номеров телефонов бот не хранит.

# Кто узнает: только те, кому бот может написать
families-hear =
    { $told ->
        [0] { "" }
        [1] Семья узнает.
       *[other] Семьи узнают.
    }
families-hear-soon =
    { $told ->
        [0] { "" }
        [1] Семья узнает через две минуты.
       *[other] Семьи узнают через две минуты.
    }
families-read =
    { $told ->
        [0] { "" }
        [1] Семья прочтёт причину.
       *[other] Семьи прочтут причину.
    }
partner-and-families-hear =
    { $partner ->
        [0] { families-hear }
       *[other] { $told ->
            [0] Партнёр узнает сам.
            [1] Партнёр и семья узнают сами.
           *[other] Партнёр и семьи узнают сами.
        }
    }

# Найти семью, кто не подал
button-find = 🔍 Найти семью
button-find-paper = Открыть заявление № { $number }
find-ask = Чья семья? Напишите фамилию ученика или её начало.
find-nobody = «{ $typed }»: такого ученика в школе нет. Проверьте фамилию или напишите её начало.
find-many = Подходят { $count }. Напишите фамилию точнее, можно с именем.
find-which = Подходят { $count }. Кто?
find-child = <b>{ $child }, { $class_name }</b>
find-paper = <b>Заявление № { $number }</b>, { DAY($at) }
find-nothing = Заявлений нет.
find-away = 🙅 Не придёт: { $when }.
find-away-class = 🏠 Класс не ходит: { SPAN($first, $last) }.
button-find-lesson = 🗓 { SHORTDAY($at) }, { TIME($at) } · { $course }
find-silent = 📞 Бот этой семье не пишет: всё, что ей нужно знать, — в «Позвонить».
button-missing = 🙋 Кто не подал
button-missing-class = { $name }: { $missing } из { $pupils }
missing-classes = <b>Не подали заявление: { $count }</b>
    Сколько в каждом классе — на кнопках.
missing-class = <b>{ $class_name }: не подали { $count } из { $pupils }</b>
missing-pupil = { $silent ->
        [yes] • { $child } 📞
       *[no] • { $child }
    }

# Заявления листом Excel
button-sheet = 📊 Таблицей
sheet-file = Заявления-{ $day }.xlsx
sheet-caption = Все заявления. В столбце «Решение» выберите: одобрить, вернуть или отклонить, рядом напишите причину. Пришлите этот же файл сюда: покажу, что будет, и спрошу, применять ли.
sheet-day = { DAY($at) }
sheet-state = { $state ->
        [submitted] ждёт решения
        [returned] возвращено семье
        [approved] одобрено
        [declined] отклонено
       *[withdrawn] отозвано
    }
sheet-plan = <b>Решения из таблицы</b>
sheet-approve = ✅ Одобрить: { $count }
sheet-return = ↩️ Вернуть: { $count }
sheet-decline = ✖️ Отклонить: { $count }
sheet-already = Уже так: { $count }
sheet-nothing = Применять нечего.
sheet-refused = ⚠️ Не будет применено: { $count }
sheet-refused-row = Строка { $row }, { $child }: { $why }
sheet-refused-file = Не применено.txt
sheet-applied = ✅ Решено заявлений: { $count }. { families-hear-soon }
sheet-dropped = Таблица не применена: решения остались как были.
sheet-unknown = Заявления № { $number } в вашей школе нет.
sheet-other-child = Заявление № { $number } другого ребёнка: строки таблицы сдвинулись.
sheet-stale = Заявление изменилось после того, как таблица была скачана: скачайте её ещё раз.
sheet-against = У заявления есть замечания: чтобы одобрить, напишите причину.
sheet-faults =
    { $count ->
        [one] В таблице { $count } ошибка.
        [few] В таблице { $count } ошибки.
       *[other] В таблице { $count } ошибок.
    } Ничего не применено: исправьте и пришлите её ещё раз.
sheet-not-a-decision = «{ $sheet }», строка { $row }, столбец { $letter } «{ $column }»: ожидается одно из: одобрить, вернуть, отклонить; здесь «{ $found }».
sheet-not-a-number = «{ $sheet }», строка { $row }, столбец { $letter } «{ $column }»: ожидается номер заявления; здесь «{ $found }».
sheet-reason-needed = «{ $sheet }», строка { $row }, столбец { $letter } «{ $column }»: напишите причину, её прочтёт семья.
sheet-reason-long = «{ $sheet }», строка { $row }, столбец { $letter } «{ $column }»: оставьте не больше { $limit } знаков.
sheet-two = В файле два листа с решениями: «{ $first }» и «{ $second }». Оставьте один.
sheet-no-column = «{ $sheet }», строка { $row }: нет столбца «{ $column }». Скачайте таблицу ещё раз и перенесите решения.
sheet-no-mark = «{ $sheet }», строка { $row }: нет столбца «{ $column }» (он скрыт; без него не видно, что изменилось). Скачайте таблицу ещё раз и перенесите решения.
sheet-column-twice = «{ $sheet }», строка { $row }, столбец { $letter } «{ $column }»: такой столбец уже есть, { $first }. Оставьте один.
sheet-merged = «{ $sheet }», строка { $row }, столбец { $letter } «{ $column }»: ячейки объединены до строки { $last }. Разъедините их и заполните каждую строку.
sheet-reason-alone = «{ $sheet }», строка { $row }, столбец { $letter } «{ $column }»: причина есть, а решения нет. Выберите решение или сотрите причину.
sheet-other-year = Это заявление { $year } учебного года: он закончен.
sheet-markless = В строке нет метки (скрытый столбец «Метка»): скачайте таблицу ещё раз и перенесите решение.
sheet-illness = ⚠️ Строка { $row }, столбец { $letter } «{ $column }»: похоже, речь о здоровье. Это особые персональные данные: без письменного согласия семьи их лучше не писать. Исправьте в таблице («по семейным обстоятельствам») и пришлите её ещё раз или примените как есть.
button-apply-illness = ⚠️ Применить как есть
sheet-twice = «{ $sheet }», строка { $row }, столбец { $letter } «{ $column }»: заявление { $found } уже есть в строке { $first }. Оставьте одну из двух.

# Что осталось, ответ партнёра без места
button-inbox-no-consent = ✉️ Кто без согласия: { $count }
inbox-returned = ↩️ Возвращены семьям на исправление: { $count }
request-child-full = Мест нет: ребёнка можно поставить в резерв или отказать.
button-enroll-some = ✅ Зачислить, на сколько есть мест: { $count } из { $waiting }
