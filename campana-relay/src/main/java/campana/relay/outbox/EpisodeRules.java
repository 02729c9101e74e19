package campana.relay.outbox;

import java.time.Duration;

/// How a route treats episodes.
///
/// @param grace a subject that fires again this soon after it was resolved goes on in its thread;
///   zero: it never does
/// @param idle an episode of which nothing was heard for this long is closed
/// @param unopened what becomes of a RESOLVED where no episode is open
public record EpisodeRules(Duration grace, Duration idle, Unopened unopened) {
  public static final EpisodeRules DEFAULT =
      new EpisodeRules(Duration.ofMinutes(5), Duration.ofHours(24), Unopened.DROP);

  public enum Unopened {
    DROP,
    POST
  }
}
