package campana.server;

import campana.server.policy.Policy;
import campana.server.quota.QuotaRate;
import java.time.Duration;

/// The `server:` section of the config, checked. Immutable; a reload makes a new one.
///
/// @param url what printed and copied URLs begin with, without a slash at the end; empty: the
///   origin of the ready line
/// @param quota of spaces that have none of their own
/// @param echo `response: echo`: the answer repeats the request's content
/// @param startMissingThread `missing-thread: start`: REPLY_MESSAGE_OR_FAIL with an unknown key
///   opens a thread
/// @param strict refuses what is otherwise tolerated
/// @param imageProxy `images: proxy`
/// @param policy null-free; where the config names a switch, `policyPinned` says so and pages
///   cannot change it
public record ServerSettings(
    String url,
    QuotaRate quota,
    boolean echo,
    boolean startMissingThread,
    boolean strict,
    boolean imageProxy,
    Policy policy,
    boolean policyPinned,
    Retention retention) {

  /// How long things are kept.
  public record Retention(Duration messages) {}

  public static final ServerSettings DEFAULT =
      new ServerSettings(
          "",
          QuotaRate.DEFAULT,
          false,
          false,
          false,
          true,
          Policy.DEFAULT,
          false,
          new Retention(Duration.ofDays(400)));
}
