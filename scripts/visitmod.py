"""Turns handlers from `db, say, person, …` to one `visit`. Run in a checkout whose modules are moved."""
import subprocess, sys
from pathlib import Path
import libcst as cst
import libcst.matchers as m

VISIT = {"db": "db", "say": "say", "person": "person", "now": "now", "today": "today", "settings": "settings", "state": "talk", "bot": None}
TYPES = {"db": {"Database"}, "say": {"Say"}, "person": {"Person"}, "now": {"datetime"}, "today": {"date"}, "settings": {"Settings"}, "state": {"FSMContext"}, "bot": {"Bot"}}
EVENT_TYPES = {"Message", "CallbackQuery", "Message | CallbackQuery", "CallbackQuery | Message", "InlineQuery"}
TARGETS = {  # (module, class): target
 ("handlers.enrollment.applications", "PaperPage"): "PaperPage", ("handlers.enrollment.applying", "Draft"): "Draft",
 ("handlers.enrollment.applying", "Add"): "AddToDraft", ("handlers.allocation.allocation", "Home"): "AllocationHome",
 ("handlers.allocation.allocation", "Look"): "AllocationOf", ("handlers.allocation.lottery", "Lottery"): "Lottery",
 ("handlers.allocation.lottery", "Wanted"): "WantedHome", ("handlers.people.calls", "Calls"): "CallList",
 ("handlers.courses.places", "ForChild"): "CoursesFor", ("handlers.enrollment.entering", "Home"): "EnterHome",
 ("handlers.offers.offers", "GroupList"): "GroupList", ("handlers.offers.offers", "OfferPage"): "OfferPage",
 ("handlers.offers.offers", "Accept"): "AcceptOffer", ("handlers.offers.offers", "Decline"): "DeclineOffer",
 ("handlers.journal.files", "AskCode"): "AskCode", ("handlers.journal.files", "Plan"): "UploadPlan",
 ("handlers.journal.pages", "Read"): "JournalOf", ("handlers.journal.pages", "Why"): "WhyAbsent",
 ("handlers.timetable.changes", "LessonPage"): "LessonPage", ("handlers.timetable.family", "Seen"): "LessonSeen",
 ("handlers.papers.papers", "ApplicationFile"): "ApplicationFile", ("handlers.requests.requests", "RequestPage"): "RequestPage",
 ("handlers.roadmap.page", "OneTask"): "OneTask", ("handlers.roadmap.page", "Board"): "Board", ("handlers.roadmap.page", "Done"): "TaskDone",
 ("handlers.roadmap.page", "Hand"): "TaskHand", ("handlers.roadmap.page", "Later"): "TaskLater",
}
UI_TARGETS = {n: n for n in "Menu Courses Applications Timetable JournalHome Tasks Inbox SettingsHome Help MyData Lessons Requests Papers Reports NetworkHome ConsentOf Invite WithdrawHome".split()} | {"Page": "Nowhere"}
TO_VISIT = {"Button", "Rows", "TEXT", "TOAST"}
DROPPED = {"show", "toast", "give", "refuse", "is_letter", "back", "back_to_menu", "pager", "keyboard"}

def module_of(path): return ".".join(path.with_suffix("").parts)
code = lambda node: cst.Module([]).code_for_node(node)

class Func:
    def __init__(self, module, node):
        self.module, self.node, self.name = module, node, node.name.value
        p = node.params
        self.params = [(x.name.value, code(x.annotation.annotation) if x.annotation else "", x.default is not None, kw) for x, kw in [(x, False) for x in p.params] + [(x, True) for x in p.kwonly_params]]
        self.event = None
        self.absorbed = set()
        for i, (n, t, d, kw) in enumerate(self.params):
            if t in EVENT_TYPES and self.event is None and n != "callback_data" : self.event = n
            elif n in VISIT and t in TYPES[n]: self.absorbed.add(n)
        assigned = set()
        class A(cst.CSTVisitor):
            def visit_AssignTarget(s, t):
                if isinstance(t.target, cst.Name): assigned.add(t.target.value)
                if isinstance(t.target, cst.Tuple):
                    for e in t.target.elements:
                        if isinstance(e.value, cst.Name): assigned.add(e.value.value)
        node.body.visit(A())
        self.assigned = assigned
        self.reassigned = self.absorbed & assigned
        self.absorbed -= self.reassigned
    @property
    def converted(self): return bool(self.absorbed or self.event)
    @property
    def positional(self): return [q for q in self.params if not q[3]]

