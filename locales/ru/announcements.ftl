# Объявления: как их читают, пишут, отправляют и отзывают.

## Письма

announced =
    📣 <b>Объявление</b> · { $whom }
    { $sender }

    { $said }
announced-again =
    🔔 <b>Объявление ещё раз</b> · { $whom }
    { $sender }

    { $said }
announced-file = 📎 { $name }
announced-asks = { $reader ->
    [own] <i>Прочитай и нажми, пожалуйста, «Ознакомлен(а)».</i>
   *[family] <i>Пожалуйста, прочитайте и нажмите «Ознакомлен(а)».</i>
  }
announced-last = Больше напоминать не буду.
announcement-withheld = { $reader ->
    [author] 📣 Объявление не ушло: { $whom }. Пока оно ждало, право его отправить закончилось — эта должность или группа больше не ваша. Его никто не получил.
   *[office] 📣 Объявление не ушло: { $whom }. Пока оно ждало, отправитель ({ SHORT($sender) }) потерял право писать этим семьям. Его никто не получил. Если семьям это нужно знать, напишите своё.
  }
announced-whom = { $kind ->
    [all] всем семьям школы
    [class] { $name }
    [course] курс «{ $name }»
   *[group] { $name }
  }
announced-sender = { $role ->
    [teacher] Педагог: { $name }
   *[other] { SHORT($name) }
  }
button-announcement-seen = Ознакомлен(а)
button-announcement-file = 📎 Открыть файл

## Список

button-announcements = 📣 Объявления
announcements =
    <b>📣 Объявления</b>
    { $count ->
        [0] { $writes ->
            [yes] Пока ни одного. Напишите первое: перед отправкой будет видно, как его прочитают и сколько человек получит, а ещё минуту его можно отозвать.
           *[no] Пока ни одного: здесь будет всё, что получат семьи школы.
        }
       *[other] { $school ->
            [yes] Ваши и все, что получили семьи школы. Новые сверху.
           *[no] Новые сверху.
        }
    }
button-announcement-new = ✍️ Новое объявление
button-announcement = { $state ->
    [draft] ✏️
    [waiting] ⏳
    [left] ✅
   *[recalled] ↩️
  } { $text }
announcement-button-whom = { $kind ->
    [all] все
   *[other] { $name }
  }

## Кому

announcement-which-post = От чьего имени объявление?
button-announcement-post = { $role ->
    [teacher] Как педагог
    [partner] От организации
   *[coordinator] От школы
  }: { SHORT($name) }
announcement-whom = Кому объявление?
button-announcement-kind = { $kind ->
    [all] 🏫 Всем семьям школы
    [class] Классу
    [course] Курсу
   *[group] Группе
  }
announcement-which = { $kind ->
    [class] Какому классу?
    [course] Какому курсу? Объявление получат все его группы.
   *[group] Какой группе?
  }
announcement-which-none = { $kind ->
    [class] Классов пока нет: загрузите книгу сети.
    [course] Писать пока некому: курсы появятся здесь, когда на них зачислят детей.
   *[group] { $role ->
        [teacher] Вашей группы пока нет: она появится, когда ответственный школы загрузит книгу сети. Если вы уже ведёте занятия, напишите ему в «Сообщениях».
        [partner] Групп вашей организации пока нет: они появятся, когда ответственный школы загрузит книгу сети.
       *[coordinator] Писать пока некому: группы появятся здесь, когда в них зачислят детей.
    }
  }

## Слова и файл

announcement-ask-words =
    ✍️ <b>Объявление: { $kind ->
        [all] всем семьям школы
        [class] { $name }
        [course] курс «{ $name }»
       *[group] { $name }
    }</b>
    Напишите его сообщением — до { $limit } знаков. Можно приложить одну картинку (текст под ней — до { $below } знаков) или файл: PDF, Word, Excel.

    Ничего не уйдёт, пока вы не нажмёте «Отправить». Фамилий и отметок детей не пишите: объявление читают все.
announcement-ask-other-words = ✍️ Пришлите новый текст — до { $limit } знаков, под картинкой — до { $below }.
announcement-ask-file = 📎 Пришлите картинку (JPEG, PNG до 5 МБ) или файл (PDF, Word, Excel до 10 МБ).
announcement-album = Приложено одно: больше одной картинки или файла к объявлению не приложить.
announcement-now-words = 📎 Файл есть. Теперь напишите текст объявления.
announcement-too-long = В объявлении { $long ->
    [one] { $long } знак
    [few] { $long } знака
   *[many] { $long } знаков
  }, а помещается { $limit }. Сократите его или приложите подробности файлом.
