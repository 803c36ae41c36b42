#!/bin/sh
# From a Debian-like machine with nothing on it to a working bot, and later from one version to the next. Safe to repeat.
#
#   sudo deploy/install.sh             installs; asks for nothing; what is there stays (.env, data)
#   sudo deploy/install.sh update      a copy of the database, then the new version; if it does not start, everything as before
#   sudo deploy/install.sh rollback    the version before, when the last update is regretted; what came since is kept
#   sudo deploy/install.sh rollback COPY    the same, with the database as it was in that copy of data/backups
#
# HOME_OF_BOT (default /opt/school-bot) holds code, .venv, .env and data; the service SERVICE (school-bot) runs as a user of its name.
# A second bot on the machine: HOME_OF_BOT=/opt/second SERVICE=second before each of these, and a LISTEN of its own in its .env.
# Interrupted while one version takes the other's place (a line cut, the power gone), the next call finishes that first.
set -eu

HERE=$(cd "$(dirname "$0")/.." && pwd)
HOME_OF_BOT=${HOME_OF_BOT:-/opt/school-bot}
UNITS=${UNITS:-/etc/systemd/system}
SERVICE=${SERVICE:-school-bot}
OWNER=${OWNER:-$SERVICE}
PARTS="bot handlers storage locales deploy requirements.txt LICENSE .venv" # .venv last: with it a bot is installed
UNFINISHED="$HOME_OF_BOT/.unfinished"                                        # what was begun, and the copy taken before it; -: none
KEPT=3                                                                       # copies before updates: 152-ФЗ, no more than serve

say() { printf '%s\n' "$*"; }
stop_with() { printf '%s\n' "$*" >&2; exit 1; }
as_owner() { (cd "$HOME_OF_BOT" && runuser -u "$OWNER" -- "$@"); }
stop() { if with_systemd; then systemctl stop "$SERVICE"; fi; }
with_systemd() { [ -d /run/systemd/system ] || [ -n "${PRETEND_SYSTEMD:-}" ]; }

[ "$(id -u)" = 0 ] || stop_with "This needs root: sudo $0 $*"

# One call at a time; what a killed one left running (pip, a migration) holds the place too until it has ended.
only_one() {
    [ "$1" != install ] || mkdir -p "$HOME_OF_BOT"
    [ -d "$HOME_OF_BOT" ] || return 0
    exec 9< "$HOME_OF_BOT"
    flock -n 9 || stop_with "Another call of it is at work in $HOME_OF_BOT, or what a killed one left: once more in a minute."
}

find_python() {
    for each in python3 python3.14 python3.13 python3.12 python3.11; do
        if command -v "$each" >/dev/null && "$each" -c 'import sys, venv, ensurepip; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then
            command -v "$each"
            return
        fi
    done
}

prepare_machine() {
    PYTHON=$(find_python)
    if [ -z "$PYTHON" ] && command -v apt-get >/dev/null; then
        say "Installing Python ..."
        apt-get update -qq
        DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends python3 python3-venv ca-certificates >/dev/null
        PYTHON=$(find_python)
    fi
    [ -n "$PYTHON" ] || stop_with "Python 3.11 or newer with venv is needed: install it (Debian 12 or newer: python3-venv) and repeat."
    if ! id "$OWNER" >/dev/null 2>&1; then
        useradd --system --home-dir "$HOME_OF_BOT" --no-create-home --shell /usr/sbin/nologin "$OWNER"
    fi
    mkdir -p "$HOME_OF_BOT/data/journal"
    chown root:root "$HOME_OF_BOT"
    chmod 755 "$HOME_OF_BOT"
    chown "$OWNER:" "$HOME_OF_BOT/data" "$HOME_OF_BOT/data/journal"
    chmod 700 "$HOME_OF_BOT/data" "$HOME_OF_BOT/data/journal"
}

# The new version beside the present one, whole, while that works on.
lay_beside() {
    NEW="$HOME_OF_BOT/.new"
    rm -rf "$NEW"
    mkdir -p "$NEW"
    for each in $PARTS; do
        [ "$each" = .venv ] || cp -R "$HERE/$each" "$NEW/"
    done
    find "$NEW" -name __pycache__ -type d -prune -exec rm -rf {} +
    say "Fetching the libraries (hashes are checked) ..."
    "$PYTHON" -m venv "$NEW/.venv"
    "$NEW/.venv/bin/python" -m pip install --quiet --disable-pip-version-check --require-hashes -r "$NEW/requirements.txt" ||
        stop_with "The libraries could not be fetched. Nothing has changed: once more when that is put right."
    "$NEW/.venv/bin/python" -m compileall -q "$NEW/bot" "$NEW/handlers" "$NEW/storage"
    chown -R root:root "$NEW"
    chmod -R go+rX,go-w "$NEW"
}

