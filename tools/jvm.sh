# How the JVM runs Campana. To be sourced: campana_jvm CACHE ARGUMENTS… sets CAMPANA_JVM.

campana_jvm() {
  local cache=$1 argument
  shift
  CAMPANA_JVM=(--enable-native-access=ALL-UNNAMED --sun-misc-unsafe-memory-access=allow
    # The JVM's own remarks, about a cache of an older build say, must not get between the results.
    -Xlog:disable)
  [[ -r $cache ]] && CAMPANA_JVM+=("-XX:AOTCache=$cache")
  [[ -t 1 ]] && CAMPANA_JVM+=(-Dcampana.terminal=true)
  [[ -t 2 ]] && CAMPANA_JVM+=(-Dcampana.watched=true)
  for argument in "$@"; do
    case $argument in
      serve) CAMPANA_JVM+=("${CAMPANA_SERVE_JVM[@]}"); break ;;
      -*) ;;
      *) CAMPANA_JVM+=(-XX:TieredStopAtLevel=1 -XX:+UseSerialGC); break ;;
    esac
  done
  # Last, so that it wins: for whoever knows better.
  local IFS=$' \t\n'
  CAMPANA_JVM+=(${CAMPANA_JAVA_OPTIONS:-})
  # File names and arguments are UTF-8 here, even where a service has no locale.
  case ${LC_ALL:-${LC_CTYPE:-${LANG:-}}} in '' | C | POSIX) export LC_ALL=C.UTF-8 ;; esac
}

# G1 has the best 99th percentile; memory that a burst took is given back after a quiet minute.
CAMPANA_SERVE_JVM=(-XX:+UseG1GC -XX:MaxRAMPercentage=50 -XX:G1PeriodicGCInterval=60000
  -XX:+ExitOnOutOfMemoryError)
