#!/usr/bin/env bash
# Downloads a release of fns, checks it against its checksum, and runs fns
# validate with the inputs of action.yml. It needs bash, curl and tar.
set -euo pipefail

case "$(uname -s)" in
Linux) os=linux ;;
Darwin) os=darwin ;;
MINGW* | MSYS* | CYGWIN*) os=windows ;;
*) echo "::error::fns has no release for $(uname -s)" && exit 1 ;;
esac
case "$(uname -m)" in
x86_64 | amd64) arch=amd64 ;;
aarch64 | arm64) arch=arm64 ;;
*) echo "::error::fns has no release for $(uname -m)" && exit 1 ;;
esac

dir="${RUNNER_TEMP:-$(mktemp -d)}/fns-$FNS_VERSION"
fns="$dir/fns"
if [ ! -x "$fns" ]; then
	mkdir -p "$dir"
	from="$FNS_RELEASES/download/$FNS_VERSION"
	[ "$FNS_VERSION" != latest ] || from="$FNS_RELEASES/latest/download"
	archive="fns_${os}_$arch.tar.gz"
	[ "$os" != windows ] || archive="fns_${os}_$arch.zip"
	for file in "$archive" checksums.txt; do
		curl --fail --silent --show-error --location --retry 3 --output "$dir/$file" "$from/$file"
	done
	sum=$(cd "$dir" && { sha256sum "$archive" 2>/dev/null || shasum -a 256 "$archive"; } | cut -d ' ' -f 1)
	if ! grep -q "^$sum  $archive\$" "$dir/checksums.txt"; then
		echo "::error::$archive does not have the checksum that $from/checksums.txt says"
		exit 1
	fi
	if [ "$os" = windows ]; then unzip -q -o "$dir/$archive" -d "$dir"; else tar -xzf "$dir/$archive" -C "$dir" fns; fi
fi

formats=github
[ -z "$FNS_SARIF" ] || formats+=",sarif=$FNS_SARIF"
[ -z "$FNS_JUNIT" ] || formats+=",junit=$FNS_JUNIT"
args=(--format "$formats")
[ "$FNS_STRICT" != true ] || args+=(--strict)
for rule in $FNS_RULES; do args+=(--rule "$rule"); done
# shellcheck disable=SC2086 # several paths are several words
exec "$fns" validate "${args[@]}" -- $FNS_PATHS
