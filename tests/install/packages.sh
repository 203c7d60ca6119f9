#!/bin/sh
# Installs those of the Debian packages named that are not there. Needs only what every Debian has.
command -v dpkg-query >/dev/null || {
    echo "setup knows Debian only; here, install what corresponds to: $*" >&2
    exit 1
}

missing=
for package; do
    case $(dpkg-query -W -f='${db:Status-Status}' "$package" 2>/dev/null) in
    installed*) ;;
    *) missing="$missing $package" ;;
    esac
done
[ -n "$missing" ] || { echo "setup: nothing is missing"; exit 0; }

as_root=
if [ "$(id -u)" != 0 ]; then
    as_root=sudo
    command -v sudo >/dev/null || {
        echo "setup: sudo is missing; as root, install:$missing" >&2
        exit 1
    }
fi
echo "setup: installing by ${as_root:+sudo }apt-get:$missing"
$as_root apt-get -q update || exit 1
# shellcheck disable=SC2086 # several packages
$as_root env DEBIAN_FRONTEND=noninteractive apt-get -q -y -o DPkg::Lock::Timeout=600 \
    -o Dpkg::Use-Pty=0 install --no-install-recommends $missing </dev/null
