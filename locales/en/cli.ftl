# The command line.

cli-applied = Done, it is written.
cli-apply-with = This is only a plan, nothing has changed. To carry it out: { $command }
cli-invited = Invitation for: { $name } ({ $where })
cli-no-link = No link can be shown: Telegram did not answer, or BOT_TOKEN is not set. The code below works without it.
cli-letters = The code in letters: { $letters } — good once, until { DAY($until) }, { TIME($until) }.
cli-restored = Done, restored from { $file }. Erased again, for they had withdrawn: { $count }.
cli-restored-aside = The former database lies beside: { $file }. Delete it when you see that all is well: it holds the data of those who were erased.
cli-erasures-known = Withdrawals are known up to { DAY($until) }, { TIME($until) } (machine { $machine }).
cli-erasures-unknown = There is no ledger of withdrawals, neither beside the copy nor in DATA_DIR: who withdrew after the copy was taken is not known. If the old machine still has it (DATA_DIR/erasures), put it into DATA_DIR and start the bot.
cli-erasures-unread = Lines of the ledger of withdrawals that cannot be read, or were written with another network's key: { $count }.
