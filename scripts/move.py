"""Moves modules into subject packages and rewrites every import. Run in the root of a checkout: python move.py"""
import re, subprocess, sys
from pathlib import Path

def group(floor, table):
    out = {}
    for subject, names in table.items():
        for pair in names.split():
            old, _, new = pair.partition(":")
            out[f"{floor}.{old}"] = f"{floor}.{subject}.{new or old}"
    return out

MOVES = {}
MOVES |= group("handlers", {
    "people": "start settings consent invitations mydata calls",
    "courses": "courses:catalogue course_card:card course_inline:inline course_places:places",
    "enrollment": "applications enrollment:applying deciding deciding_many entering inbox",
    "requests": "requests", "offers": "offers", "allocation": "allocation lottery",
    "timetable": "timetable:family lessons lesson_changes:changes",
    "journal": "journal:pages files",
    "roadmap": "roadmap roadmap_page:page", "papers": "papers reports",
})
MOVES |= group("bot.services", {
    "people": "people consent invitations codes mydata mydata_file calls",
    "courses": "courses:catalogue course_pictures:pictures course_search:search fitting clashes shortlist",
    "enrollment": "enrollment:choices applications deciding entering departures weighing funnel",
    "requests": "requests request_consents:consents request_papers:papers",
    "offers": "offers offer_hours:hours",
    "allocation": "allocation allocation_input:input allocation_rules:rules allocation_told:told allocation_view:view",
    "timetable": "timetable:lessons lesson_answers:answers lesson_preview:preview lesson_reminders:reminders moments",
    "journal": "journal journal_families:families journal_folder:folder journal_form:form journal_letters:letters journal_match:match journal_uploads:uploads",
    "roadmap": "roadmap deadlines evidence programme",
    "network": "network network_apply:apply network_checks:checks network_compare:compare network_lessons:lessons",
    "papers": "papers",
})
MOVES |= group("storage", {
    "people": "people consent invitations calls mydata",
    "courses": "courses shelf inline",
    "enrollment": "enrollment deciding funnel",
    "requests": "requests", "offers": "offers", "allocation": "allocation",
    "timetable": "timetable lesson_changes:changes lesson_clashes:clashes answers",
    "journal": "journal", "roadmap": "roadmap evidence", "network": "network", "papers": "papers",
})
MOVES |= {
    "bot.intake": "bot.telegram.intake", "bot.doorman": "bot.telegram.doorman", "bot.frame": "bot.telegram.frame",
    "bot.talks": "bot.telegram.talks", "bot.speech": "bot.telegram.speech", "handlers.commands": "bot.telegram.commands",
    "bot.delivery": "bot.post.postman", "bot.pace": "bot.post.pace", "bot.services.post": "bot.post.posting", "bot.services.quiet": "bot.post.quiet",
    "handlers.course_words": "bot.words.courses", "handlers.deciding_words": "bot.words.deciding", "handlers.enrollment_words": "bot.words.enrollment",
    "handlers.lesson_words": "bot.words.timetable", "bot.services.allocation_words": "bot.words.allocation",
    "bot.services.journal_words": "bot.words.journal", "bot.services.network_words": "bot.words.network",
    "bot.uploads": "bot.reading.uploads", "bot.uploads_child": "bot.reading.uploads_child",
    "bot.workbook": "bot.reading.workbook", "bot.journal": "bot.reading.journal",
    "bot.terminal": "bot.cli.terminal", "bot.newfile": "bot.cli.newfile",
}
TESTS = {
    "people": "people invitations invitations_pdf mydata",
    "courses": "courses courses_choosing courses_inline courses_shelf",
    "enrollment": "enrollment enrollment_change enrollment_race enrollment_rules enrollment_table deciding entering funnel",
    "requests": "requests requests_versions", "offers": "offers offers_hours offers_races",
    "allocation": "allocation allocation_chat allocation_rules",
    "timetable": "timetable timetable_letters timetable_moments timetable_pages",
    "journal": "journal journal_folder journal_list journal_plan",
    "roadmap": "roadmap roadmap_programme roadmap_reminders",
    "network": "network network_lessons workbook workbook_faults workbook_template",
    "papers": "papers papers_pages",
    "telegram": "intake delivery kills foreign_presses app outages forged odd_updates",
    "reading": "uploads files",
    "sandbox": "sandbox_aiogram sandbox_files sandbox_html sandbox_messages sandbox_page sandbox_page_stage sandbox_phone sandbox_profile sandbox_queries sandbox_strict sandbox_trouble sandbox_updates sandbox_webhook browser browser_page",
    "house": "docs guards locales settings voice voice_lengths command_line demo_day",
}
for subject, names in TESTS.items():
    for name in names.split():
        MOVES[f"tests.test_{name}"] = f"tests.{subject}.test_{name}"

def sh(*a): subprocess.run(a, check=True)
ROOT = Path(".")
def path_of(module):
    p = Path(*module.split("."))
    return p if p.is_dir() else p.with_suffix(".py")

