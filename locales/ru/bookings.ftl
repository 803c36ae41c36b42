# Брони помещений и оборудования.

button-book = 📅 Забронировать
button-bookings = 🗓 Мои брони
button-rooms = 🏫 Помещения
button-book-until = до { TIME($ends) }
button-booking-back = ✖️ Отменить бронь
button-booking-drop = ✖️ { $number }
button-booking-drop-of = ✖️ { TIME($at) } · { $who }
button-booking-undo = ↩️ Вернуть бронь

rooms-title = <b>🏫 Помещения сети</b>
rooms-none = Помещений пока нет: они появятся, когда в книге сети заполнят лист «Помещения».
room-title =
    <b>{ $name }</b>
    { $organization }
room-seats = 👥 Мест: { $seats }
room-equipment = 🔧 { $equipment }

book-day =
    <b>📅 { $name }</b>
    { SHORTDAY($day) }
book-nobody = Весь день свободно.
book-taken = 🔸 { TIME($starts) }–{ TIME($ends) } · { $who }{ $all ->
        [1] {""}
       *[other] , { $sets } из { $all }
    }
book-taken-lesson = 🧑‍🏫 { TIME($starts) }–{ TIME($ends) } · занятие «{ $course }»
book-choose = С какого часа? Свободные — на кнопках.
book-no-hours = Свободных часов в этот день нет. Посмотрите другой.
book-until =
    <b>📅 { $name }</b>
    { SHORTWHEN($starts) }

    До какого часа?
book-how-many =
    <b>📅 { $name }</b>
    { SHORTWHEN($starts) }–{ TIME($ends) }

    Сколько нужно? Свободно { $free } из { $all }.
booking-made = ✅ За вами: { $name }, { SHORTWHEN($starts) }–{ TIME($ends) }{ $sets ->
        [1] .
       *[other] , комплектов: { $sets }.
    }
booking-stands = ✅ Бронь снова стоит ({ $who }): { $name }, { SHORTWHEN($starts) }–{ TIME($ends) }.
booking-given-back = Бронь снята: { $name }, { SHORTWHEN($starts) }–{ TIME($ends) }.
booking-line = { $number }. { $name }, { SHORTWHEN($starts) }–{ TIME($ends) }{ $sets ->
        [1] {""}
       *[other] , комплектов: { $sets }
    }
booking-met-line = ⚠️ В это время здесь занятие: возьмите другой час или другое место.
bookings-title = <b>🗓 Мои брони</b>{ $count ->
        [0] {"\u000A"}Пока ни одной. Откройте ресурс или помещение и нажмите «Забронировать».
       *[other] {""}
    }
booking-past = Это время уже началось: забронировать или отменить можно только заранее.
booking-far = Бронировать можно с сегодняшнего дня и на { $days ->
        [one] { $days } день
        [few] { $days } дня
       *[other] { $days } дней
    } вперёд.
booking-hours = Бронь — в один день, с { TIME($opens) } до { TIME($shuts) }, не дольше четырёх часов.
booking-taken = На это время уже занято. Откройте день снова: свободные часы — на кнопках.

booking-met = ⚠️ { $name }: ваша бронь { SHORTWHEN($at) }–{ TIME($ends) } совпала с занятием «{ $course }» ({ TIME($lesson_at) }–{ TIME($lesson_ends) }). Занятия идут первыми: возьмите другой час или другое место.
booking-free = ✅ { $name } снова ваше { SHORTWHEN($at) }–{ TIME($ends) }: занятия там в это время не будет.
booking-cancelled = { $why ->
        [back] ✅ Ваша бронь снова стоит: { $name }, { SHORTWHEN($at) }–{ TIME($ends) }.
        [gone] ✖️ { $name } больше нет среди ресурсов и помещений сети. Ваша бронь { SHORTWHEN($at) }–{ TIME($ends) } снята.
       *[cancelled] ✖️ Вашу бронь сняли: { $name }, { SHORTWHEN($at) }–{ TIME($ends) }. Сделал это администратор организации или ответственный за сеть.
    }
