package campana.relay.delivery;

import campana.client.Attempt;
import campana.client.Poster;
import campana.http.out.GuardedNames;
import campana.http.out.OutgoingGuard;
import campana.relay.outbox.Answer;
import campana.relay.outbox.Outcome;
import campana.relay.outbox.Outcome.Delivered;
import campana.relay.outbox.Outcome.Denied;
import campana.relay.outbox.Outcome.Later;
import campana.relay.outbox.Outcome.Rejected;
import campana.relay.outbox.Outcome.Taken;
import campana.relay.outbox.Outcome.Throttled;
import campana.relay.outbox.Turn;
import java.net.InetAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLEncoder;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Predicate;

/// Sends with the client's own request, without its pacing and its repetition.
///
/// A name is looked up and checked before each attempt, and guarded before that: when the request
/// itself looks it up, it finds what was checked, or what the guard has checked meanwhile.
public final class PosterSender implements Sender {
  /// For one attempt, all in all.
  static final Duration TIMEOUT = Duration.ofSeconds(30);

  private static final int LONGEST_REASON = 300;

  /// Names the relays that a message came through, this one last.
  public static final String TRAIL = "Campana-Via";

  private final Poster poster;
  private final String relay;
  private final Predicate<String> allowPrivate;
  private final Duration timeout;

  /// @param relay this relay's id: see [campana.relay.outbox.Trail]
  /// @param allowPrivate whether this host may have a private address. One answer for all that are
  ///   at it: its name is guarded for the whole program or not at all
  public PosterSender(Poster poster, String relay, Predicate<String> allowPrivate) {
    this(poster, relay, allowPrivate, TIMEOUT);
  }

  PosterSender(Poster poster, String relay, Predicate<String> allowPrivate, Duration timeout) {
    this.poster = poster;
    this.relay = relay;
    this.allowPrivate = allowPrivate;
    this.timeout = timeout;
  }

  @Override
  public Outcome send(Turn turn) {
    var objection = objection(turn);
    if (objection.isPresent()) {
      return objection.get();
    }
    try {
      var via = turn.trail().through(relay).text();
      return outcome(poster.withHeader(TRAIL, via).post(address(turn), turn.body(), timeout));
    } catch (URISyntaxException e) { // its text would repeat the address
      return new Rejected(Answer.none("a parameter has a character that no address may have"));
    }
  }

  private Optional<Outcome> objection(Turn turn) {
    var host = turn.credential().url().host();
    var allowed = allowPrivate.test(host);
    if (allowed) {
      GuardedNames.release(host);
    } else {
      GuardedNames.guard(host);
    }
    try {
      var guard = new OutgoingGuard(allowed);
      for (var address : InetAddress.getAllByName(host)) {
        var objection = guard.objection(address);
        if (objection.isPresent()) {
          return Optional.of(denied(host, objection.get()));
        }
      }
      return Optional.empty();
    } catch (UnknownHostException e) {
      return Optional.of(
          GuardedNames.objection(host)
              .map(why -> denied(host, why))
              .orElseGet(
                  () -> new Later(Answer.none(host + " is not known"), false, Optional.empty())));
    }
  }

  private static Outcome denied(String host, String why) {
    return new Denied(Answer.none(host + " " + why));
  }

  /// As the webhook's URL is written, then the query, then the requestId.
  static URI address(Turn turn) throws URISyntaxException {
    var address = new StringBuilder(turn.credential().url().revealed());
    if (!turn.query().isEmpty()) {
      address.append('&').append(turn.query());
    }
    address.append("&requestId=");
    return new URI(address.append(encode(turn.requestId())).toString());
  }

  private static String encode(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }

  private static Outcome outcome(Attempt attempt) {
    var answer = answer(attempt);
    return switch (attempt.reason()) {
      case SENT ->
          new Delivered(answer, attempt.messageName().orElse(""), attempt.threadName().orElse(""));
      case QUOTA -> new Throttled(answer, attempt.retryIn());
      case INVALID ->
          attempt.errorReason().filter("API_KEY_INVALID"::equals).isPresent()
              ? new Denied(answer)
              : new Rejected(answer);
      case UNAUTHENTICATED, PERMISSION_DENIED, NOT_FOUND -> new Denied(answer);
      case ALREADY_EXISTS -> new Taken(answer);
      case TOO_LARGE, REFUSED -> new Rejected(answer);
      // a certificate can be put right, and the others are the network's
      default -> new Later(answer, attempt.maybeStored(), attempt.retryIn());
    };
  }

  private static Answer answer(Attempt attempt) {
    var status = attempt.httpStatus().orElse(0);
    var text =
        attempt.text().length() > LONGEST_REASON
            ? attempt.text().substring(0, LONGEST_REASON) + "…"
            : attempt.text();
    var reason = status == 0 ? text : text.isEmpty() ? "" + status : status + ": " + text;
    // taken out before it is cut: half a token would be found by nobody
    var body = attempt.bodyWithoutSecrets();
    var start = body.substring(0, Math.min(body.length(), Answer.KEPT));
    return new Answer(status, reason, start.getBytes(StandardCharsets.UTF_8));
  }
}
