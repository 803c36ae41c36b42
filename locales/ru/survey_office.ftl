# Анкеты школы: список, составление, опрос, итоги.

## Анкеты школы

survey-office =
    <b>📝 Анкеты школы</b>{ $count ->
        [0]
            {""}
            Пока нет ни одной. Возьмите готовую или составьте свою.
       *[other] {""}
    }
survey-office-line = { $state ->
    [draft] ✏️ { $name } — черновик
    [ready] 🕓 { $name } — ждёт своего дня
    [open] 🟢 { $name } — { $answers ->
        [one] { $answers } ответ
        [few] { $answers } ответа
       *[many] { $answers } ответов
      }
   *[closed] ▫️ { $name } — закрыта, { $answers ->
        [one] { $answers } ответ
        [few] { $answers } ответа
       *[many] { $answers } ответов
      }
  }
button-survey-card = { $state ->
    [draft] ✏️
    [ready] 🕓
    [open] 🟢
   *[closed] ▫️
  } { $name }
button-survey-new = ➕ Новая анкета
survey-which-school = Для какой школы анкета?
survey-new =
    <b>➕ Новая анкета</b>
    Возьмите готовую и поправьте под себя или составьте свою. Много вопросов удобнее прислать книгой сети: лист «Анкеты».
button-survey-ready = { $which ->
    [demand] 📚 Изучение спроса (май–август)
    [order] 🏫 Социальный заказ
   *[satisfaction] 😊 Удовлетворённость (май)
  }
button-survey-own = ✍️ Своя анкета
survey-draft-ready = ✅ Черновик готов. Никто его пока не видит.
survey-card =
    <b>📝 { $name }</b>
    Кому: { $whom ->
        [families] семьям, один ответ от семьи
        [children] семьям, ответ за каждого ребёнка
       *[pupils] ученикам
    }{ $classes ->
        [all] , все классы
       *[other] , классы: { $classes }
    }
    Срок: { $until }
    { $anonymous ->
        [yes] 🔒 Анонимная
       *[no] С именем; в итогах имён нет
    }
survey-card-stands = { $state ->
    [draft] ✏️ Черновик: его пока никто не видит.
    [ready] 🕓 { $opens ->
        [none] Откроется через минуту.
       *[other] Откроется { DAY($opens) }.
      }
    [open] 🟢 Идёт: { $answers } из { $asked }
   *[closed] ▫️ Закрыта: { $answers } из { $asked }
  }
survey-no-questions = Вопросов пока нет.
survey-card-question = { $number }. { $question } <i>({ $kind ->
    [one] один
    [several] несколько
    [scale] шкала
    [text] текст
   *[courses] курсы
  })</i>
button-survey-launch = 📣 Начать опрос
button-survey-add = ➕ Вопрос
button-survey-take = ➖ Вопрос
button-survey-whom = 👥 Кому
button-survey-classes = 🏫 Классы
button-survey-day = 📅 До какого дня
button-survey-anonymous = { $now ->
    [yes] 🔒 Сделать анонимной
   *[no] 🔓 Сделать с именем
  }
button-survey-discard = 🗑 Удалить черновик
button-survey-close = ⏹ Закрыть
button-survey-results = 📊 Итоги
survey-ask-kind = Какой это вопрос?
button-survey-kind = { $kind ->
    [one] ◉ Один ответ
    [several] ☑️ Несколько ответов
    [scale] 🔢 Шкала
    [text] 💬 Ответ словами
   *[courses] 📚 Курсы из каталога
  }
survey-ask = { $what ->
    [name] Как назвать анкету? Название увидят семьи.
    [classes] Каких классов? Напишите, например: 5-7, 9А
    [day] До какого дня включительно принимать ответы? Напишите, например: 31 мая
   *[question] { $kind ->
        [one] Напишите вопрос, а ниже — варианты ответа, каждый с новой строки.
        [several] Напишите вопрос, а ниже — варианты ответа, каждый с новой строки.
        [scale] Напишите вопрос. Шкала — от 1 до 5; если нужна другая, добавьте второй строкой, например: 1-10.
       *[other] Напишите вопрос.
      }
  }
survey-added = ✅ Вопрос добавлен.
button-survey-done = Готово
survey-ask-whom = Кто отвечает?
button-survey-to = { $whom ->
    [families] Семья: один ответ
    [children] Семья: за каждого ребёнка
   *[pupils] Ученики сами
  }
button-survey-all-classes = Все классы
button-survey-endless = Без срока
survey-ask-take = Какой вопрос убрать?
button-survey-take-one = ➖ { $number }
survey-sure = { $what ->
    [launch]
        <b>📣 Начать опрос «{ $name }»?</b>
        { $whom ->
            [pupils] { $count ->
                [0] Пока не получит никто (в боте никого из них нет: сначала пригласите)
                [one] Получит { $count } ученик
                [few] Получат { $count } ученика
               *[many] Получат { $count } учеников
              }
            [children] { $count ->
                [0] Пока не получит никто (в боте никого из них нет: сначала пригласите)
                [one] Ждём { $count } ответ: за каждого ребёнка
                [few] Ждём { $count } ответа: за каждого ребёнка
               *[many] Ждём { $count } ответов: за каждого ребёнка
              }
           *[families] { $count ->
                [0] Пока не получит никто (в боте никого из них нет: сначала пригласите)
                [one] Получит { $count } семья
                [few] Получат { $count } семьи
               *[many] Получат { $count } семей
              }
        }, { $until }.{ $apart ->
            [0] {""}
           *[other] {" "}Ещё { $apart ->
                [one] { $apart } ребёнок
                [few] { $apart } ребёнка
               *[many] { $apart } детей
              } — без бота: их спросите на бумаге.
        }
        После начала вопросы не меняются.
    [close]
        <b>⏹ Закрыть анкету «{ $name }»?</b>
        Новых ответов не будет, неотправленные пропадут. Открыть снова нельзя.
   *[discard]
        <b>🗑 Удалить черновик «{ $name }»?</b>
  }
