package campana.relay.web;

import campana.form.Draft;
import campana.form.MessageForm;
import campana.form.Read;
import campana.http.Answers;
import campana.http.Bodies;
import campana.http.Body;
import campana.relay.delivery.Posted;
import campana.relay.delivery.PosterSender;
import campana.relay.outbox.Credential;
import campana.relay.outbox.Dedup;
import campana.relay.outbox.Names;
import campana.relay.outbox.Priority;
import campana.relay.outbox.Threading;
import campana.relay.outbox.Threading.Missing;
import campana.relay.outbox.Trail;
import campana.relay.outbox.Upstream;
import campana.wire.Limits;
import campana.wire.RpcCode;
import campana.wire.RpcStatus;
import campana.wire.WebhookUrl;
import io.helidon.http.HeaderNames;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/// Takes posts that were meant for the upstream's own address: mistakes are told at once, in the
/// same words as there; what is well-formed is on disk before the sender hears 200.
final class ProxyEndpoint {
  private static final Pattern SPACE = Pattern.compile("[A-Za-z0-9_-]+");
  private static final Duration DEDUP = Duration.ofHours(24);

  /// Ours to send: the same id on all attempts.
  private static final Set<String> OURS = Set.of("requestId", "request_id");

  private static final RpcStatus NO_TOKEN =
      RpcStatus.of(
          RpcCode.PERMISSION_DENIED,
          "The API is called without a valid token. Instructions on how to use incoming webhooks"
              + " can be found at https://developers.google.com/chat/how-tos/webhooks");
  private static final RpcStatus NOT_FOUND =
      RpcStatus.of(RpcCode.NOT_FOUND, "Requested entity was not found.");

  /// Final, so that whoever sent it here keeps it as a dead letter that says why.
  private static final RpcStatus CIRCLE =
      RpcStatus.of(
          RpcCode.FAILED_PRECONDITION,
          "this post came through this very relay before: relay.upstream.url leads in a circle");

  private static final RpcStatus STOPPING =
      RpcStatus.of(RpcCode.UNAVAILABLE, "The service is currently unavailable.");
  private static final Duration RESTART = Duration.ofSeconds(5);

  private final MessageForm form = MessageForm.create(false);

  /// @return false: not ours to take, nothing answered
  boolean post(Parts parts, String space, ServerRequest request, ServerResponse response) {
    var upstream = parts.settings().upstream().filter(taker -> taker.takes(space));
    var query = WireQuery.parse(request.prologue().query().rawValue());
    if (upstream.isEmpty() || !SPACE.matcher(space).matches() || !query.once("key")) {
      return false;
    }
    if (!query.once("token")) {
      Answers.rpc(response, NO_TOKEN);
      return true;
    }
    var trail = trail(request);
    if (trail.comesBackTo(parts.relay())) {
      Answers.rpc(response, CIRCLE);
      return true;
    }
    if (!parts.open()) {
      Answers.rpc(response, STOPPING, RESTART);
      return true;
    }
    credential(upstream.get(), space, query)
        .ifPresentOrElse(
            credential -> read(parts, upstream.get(), credential, trail, query, request, response),
            () ->
                Answers.rpc(
                    response,
                    RpcStatus.invalid(
                        "token",
                        "key or token has a character that no address may have; percent-encode"
                            + " it")));
    return true;
  }

  private static Trail trail(ServerRequest request) {
    return request
        .headers()
        .first(HeaderNames.create(PosterSender.TRAIL))
        .map(Trail::parse)
        .orElse(Trail.NONE);
  }

