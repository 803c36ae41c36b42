# Кого не будет: семья предупреждает, педагог видит, класс на карантине.

## Семья

button-absence = 🙅 Не придём
absence-day = <b>🙅 Кто не придёт { ONDAY($day) }?</b>
absence-day-choose = Нажмите, что пропустите, — педагог узнает. Причину писать не нужно.
absence-day-none = { $said ->
    [yes] Больше предупреждать не о чем.
   *[no] Занятий, о которых можно предупредить, в этот день нет.
  }
absence-said = Уже предупредили:
absence-said-line = • { $child }: { $when }
absence-when-day = { ONDAY($day) }, все занятия
absence-when-lesson = { WHEN($at) }, «{ $course }»
absence-when-span = { SPAN($first, $last) }, все занятия
button-absence-lesson = { $who ->
    [none] { TIME($at) } { $course }
   *[other] { $who } · { TIME($at) } { $course }
  }
button-absence-all-day = { $who ->
    [none] Весь день
   *[other] { $who } · весь день
  }
button-absence-back = ↩️ { $child } придёт: { $what }
absence-back-day = { DAY($day) }
absence-back-span = { SPAN($first, $last) }
absence-back-lesson = { DAY($day) }, { $course }
button-absence-days = ✍️ Несколько дней
absence-days =
    <b>✍️ Несколько дней</b>
    Напишите прямо сюда, как сказали бы педагогу:
    • «{ $child } не придёт с 3 по 5 декабря»
    • «{ $child } не придёт до пятницы»
    • «На следующей неделе нас не будет»

    Я покажу, как понял, и спрошу, верно ли.
absence-preview = <b>🙅 Верно?</b>
absence-preview-child = <b>{ $child } не придёт:</b>
absence-preview-lesson = • { WHEN($at) } — «{ $course }»
absence-preview-more = { $count ->
    [one] • … и ещё { $count } занятие
    [few] • … и ещё { $count } занятия
   *[many] • … и ещё { $count } занятий
  }
absence-preview-known = Об этом вы уже предупредили.
absence-preview-told = Педагог увидит это у занятия. Передумаете — отмените здесь же.
absence-whom = <b>🙅 Кто не придёт?</b>
button-absence-everybody = Все
absence-which-day =
    <b>🙅 В какой день?</b>
    Выберите день занятия — или напишите ещё раз, с датой.
absence-which-lesson = Такого занятия в этот день не нашёл. Выберите из этих:
absence-done = ✅ Записано. Педагог увидит это у занятия.
absence-taken-back = ✅ { $child } придёт — записано.
absence-past = { FULLDAY($day) } уже прошло. Причину прошедшего пропуска можно указать в журнале: /journal
absence-too-long = За один раз — не больше { $limit } дней. Напишите короче, например «с 3 по 5 декабря».
absence-whose = Среди ваших детей нет такого имени: { $name }. Напишите ещё раз или откройте расписание: /timetable
absence-no-lessons = { $days ->
    [one] Занятий, о которых можно предупредить, { ONDAY($first) } нет.
   *[many] Занятий, о которых можно предупредить, нет: { SPAN($first, $last) }.
  }
absence-too-late = Это занятие уже прошло или отмечено в журнале: отменить здесь нельзя. Если там ошибка, скажите педагогу.
absence-by-guardian = О пропуске предупреждает родитель: пусть напишет то же самое со своего телефона.
timetable-away = { $who ->
    [none] 🙅 пропуск: педагог предупреждён
   *[other] 🙅 не придёт: { $who }
  }

## Педагог и партнёр

lesson-absences = 🙅 <b>Занятия { ONDAY($day) }</b>
lesson-absences-line = • { TIME($at) } «{ $course }», { $group }: { $count ->
    [0] придут все
    [one] не придёт { $count } ученик
    [few] не придут { $count } ученика
   *[many] не придут { $count } учеников
  }
lesson-absences-who = { $count ->
    [0] Семьи передумали: ждём всех.
   *[other] Кто — на странице занятия.
  }
lesson-away = 🙅 Предупредили, что не придут:
lesson-away-count = { $count ->
    [one] 🙅 Предупредили, что не придёт { $count } ученик.
    [few] 🙅 Предупредили, что не придут { $count } ученика.
   *[many] 🙅 Предупредили, что не придут { $count } учеников.
  }
mark-announced = 🙅 предупредили, что не придёт
mark-announced-hint = «Остальные были» отметит предупредивших как пропуск.

## Записывает школа или педагог

button-roll = 🙅 Не придёт
roll =
    <b>🙅 Кто не придёт?</b>
    { $course }, { $group } · { WHEN($at) }
roll-choose = Семья позвонила — нажмите на имя. Причину записывать не нужно.
roll-nobody = Имён, которые вам можно видеть, в этой группе нет.
roll-said = • { $name } — { $whose ->
    [class] класс не ходит
   *[family] семья предупредила
  }
