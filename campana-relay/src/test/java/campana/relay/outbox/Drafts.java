package campana.relay.outbox;

import campana.relay.outbox.Threading.Incident;
import campana.relay.outbox.Threading.Missing;
import campana.relay.source.Severity;
import campana.relay.source.State;
import campana.wire.WebhookUrl;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/// Drafts for tests.
public final class Drafts {
  /// In each address: seen anywhere else, it leaked.
  public static final String TOKEN = "drafts-token-that-nobody-may-print";

  private Drafts() {}

  public static WebhookUrl url(String space, String token) {
    return WebhookUrl.parse(
        "https://chat.example.org/v1/spaces/"
            + space
            + "/messages?key=k-"
            + TOKEN
            + "&token="
            + token);
  }

  /// Of a destination that the config names.
  public static Credential vouched(String name, String space) {
    return Credential.of(url(space, TOKEN), name);
  }

  /// Brought by a sender of posts.
  public static Credential brought(String space, String token) {
    return Credential.of(url(space, token + TOKEN), "");
  }

  public static Draft of(Credential credential, String text, Threading threading) {
    return new Draft(
        credential,
        credential.vouched() ? "web" : "",
        text,
        Priority.NORMAL,
        body(text),
        threading,
        "",
        "",
        Dedup.NONE,
        Duration.ofHours(24));
  }

  static Body body(String text) {
    return Body.of(("{\"text\":\"" + text + "\"}").getBytes(StandardCharsets.UTF_8));
  }

  public static Draft apart(Credential credential, String text) {
    return of(credential, text, new Threading.Apart());
  }

  public static Draft keyed(Credential credential, String text, String key) {
    return of(credential, text, new Threading.Keyed(key));
  }

  public static Draft inLine(Credential credential, String text) {
    return of(credential, text, new Threading.InLine());
  }

  public static Draft wireKey(Credential credential, String text, String key, Missing or) {
    return of(credential, text, new Threading.WireKey(key, or));
  }

  public static Draft reply(Credential credential, String text, EntryId opener, Missing or) {
    return of(credential, text, new Threading.WireReply(opener, or));
  }

  public static Draft incident(Credential credential, String text, String subject, State state) {
    var severity = state == State.RESOLVED ? Severity.OK : Severity.CRITICAL;
    return of(
        credential,
        text,
        new Incident("alertmanager", subject, state, severity, "", EpisodeRules.DEFAULT));
  }

  public static Draft urgent(Draft draft) {
    return with(draft, Priority.CRITICAL, draft.dedup(), draft.keepTrying(), draft.requestId());
  }

  public static Draft once(Draft draft, String id) {
    var dedup = new Dedup("web", id, Duration.ofHours(24));
    return with(draft, draft.priority(), dedup, draft.keepTrying(), draft.requestId());
  }

  public static Draft keepTrying(Draft draft, Duration time) {
    return with(draft, draft.priority(), draft.dedup(), time, draft.requestId());
  }

  private static Draft with(
      Draft draft, Priority priority, Dedup dedup, Duration keepTrying, String requestId) {
    return new Draft(
        draft.credential(),
        draft.route(),
        draft.title(),
        priority,
        draft.body(),
        draft.threading(),
        draft.query(),
        requestId,
        dedup,
        keepTrying);
  }
}