files = {module_of(Path(f)): Path(f) for f in subprocess.run(["git", "ls-files", "handlers/*.py"], capture_output=True, text=True).stdout.split() if f not in ("handlers/ui.py", "handlers/door.py")}
trees = {mod: cst.parse_module(p.read_text("utf-8")) for mod, p in files.items()}
funcs = {}
for mod, tree in trees.items():
    for s in tree.body:
        if isinstance(s, cst.FunctionDef) and s.name.value not in ("routes", "fallback"):
            f = Func(mod, s)
            funcs[(mod, f.name)] = f
names = {}  # module -> local name -> (module, name) of function
mods = {}
classes = {}
for mod, tree in trees.items():
    names[mod] = {f.name: (mod, f.name) for f in funcs.values() if f.module == mod}
    mods[mod], classes[mod] = {}, {}
    for (cm, cn), t in TARGETS.items():
        if cm == mod: classes[mod][cn] = t
    for s in tree.body:
        if not isinstance(s, cst.SimpleStatementLine): continue
        for b in s.body:
            if isinstance(b, cst.ImportFrom) and not isinstance(b.names, cst.ImportStar):
                src = code(b.module) if b.module else ""
                for a in b.names:
                    n = code(a.name); local = code(a.asname.name) if a.asname else n
                    if (src, n) in funcs: names[mod][local] = (src, n)
                    if f"{src}.{n}" in files: mods[mod][local] = f"{src}.{n}"
                    if (src, n) in TARGETS: classes[mod][local] = TARGETS[(src, n)]
flags = []
def callee(mod, call):
    if isinstance(call.func, cst.Name): return funcs.get(names[mod].get(call.func.value))
    if isinstance(call.func, cst.Attribute) and isinstance(call.func.value, cst.Name) and call.func.value.value in mods[mod]:
        return funcs.get((mods[mod][call.func.value.value], call.func.attr.value))
def bind(f, call):
    out, pos = [], f.positional
    for i, a in enumerate(call.args):
        if a.star: return None
        if a.keyword: out.append((a.keyword.value, a))
        elif i < len(pos): out.append((pos[i][0], a))
        else: return None
    return out
def own_event(f, v):
    return isinstance(v, cst.Name) and v.value == f.event or (isinstance(v, cst.Attribute) and isinstance(v.value, cst.Name) and v.value.value == f.event and v.attr.value == "message")
changed = True
while changed:
    changed = False
    for caller in funcs.values():
        class C(cst.CSTVisitor):
            def visit_Call(s, call):
                global changed
                f = callee(caller.module, call)
                if not f or not f.converted: return
                bound = bind(f, call)
                if bound is None: flags.append(f"{caller.module}.{caller.name}: star call of {f.name}"); return
                for n, a in bound:
                    if n in f.absorbed and not (isinstance(a.value, cst.Name) and a.value.value == n and n in caller.absorbed):
                        f.absorbed.discard(n); changed = True
        caller.node.visit(C())

