# Чего курсу не хватает, открыт ли он всем, его материалы; педагоги сети.

button-courses-accessible = ♿ Дети с ОВЗ
narrowed-accessible = открытые детям с ОВЗ
course-accessible = ♿ Открыт детям с ограниченными возможностями здоровья
button-course-materials = 📎 Материалы: { $count }
button-materials = 📎 Материалы курса
button-lesson-materials = 📎 { $course }
course-needs = 🔧 Нужно для занятий: { $what }
course-lacks = ⚠️ Не хватает: { $what }{ $found ->
        [0] {""}
       *[other] {" "}(есть { $found })
    }
network-course-lacks = ⚠️ Курсу «{ $course }» не хватает: { $what }. Ни в помещениях его групп, ни среди ресурсов организации этого нет.
network-bookings-end = ⚠️ «{ $name }» { $goes ->
        [yes] пропадёт
       *[no] больше нельзя будет бронировать
    }, а впереди { $count ->
        [one] { $count } бронь
        [few] { $count } брони
       *[other] { $count } броней
    } ({ $who }), ближайшая { SHORTWHEN($first) }. Их снимут, и кто бронировал узнает об этом.
network-bookings-over = ⚠️ «{ $name }»: станет { $sets }, а забронировано сразу { $most } ({ $who }), ближайшее — { SHORTWHEN($first) }. Эти брони останутся: договоритесь с теми, кто бронировал, или снимите лишнее.
button-colleagues = 👩‍🏫 Педагоги сети
button-colleague-resource = 🧰 В ресурсах сети
colleagues-title = <b>👩‍🏫 Педагоги сети</b>
    { $shown ->
        [yes] Кто что ведёт и по какой программе.
       *[no] Пока никого нет: педагоги появятся, когда в книге сети заполнят лист «Сотрудники».
    }
colleague = <b>{ $name }</b>{ $post ->
        [none] {""}
       *[other] {"\u000A"}{ $post }
    }
    { $organization }
colleague-course = 📚 «{ $course }»: { $direction }{ $hours ->
        [0] {""}
       *[other] , часов: { $hours }
    }{ $topics ->
        [0] {""}
       *[other] , тем в программе: { $topics }
    }
colleague-nothing = В этом году групп нет.