tracked = subprocess.run(["git", "ls-files"], capture_output=True, text=True, check=True).stdout.split("\n")
made = {}
TMP = Path("_moving"); TMP.mkdir(exist_ok=True)
# two phases: handlers/courses.py -> handlers/courses/…: a file stands where the folder must come
for number, (old, new) in enumerate(MOVES.items()):
    source = path_of(old)
    if not source.exists(): print("absent", old); continue
    made[old] = new
    sh("git", "mv", str(source), str(TMP / str(number)))
    if old == "bot.services.programme" or source.name == "programme.py":
        sh("git", "mv", "bot/services/programme.toml", str(TMP / "toml"))
for number, (old, new) in enumerate(MOVES.items()):
    if old not in made: continue
    target = Path(*new.split("."))
    target.parent.mkdir(parents=True, exist_ok=True)
    source = TMP / str(number)
    sh("git", "mv", str(source), str(target if source.is_dir() else target.with_suffix(".py")))
    if target.name == "programme": sh("git", "mv", str(TMP / "toml"), str(target.with_suffix(".toml")))
TMP.rmdir()
DOC = {
 "handlers/people": "Who is in: the door, invitations, consent, settings, one's data, whom to call.",
 "handlers/courses": "The catalogue of courses.", "handlers/enrollment": "Applications: a family's, and the coordinator's queue.",
 "handlers/requests": "The school's requests to its partners.", "handlers/offers": "Places that fell free.", "handlers/allocation": "The distribution of places.",
 "handlers/timetable": "The week: a family's, a teacher's, and its changes.", "handlers/journal": "The journal, and files sent in the chat.",
 "handlers/roadmap": "The roadmap's tasks.", "handlers/papers": "Papers and reports.",
 "bot/telegram": "Everything that touches aiogram's objects outside handlers.", "bot/post": "Letters: posted, paced, carried.",
 "bot/words": "Facts become sentences, for pages, files and the command line alike.", "bot/reading": "Files as people make them, read.", "bot/cli": "The command line by subject.",
}
for package in {Path(*n.split(".")).parent for n in made.values()}:
    while str(package) not in (".", "tests", "bot", "handlers", "storage", "bot/services"):
        init = package / "__init__.py"
        if not init.exists():
            init.write_text(f'"""{DOC.get(str(package), package.name.capitalize() + ".")}"""\n'); sh("git", "add", str(init))
        package = package.parent

# ── imports ──
parents = {}
for old, new in made.items():
    parents.setdefault(old.rpartition(".")[0], {})[old.rpartition(".")[2]] = new
dotted = sorted(made, key=len, reverse=True)
pattern = re.compile(r"(?<![\w.])(" + "|".join(re.escape(d) for d in dotted) + r")(?![\w])")
IMPORT = re.compile(r"^(?P<indent>[ \t]*)from (?P<pkg>[\w.]+) import (?P<names>\([^)]*\)|[^\n#(]+)(?P<tail>[^\n]*)$", re.M)

def split_imports(text):
    def sub(m):
        pkg = m["pkg"]
        if pkg not in parents: return m[0]
        names = [n.strip() for n in m["names"].strip("()").replace("\n", " ").split(",") if n.strip()]
        keep, out = [], []
        for n in names:
            name, _, alias = n.partition(" as ")
            new = parents[pkg].get(name.strip())
            if new is None: keep.append(n); continue
            p, _, leaf = new.rpartition(".")
            alias = alias.strip() or name.strip()
            out.append(f"{m['indent']}from \0{p} import {leaf}" + (f" as {alias}" if alias != leaf else ""))
        if not out: return m[0]
        if keep: out.insert(0, f"{m['indent']}from {pkg} import {', '.join(keep)}")
        out[-1] += m["tail"]
        return "\n".join(out)
    return IMPORT.sub(sub, text)

paths = {str(Path(*o.split("."))): str(Path(*n.split("."))) for o, n in made.items()}
ppat = re.compile(r"(?<![\w/])(" + "|".join(re.escape(p) for p in sorted(paths, key=len, reverse=True)) + r")(?=\.(py|toml)\b)")
for name in subprocess.run(["git", "ls-files"], capture_output=True, text=True, check=True).stdout.split("\n"):
    p = Path(name)
    if not name or not p.is_file() or p.suffix not in {".py", ".md", ".toml", ".js", ".ini", "", ".yaml", ".service"} or name.startswith("docs/pictures"): continue
    if p.suffix == "" and p.name not in {"Makefile", "Dockerfile", "run"}: continue
    text = was = p.read_text("utf-8")
    if p.suffix == ".py":
        text = split_imports(text)
        # `bot.journal` → package; only in import lines and quoted dotted names
        text = re.sub(r"^([ \t]*(?:from|import) )(?!\0)([\w.]+)", lambda m: m[1] + pattern.sub(lambda k: made[k[1]], m[2]), text, flags=re.M)
        text = re.sub(r"([\"'])((?:bot|handlers|storage|tests)\.[\w.]+)([\"'])", lambda m: m[1] + pattern.sub(lambda k: made[k[1]], m[2]) + m[3], text)
    text = text.replace("\0", "")
    if name.startswith("tests/") and name.count("/") == 2: text = text.replace("Path(__file__).parent.parent", "Path(__file__).parent.parent.parent")
    text = ppat.sub(lambda m: paths[m[1]], text)
    if text != was: p.write_text(text, "utf-8")
print(len(made), "moved")
