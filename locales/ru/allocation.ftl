# Распределение мест («заявки»): жребий, итоги, резерв, проверка.

# Ответственному: до жребия
button-allocation-home = ⚖️ Распределение
button-draw-lots = 🎲 Закрыть список и тянуть жребий
button-allocations-past = 🗂 Прошлые распределения
button-allocation = № { $number } от { DAY($day) }
allocation-title = <b>⚖️ Распределение мест</b>
allocation-empty = Распределять пока нечего: здесь появятся одобренные заявления на курсы с отбором «заявки».
allocation-demand = Ждут места: { $applications ->
        [one] { $applications } заявление
        [few] { $applications } заявления
       *[other] { $applications } заявлений
    }. Свободных мест: { $seats }.
allocation-demand-course = • { $course }: первым назвали { $first }, всего { $all }, мест { $seats }
allocation-waits-for-window = ⏳ На курс «{ $course }» ещё принимают заявления, до { DAY($day) }: в этот жребий курс не входит, его тянут потом.
allocation-waits-for-decision = ⏳ Сначала решите заявления, которые ждут: { $count }. Кого не одобрили до жребия, тот в нём не участвует.
allocation-still-open = На курс «{ $course }» ещё принимают заявления, до { DAY($day) }. Жребий тянут после.
allocation-undecided = Ещё не решены заявления: { $count }. Сначала решите их.
allocation-nobody = Распределять нечего: одобренных заявлений, которые ждут места, нет.
allocation-draw-sure =
    Закрыть список ({ $applications ->
        [one] { $applications } заявление
        [few] { $applications } заявления
       *[other] { $applications } заявлений
    }) и тянуть жребий?

    Потом ни список, ни жребий изменить нельзя. Каждая семья сразу узнает свой жребий, итоги — когда вы их опубликуете.
allocation-drawn = 🎲 Жребий вытянут: у каждого заявления свой номер. { families-hear }
allocations-past =
    <b>Прошлые распределения</b>
    Всего: { $total }

# Ответственному: что получилось
button-publish = ✅ Опубликовать
button-allocation-groups = 👥 По группам
button-allocation-group = { $state ->
        [closed] ✖️ { $group }: не открываем
        [below] ⚠️ { $group }: { $placed } из { $seats }
       *[open] { $group }: { $placed } из { $seats }, в резерве { $reserve }
    }
button-allocation-left = 🕗 Без места: { $count }
button-allocation-rest = ➕ Дать места остальным
button-allocation-file = 📄 Файл проверки
button-group-close = ✖️ Не открывать группу
button-group-open = ✅ Открыть группу
allocation-drawn-title = <b>⚖️ Распределение № { $number }</b>, ещё не опубликовано
allocation-rest-title = <b>⚖️ Распределение № { $number }</b>: места тем, кто ждёт; ещё не опубликовано
allocation-published-title = <b>⚖️ Распределение № { $number }</b>, опубликовано { DAY($day) }
allocation-told =
    Заявлений: { $applications }
    Первый выбор: { $first } · второй: { $second } · дальше: { $later }
    Без места: { $without }{ $elsewhere ->
        [0] { "" }
       *[other] { " " }· место есть на другом курсе: { $elsewhere }
    } · в очередях резерва: { $waiting }
allocation-rest-told =
    Получат место: { $found }. Остаются в очередях: { $waiting }.
    Мест, которые по очереди предложат тем, у кого уже есть другое: { $kept }.
allocation-below-title = ⚠️ <b>Мало детей</b>
allocation-below = { $group }: { $children ->
        [one] { $children } ребёнок
        [few] { $children } ребёнка
       *[other] { $children } детей
    }, нужно хотя бы { $minimum }
allocation-signed =
    Число жеребьёвки: <code>{ $seed }</code>
    Контрольная сумма списка: <code>{ $digest }…</code>
allocation-groups =
    <b>По группам</b>
    Групп: { $total }. Нажмите на группу, чтобы увидеть список.