  private static Optional<Credential> credential(Upstream upstream, String space, WireQuery query) {
    try {
      var url =
          WebhookUrl.parse(upstream.url() + "/v1/spaces/" + space + "/messages?" + query.secrets());
      return Optional.of(Credential.of(url, ""));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  private void read(
      Parts parts,
      Upstream upstream,
      Credential credential,
      Trail trail,
      WireQuery query,
      ServerRequest request,
      ServerResponse response) {
    switch (Bodies.read(request, Limits.BODY_BYTES)) {
      case Body.Refused refused -> Answers.refused(response, refused);
      case Body.Complete(var bytes) -> {
        switch (form.read(bytes, query.values())) {
          case Read.Refused(var status) -> Answers.rpc(response, status);
          case Read.Accepted(var draft) ->
              answer(
                  parts.wirePosts().post(entry(upstream, credential, draft, bytes, query, trail)),
                  draft,
                  query,
                  response);
        }
      }
    }
  }

  /// The entry that a post becomes.
  private static campana.relay.outbox.Draft entry(
      Upstream upstream,
      Credential credential,
      Draft draft,
      byte[] body,
      WireQuery query,
      Trail trail) {
    var threading = threading(credential, draft);
    var own = !draft.threadName().isEmpty() && opener(credential, draft).isPresent();
    var id = draft.requestId().isEmpty() ? draft.messageId() : draft.requestId();
    return new campana.relay.outbox.Draft(
        credential,
        "",
        WireBody.title(draft),
        Priority.NORMAL,
        campana.relay.outbox.Body.of(own ? WireBody.withoutThread(body) : body),
        threading,
        query.without(OURS),
        draft.requestId(),
        id.isEmpty() ? Dedup.NONE : new Dedup(credential.id(), id, DEDUP),
        upstream.keepTrying(),
        trail);
  }

  private static Threading threading(Credential credential, Draft draft) {
    var missing =
        switch (draft.option()) {
          case MESSAGE_REPLY_OPTION_UNSPECIFIED -> Missing.NEW_THREAD;
          case REPLY_MESSAGE_FALLBACK_TO_NEW_THREAD -> Missing.FALLBACK;
          case REPLY_MESSAGE_OR_FAIL -> Missing.FAIL;
        };
    // Without an option a thread's name counts for nothing, there as here (docs/protocol.md).
    if (!draft.threadName().isEmpty() && missing != Missing.NEW_THREAD) {
      return opener(credential, draft)
          .<Threading>map(opener -> new Threading.WireReply(opener, missing))
          .orElseGet(() -> new Threading.WireName(draft.threadName(), missing));
    }
    return draft.threadKey().isEmpty()
        ? new Threading.InLine()
        : new Threading.WireKey(draft.threadKey(), missing);
  }

  private static Optional<campana.relay.outbox.EntryId> opener(Credential credential, Draft draft) {
    return Names.opener(credential.lane(), draft.threadName());
  }

  private static void answer(Posted posted, Draft draft, WireQuery query, ServerResponse response) {
    switch (posted) {
      case Posted.Ok(var message, var thread) -> {
        var answer = new LinkedHashMap<String, Object>();
        answer.put("name", message);
        answer.put("thread", Map.of("name", thread));
        if (!draft.messageId().isEmpty()) {
          answer.put("clientAssignedMessageId", draft.messageId());
        }
        var compact = query.last("prettyPrint").equals("false");
        Answers.json(response, 200, compact ? Answers.compact(answer) : Answers.pretty(answer));
      }
      case Posted.Forbidden(var why) ->
          Answers.rpc(response, RpcStatus.of(RpcCode.PERMISSION_DENIED, why));
      case Posted.NoThread _ -> Answers.rpc(response, NOT_FOUND);
      case Posted.TooMany(var why, var retryIn) ->
          Answers.rpc(
              response,
              RpcStatus.of(RpcCode.RESOURCE_EXHAUSTED, why)
                  .withRetryInfo(Math.ceilDiv(retryIn.toNanos(), 1_000_000L) / 1000.0),
              retryIn);
      case Posted.Refused(var answer) -> {
        var body = WireBody.error(answer);
        if (body.isPresent()) {
          Answers.json(response, answer.status(), body.get());
        } else {
          Answers.rpc(
              response,
              RpcStatus.of(RpcCode.ofHttp(answer.status()), answer.status(), answer.reason()));
        }
      }
      case Posted.Unknown _ -> Answers.hangUp();
    }
  }
}
