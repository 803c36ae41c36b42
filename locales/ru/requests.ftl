# Заявка партнёру после первой отправки: версии, согласия, партнёр без бота.

request-change = { $change ->
        [added] добавить
       *[withdrawn] исключить
    }
request-title-version = Заявка № { $number } от { FULLDAY($day) }, версия { $version } от { FULLDAY($at) }
request-title-delta = Изменения к заявке № { $number } от { FULLDAY($day) }: версия { $version } от { FULLDAY($at) }
request-file-delta = Заявка-{ $number }-изменения-{ $version }
request-version = Версия { $version } от { FULLDAY($at) }: добавлено { $added }, отозвано { $withdrawn }.
request-pending = ✏️ После отправки изменилось: одобрено { $added }, отозвано { $withdrawn }. Партнёр узнает, когда вы отправите изменения.
amending =
    <b>Изменения к заявке № { $number }: { $partner }</b>
    Партнёр получит версию { $version }: добавить { $added }, исключить { $withdrawn }. Пока ничего не отправлено.
amending-gone = Исключить ({ $count }): { $children }
request-amended = 📨 Изменения отправлены. { partner-and-families-hear }
request-formed-version =
    📨 <b>Заявка № { $number }, версия { $version } от { FULLDAY($day) }</b>: { $organization }. Теперь в ней детей: { $count }.
    Ниже — изменения: DOCX на подпись, XLSX для работы. Вся заявка — на её странице.
request-partner-without-bot = У партнёра нет бота: его ответ вносите вы.
request-silent = ⚠️ Нет согласия на передачу в «{ $partner }»: { $children }. В заявку войдут, когда семья согласится.
request-no-consent = Назвать пока некого: семьи ({ $count }) не дали согласие на передачу данных партнёру. Я попросил их об этом.
request-consents-asked = ✉️ Попросил о согласии. Ждём семьи детей: { $count }. Как только согласятся, дети появятся во «Входящих».
places-nameless = { $count } { $count ->
        [one] место
        [few] места
       *[other] мест
    }: согласия на передачу имени нет.
places-erased = { $count } { $count ->
        [one] место
        [few] места
       *[other] мест
    }, данные отозваны
child-erased-line = данные отозваны
families-nameless = • ещё { $count }: согласия на передачу имени нет, позвонит школа
pupil-foreign = ученик другой школы
pupils-foreign = { $count ->
        [one] { $count } ученик другой школы
        [few] { $count } ученика другой школы
       *[many] { $count } учеников другой школы
    }
child-nameless = Семья не согласилась, чтобы партнёр знал имя этого ребёнка. О его месте решает школа.
child-nameless-line = согласия на передачу имени нет
button-reserve-all = ⏳ Всех в резерв: { $count }
button-decline-all = ✖️ Отклонить всех: { $count }
request-answered-before = ℹ️ { $child }, «{ $course }»: ответ уже есть — { answer-state }. Кто: { $who }, { DAY($at) }, { TIME($at) }. Нажатие ничего не изменило.
request-why-all = Напишите одним сообщением, почему отказ всем, кто ждёт ответа ({ $count }). Семьи прочтут ваши слова.
request-sure-all = <b>Отказать всем, кто ждёт ответа: { $count }?</b>
request-done-all-reserve = ⏳ В резерве: { $count }. { families-hear }
request-done-all-declined = ✖️ Отклонено: { $count }. { families-read }
button-delta-docx = 📄 Изменения DOCX
button-delta-xlsx = 📊 Изменения XLSX
button-request-amend = 📨 Отправить изменения
button-enter-answer = ✍️ Внести ответ партнёра
button-ask-consents = ✉️ Попросить согласие: { $count }
request-changed =
    📨 Заявка № { $number }, версия { $version_number } от { DAY($day) }: { $school }.
    Добавлено: { $added }, отозвано: { $withdrawn }. Курсы: { $courses }.
consent-wanted =
    { $child }: школа одобрила заявление на { COURSES($courses) } и готова просить место, но нужно ваше согласие на передачу данных.
    Кому: { $partner }. Без согласия школа не может назвать ребёнка.
consent-wanted-own =
    Школа одобрила { $courses } и готова просить для тебя место, но нужно согласие родителей на передачу данных.
    Кому: { $partner }. Без согласия школа не может назвать тебя.

# Файлы
request-file = Заявка-{ $number }
request-sheet = Заявка
request-title = Заявка № { $number } от { FULLDAY($day) }
request-column-number = №
request-column-name = ФИО
request-column-birth = Дата рождения
request-column-class = Класс
request-column-course = Курс
request-column-hours = Часов
request-column-guardian = Родитель
request-column-answer = Ответ
