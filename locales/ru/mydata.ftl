# «Мои данные»: что хранится, файл со всем, отзыв согласия.

mydata-page =
    🗂 <b>Мои данные</b>

    { $name ->
        [none] Вашего имени бот не знает.
       *[other] Ваше имя: { $name }.
    } Ещё храним номер вашего Telegram и ваши настройки.
mydata-children = Дети: { $children }
mydata-counts =
    Заявлений: { $applications }
    Отметок: { $marks }
    Записей о посещаемости: { $attendance }
    Согласий в силе: { $consents }
    Отправленных сообщений: { $letters }
mydata-class = Класс: { $class_name }
mydata-staff = Должность и ФИО — из книги сети, их ведёт школа.
button-mydata-page = 📄 Скачать файл
button-mydata-json = Файл JSON
button-withdraw = Отозвать согласие
mydata-file = Здесь всё, что хранится о вас и ваших детях, и файлы из переписки. Тексты сообщений бота хранятся 30 дней, переписка с педагогами и школой и объявления — до октября следующего учебного года.

withdraw-whom = <b>Отозвать согласие</b> — для кого?
button-withdraw-one = Только { $child }
button-withdraw-all = Для всех и выйти
withdraw-title = ⚠️ <b>Отозвать согласие?</b> Вот что произойдёт сразу:
withdraw-children =
    <b>{ $children }</b>: ваш доступ закончится, данные станут безымянными и недоступными.
    Это заявления ({ $applications }), отметки ({ $marks }), посещаемость ({ $attendance }). Пока ребёнка не зачислили, заявление будет отозвано, и место по нему пропадёт.
withdraw-other-guardian = <b>{ $children }</b>: согласие дал и другой родитель, поэтому данные остаются. Ваш доступ закончится.
withdraw-person = О вас сотрём имя, номер Telegram, настройки и тексты сообщений. Сообщений больше не будет.
withdraw-stays = Вы останетесь в боте: остальное, что вам открыто, не изменится.
withdraw-remains =
    Остаются числа без имён (сколько было заявлений) и отметка, что согласие дано и отозвано. Место, куда ребёнка уже зачислили, бот не отменяет: оно держится без имени, пока его не освободят школа или партнёр.

    Поданные заявления, приказы, заявки партнёрам и сданные отчёты — документы школы: она хранит их на своём основании такими, какими они ушли. Видят их только её директор и ответственный за сетевые курсы.

    Бот не может стереть ещё три вещи:
    • строку ученика в книге сети — её ведёт сама школа;
    • бумаги, которые школа уже отправила;
    • прежние резервные копии: из них данные стираются, если копию вернут.

    Вернуться можно по новому приглашению.
withdraw-done = ✅ Готово: согласие отозвано, данные стёрты.
withdraw-done-gone =
    ✅ <b>Готово: согласие отозвано, ваши данные стёрты.</b>

    Больше мы вам не напишем. Эту переписку можете удалить сами. Вернуться можно по новому приглашению школы.

# Файл

file-file-name = мои-данные
file-title = Что хранится о вас, { FULLDAY($day) }
file-default = как у школы
file-name = Имя
file-telegram = Номер Telegram
file-since = С нами с
file-language = Язык
file-detail = Сообщения
file-quiet = Тихие часы
file-calendar = { $child ->
    [none] Ссылка на календарь своих занятий
   *[other] Ссылка на календарь, код { $child }
  }
file-code = Код
file-class = Класс
file-school = Школа
file-born = Дата рождения
file-guardian-since = Вы действуете за ребёнка с
file-at = { FULLDAY($at) }, { TIME($at) }
file-day = { FULLDAY($day) }
file-when = Когда
file-what = Что
file-consents = Согласия
file-given = Дано
file-withdrawn = Отозвано
file-text-version = Редакция текста
file-applications = Заявления
file-course = Курс
file-state = Сейчас
file-group = Группа
file-history = Как было
file-place-offered = Предложено место: { FULLDAY($at) }, { TIME($at) }. Ответа ждали до: { FULLDAY($until) }, { TIME($until) }
file-let-pass = Школа разрешила, хотя класс или часы не подходят: { $reason }
file-removed = снято
file-journal = Журнал
file-work = Работа
file-comment = Комментарий
file-shortlist = Избранные курсы
file-absences = Предупреждения о пропусках
file-days = { FULLDAY($first) } – { FULLDAY($last) }
file-all-lessons = все занятия
file-said = Сообщили
file-taken-back = Отменили
file-reminder = Напоминание о занятиях
file-surveys = Анкеты
file-answer = Ответ
file-answer-received = ответ получен
file-answer-draft = Не отправлено:
file-acknowledgements = Вы нажали «Ознакомлен(а)»
file-certificates = Документы об обучении
file-achievements = Достижения
file-messages = Переписка с педагогами и школой
file-thread = Переписка №
file-who = Кто писал
file-conflicts = Переписка открыта из-за спора
file-stops = Переписка закрыта ответственным
file-files = Файлы
file-in-chat = файл взять в переписке или в достижениях
file-letters = Сообщения бота
file-letter = Сообщение
file-letter-emptied = (текст уже стёрт)

mydata-detail =
    { $detail ->
        [full] подробно
       *[discreet] кратко
    }
mydata-role =
    { $role ->
        [coordinator] Ответственный
        [director] Директор
        [teacher] Сетевой педагог
       *[partner] Администратор партнёра
    }
mydata-purpose =
    { $purpose ->
        [processing] обработка данных
        [messages] сообщения в Telegram
        [photographs] фотографии
       *[partner] передача партнёру
    }
mydata-state =
    { $state ->
        [draft] черновик
        [submitted] подано
        [returned] возвращено
        [approved] одобрено
        [requested] отправлено партнёру
        [enrolled] зачислили
        [reserve] в резерве
        [offered] предложено место
        [lapsed] срок ответа вышел
        [declined] отклонено
        [completed] курс окончен
        [left] больше не ходит
       *[withdrawn] отозвано
    }
mydata-attendance =
    { $value ->
        [present] присутствие
        [late] опоздание
        [sick] болезнь
        [excused] уважительная причина
       *[absent] отсутствие
    }
mydata-change =
    { $kind ->
        [moved] занятие перенесено
        [cancelled] занятие отменено
        [restored] занятие снова состоится
        [room] другое место
        [announcement] объявление
       *[teacher] другой педагог
    }
