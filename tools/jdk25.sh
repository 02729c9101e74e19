# Finds a JDK 25. To be sourced: sets CAMPANA_JDK to its folder, or leaves it empty and says in
# CAMPANA_JDK_SEEN what was found instead. Starts no JVM: a JDK's `release` file tells its version.

CAMPANA_JDK='' CAMPANA_JDK_SEEN=''

# Takes the folder $1 if a JDK 25 is in it; remembers what else is.
campana_try_jdk() {
  local home=$1 version=''
  [[ -n $home && -x $home/bin/java ]] || return 1
  if [[ -r $home/release ]]; then
    version=$(sed -n 's/^JAVA_VERSION="\([^"]*\)".*/\1/p' "$home/release")
  else
    version=$("$home/bin/java" -version 2>&1 | sed -n 's/.*version "\([^"]*\)".*/\1/p')
  fi
  if [[ $version == 25 || $version == 25[.+-]* ]] && [[ -x $home/bin/javac || -n ${CAMPANA_RUN_ONLY:-} ]]; then
    CAMPANA_JDK=$home
    return 0
  fi
  if [[ $CAMPANA_JDK_SEEN != *"$home"* ]]; then
    CAMPANA_JDK_SEEN+="${CAMPANA_JDK_SEEN:+, }${version:-unknown} in $home"
  fi
  return 1
}

campana_find_jdk() {
  local java home
  # CAMPANA_JAVA may be the folder or the java in it.
  for home in "${CAMPANA_JAVA:-}" "${CAMPANA_JAVA:+${CAMPANA_JAVA%/bin/java}}" "${JAVA_HOME:-}"; do
    campana_try_jdk "$home" && return 0
  done
  java=$(command -v java 2>/dev/null)
  if [[ -n $java && $java != /usr/bin/java || -L $java ]]; then
    home=$(readlink -f "$java" 2>/dev/null || echo "$java")
    campana_try_jdk "${home%/bin/java}" && return 0
  fi
  for home in /usr/lib/jvm/* /usr/lib64/jvm/* /usr/java/* /opt/java/* /opt/jdk* /opt/*jdk* \
    "$HOME"/.sdkman/candidates/java/* "$HOME"/.asdf/installs/java/* \
    "${MISE_DATA_DIR:-$HOME/.local/share/mise}"/installs/java/* "$HOME"/.jdks/* \
    /Library/Java/JavaVirtualMachines/*/Contents/Home \
    "$HOME"/Library/Java/JavaVirtualMachines/*/Contents/Home \
    /opt/homebrew/opt/openjdk*/libexec/openjdk.jdk/Contents/Home \
    /usr/local/opt/openjdk*/libexec/openjdk.jdk/Contents/Home /run/current-system/sw/lib/openjdk; do
    campana_try_jdk "$home" && return 0
  done
  return 1
}

# One line: what was found, and how to install what is missing on this system.
campana_no_jdk() {
  local how='see https://adoptium.net' id=''
  [[ -r /etc/os-release ]] && id=$(. /etc/os-release && echo "${ID:-} ${ID_LIKE:-}")
  case "$(uname -s) $id" in
    Darwin*) how='brew install openjdk@25' ;;
    *debian* | *ubuntu*) how='sudo apt-get install openjdk-25-jdk-headless (or Temurin 25 from https://adoptium.net)' ;;
    *fedora* | *rhel* | *centos*) how='sudo dnf install java-25-openjdk-devel' ;;
    *suse*) how='sudo zypper install java-25-openjdk-devel' ;;
    *arch*) how='sudo pacman -S jdk25-openjdk' ;;
    *alpine*) how='sudo apk add openjdk25' ;;
  esac
  echo "campana: needs JDK 25; found ${CAMPANA_JDK_SEEN:-none}. Install it: $how" >&2
}
