# Изменения занятий за период, дополнительные занятия, помещения.

network-room-too-small = ⚠️ «{ $sheet }», строка { $row }, столбец { $letter } «{ $column }»: в помещении «{ $found }» мест — { $room }, а в группе — { $seats }.

# Какие дни

button-period = 🗓 Изменить за несколько дней
period-which-days =
    <b>🗓 Изменить занятия за несколько дней</b>
    Какие дни? Нажмите или напишите: «болею до пятницы», «с 12 по 20 ноября», «завтра».
button-period-this-week = До конца недели
button-period-next-week = Следующая неделя
period-day = { ONDAY($day) }
period-days = с { DAY($first) } по { DAY($last) }
period-days-years = с { FULLDAY($first) } по { FULLDAY($last) }
period-line = • { SHORTDAY($at) }, { TIME($at) } · { $course }, { $group }
period-line-moved = • { $course }, { $group }: { SHORTDAY($was) }, { TIME($was) } → { SHORTDAY($now) }, { TIME($now) }

# Что с ними сделать

period-lessons = <b>{ $count ->
    [one] { $count } занятие
    [few] { $count } занятия
   *[many] { $count } занятий
  } { $days }</b>
period-what = Что с ними сделать? Сначала покажем, кто об этом узнает и что мешает.
button-period-cancel = { $count ->
    [1] Отменить занятие
   *[other] Отменить все ({ $count })
  }
button-period-give = 👤 Передать педагогу
button-lesson-teacher = 👤 Замена
period-who = <b>Кто проведёт?</b>
period-nobody = <b>Передать некому:</b> других педагогов в книге сети нет.
button-period-teacher = { NAME($name) }{ $of ->
    [none] {""}
   *[other] {" "}· { $of }
  }{ $busy ->
    [0] {""}
   *[other] {" "}— занят(а): { $busy }
  }
period-where =
    <b>Где провести?</b>
    Выберите свободное помещение или напишите место, например «каб. 5».
button-room = { $name }{ $seats ->
    [0] {""}
   *[other] {" "}· мест { $seats }
  }
period-when =
    <b>Когда провести?</b>
    Выберите или напишите новое начало, например «16:30»: дни останутся теми же.
button-period-shift = { $free ->
    [yes] ✅{" "}
   *[no] {""}
  }{ $way ->
    [before] На день раньше
    [after] На день позже
    [week] На неделю позже
    [earlier] На { $count } { $count ->
        [few] дня
       *[many] дней
      } раньше
   *[later] На { $count } { $count ->
        [one] день
        [few] дня
       *[many] дней
      } позже
  }
button-period-hour = ✅ В { $hour }
period-when-free = { $found ->
    [yes] ✅ — свободны и ученики, и педагог, и место.
   *[no] Времени, свободного сразу для всех, рядом нет: что мешает, покажем до подтверждения.
  }

# Перед подтверждением

period-cancel = <b>Отменить { $count ->
    [one] { $count } занятие
    [few] { $count } занятия
   *[many] { $count } занятий
  } { $days }?</b>
period-give =
    <b>Передать { $count ->
        [one] { $count } занятие
        [few] { $count } занятия
       *[many] { $count } занятий
    } { $days }?</b>
    Проведёт: { $teacher }.
period-place =
    <b>{ $count ->
        [one] { $count } занятие
        [few] { $count } занятия
       *[many] { $count } занятий
    } { $days } — в другом месте?</b>
    Место: { $place }.
period-move = <b>Перенести { $count ->
    [one] { $count } занятие
    [few] { $count } занятия
   *[many] { $count } занятий
  } { $days }?</b>
period-clash = • { SHORTDAY($at) }, { TIME($at) }: { $what }
clash-teacher-road = у педагога «{ $course }», { TIME($starts) }–{ TIME($ends) }: не хватит времени на дорогу, { $minutes } мин
clash-room = в этом месте «{ $course }», { TIME($starts) }–{ TIME($ends) }
clash-room-small = мест в помещении — { $seats }, а учеников — { $pupils }
clash-booked = здесь бронь: { $who }, { TIME($starts) }–{ TIME($ends) }; об этом узнает, кто бронировал

