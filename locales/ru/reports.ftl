# Отчёты школы: путь от желания к месту.

button-reports = 📊 Отчёты
button-funnel-picture = 🖼 Картинка
button-funnel-xlsx = 📊 XLSX
funnel-title =
    <b>Зачисление: от заявления до места</b>
    Подано: { $applied } → одобрено: { $approved } → в заявке: { $requested } → зачислено: { $enrolled }. В резерве: { $reserve }.
funnel-empty = Заявлений ещё не было: как только семьи начнут выбирать курсы, здесь появятся цифры.
funnel-head = <b>{ $partner }</b>
funnel-line = • { $course }: подано { $applied } → одобрено { $approved } → в заявке { $requested } → зачислено { $enrolled }; резерв { $reserve }, свободно { $free } из { $seats }
funnel-title-plain = Зачисление: от заявления до места
funnel-day = на { FULLDAY($day) }
funnel-file = Зачисление
funnel-sheet = Зачисление
funnel-partner = Партнёр
funnel-course = Курс
funnel-applied = Подано
funnel-approved = Одобрено
funnel-requested = В заявке
funnel-enrolled = Зачислено
funnel-reserve = В резерве
funnel-seats = Мест
funnel-free = Свободно
funnel-free-of = свободно мест: { $free } из { $seats }
funnel-total = Всего
