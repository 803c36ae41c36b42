import re,glob
from pathlib import Path
T=[
 (r'f"apply\.draft:\{([^}]+)\}"', r'Draft(\1)','Draft'),(r'f"apply\.add:\{([^}]+)\}:\{([^}]+)\}"',r'AddToDraft(\1, \2)','AddToDraft'),
 (r'f"allocation\.lottery:\{([^}]+)\}"',r'Lottery(\1)','Lottery'),(r'f"allocation\.look:\{([^}]+)\}"',r'AllocationOf(\1)','AllocationOf'),
 (r'f"offer\.page:\{([^}]+)\}"',r'OfferPage(\1)','OfferPage'),(r'f"papers\.application:\{([^}]+)\}"',r'ApplicationFile(\1)','ApplicationFile'),
 (r'f"course\.list:\{([^}]+)\}:0:0:0"',r'CoursesFor(\1)','CoursesFor'),(r'f"allocation\.wanted:\{([^}]+)\}:0"',r'WantedHome(\1, 0)','WantedHome'),
 (r'f"request\.page:\{([^}]+)\}:0"',r'RequestPage(\1)','RequestPage'),(r'"calls:0"',r'CallList(0)','CallList'),(r'"group\.list:0"','GroupList()','GroupList'),
 (r'(?<=, )"enter"\)','EnterHome())','EnterHome'),(r'(?<=, )"allocation"\)','AllocationHome())','AllocationHome'),
 (r'"inbox\.forming"','Forming()','handlers.enrollment.places:Forming'),
 (r'f"inbox\.look:n:0:0:0:\{([^}]+)\}"',r'Look(application=\1)','handlers.enrollment.places:Look'),
 (r'"inbox\.look:n:0:0:0:0"','Look(application=0)','handlers.enrollment.places:Look'),
 (r'f"apply\.withdraw:\{([^}]+)\}:(\{([^}]+)\}|0)"',lambda m: f'Withdraw(application={m[1]}, choice={m[3] or 0})','handlers.enrollment.applications:Withdraw'),
 (r'f"apply\.paper:\{([^}]+)\}"',r'PaperPage(\1)','PaperPage'),(r'f"journal\.read:\{([^}]+)\}"',r'JournalOf(\1)','JournalOf'),
 (r'f"journal\.why:\{([^}]+)\}:\{([^}]+)\}:\{([^}]+)\}"',r'WhyAbsent(\1, \2, \3)','WhyAbsent'),(r'f"journal\.code:\{([^}]+)\}:\{([^}]+)\}:"',r'AskCode(\1, \2)','AskCode'),
 (r'f"journal\.plan:\{([^}]+)\}"',r'UploadPlan(\1)','UploadPlan'),(r'f"offer\.accept:\{([^}]+)\}"',r'AcceptOffer(\1)','AcceptOffer'),(r'f"offer\.decline:\{([^}]+)\}"',r'DeclineOffer(\1)','DeclineOffer'),
 (r'\("button-consent-read", f"consent:\{([^}]+)\}"\)',r'("button-consent-read", ConsentOf(\1))','ConsentOf'),
 (r'f"task\.done:\{([^}]+)\}:1"',r'TaskDone(\1, anew=True)','TaskDone'),(r'f"task\.later:\{([^}]+)\}:1"',r'TaskLater(\1, anew=True)','TaskLater'),
 (r'f"task\.hand:\{([^}]+)\}:0:1"',r'TaskHand(\1, 0, anew=True)','TaskHand'),(r'"task\.board:(now|passed):0:1"',r'Board("\1", 0, anew=True)','Board'),
 (r'\("button-lesson-seen", f"lesson\.seen:\{([^}]+)\}:\{([^}]+)\}"\)',r'("button-lesson-seen", LessonSeen(\1, \2))','LessonSeen'),
 (r'\("button-lesson-open", f"lesson:\{([^}]+)\}"\)',r'("button-lesson-open", LessonPage(\1))','LessonPage'),
 (r'\("button-timetable", "timetable"\)','("button-timetable", Timetable())','Timetable'),
 (r'\("(button-[a-z-]+)", "tasks"\)',r'("\1", Tasks())','Tasks'),(r'\("(button-[a-z-]+)", "lessons"\)',r'("\1", Lessons())','Lessons'),
]
for f in glob.glob('handlers/*/*.py')+glob.glob('bot/notices/*.py'):
    p=Path(f); s=was=p.read_text(); need=set()
    for pat,new,name in T:
        t=re.sub(pat,new,s)
        if t!=s: need.add(name); s=t
    if f.startswith('bot/notices'): s=s.replace('list[tuple[str, str]]','list[tuple[str, Target]]')
    if 'tuple[str, Target]' in s and f.startswith('bot/notices'): need.add('Target')
    if s!=was:
        mod=f[:-3].replace('/','.')
        imps=[]
        ours=sorted(n for n in need if ':' not in n)
        if ours: imps.append(f"from bot.targets import {', '.join(ours)}")
        for n in need:
            if ':' in n and n.split(':')[0]!=mod: imps.append(f"from {n.split(':')[0]} import {n.split(':')[1]}")
        s=s.replace("from __future__ import annotations\n","from __future__ import annotations\n\n"+"\n".join(imps)+"\n",1)
        p.write_text(s)
def drop(s, name, kind="class"):
    t=re.sub(rf'^{kind} {name}\(.*?(?=^(class|def|async def|#|@|[A-Z_]+ = ))','',s,flags=re.M|re.S)
    assert t!=s,name
    return t
p=Path('handlers/enrollment/deciding.py'); s=p.read_text()
for n in ("Which","Look"): s=drop(s,n)
s=drop(s,"plain","def"); s=drop(s,"_packed","def")
s=s.replace('f"inbox.filter:{_packed(at)}"','Filter(**plain(at))').replace('f"inbox.all:{_packed(at)}"','All(**plain(at))')
s=s.replace("from __future__ import annotations\n","from __future__ import annotations\n\nfrom handlers.enrollment.places import All, Filter, Forming, Look, Which, plain\n",1)
p.write_text(s)
p=Path('handlers/enrollment/deciding_many.py'); s=p.read_text()
for n in ("Filter","All"): s=drop(s,n)
s=re.sub(r"from handlers.enrollment.deciding import ([^\n(]*)\n", lambda m: "from handlers.enrollment.deciding import "+", ".join(x for x in m[1].split(", ") if x not in ("Look","Which","plain"))+"\n", s)
s=s.replace("from __future__ import annotations\n","from __future__ import annotations\n\nfrom handlers.enrollment.places import All, Filter, Forming, Look, Which, plain\n",1)
p.write_text(s)
p=Path('handlers/enrollment/inbox.py'); s=p.read_text()
s=drop(s,"Forming"); s=s.replace("from __future__ import annotations\n","from __future__ import annotations\n\nfrom handlers.enrollment.places import Forming, Look\n",1); p.write_text(s)
