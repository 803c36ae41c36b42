import re
from pathlib import Path
p=Path('handlers/courses/places.py'); s=p.read_text()
cut=s.index('class Listed(')
head=s[:cut]; tail=s[cut:]
Path('bot/services/courses/places.py').write_text(head.replace("from aiogram.filters.callback_data import CallbackData\n\n","").rstrip()+"\n")
p.write_text('"""The presses of the catalogue."""\n\nfrom __future__ import annotations\n\nfrom aiogram.filters.callback_data import CallbackData\n\n\n'+tail)
import subprocess
for f in subprocess.run("git grep -lE 'handlers.courses.places import' -- '*.py'",shell=True,capture_output=True,text=True).stdout.split():
    p=Path(f); s=p.read_text()
    def sub(m):
        names=[n.strip() for n in m[1].strip("()").replace("\n"," ").split(",") if n.strip()]
        low=[n for n in names if n in("Place","place")]; rest=[n for n in names if n not in low]
        out=[]
        if low: out.append("from bot.services.courses.places import "+", ".join(low))
        if rest: out.append("from handlers.courses.places import "+", ".join(rest))
        return "\n".join(out)
    s=re.sub(r"from handlers\.courses\.places import (\([^)]*\)|[^\n]+)",sub,s)
    p.write_text(s)
p=Path('bot/words/courses.py'); s=p.read_text(); s=s.replace("from handlers.ui import TEXT","from bot.visit import TEXT"); p.write_text(s)
p=Path('bot/post/postman.py'); s=p.read_text()
print(s.count("callback_data=data)"))
s=s.replace("callback_data=data)","callback_data=to.pack())").replace("for key, data in notice.buttons()","for key, to in notice.buttons()")
p.write_text(s)
p=Path('bot/notices/__init__.py'); s=p.read_text()
s=s.replace('''    def buttons(self) -> list[tuple[str, str]]:
        """Buttons below: (locale key of the label, callback data or https address)."""''','''    def buttons(self) -> list[tuple[str, Target]]:
        """Buttons below: (locale key of the label, where it leads)."""''').replace("from bot.voice","from bot.targets import Target\nfrom bot.voice",1)
p.write_text(s)
