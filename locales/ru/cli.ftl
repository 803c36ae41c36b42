# Командная строка.

cli-applied = Готово, записано.
cli-apply-with = Это только план, ничего не изменено. Выполнить: { $command }
cli-invited = Приглашение для: { $name } ({ $where })
cli-no-link = Ссылку показать нельзя: Telegram не ответил или не задан BOT_TOKEN. Код ниже работает и без неё.
cli-letters = Код буквами: { $letters }. Сработает один раз, до { DAY($until) }, { TIME($until) }.
cli-restored = Готово, восстановлено из { $file }. Снова стёрто тех, кто отозвал согласие: { $count }.
cli-erasures-until = Отзывы согласия известны до { FULLDAY($until) }, { TIME($until) }.