allocation-group =
    <b>{ $group }</b>
    { $partner }
    Места: { $placed } из { $seats }
allocation-group-empty = Места никто не получил.
allocation-group-closed = ✖️ Группу не открываем: места получают в других.
allocation-row = { $number }. { $child } · жребий { $lot }{ $rank ->
        [0] { "" }
       *[other] { " " }· выбор { $rank }-й
    }{ $why }
allocation-line =
    { "" }
    <b>В резерве</b>
allocation-of-number = { $foreign ->
        [yes] ученик другой школы,{" "}
       *[no] {""}
    }заявление № { $number }
priority = { $which ->
        [returning] учится здесь с прошлого года
        [sibling] в группе брат или сестра
       *[last_year] последний год для курса
    }
allocation-left =
    <b>Без места: { $count }</b>
    У них нет места ни на одном курсе; рядом — первый выбор.
allocation-left-row = • { $child } · жребий { $lot }{ $course }
allocation-publish-sure =
    Опубликовать итоги? Места: { $places }, заявлений: { $applications }. Каждая семья получит письмо.

    Получившие место войдут в следующую заявку партнёру, остальные встанут в резерв.
allocation-asked = 📝 <b>Спрос по анкетам</b>
allocation-asked-course = • { $course }: { $asked } на { $seats ->
        [one] { $seats } место
        [few] { $seats } места
       *[many] { $seats } мест
    }
allocation-published = ✅ Опубликовано, теперь сформируйте заявки партнёрам. { families-hear }
allocation-changed = Пока вы смотрели, списки изменились: семья отозвала заявление или стало другим число мест. Посмотрите ещё раз.
allocation-closed = Это распределение опубликовано: открыть или закрыть группу в нём больше нельзя.
allocation-rest-nothing = Свободных мест в группах, где ждут, нет. Добавьте места в книге сети и попробуйте снова.
# Место без жребия
button-exceptions = ✋ Место без жребия
button-exception-course = { $course }: { $count }
button-exception-child = { $child }, { $class_name }
button-exception-give = ✋ Дать место
exception-courses = <b>✋ Место без жребия</b>: для исключений. Причину увидят семья и журнал решений. Какой курс?
exception-children = <b>✋ Место без жребия</b>. Кому?
exception-none = Места никто не ждёт.
exception-wish =
    <b>{ $child }, { $class_name }</b>
    «{ $course }», свободно мест: { $left }
exception-passed = ⚠️ Вы дадите место раньше тех, кто ждёт ({ $count }): { $children }.
exception-passed-none = Перед этим ребёнком никто не ждёт.
exception-passed-more = и ещё { $count }
exception-why = Почему { $child } получит место на курсе «{ $course }» раньше других? Напишите одним сообщением: причина останется в заявлении и в журнале решений.
exception-sure = <b>Дать место раньше других: { $child }, «{ $course }»?</b>
exception-given = ✋ Место есть: { $child }, «{ $course }». Теперь можно просить партнёра. { families-hear }
exception-full = На курсе «{ $course }» свободных мест нет: давать нечего.
place-given = 🎉 { $child }: школа дала место на курсе «{ $course }», группа { $group }. Теперь она отправит заявку партнёру.
place-given-own = 🎉 Школа дала тебе место на курсе «{ $course }», группа { $group }. Теперь она отправит заявку партнёру.

allocation-gone = Распределения № { $number } нет.
allocation-not-published = Распределение № { $number } ещё не опубликовано: сравнивать не с чем.
allocation-file = Распределение-{ $number }

# Семье
lot-drawn =
    🎲 { $child }: приём заявлений закончен, жребий вытянут.
    Ваш жребий { $lot } из { $drawn }: чем меньше, тем раньше очередь. Итоги напишу, когда школа их опубликует.
    Число жеребьёвки: <code>{ $seed }</code>
