# The command line.

cli-applied = Done, it is written.
cli-apply-with = This is only a plan, nothing has changed. To carry it out: { $command }
cli-invited = Invitation for: { $name } ({ $where })
cli-no-link = No link can be shown: Telegram did not answer, or BOT_TOKEN is not set. The code below works without it.
cli-letters = The code in letters: { $letters } — good once, until { DAY($until) }, { TIME($until) }.
cli-restored = Done, restored from { $file }. Erased again, for they had withdrawn: { $count }.
cli-erasures-until = Withdrawals of consent are known up to { FULLDAY($until) }, { TIME($until) }.