# После

period-done = { $lessons ->
    [one] Готово: изменили { $lessons } занятие.
    [few] Готово: изменили { $lessons } занятия.
   *[many] Готово: изменили { $lessons } занятий.
  }
period-undone = { $lessons ->
    [one] Вернули как было: { $lessons } занятие.
    [few] Вернули как было: { $lessons } занятия.
   *[many] Вернули как было: { $lessons } занятий.
  }
period-told = { $families ->
    [0] Писать об этом никому не пришлось.
    [one] Предупредили { $families } семью, одним сообщением.
    [few] Предупредили { $families } семьи, каждую одним сообщением.
   *[many] Предупредили { $families } семей, каждую одним сообщением.
  }

# Дополнительное занятие

button-lesson-extra = ➕ Дополнительное занятие
lesson-extra-when =
    <b>Дополнительное занятие «{ $course }»</b>
    Вместо отменённого { WHEN($at) }.

    Выберите день — в это время все свободны. Или напишите день и час: «13.11 15:00» или «пятница 15:00».
lesson-extra-preview =
    <b>Добавить занятие «{ $course }»?</b>
    Когда: { WHEN($at) }.
    Вместо отменённого { WHEN($off) }.
lesson-extra-done = { $families ->
    [0] Занятие добавлено. Писать об этом никому не пришлось.
    [one] Занятие добавлено: предупредили { $families } семью.
    [few] Занятие добавлено: предупредили { $families } семьи.
   *[many] Занятие добавлено: предупредили { $families } семей.
  }
lesson-makes-up = ➕ Вместо отменённого { ONDAY($off) }
lesson-move-day-hour = { SHORTDAY($at) }, { TIME($at) }

# Отказы

period-days-unclear = Не понял, какие дни. Напишите, например: «до пятницы», «с 12 по 20 ноября», «завтра».
period-end-first = Последний день ({ DAY($last) }) раньше первого ({ DAY($first) }). Напишите ещё раз.
period-too-long = За один раз можно изменить занятия не больше чем за { $most } дня. Возьмите меньше дней.
period-too-many = За один раз можно изменить не больше { $most } занятий. Возьмите меньше дней.
period-hour-unclear = Не понял, во сколько. Напишите только час, например «16:30».
period-empty = В эти дни занятий, которые можно изменить, нет: { DAY($first) } – { DAY($last) }.
period-nothing = Всё и так стоит именно так: менять нечего.
period-changed-since = Пока вы решали, эти занятия изменили. Посмотрите ещё раз, что стоит в расписании: /timetable
lesson-made-up = Дополнительное занятие уже стоит { WHEN($at) }. Перенесите его или сначала отмените.
lesson-not-cancelled = Это занятие не отменено: дополнительное вместо него не нужно.

# Вечернее письмо: всё, что изменилось у ребёнка

changes-told = 🗓 <b>{ $child }</b>, изменения в расписании:
changes-told-own = 🗓 <b>Изменения в твоём расписании:</b>
change-listed =
    • «{ $subject }» — { $how ->
        [moved] было { SHORTWHEN($was, $year) } → стало { SHORTWHEN($now, $year) }.
        [end] { SHORTWHEN($now, $year) }: до { TIME($now_ends) } (было до { TIME($was_ends) }).
        [cancelled] не будет { SHORTWHEN($was, $year) }.
        [elsewhere] не будет { SHORTWHEN($now, $year) } (раньше стояло { SHORTWHEN($was, $year) }).
        [added] добавлено { SHORTWHEN($now, $year) }.
        [restored] всё-таки состоится { SHORTWHEN($now, $year) }.
        [room] { SHORTWHEN($now, $year) }: было { $was_place } → стало { $now_place }.
       *[teacher] { SHORTWHEN($now, $year) }: вместо { $was_teacher } — { $now_teacher }.
    }
