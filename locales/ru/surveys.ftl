# Анкеты: письма о них и как на них отвечают.

## Письма

survey-opened =
    📝 Школа просит ответить на анкету <b>«{ $name }»</b>.
    { $questions ->
        [one] { $questions } вопрос
        [few] { $questions } вопроса
       *[many] { $questions } вопросов
    }, { $until }. { $anonymous ->
        [yes] Анкета анонимная.
       *[no] {""}
    }
survey-opened-own =
    📝 Школа просит тебя ответить на анкету <b>«{ $name }»</b>.
    { $questions ->
        [one] { $questions } вопрос
        [few] { $questions } вопроса
       *[many] { $questions } вопросов
    }, { $until }. { $anonymous ->
        [yes] Анкета анонимная.
       *[no] {""}
    }
survey-reminder =
    📝 Анкета <b>«{ $name }»</b> ещё ждёт вашего ответа: { $until }.
    Больше напоминать не буду.
survey-reminder-own =
    📝 Анкета <b>«{ $name }»</b> ещё ждёт твоего ответа: { $until }.
    Больше напоминать не буду.
survey-closed =
    📊 Анкета <b>«{ $name }»</b> закончилась: { $answers ->
        [0] ответов нет
        [one] { $answers } ответ
        [few] { $answers } ответа
       *[many] { $answers } ответов
    }.
button-survey-answer = 📝 Ответить
survey-until = до { DAY($day) }
survey-until-none = без срока

## Что ждёт ответа

button-surveys = 📝 Анкеты
button-survey-office = 🗂 Анкеты школы
surveys-waiting =
    <b>📝 Анкеты</b>
    { $count ->
        [0] Сейчас ничего не ждёт { $you ->
            [pupil] твоего
           *[adult] вашего
        } ответа.
       *[other] { $you ->
            [pupil] Выбери, на какую ответить.
           *[adult] Выберите, на какую ответить.
        }
    }
button-survey-of = { $stands ->
    [new] ▫️
    [begun] ✏️
   *[other] ✅
  } { $child ->
    [none] {""}
   *[other] { $child } ·{" "}
  }{ $name }

## Страница анкеты

survey-heading = <b>📝 { $name }</b>{ $about ->
    [child] {" "}· { $children }
   *[other] {""}
  }
survey-intro =
    { $questions ->
        [one] { $questions } вопрос
        [few] { $questions } вопроса
       *[many] { $questions } вопросов
    }, { $until }. { $you ->
        [pupil] Можно прерваться и вернуться: всё отмеченное сохранится.
       *[adult] Можно прерваться и вернуться хоть через неделю: всё отмеченное сохранится.
    }{ $whom ->
        [families] {" "}Нужен один ответ от семьи.
       *[other] {""}
    }
survey-anonymous =
    🔒 Анкета анонимная. { $you ->
        [pupil] Пока не отправишь, ответы можно менять. После отправки останется только «ответ получен», а кто что ответил — не узнает никто, даже тот, кто ведёт бота. Имён в ответах не пиши.
       *[adult] Пока вы не отправили, ответы можно менять. После отправки останется только «ответ получен», а кто что ответил — не узнает никто, даже тот, кто ведёт бота. Имён в ответах не пишите.
    }
survey-named = { $you ->
        [pupil] Ответ можно менять, пока анкета открыта. В итогах имён не будет.
       *[adult] Ответ можно менять, пока анкета открыта. В итогах имён не будет.
    }
survey-begun = ✏️ Отвечено { $done } из { $of }. { $you ->
        [pupil] Ответ ещё не отправлен — продолжай.
       *[adult] Ответ ещё не отправлен — продолжите, когда удобно.
    }
survey-sent = ✅ Ответ получен. { $you ->
        [pupil] Если передумаешь — измени его здесь.
       *[adult] Если передумаете — измените его здесь.
    }
survey-received-page = ✅ { $whom ->
        [families] Ответ вашей семьи получен.
       *[other] Ответ получен.
    } Спасибо!
survey-thanks = Спасибо!
survey-changed = ✅ Изменения сохранены.
button-survey-begin = ▶️ Начать
button-survey-go-on = ▶️ Продолжить
button-survey-change = ✏️ Изменить ответ

## Вопрос

survey-question =
    Вопрос { $number } из { $of }
    <b>{ $question }</b>
survey-hint = { $kind ->
    [one] Один ответ.
    [several] Можно несколько.
    [scale] { $low } — совсем нет, { $high } — полностью да.
    [text] { $you ->
        [pupil] Напиши ответ сообщением.
       *[adult] Напишите ответ сообщением.
      }
   *[courses] { $you ->
        [pupil] Отметь один или несколько. Нужного нет — напиши, какой.
       *[adult] Отметьте один или несколько. Нужного нет — напишите, какой.
      }
  }
survey-your-words = { $kind ->
    [courses] 💭 Хотелось бы: { $words }
   *[other] 💬 { $words }
  }
survey-picked = ✅ { $label }
button-survey-next = { $last ->
    [yes] Проверить ›
   *[no] { $answered ->
        [yes] Дальше ›
       *[no] Пропустить ›
      }
  }
button-survey-clear = 🗑 Убрать написанное
button-survey-wish = 💭 Нужного курса нет
survey-wish = { $you ->
    [pupil] 💭 Какого курса не хватает? Напиши своими словами — школа прочитает их как есть.
   *[adult] 💭 Какого курса не хватает? Напишите своими словами — школа прочитает их как есть.
  }

## Отправка

survey-check = { $open ->
    [0] Отвечены все вопросы.
   *[other] Отвечено { $done } из { $of }. Без ответа: { $left }.
  } { $anonymous ->
    [yes] После отправки изменить ответ будет нельзя: он станет безымянным.
   *[no] { $you ->
        [pupil] Пока анкета открыта, ответ можно будет изменить.
       *[adult] Пока анкета открыта, ответ можно будет изменить.
      }
  }
button-survey-send = ✅ Отправить
button-survey-left = Ответить на остальные
survey-received = Ответ уже получен: изменить его нельзя.
survey-closed-already = Анкета «{ $name }» закрыта: ответы больше не принимаются.
survey-empty = Пока не отвечено ни на один вопрос.
survey-too-long = Это длиннее { $limit } знаков. Напишите короче, пожалуйста.
