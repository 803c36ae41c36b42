# Портфолио ученика: год на странице и в PDF, достижения.

button-portfolio = 🎒 Портфолио
button-achievements-waiting = 🏅 Достижения: { $count }
portfolio-whose =
    🎒 <b>Портфолио года</b>
    Чьё?
portfolio-nobody =
    🎒 <b>Портфолио года</b>
    Пока некого показать: портфолио появится у тех, кто учится в группах.
portfolio-title = 🎒 <b>{ $child }, { $class_name }: { $year }</b>
portfolio-course = • «{ $course }», { SHORT($partner) }: часов { $hours }{ $lessons ->
        [0] {""}
       *[other] {", "}посещено { $present } из { $lessons }
    }
portfolio-no-courses = В этом году курсов ещё не было.
portfolio-document = { $document ->
        [note] 📄 Справка № { $number }, курс «{ $course }»
       *[certificate] 🎓 Свидетельство № { $number }, курс «{ $course }»
    }
portfolio-achievement = { $number }. { $line } — { achievement-state }
portfolio-no-achievements = Достижений пока нет. Сюда войдёт строка, с фото или PDF грамоты или без, когда её подтвердит педагог.
button-portfolio-pdf = 📄 PDF
button-achievement-add = ➕ Добавить достижение
button-achievement-file = 📎 Файл { $number }
button-achievement-drop = 🗑 Убрать { $number }
achievement-asked = Достижение — одной строкой: «2-е место, районная олимпиада по робототехнике, 14 марта». Есть грамота — пришлите её фото или PDF, до { $limit } МБ; подпись под ним и будет строкой.
achievement-line-asked = 📎 Файл получен. За что он? Напишите одной строкой, например: «2-е место, районная олимпиада по робототехнике».
achievement-told = { $state ->
        [confirmed] ✅ Записано.
       *[new] ✅ Записано. В портфолио войдёт, когда подтвердит педагог.
    }
achievement-dropped = 🗑 Убрано.
achievement-file = Подойдёт фото (JPEG, PNG) или PDF до { $limit } МБ.
achievement-many = За год можно добавить не больше { $limit } достижений. Лишнее можно убрать.
achievement-own = Своё достижение подтверждает педагог, а не семья.
achievement-settled = { $state ->
        [confirmed] Уже решено: достижение подтверждено.
       *[declined] Уже решено: достижение не подтверждено. Семья может добавить его ещё раз.
    }
achievements-waiting =
    🏅 <b>Достижения на подтверждение</b>
    { $count ->
        [0] Ничего не ждёт.
       *[other] Ждут: { $count }
    }
achievement-waits-line = { $number }. { $child }: { $line }
button-achievement-yes = ✅ Подтвердить { $number }
button-achievement-no = ✖️ Отклонить { $number }
achievement-decided-done = { $state ->
        [confirmed] ✅ Подтверждено.
       *[declined] ✖️ Не подтверждено.
    } { families-hear-soon }
achievement-waits = 🏅 Достижение ученика вашей группы ждёт подтверждения.
button-achievement-open = 🏅 Посмотреть
achievement-decided = { $state ->
        [confirmed] 🏅 { $child }: достижение подтверждено и вошло в портфолио. { $line }
       *[declined] { $child }: достижение не подтверждено. { $line }
    }
achievement-decided-own = { $state ->
        [confirmed] 🏅 Твоё достижение подтверждено и вошло в портфолио. { $line }
       *[declined] Твоё достижение не подтверждено. { $line }
    }
portfolio-file = Портфолио
portfolio-paper-title = Портфолио за { $year } учебный год
portfolio-class = Класс { $class_name }
portfolio-head-course = Курс
portfolio-head-hours = Часов
portfolio-head-attendance = Посещено занятий
portfolio-documents = Документы об обучении
portfolio-achievements = Достижения
