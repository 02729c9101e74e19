package campana.relay.route;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/// Into which thread a route's messages go: its `thread`.
public enum ThreadMode {
  /// One thread for each run of a subject from its first event to its resolution.
  PER_SUBJECT,
  /// One thread for each day in the destination's zone.
  PER_DAY,
  /// One thread for all.
  SINGLE,
  /// Each message opens its own.
  NONE;

  /// As in the config.
  public String word() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /// @throws IllegalArgumentException if it is none, naming the value and the wish
  public static ThreadMode of(String word) {
    return Arrays.stream(values())
        .filter(m -> m.word().equals(word))
        .findFirst()
        .orElseThrow(() ->
            new IllegalArgumentException(
                "thread: '"
                    + word
                    + "'; wanted: one of "
                    + Arrays.stream(values())
                        .map(ThreadMode::word)
                        .collect(Collectors.joining(", "))));
  }
}