class Rewrite(cst.CSTTransformer):
    def __init__(self, mod): self.mod, self.stack = mod, []
    def top(self): return next((f for f in reversed(self.stack) if f), None)
    def visit_FunctionDef(self, node):
        f = funcs.get((self.mod, node.name.value)) if not self.stack else self.stack[0]
        self.stack.append(f)
    def leave_FunctionDef(self, was, node):
        f = self.stack.pop()
        if self.stack or not f or not f.converted: return node
        keep = lambda x: x.name.value != f.event and x.name.value not in f.absorbed
        def fix(x): return x.with_changes(name=cst.Name("at")) if x.name.value == "callback_data" and True else x
        ps = [fix(x) for x in node.params.params if keep(x)]
        kws = [x for x in node.params.kwonly_params if keep(x)]
        first = cst.Param(cst.Name("visit" if True else ""), cst.Annotation(cst.Name("Visit")))
        clean = lambda x: x.with_changes(comma=cst.MaybeSentinel.DEFAULT)
        params = node.params.with_changes(params=[first, *map(clean, ps)], kwonly_params=[*map(clean, kws)])
        if not kws: params = params.with_changes(star_arg=cst.MaybeSentinel.DEFAULT)
        return node.with_changes(params=params, whitespace_before_params=cst.SimpleWhitespace(""))
    def visit_Param(self, node): return False if False else None
    def leave_Name(self, was, node): return node
    def leave_Call(self, was, node):
        f = self.top()
        if not f or not f.converted: return node
        fn = node.func.value if isinstance(node.func, cst.Name) else None
        def is_say(a): return isinstance(a.value, cst.Name) and a.value.value == "say" and "say" in f.absorbed
        V = cst.Name("visit")
        attr = lambda n: cst.Attribute(V, cst.Name(n))
        a0 = was.args[0] if was.args else None
        if fn in ("show", "toast", "give", "refuse") and a0 and own_event(f, a0.value): return node.with_changes(func=attr(fn), args=node.args[1:])
        if fn == "is_letter" and a0 and own_event(f, a0.value): return attr("at_letter")
        if fn == "back_to_menu" and a0 and is_say(a0): return attr("menu")
        if fn in ("back", "pager") and a0 and is_say(a0): return node.with_changes(func=attr(fn), args=node.args[1:])
        if fn == "Button" and len(was.args) == 2 and isinstance(was.args[0].value, cst.Call):
            inner = was.args[0].value
            if m.matches(inner.func, m.Attribute(m.Name("say"), m.Name("plain"))) and "say" in f.absorbed and inner.args and not inner.args[0].keyword:
                got = node.args[0].value.args
                return node.with_changes(func=attr("button"), args=[got[0].with_changes(comma=cst.MaybeSentinel.DEFAULT), node.args[1].with_changes(comma=cst.MaybeSentinel.DEFAULT), *[g.with_changes(comma=cst.MaybeSentinel.DEFAULT) for g in got[1:]]])
        target = callee(self.mod, was)
        if target and target.converted:
            bound = bind(target, was)
            if bound is None: return node
            args = [cst.Arg(V)]
            for (n, a), new in zip(bound, node.args):
                if n == target.event:
                    if not own_event(f, a.value): flags.append(f"{self.mod}.{f.name}: {target.name} gets another event: {code(a.value)}")
                    continue
                if n in target.absorbed: continue
                nm = new.with_changes(comma=cst.MaybeSentinel.DEFAULT)
                if n == "callback_data" and nm.keyword: nm = nm.with_changes(keyword=cst.Name("at"))
                args.append(nm)
            return node.with_changes(args=args, whitespace_before_args=cst.SimpleWhitespace(""))
        return node

AT = {}
class At(cst.CSTVisitor):
    """functions in which `at` is assigned only from callback_data"""
for f in funcs.values():
    ok = True
    class S(cst.CSTVisitor):
        def visit_Assign(s, a):
            global ok
            for t in a.targets:
                if isinstance(t.target, cst.Name) and t.target.value == "at":
                    if not (isinstance(a.value, cst.Name) and a.value.value == "callback_data"): ok = False
                if isinstance(t.target, cst.Tuple) and any(isinstance(e.value, cst.Name) and e.value.value == "at" for e in t.target.elements):
                    first = t.target.elements[0]
                    if not (isinstance(first.value, cst.Name) and first.value.value == "at" and isinstance(a.value, cst.Tuple) and m.matches(a.value.elements[0].value, m.Name("callback_data"))): ok = False
    f.node.body.visit(S())
    f.conflict = not ok and any(q[0] == "callback_data" for q in f.params)
    if f.conflict and "where" in f.assigned: flags.append(f"{f.module}.{f.name}: where taken")

