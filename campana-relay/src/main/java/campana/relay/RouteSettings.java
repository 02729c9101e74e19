package campana.relay;

import campana.relay.outbox.EpisodeRules.Unopened;
import campana.relay.source.Auth;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// One route as the config says it, in plain values: equal where the config says the same. What
/// works by them is made by [Routes].
///
/// @param name as in the config and in the address
/// @param source the source's name
/// @param to names of destinations, at least one
/// @param when a condition in CEL; empty: always
/// @param thread `per-subject`, `per-day`, `single` or `none`
/// @param mention by severity in lower case: `all`, or users
/// @param title a template for the title; empty: the source's
/// @param text a template for the text; empty: the usual words
/// @param card whether a card is drawn; empty: as is usual
/// @param dedup equal triggers within it are one; zero: never; empty: as the source says
/// @param strayResolved what becomes of a resolution without a beginning; empty: as is usual
/// @param maxBody most bytes of a request's body
/// @param reading what the source is told about reading, by key: `subject`, `map.id`, …
public record RouteSettings(
    String name,
    String source,
    Auth auth,
    List<String> to,
    String when,
    String thread,
    Map<String, List<String>> mention,
    String title,
    String text,
    Optional<Boolean> card,
    Optional<Duration> dedup,
    Optional<Unopened> strayResolved,
    Duration grace,
    Duration idle,
    int maxBody,
    Map<String, List<String>> reading) {
  public RouteSettings {
    to = List.copyOf(to);
    mention = Map.copyOf(mention);
    reading = Map.copyOf(reading);
  }

  /// The one value of a key of `reading`; empty where it is not there.
  String read(String key) {
    var values = reading.getOrDefault(key, List.of());
    return values.isEmpty() ? "" : values.getFirst();
  }
}
