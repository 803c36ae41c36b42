#!/bin/sh
# From a Debian-like machine with nothing on it to a working bot, and later from one version to the next. Safe to repeat.
#
#   sudo deploy/install.sh             installs; asks for nothing; what is there stays (.env, data)
#   sudo deploy/install.sh update      a copy of the database, then the new version; if it does not start, everything as before
#   sudo deploy/install.sh rollback    the version before, when the last update is regretted
#
# HOME_OF_BOT (default /opt/school-bot) holds code, .venv, .env and data; the service runs as the user school-bot.
set -eu

HERE=$(cd "$(dirname "$0")/.." && pwd)
HOME_OF_BOT=${HOME_OF_BOT:-/opt/school-bot}
UNITS=${UNITS:-/etc/systemd/system}
SERVICE=school-bot
OWNER=${OWNER:-school-bot}
PARTS="bot handlers storage locales requirements.txt LICENSE .venv"

say() { printf '%s\n' "$*"; }
stop_with() { printf '%s\n' "$*" >&2; exit 1; }
as_owner() { (cd "$HOME_OF_BOT" && runuser -u "$OWNER" -- "$@"); }
with_systemd() { [ -d /run/systemd/system ] || [ -n "${PRETEND_SYSTEMD:-}" ]; }

[ "$(id -u)" = 0 ] || stop_with "This needs root: sudo $0 $*"

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
    "$NEW/.venv/bin/python" -m pip install --quiet --disable-pip-version-check --require-hashes -r "$NEW/requirements.txt"
    "$NEW/.venv/bin/python" -m compileall -q "$NEW/bot" "$NEW/handlers" "$NEW/storage"
    chown -R root:root "$NEW"
    chmod -R go+rX,go-w "$NEW"
}

# What stands in one place goes to another: file by file of PARTS, so that .env and data are never touched.
carry() {
    mkdir -p "$2"
    for each in $PARTS; do
        [ ! -e "$1/$each" ] || mv "$1/$each" "$2/$each"
    done
}

put_in_place() {
    rm -rf "$HOME_OF_BOT/.former"
    carry "$HOME_OF_BOT" "$HOME_OF_BOT/.former"
    carry "$HOME_OF_BOT/.new" "$HOME_OF_BOT"
    rm -rf "$HOME_OF_BOT/.new"
}

settings() {
    if [ ! -e "$HOME_OF_BOT/.env" ]; then
        cp "$HERE/.env.example" "$HOME_OF_BOT/.env"
    fi
    chown "root:$(id -gn "$OWNER")" "$HOME_OF_BOT/.env"
    chmod 640 "$HOME_OF_BOT/.env"
}

unit() {
    sed "s#/opt/school-bot#$HOME_OF_BOT#g; s#^User=.*#User=$OWNER#" "$HERE/deploy/school-bot.service" > "$UNITS/$SERVICE.service.new"
    mv "$UNITS/$SERVICE.service.new" "$UNITS/$SERVICE.service"
    if with_systemd; then
        systemctl daemon-reload
        systemctl enable --quiet "$SERVICE"
    fi
}

has_token() { grep -Eq '^BOT_TOKEN=.+' "$HOME_OF_BOT/.env"; }

# systemd waits until the bot itself says that it works (Type=notify).
start() { with_systemd || return 0; timeout 120 systemctl restart "$SERVICE"; }

installed() { [ -x "$HOME_OF_BOT/.venv/bin/python" ]; }

install_it() {
    if installed; then
        say "There is a bot in $HOME_OF_BOT already: its settings and service are looked over. A new version: $0 update"
        prepare_machine; settings; unit
    else
        prepare_machine; lay_beside; put_in_place; settings; unit
    fi
    if has_token; then
        as_owner .venv/bin/python -m bot check
        start || stop_with "It does not start: journalctl -u $SERVICE -n 50"
        say "The bot works. The network: cd $HOME_OF_BOT && runuser -u $OWNER -- .venv/bin/python -m bot template data/network.xlsx"
    else
        say "Installed. Put the token of @BotFather after BOT_TOKEN= in $HOME_OF_BOT/.env, then once more: $0"
    fi
}

update_it() {
    installed || stop_with "There is no bot in $HOME_OF_BOT yet: $0"
    prepare_machine
    lay_beside
    COPY="data/backups/before-update-$(date +%Y%m%d-%H%M%S)"
    as_owner mkdir -p data/backups
    as_owner .venv/bin/python -m bot doctor >/dev/null 2>&1 || true # one that was never started has no database yet
    as_owner .venv/bin/python -m bot backup "$COPY"
    if with_systemd; then systemctl stop "$SERVICE"; fi
    put_in_place
    unit
    if as_owner .venv/bin/python -m bot check && start; then
        say "Updated. The version before lies in $HOME_OF_BOT/.former ($0 rollback), the database before in $HOME_OF_BOT/$COPY"
        return
    fi
    say "The new version does not start: the one before is put back, with the database as it was."
    if with_systemd; then systemctl stop "$SERVICE" || true; fi
    back_to_former
    as_owner .venv/bin/python -m bot restore "$COPY" --force
    start || true
    stop_with "Nothing has changed. What the new version said: journalctl -u $SERVICE -n 100"
}

back_to_former() {
    [ -d "$HOME_OF_BOT/.former/bot" ] || stop_with "There is no version before."
    rm -rf "$HOME_OF_BOT/.refused"
    carry "$HOME_OF_BOT" "$HOME_OF_BOT/.refused"
    carry "$HOME_OF_BOT/.former" "$HOME_OF_BOT"
    rm -rf "$HOME_OF_BOT/.former" "$HOME_OF_BOT/.refused"
}

# By hand, and perhaps days later: what came since is kept, so the database is not put back. An older version refuses one whose
# tables have moved on; then the update stays, and the way back is a choice somebody has to make.
roll_back() {
    [ -d "$HOME_OF_BOT/.former/bot" ] || stop_with "There is no version before."
    if ! (cd "$HOME_OF_BOT/.former" && set -a && . "$HOME_OF_BOT/.env" && set +a && cd "$HOME_OF_BOT" &&
        PYTHONPATH="$HOME_OF_BOT/.former" PYTHONSAFEPATH=1 runuser -u "$OWNER" -- "$HOME_OF_BOT/.former/.venv/bin/python" -m bot doctor >/dev/null 2>&1); then
        stop_with "The version before cannot work on this database any more. To go back all the same, and lose what came since: stop the bot, put .former back by hand, restore the copy data/backups/before-update-…"
    fi
    if with_systemd; then systemctl stop "$SERVICE"; fi
    back_to_former
    start || stop_with "It does not start: journalctl -u $SERVICE -n 50"
    say "The version before works again."
}

case "${1:-install}" in
    install) install_it ;;
    update) update_it ;;
    rollback) roll_back ;;
    *) stop_with "Usage: $0 [install|update|rollback]" ;;
esac