# Each part of one folder takes the place of its like, which is laid aside: .env and data are never touched. Killed between any
# two steps, once more does the rest: a part that is still in the folder has not been carried.
exchange() {
    mkdir -p "$2"
    for each in $PARTS; do
        [ -e "$1/$each" ] || continue
        [ ! -e "$HOME_OF_BOT/$each" ] || mv "$HOME_OF_BOT/$each" "$2/$each"
        mv "$1/$each" "$HOME_OF_BOT/$each"
    done
    rm -rf "$1"
}

begin() { rm -rf "$3" && echo "$1 $2" > "$UNFINISHED"; } # what, the copy, the folder for what is laid aside

settings() {
    if [ ! -e "$HOME_OF_BOT/.env" ]; then
        cp "$HERE/.env.example" "$HOME_OF_BOT/.env"
    fi
    chown "root:$(id -gn "$OWNER")" "$HOME_OF_BOT/.env"
    chmod 640 "$HOME_OF_BOT/.env"
}

unit() {
    FROM="$HOME_OF_BOT"
    [ -e "$FROM/deploy" ] || FROM="$HERE" # a version that did not bring its own
    sed "s#/opt/school-bot#$HOME_OF_BOT#g; s#^User=.*#User=$OWNER#" "$FROM/deploy/school-bot.service" > "$UNIT.new"
    mv "$UNIT.new" "$UNIT"
    if with_systemd; then
        systemctl daemon-reload
        systemctl enable --quiet "$SERVICE"
    fi
}

has_token() { grep -Eq '^BOT_TOKEN=.+' "$HOME_OF_BOT/.env"; }

# systemd waits until the bot itself says that it works (Type=notify), as long as the unit allows (TimeoutStartSec).
start() { with_systemd || return 0; systemctl restart "$SERVICE"; }

installed() { [ -x "$HOME_OF_BOT/.venv/bin/python" ]; }

install_it() {
    if installed; then
        say "There is a bot in $HOME_OF_BOT already: its settings and service are looked over. A new version: $0 update"
        prepare_machine; settings; unit
    else
        prepare_machine; lay_beside; rm -rf "$HOME_OF_BOT/.former"
        exchange "$HOME_OF_BOT/.new" "$HOME_OF_BOT/.former"
        settings; unit
    fi
    if has_token; then
        as_owner .venv/bin/python -m bot check || stop_with "Put that right in $HOME_OF_BOT/.env, then once more: $0"
        start || stop_with "It does not start: journalctl -u $SERVICE -n 50"
        say "The bot works. The network: cd $HOME_OF_BOT && runuser -u $OWNER -- .venv/bin/python -m bot template data/network.xlsx"
    else
        say "Installed. Put the token of @BotFather after BOT_TOKEN= in $HOME_OF_BOT/.env, then once more: $0"
    fi
}

# Two versions never work on one database at once.
alone() {
    with_systemd || return 0
    OTHERS=$(systemctl list-units --plain --no-legend --state=active "$SERVICE@*" | cut -d" " -f1 | tr "\n" " ")
    [ -z "$OTHERS" ] || stop_with "Further processes are at work. First: systemctl stop $OTHERS(and start them again afterwards)"
}

room() {
    NEEDED=$(du -sk "$HOME_OF_BOT/.venv" | cut -f1)
    FREE=$(df -Pk "$HOME_OF_BOT" | tail -n 1 | tr -s " " | cut -d" " -f4)
    [ "$FREE" -gt $((NEEDED * 3 / 2)) ] ||
        stop_with "An update needs $((NEEDED * 3 / 2048)) MB beside the present version, and there are $((FREE / 1024)). Nothing has changed."
}

# Once more by mistake, or by whoever did not see the end of the last: the version before stays the one before.
same() {
    for each in $PARTS; do
        [ "$each" = .venv ] || diff -rq -x __pycache__ "$HERE/$each" "$HOME_OF_BOT/$each" >/dev/null 2>&1 || return 1
    done
}