class Names(cst.CSTTransformer):
    """db → visit.db …, inside the bodies of converted functions; runs after Rewrite."""
    def __init__(self, f): self.f, self.shadow = f, []
    def visit_Param(self, node): return False
    def visit_Arg(self, node): return True
    def visit_Attribute(self, node):
        return None
    def leave_Attribute(self, was, node):
        # do not touch attribute names
        if isinstance(was.attr, cst.Name): node = node.with_changes(attr=was.attr)
        c = code(node)
        if c in ("visit.settings.zone", "visit.say.zone"): return cst.parse_expression("visit.zone")
        return node
    def leave_Arg(self, was, node):
        return node.with_changes(keyword=was.keyword) if was.keyword else node
    def visit_FunctionDef(self, node): self.shadow.append({p.name.value for p in [*node.params.params, *node.params.kwonly_params]})
    def leave_FunctionDef(self, was, node): self.shadow.pop(); return node.with_changes(name=was.name)
    def visit_Lambda(self, node): self.shadow.append({p.name.value for p in node.params.params})
    def leave_Lambda(self, was, node): self.shadow.pop(); return node
    def leave_Name(self, was, node):
        n = node.value
        if any(n in s for s in self.shadow): return node
        if n == "at" and self.f.conflict: return cst.Name("where")
        if n in self.f.absorbed and VISIT[n]: return cst.Attribute(cst.Name("visit"), cst.Name(VISIT[n]))
        if n == "callback_data" and True: return cst.Name("at")
        return node

class Body(cst.CSTTransformer):
    def __init__(self, mod): self.mod, self.depth = mod, 0
    def visit_FunctionDef(self, node): self.depth += 1
    def leave_FunctionDef(self, was, node):
        self.depth -= 1
        if self.depth: return node
        f = funcs.get((self.mod, node.name.value))
        if not f or not f.converted: return node
        return node.with_changes(body=node.body.visit(Names(f)))

class Classes(cst.CSTTransformer):
    def __init__(self, mod): self.mod, self.used = mod, set()
    def leave_ClassDef(self, was, node):
        if (self.mod, was.name.value) in TARGETS: return cst.RemoveFromParent()
        return node
    def leave_Attribute(self, was, node):
        if isinstance(was.value, cst.Name) and was.value.value == "ui":
            n = was.attr.value
            if n in UI_TARGETS: self.used.add(UI_TARGETS[n]); return cst.Name(UI_TARGETS[n])
            if n in ("may",): return cst.Name("may")
            return cst.Name(n)
        return node.with_changes(attr=was.attr)
    def leave_Arg(self, was, node): return node.with_changes(keyword=was.keyword)
    def leave_Name(self, was, node):
        t = classes[self.mod].get(node.value)
        if t is None and node.value in UI_TARGETS and node.value in UI[self.mod]: t = UI_TARGETS[node.value]
        if t: self.used.add(t); return cst.Name(t)
        return node
    def leave_ImportFrom(self, was, node):
        src = code(was.module) if was.module else ""
        if src == "handlers.ui":
            return cst.RemoveFromParent()
        if isinstance(was.names, cst.ImportStar): return was
        kept = [a for a in was.names if (src, code(a.name)) not in TARGETS and not (src == "handlers" and code(a.name) == "ui")]
        if not kept: return cst.RemoveFromParent()
        kept[-1] = kept[-1].with_changes(comma=cst.MaybeSentinel.DEFAULT)
        return was.with_changes(names=kept)
    def leave_Call(self, was, node):
        if isinstance(node.func, cst.Attribute) and node.func.attr.value == "filter" and isinstance(node.func.value, cst.Name) and not node.args:
            n = was.func.value
            nm = code(n)
            if nm in classes[self.mod] or nm.startswith("ui.") or nm in UI[self.mod] and nm in UI_TARGETS:
                self.used.add("opens!"); return cst.Call(cst.Name("opens"), [cst.Arg(node.func.value)])
        return node
