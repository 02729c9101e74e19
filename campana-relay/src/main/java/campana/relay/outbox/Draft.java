package campana.relay.outbox;

import java.time.Duration;

/// An entry to be: one trigger for one destination, or one post to the proxy.
///
/// @param route the route's name; empty: a post to the proxy
/// @param title one line for lists, without markup that matters
/// @param query parameters for the address, encoded, joined by `&`, as
///   `messageReplyOption=REPLY_MESSAGE_FALLBACK_TO_NEW_THREAD`; no key, token or requestId; empty:
///   none
/// @param requestId the sender's own; empty: one is drawn
/// @param keepTrying how long until it expires
/// @param trail of a post that came from another relay
public record Draft(
    Credential credential,
    String route,
    String title,
    Priority priority,
    Body body,
    Threading threading,
    String query,
    String requestId,
    Dedup dedup,
    Duration keepTrying,
    Trail trail) {
  /// One that begins here.
  public Draft(
      Credential credential,
      String route,
      String title,
      Priority priority,
      Body body,
      Threading threading,
      String query,
      String requestId,
      Dedup dedup,
      Duration keepTrying) {
    this(
        credential,
        route,
        title,
        priority,
        body,
        threading,
        query,
        requestId,
        dedup,
        keepTrying,
        Trail.NONE);
  }
}