announcement-too-long-below = Под картинкой помещается { $limit } знаков, а в тексте { $long }. Сократите текст или пришлите его без картинки.
announcement-file-kind = Такое приложить нельзя. Подойдёт картинка (JPEG, PNG) или файл PDF, Word (.docx), Excel (.xlsx) без макросов.
announcement-file-size = { $picture ->
    [yes] Картинка больше { $limit } МБ: отправьте её как фото, а не как файл, — Telegram её уменьшит.
   *[no] Файл больше { $limit } МБ. Уменьшите его или дайте в тексте ссылку.
  }
announcement-not-draft = Это объявление с тех пор отправили или изменили: откройте его заново из списка «Объявления».
announcement-discarded = 🗑 Черновик удалён.

## Перед отправкой

announcement-preview = 👀 <b>Так это прочитают:</b>
announcement-line = ———
announcement-names-a-child = ⚠️ В тексте названы фамилия и имя ребёнка. Объявление прочитают все — лучше их убрать.
announcement-reach = { $people ->
    [0] 📭 Письмом объявление не получит никто.
    [one] 📬 Получит { $people } человек: { $families ->
        [one] семья { $families } ребёнка.
       *[many] семьи { $families } детей.
      }
    [few] 📬 Получат { $people } человека: { $families ->
        [one] семья { $families } ребёнка.
       *[many] семьи { $families } детей.
      }
   *[many] 📬 Получат { $people } человек: { $families ->
        [one] семья { $families } ребёнка.
       *[many] семьи { $families } детей.
      }
  }
announcement-nobody = Здесь пока никого нет: отправлять некому. Дети появятся, когда в книге сети заполнят лист «Ученики», а в группах — когда их зачислят.
button-announcement-send = 📣 Отправить{ $soon ->
    [yes] {""}
   *[no] : уйдёт { SHORTWHEN($at) }
  }
button-announcement-morning = ⏰ Утром: { SHORTWHEN($at) }
button-announcement-asks = { $on ->
    [yes] ✅
   *[no] ▫️
  } Попросить «Ознакомлен(а)»
button-announcement-words = ✏️ Текст
button-announcement-add-file = 📎 Файл
button-announcement-bare = 📎 Убрать файл
button-announcement-discard = 🗑 Удалить черновик
announcement-empty = Объявление без текста не отправить: напишите хотя бы строку.
announcement-many = { $when ->
    [today] На сегодня хватит: { $limit } объявлений в день — предел, чтобы семьи не устали. Отправьте это утром.
   *[later] На тот день уже назначено { $limit } объявлений — это предел, чтобы семьи не устали. Отправьте это позже.
  }

## После отправки

announcement-stands = { $state ->
    [waiting] ⏳ <b>Уйдёт { WHEN($at) }.</b> До этого его можно отозвать целиком: не получит никто.
    [left] ✅ <b>Ушло { WHEN($at) }.</b>
   *[recalled] ↩️ <b>Отозвано: его никто не получил.</b>
  }
announcement-its-words = <b>Текст:</b>
announcement-sent-to = 📬 Получили { $sent } из { $people }
announcement-on-its-way = ⏳ Ещё { $count ->
    [one] { $count } письмо
    [few] { $count } письма
   *[many] { $count } писем
  } в пути: объявления пропускают вперёд срочное и ждут конца тихих часов.
announcement-failed = ⚠️ Не дошло: { $count }
announcement-read = 👁 Ознакомлены семьи { $read } из { $children ->
    [one] { $children } ребёнка
   *[many] { $children } детей
  }
button-announcement-back = ↩️ Отозвать
button-announcement-back-anew = ✏️ Отозвать и изменить
button-announcement-anew = ✏️ Изменить и отправить заново
button-announcement-refresh = 🔄 Обновить
button-announcement-missing = Кто не ознакомлен: { $count }
button-announcement-remind = 🔔 Напомнить им
announcement-left = Объявление уже ушло: отозвать его нельзя. Если в нём ошибка — отправьте ещё одно, с исправлением.
announcement-reminded = { $count ->
    [0] Напоминать письмом некому.
    [one] 🔔 Напоминание получит { $count } человек. Второго не будет.
    [few] 🔔 Напоминание получат { $count } человека. Второго не будет.
   *[many] 🔔 Напоминание получат { $count } человек. Второго не будет.
  }
announcement-missing = <b>Не ознакомлены</b> · { $kind ->
    [all] вся школа
   *[other] { $whom }
  }
announcement-missing-class = <b>{ $name }</b>
announcement-missing-one = • { $name }
announcement-nameless = без имени: семья не разрешила называть
announcement-missing-foreign = { $count ->
    [one] И { $count } ученик другой школы.
    [few] И { $count } ученика другой школы.
   *[many] И { $count } учеников другой школы.
  }