UI = {}
for mod, tree in trees.items():
    UI[mod] = set()
    for s in tree.body:
        if isinstance(s, cst.SimpleStatementLine):
            for b in s.body:
                if isinstance(b, cst.ImportFrom) and b.module and code(b.module) == "handlers.ui": UI[mod] |= {code(a.name) for a in b.names}

import re
for mod, tree in trees.items():
    tree = tree.visit(Rewrite(mod))
    tree = tree.visit(Body(mod))
    cl = Classes(mod)
    tree = tree.visit(cl)
    text = tree.code
    text = re.sub(r"^( *)(\w+) = \2\n", "", text, flags=re.M)  # at = at
    text = re.sub(r"\bat, (\w+) = at, ", r"\1 = ", text)
    text = re.sub(r"visit\.talk\.clear\(\)", "visit.talk.end()", text)
    text = re.sub(r"visit\.talk\.get_data\(\)", "visit.talk.data()", text)
    text = re.sub(r"visit\.talk\.update_data\(", "visit.talk.note(", text)
    text = re.sub(r"^ *if await visit\.talk\.get_state\(\) is not None:[^\n]*\n +await visit\.talk\.end\(\)\n", "", text, flags=re.M)
    def begin(mm):
        state, body = mm[2], mm[3].strip()
        pairs = re.findall(r'"(\w+)":\s*((?:[^,{}()\[\]]|\([^()]*\)|\[[^\[\]]*\])+)', body) if body.startswith("{") else None
        args = ", ".join(f"{k}={v.strip()}" for k, v in pairs) if pairs is not None else f"**{body}"
        return f"{mm[1]}await visit.talk.begin({state}, {args})\n"
    text = re.sub(r"^( *)await visit\.talk\.set_state\(([^)]*)\)\n *await visit\.talk\.set_data\((.*?)\)\n(?= |\n|$)", begin, text, flags=re.M)
    text = re.sub(r"visit\.talk\.set_state\(", "visit.talk.begin(", text)
    text = re.sub(r"\[visit\.back\(([^\[\]]*?)\), visit\.menu\]", r"visit.ways_back(\1)", text)
    for e in ("message", "event"): text = re.sub(r"(?<!\w)\(" + e + r'\.text or ""\)', "visit.text", text).replace(f'{e}.text or ""', "visit.text")
    text = re.sub(r"^async def _?end_talk\(visit: Visit\)[^\n]*\n(?:    [^\n]*\n|\n(?=    ))*\n*", "", text, flags=re.M)
    text = re.sub(r"^ *await _?end_talk\(visit\)\n", "", text, flags=re.M)
    text = re.sub(r"\btap\.answer\(\)", "visit.toast()", text)
    text = text.replace('F.text & ~F.text.startswith("/")', "TYPED")
    extra = []
    vis = sorted(n for n in TO_VISIT if re.search(rf"\b{n}\b", text)) + (["Visit"] if "visit: Visit" in text else [])
    if vis: extra.append(f"from bot.visit import {', '.join(vis)}")
    tg = sorted(t for t in cl.used if not t.endswith("!"))
    if tg: extra.append(f"from bot.targets import {', '.join(tg)}")
    door = [n for n in ("TYPED", "may", "opens") if re.search(rf"\b{n}\(" if n != "TYPED" else r"\bTYPED\b", text.split("def routes")[-1] if "def routes" in text else "") ]
    if door and "def routes" in text: extra.append(f"from handlers.door import {', '.join(door)}")
    if extra: text = text.replace("from __future__ import annotations\n", "from __future__ import annotations\n\n" + "\n".join(extra) + "\n", 1)
    files[mod].write_text(text, "utf-8")
for f in funcs.values():
    if f.converted:
        left = [n for n, t, d, kw in f.params if n in VISIT and t in TYPES[n] and n not in f.absorbed]
        if left: flags.append(f"{f.module}.{f.name}: keeps {left}")
print("\n".join(sorted(set(flags))))