roll-of =
    <b>🙅 { $name } не придёт</b>
    На что?
button-roll-lesson = Только на это занятие
button-roll-day = Весь день { SHORTDAY($day) }
button-roll-until = По { SHORTDAY($day) }
button-roll-back = ↩️ Придёт: { $name }
roll-done = { $told ->
    [0] ✅ Записано: { $name }. Педагог увидит это у занятия.
   *[other] ✅ Записано: { $name }. Семье напишем через две минуты: до этого можно отменить.
  }
absence-entered = 🙅 { $child } не придёт: { $when }. Так записали с ваших слов. Если это ошибка, отмените.
absence-entered-own = 🙅 Записали, что ты не придёшь: { $when }. Если это ошибка, скажи родителям или педагогу.
absence-entered-discreet = 🙅 Записан пропуск занятия.
absence-not-entered = ✅ { $child } придёт: { $when }. Запись о пропуске сняли.
absence-not-entered-own = ✅ Тебя ждут: { $when }. Запись о пропуске сняли.
absence-not-entered-discreet = ✅ Запись о пропуске занятия сняли.
button-absence-see = Открыть

## Класс не ходит

button-class-absences = 🏠 Класс не ходит
class-absences =
    <b>🏠 Класс не ходит</b>
    Если класс на карантине или в поездке, предупредите всех сразу: педагоги увидят, кого не ждать, а семьям не придётся писать.
class-absences-stand = Сейчас:
class-absences-line = • { $class_name }: { $one_day ->
    [yes] { DAY($first) }
   *[no] { SPAN($first, $last) }
  }
button-class-absence-back = ↩️ { $class_name } снова ходит
class-absence-from =
    <b>🏠 { $class_name } не ходит</b>
    С какого дня?
class-absence-until =
    <b>🏠 { $class_name } не ходит с { DAY($first) }</b>
    По какой день? Этот день тоже пропустят.
class-absence-preview =
    <b>🏠 { $class_name } не ходит { $one_day ->
        [yes] { ONDAY($first) }
       *[no] { SPAN($first, $last) }
    }?</b>
    { $pupils ->
        [one] Пропустит { $pupils } ученик
        [few] Пропустят { $pupils } ученика
       *[many] Пропустят { $pupils } учеников
    } · { $lessons ->
        [one] { $lessons } занятие
        [few] { $lessons } занятия
       *[many] { $lessons } занятий
    }
class-absence-hears = { $families ->
    [0] Писать семьям некому.
    [one] Напишем { $families } семье.
   *[other] Напишем { $families } семьям.
  } Письма уйдут через две минуты: до этого можно отменить.
class-absence-lesson = • { WHEN($at) } — «{ $course }», { $group }
class-absence-done = { $families ->
    [0] ✅ Записано.
    [one] ✅ Записано: предупредим { $families } семью.
    [few] ✅ Записано: предупредим { $families } семьи.
   *[many] ✅ Записано: предупредим { $families } семей.
  }
class-absence-over = { $families ->
    [0] ✅ { $class_name } снова ходит.
    [one] ✅ { $class_name } снова ходит: сообщим { $families } семье.
   *[other] ✅ { $class_name } снова ходит: сообщим { $families } семьям.
  }
class-absence-nobody = { $class_name }: в эти дни занятий на курсах ни у кого нет, предупреждать некого.
class-stays-home = 🏠 { $child }: { $one_day ->
    [yes] { ONDAY($first) }
   *[no] { SPAN($first, $last) }
  } класс { $class_name } на занятия курсов не ходит. Педагоги предупреждены, писать ничего не нужно.
class-stays-home-own = 🏠 { $one_day ->
    [yes] { ONDAY($first) }
   *[no] { SPAN($first, $last) }
  } твой класс { $class_name } на занятия курсов не ходит. Педагоги предупреждены.
class-comes-again = 🏫 { $child }: класс { $class_name } снова ходит на занятия курсов. Ждём!
class-comes-again-own = 🏫 Твой класс { $class_name } снова ходит на занятия курсов. Ждём!

## Напоминание

reminder-choice = { $ahead ->
    [off] не напоминать
    [h1] за час
    [h2] за два часа
   *[evening] вечером накануне
  }
lesson-soon =
    ⏰ { $own ->
        [yes] Твоё занятие
       *[no] { $child }: занятие
    } «{ $subject }» { WHEN($at) }. Место: { $place }
button-reminders = ⏰ Напоминания
reminders = <b>⏰ Когда напоминать о занятиях</b>
    Про кого?
reminders-of = <b>⏰ { $child }: когда напоминать о занятиях?</b>
    Если бот был недоступен или у вас тихие часы, напомню, как только смогу, но до начала занятия.
reminders-of-own = <b>⏰ Когда напоминать о занятиях?</b>
button-reminder-of = { $child }: { $choice }
button-reminder = { $ahead ->
    [off] Не напоминать
    [h1] За час
    [h2] За два часа
   *[evening] Вечером накануне
  }
