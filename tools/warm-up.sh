#!/usr/bin/env bash
# warm-up.sh JAVA APP: records in APP/campana.aot what the JVM learns while the program runs once,
# with the flags it runs with. Every later start is then two to three times as quick.
set -u
java=$1 app=$2
. "$(dirname "${BASH_SOURCE[0]}")/jvm.sh"
campana_jvm "$app/none" serve
rm -f "$app/campana.aot"
"$java" "${CAMPANA_JVM[@]}" -XX:AOTCacheOutput="$app/campana.aot" -cp "$app/campana.jar" campana.cli.WarmUp </dev/null
code=$?
# Half a cache is worse than none.
((code == 0)) || rm -f "$app/campana.aot"
exit $code
