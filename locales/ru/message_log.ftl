# Журнал переписок ответственного: кто, когда, о чём. Содержание — только в споре.

thread-log-title =
    <b>📒 Журнал переписок</b>
    { $count ->
        [0] Переписок пока нет.
       *[other] Кто, когда и о чём. Содержания здесь нет: оно открывается только в споре, и сначала бот говорит об этом обеим сторонам.
    }
thread-log-line =
    { $number }. { $reported ->
        [yes] {"🚩 "}
       *[no] {""}
    }<b>{ $one } ↔ { $other }</b>
    { $subject } · { $letters ->
        [one] { $letters } письмо
        [few] { $letters } письма
       *[many] { $letters } писем
    }, последнее { SHORTWHEN($at) }
button-thread-log-line = { $number }. { $one }
thread-logged =
    <b>📒 Переписка № { $number }</b>
    { $one } ↔ { $other }
    { $subject }
thread-logged-reported = 🚩 { DAY($at) } на неё пожаловались.
thread-logged-line = • { SHORTWHEN($at) } — { $author }{ $file ->
        [yes] {", "}с файлом
       *[no] {""}
    }
thread-logged-author = { $name ->
        [none] { $role }
       *[other] { $role }, { $name }
    }
thread-logged-stopped = 🚫 { $name }: переписка закрыта { DAY($at) }. Причина: { $reason }
button-thread-open = ⚖️ Открыть из-за спора
button-thread-opening = ⚖️ Спор { DAY($at) }
button-thread-stop = 🚫 Закрыть: { $name }
button-thread-let = ✅ Вернуть: { $name }
thread-own = Это ваша переписка: она открыта вам и так, в разделе «Сообщения».
thread-open-why =
    <b>⚖️ Открыть переписку из-за спора</b>
    Напишите причину: её прочитают обе стороны. Открытие записывается и остаётся в журнале.
thread-open-head =
    <b>⚖️ Открыть переписку № { $number }?</b>
    Сначала письмо получат обе стороны: { $told ->
        [0] но сейчас бот никому из них написать не может, скажите им сами.
        [one] { $told } человек.
        [few] { $told } человека.
       *[many] { $told } человек.
    }
thread-opening-done =
    ⚖️ Записано, и обеим сторонам уходят письма. Переписка откроется, когда они уйдут: в тихие часы — утром.
button-thread-opening-read = 📖 Показать переписку
thread-opening-untold = Письма сторонам ещё не ушли: переписка откроется после них. В тихие часы это будет утром.
thread-opening-title =
    <b>⚖️ Переписка № { $number }, открыта { DAY($at) }</b>
    { $one } ↔ { $other }
    { $subject }
    Причина: { $reason }
thread-stop-why =
    <b>🚫 Закрыть переписку: { $name }</b>
    Этот человек сможет писать только ответственному. Напишите причину: он её прочитает.
thread-stop-head = <b>🚫 Закрыть переписку: { $name }?</b>
thread-stop-done = 🚫 Закрыто. Письмо об этом ушло.
thread-let-done = ✅ Переписка снова открыта. Письмо об этом ушло.
thread-stop-office = Ответственному переписку закрыть нельзя: ему пишут, когда больше некому.