lot-drawn-own =
    🎲 Приём заявлений закончен, жребий вытянут.
    Твой жребий { $lot } из { $drawn }: чем меньше, тем раньше очередь. Итоги напишу, когда школа их опубликует.
    Число жеребьёвки: <code>{ $seed }</code>
place-found-own = 🎉 Для тебя нашлось место на курсе «{ $course }», группа { $group }! Теперь школа отправит заявку партнёру.
allocated-title = ⚖️ <b>{ $own ->
        [yes] Места распределены
       *[no] { $child }: места распределены
    }</b>
allocated-place = ✅ «{ $course }», группа { $group }: место есть. { $own ->
        [yes] Ты
       *[no] Вы
    } { $number }-й в списке на { $seats ->
        [one] { $seats } место
        [few] { $seats } места
       *[other] { $seats } мест
    }; жребий { $lot }.
allocated-reserve = ⏳ «{ $course }»: { $own ->
        [yes] ты
       *[no] вы
    } { $number }-й в резерве; жребий { $lot }.
allocated-lapsed = ▫️ «{ $course }»: больше не нужно, есть место на курсе, который стоял в заявлении раньше.
allocated-unmet = ▫️ «{ $course }»: группу не открыли, набралось мало детей.
allocated-next = Теперь школа отправит заявку партнёру.
allocated-wait = Если место освободится, я сразу напишу.
place-found = 🎉 { $child }: нашлось место на курсе «{ $course }», группа { $group }! Теперь школа отправит заявку партнёру.
allocated-reason-place = место по распределению: { $number }-й в списке, мест { $seats }; жребий { $lot }
allocated-reason-reserve = резерв по распределению; жребий { $lot }
allocated-reason-lapsed = есть место на курсе, который назван раньше
allocated-reason-unmet = группу не открыли: набралось мало детей
allocated-reason-found = для того, кто ждал, нашлось место

# Проверка жребия
button-lottery = 🎲 Как тянули жребий
button-lottery-tickets = 📄 Все жребии
lottery-title = <b>🎲 Жребий распределения № { $number }</b>
lottery-seed =
    Число жеребьёвки выбрано случайно { WHEN($day) }, когда список был уже закрыт:
    <code>{ $seed }</code>
lottery-own =
    Ваш жребий: <b>{ $lot }</b> из { $of }
    SHA-256 от <code>{ $written }</code> начинается так: <code>{ $ticket }</code>
lottery-how = Проверить просто: вставьте строку в любой калькулятор SHA-256. У каждого заявления свой такой билет; если поставить все билеты по возрастанию, место в этом ряду и есть жребий.
lottery-priorities = Сначала места получают те, кто учился здесь в прошлом году, потом те, у кого в группе брат или сестра, потом те, для кого это последний год курса. Среди равных решает жребий.
lottery-columns = Жребий;Заявление;Билет (SHA-256)
lottery-file = Жребии-{ $number }

# Сколько курсов нужно
button-wanted-home = 🔢 Сколько курсов нужно: { $count }
button-wanted = { $chosen ->
        [yes] ✅ { $count }
       *[no] { $count }
    }
wanted-page =
    <b>Сколько курсов из списка нужно?</b>
    { $count ->
        [one] Сейчас — один: самый желанный из тех, где хватит места.
       *[other] Сейчас — { $count }: сначала по одному курсу получат все дети, потом — второй те, кто просил.
    }
wanted-besides = Остальные — про запас: пока нужное число мест за ребёнком, ни места, ни очереди для них нет. Отпадёт место — займу сам и напишу.

# Командная строка
allocation-checked = Распределение № { $number } посчитано заново: заявлений { $applications }, мест { $places }.
allocation-checked-input = Список тот же: контрольная сумма совпадает.
allocation-checked-input-wrong = Список НЕ тот: контрольная сумма не совпадает.
allocation-checked-same = Итог тот же, что опубликован.
allocation-checked-other = Итог НЕ тот, что опубликован.