update_it() {
    installed || stop_with "There is no bot in $HOME_OF_BOT yet: $0"
    if same; then
        say "This version is what works in $HOME_OF_BOT already. Nothing has changed."
        return
    fi
    alone; room; prepare_machine; lay_beside
    COPY="data/backups/before-update-$(date +%Y%m%d-%H%M%S)"
    as_owner mkdir -p data/backups
    as_owner .venv/bin/python -m bot doctor >/dev/null 2>&1 || true # one that was never started has no database yet
    as_owner .venv/bin/python -m bot backup "$COPY"
    stop
    begin update "$COPY" "$HOME_OF_BOT/.former"
    finish
}

# The copies before the last few updates hold whoever has withdrawn since: they leave, and with them the room they take.
let_go() {
    for each in $(find "$HOME_OF_BOT/data/backups" -name "before-update-*.sha256" | sort | head -n "-$KEPT"); do
        rm -f "${each%.sha256}" "$each" "${each%.sha256}.erasures"
    done
}

# What was begun is carried to its end, from wherever it stands.
finish() {
    read -r BEGUN COPY < "$UNFINISHED"
    stop
    if [ "$BEGUN" = update ]; then
        exchange "$HOME_OF_BOT/.new" "$HOME_OF_BOT/.former"
        unit
        if as_owner .venv/bin/python -m bot check && start; then
            rm "$UNFINISHED"
            let_go
            say "Updated. The version before lies in $HOME_OF_BOT/.former ($0 rollback), the database before in $HOME_OF_BOT/$COPY"
            return
        fi
        say "The new version does not pass its check or does not start (see above): the one before is put back, with the database as it was."
        stop || true
        begin back "$COPY" "$HOME_OF_BOT/.refused"
    fi
    exchange "$HOME_OF_BOT/.former" "$HOME_OF_BOT/.refused"
    rm -rf "$HOME_OF_BOT/.refused"
    unit
    [ "$COPY" = - ] || as_owner .venv/bin/python -m bot restore "$COPY" --force
    rm "$UNFINISHED"
    if [ "$BEGUN" = rollback ]; then
        start || stop_with "It does not start: journalctl -u $SERVICE -n 50"
        say "The version before works again."
    else
        start || true
        let_go
        stop_with "Nothing has changed. What the new version said: journalctl -u $SERVICE -n 100"
    fi
}

# By hand, and perhaps days later: what came since is kept, so the database is not put back unless a copy is named. An older
# version refuses one whose tables have moved on; then the update stays, and the way back is a choice somebody has to make.
roll_back() {
    [ -d "$HOME_OF_BOT/.former/bot" ] || stop_with "There is no version before."
    alone
    if [ "$1" = - ]; then
        SAID=$(as_owner env PYTHONPATH="$HOME_OF_BOT/.former" PYTHONSAFEPATH=1 "$HOME_OF_BOT/.former/.venv/bin/python" -m bot doctor 2>&1) ||
            stop_with "The version before cannot work on this database: $SAID
To go back all the same, and lose what came since the update: $0 rollback data/backups/before-update-…"
    else
        [ -e "$HOME_OF_BOT/$1" ] || stop_with "There is no copy $HOME_OF_BOT/$1"
    fi
    stop
    begin rollback "$1" "$HOME_OF_BOT/.refused"
    finish
}

UNIT="$UNITS/$SERVICE.service"
[ ! -e "$UNIT" ] || grep -qx "WorkingDirectory=$HOME_OF_BOT" "$UNIT" ||
    stop_with "$UNIT is the service of another bot. This one needs a name: SERVICE=second HOME_OF_BOT=$HOME_OF_BOT $0"

only_one "${1:-install}"
# What was laid beside and is not to be used leaves: it would fill the disk of a bot that works on.
trap '[ -s "$UNFINISHED" ] || rm -rf "$HOME_OF_BOT/.new"' EXIT
trap 'exit 1' HUP INT TERM
if [ -s "$UNFINISHED" ]; then
    say "The last time it was interrupted: first that is brought to its end."
    finish
    exit
fi
case "${1:-install}" in
    install) install_it ;;
    update) update_it ;;
    rollback) roll_back "${2:--}" ;;
    *) stop_with "Usage: $0 [install|update|rollback [COPY]]" ;;
esac