survey-launched = 📣 Опрос начат. { $count ->
    [0] Отвечать пока некому: в боте никого из этих семей нет.
    [one] Ждём { $count } ответ.
    [few] Ждём { $count } ответа.
   *[many] Ждём { $count } ответов.
  }
survey-closed-word = ⏹ Анкета закрыта.
survey-name-length = Название — от 1 до { $limit } знаков.
survey-name-taken = Анкета «{ $name }» в этом году уже есть. Назовите иначе.
survey-day-past = Этот день уже прошёл. Назовите сегодняшний или позже.
survey-year-over = Эта анкета прошлого учебного года: начать её уже нельзя. Составьте новую.
survey-day-unclear = Не понял, какой это день. Напишите, например: 31 мая
survey-classes-unclear = Не понял, какие это классы. Напишите, например: 5-7, 9А
survey-asked-already = Опрос уже начат: меняется только срок.
survey-too-many = В анкете не больше { $limit } вопросов.
survey-question-length = Вопрос — от 1 до { $limit } знаков.
survey-options-count = Вариантов ответа нужно от 2 до { $limit }, каждый с новой строки под вопросом.
survey-option-length = Вариант ответа — не длиннее { $limit } знаков.
survey-scale = Шкала пишется так: 1-5. Наибольшее число — { $limit }.
survey-without-questions = В анкете пока нет вопросов.

## Итоги

survey-results =
    <b>📊 { $name }</b>
    { $state ->
        [open] Идёт
       *[closed] Закрыта
    }: { $answers ->
        [one] { $answers } ответ
        [few] { $answers } ответа
       *[many] { $answers } ответов
    } из { $asked }
survey-results-wait = 🔒 Анкета анонимная, поэтому итоги — после закрытия: иначе по каждому новому ответу было бы видно, что в нём.
survey-results-few = 🔒 Анкета анонимная, а ответов меньше пяти: показать их — всё равно что назвать. Итогов не будет.
survey-told = <b>{ $number }. { $question }</b>
survey-told-option = { $bar } { $option } — { $count } · { $percent } %
survey-told-average = В среднем { NUMBER($average, minimumFractionDigits: 1, maximumFractionDigits: 1) }
survey-told-words = • { $text }{ $count ->
    [1] {""}
   *[other] {" "}× { $count }
  }
survey-told-wishes = Чего не хватает, словами семей:
survey-told-more = …и ещё { $count }
survey-told-nothing = Никто не ответил.
button-survey-written = 💬 Всё, что написали: { $number }
button-survey-file = { $kind ->
    [png] 🖼 Картинкой
    [xlsx] XLSX
   *[pdf] PDF
  }
survey-file = итоги-анкеты
survey-file-subtitle = { $answers ->
    [one] { $answers } ответ
    [few] { $answers } ответа
   *[many] { $answers } ответов
  } из { $asked } · { FULLDAY($day) }
survey-withheld = Анкета анонимная: классы и курсы, где ответов мало, отдельно не показаны.
survey-by = { $by ->
    [class] По классам
   *[course] По курсам
  }
survey-everybody = Все
survey-sheet-all = Все ответы
survey-sheet-by = { $by ->
    [class] По классам
   *[course] По курсам
  }
survey-sheet-demand = Спрос и места
survey-column-course = Курс
survey-column-asked = Назвали
survey-column-seats = Мест
survey-sheet-words = Словами
survey-column-number = №
survey-column-question = Вопрос
survey-column-answer = Ответ
survey-column-share = Доля
survey-column-words = Что написали
survey-column-times = Раз
survey-row-answers = Всего ответов

## Лист «Анкеты»

workbook-not-an-audience = «{ $sheet }», строка { $row }, столбец { $letter } «{ $column }»: ожидается «семьи», «семьи за каждого ребёнка» или «ученики», можно с классами: семьи 5-7; здесь «{ $found }».
workbook-survey-differs = «{ $sheet }», строка { $row }, столбец { $letter } «{ $column }»: у этой анкеты в строке { $first } сказано другое. Оставьте одно или напишите в одной строке.
workbook-survey-options = «{ $sheet }», строка { $row }, столбец { $letter } «{ $column }»: нужно от 2 до { $limit } вариантов через точку с запятой; здесь { $count }.
workbook-survey-no-options = «{ $sheet }», строка { $row }, столбец { $letter } «{ $column }»: у такого вопроса вариантов нет: сотрите их или поменяйте «Вид».
workbook-survey-scale = «{ $sheet }», строка { $row }, столбец { $letter } «{ $column }»: шкала пишется так: 1-5, наибольшее число — { $limit }; здесь «{ $found }».
workbook-survey-too-many = «{ $sheet }», строка { $row }, столбец { $letter } «{ $column }»: в анкете не больше { $limit } вопросов.
network-survey-answered =
    { $count ->
        [0] Анкета «{ $name }» уже у семей:
       *[other] На анкету «{ $name }» уже ответили ({ $count }):
    } вопросы, «Кому» и анонимность остаются как есть, меняется только «По». Нужны другие — дайте анкете новое название.
course-asked = 📝 По анкетам: { $asked } на { $seats ->
        [one] { $seats } место
        [few] { $seats } места
       *[many] { $seats } мест
    }
