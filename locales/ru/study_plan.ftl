# Учебный план: календарный график, нагрузка, план и факт.

button-study-plan = 📆 Учебный план
button-plan-xlsx = 📊 XLSX
button-plan-docx = 📄 DOCX
study-plan-page =
    <b>📆 Учебный план { $year }</b>
    Групп: { $groups }. Занятия по плану и на деле:
study-plan-partner = • { $partner }: по плану { $planned }, проведено { $held }, отменено { $cancelled }, восполнено { $made_up }
study-plan-empty = Расписания этого учебного года ещё нет: планировать пока нечего. Загрузите книгу сети с листом «Расписание».
study-plan-file = учебный-план
study-plan-sheet-calendar = Календарный график
study-plan-sheet-load = Нагрузка
study-plan-sheet-fact = План и факт
study-plan-sheet-lessons = Занятия
study-plan-group = Группа
study-plan-course = Курс
study-plan-organization = Организация
study-plan-teacher = Педагог
study-plan-times = Дни и часы
study-plan-first = Первое занятие
study-plan-last = Последнее занятие
study-plan-month = { $month ->
    [1] янв
    [2] фев
    [3] мар
    [4] апр
    [5] май
    [6] июн
    [7] июл
    [8] авг
    [9] сен
    [10] окт
    [11] ноя
   *[12] дек
  }
study-plan-lessons = Занятий
study-plan-hours = Академических часов
study-plan-programme = Часов по программе
study-plan-a-week = Часов в неделю
study-plan-total = Всего
study-plan-planned = По плану
study-plan-held = Проведено
study-plan-cancelled = Отменено
study-plan-made-up = Восполнено
study-plan-ahead = Впереди
study-plan-day = Дата
study-plan-begins = Начало
study-plan-ends = Конец
study-plan-place = Место
study-plan-state = Состояние
study-plan-state-of = { $state ->
    [cancelled] отменено
    [made-up] вместо отменённого
    [moved] перенесено с { SHORTDAY($was) }
    [held] проведено
   *[planned] по плану
  }
