package campana.relay.outbox;

import campana.relay.outbox.Body.Voice;
import campana.relay.outbox.Threading.Incident;
import campana.relay.source.Severity;
import campana.relay.source.State;
import java.time.Instant;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// One run of a subject from its first event to its resolution: one thread.
///
/// @param number of the subject's episodes at this destination, from 1
/// @param worst what was mentioned last
/// @param standing what stood when it was last told; empty: not known
/// @param closedAt null: it is open
public record Episode(
    long number,
    String threadKey,
    Severity worst,
    String standing,
    Instant openedAt,
    Instant heardAt,
    @Nullable Instant closedAt) {
  private static final String BASE32 = "abcdefghijklmnopqrstuvwxyz234567";
  private static final int KEY_BYTES = 20;

  /// What an event does to its subject's episode.
  public sealed interface Told {
    /// It is told in this episode's thread.
    ///
    /// @param voice loud where it is the first one or worse than all before: people are mentioned
    record In(Episode episode, Voice voice) implements Told {}

    /// It is told in a thread of its own.
    record Alone() implements Told {}

    /// It is not told.
    record Dropped() implements Told {}
  }

  /// Decides. Pure.
  ///
  /// @param last the subject's newest episode; null: it never had one
  public static Told tell(@Nullable Episode last, String route, Incident event, Instant now) {
    return tell(last, route, event, now, null);
  }

  /// The same for whoever has made [#firstKey] beforehand.
  public static Told tell(
      @Nullable Episode last,
      String route,
      Incident event,
      Instant now,
      @Nullable String firstKey) {
    var rules = event.rules();
    var open =
        last != null && last.closedAt == null && last.heardAt.plus(rules.idle()).isAfter(now);
    if (event.state() == State.RESOLVED) {
      if (last != null && open) {
        return new Told.In(last.heard(last.worst, "", now, now), Voice.QUIET);
      }
      return switch (rules.unopened()) {
        case DROP -> new Told.Dropped();
        case POST -> new Told.Alone();
      };
    }
    var again =
        last != null && last.closedAt != null && last.closedAt.plus(rules.grace()).isAfter(now);
    if (last != null && (open || again)) {
      var worse = event.severity().worseThan(last.worst);
      var heard = last.heard(worse ? event.severity() : last.worst, event.standing(), now, null);
      return new Told.In(
          heard, worse ? Voice.LOUD : open && last.stands(event) ? Voice.AGAIN : Voice.QUIET);
    }
    var number = last == null ? 1 : last.number + 1;
    var key = number == 1 && firstKey != null ? firstKey : threadKey(route, event, number, now);
    var opened = new Episode(number, key, event.severity(), event.standing(), now, now, null);
    return new Told.In(opened, Voice.LOUD);
  }

  /// Whether a tool that sends what stands again and again says nothing new.
  private boolean stands(Incident event) {
    return event.state() == State.FIRING
        && !event.standing().isEmpty()
        && event.standing().equals(standing);
  }

  private Episode heard(
      Severity newWorst, String nowStanding, Instant at, @Nullable Instant closed) {
    return new Episode(number, threadKey, newWorst, nowStanding, openedAt, at, closed);
  }

  /// The key of the thread that this event begins, if its subject never had an episode.
  public static String firstKey(String route, Incident event, Instant now) {
    return threadKey(route, event, 1, now);
  }

  /// Short, fit for URLs, without a word of the subject in it.
  private static String threadKey(String route, Incident event, long number, Instant now) {
    var episode = number + "-" + now.toEpochMilli();
    var whole = String.join("\n", route, event.source(), event.subject(), episode);
    return "c1-" + base32(Arrays.copyOf(Digests.sha256(whole), KEY_BYTES));
  }

  private static String base32(byte[] bytes) {
    var text = new StringBuilder();
    var bits = 0;
    var held = 0;
    for (var b : bytes) {
      bits = (bits << 8) | (b & 0xff);
      for (held += 8; held >= 5; held -= 5) {
        text.append(BASE32.charAt((bits >>> (held - 5)) & 31));
      }
      bits &= (1 << held) - 1;
    }
    return text.toString();
  }
}
