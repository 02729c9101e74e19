package campana.relay.web;

import static java.nio.charset.StandardCharsets.UTF_8;

import campana.http.Answers;
import campana.http.Bodies;
import campana.http.Body;
import campana.relay.outbox.Draft;
import campana.relay.outbox.Enqueued;
import campana.relay.outbox.Fate;
import campana.relay.route.Plan;
import campana.relay.source.Reading;
import campana.relay.source.Received;
import campana.relay.source.Reply;
import campana.relay.source.Trigger;
import campana.relay.source.Verdict;
import campana.relay.source.Verdict.How;
import io.helidon.http.Header;
import io.helidon.http.HeaderNames;
import io.helidon.http.HeaderValues;
import io.helidon.http.Status;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// `POST /in/ROUTE` and `/in/ROUTE/TOKEN`: who it is, what it says, where it goes, and onto the
/// disk; then the answer, in the words of the tool that sent it. No network call stands between.
final class IntakeEndpoint {
  /// While the program stops: by then another one runs.
  private static final Duration RESTART = Duration.ofSeconds(5);

  private static final Header JSON =
      HeaderValues.createCached(HeaderNames.CONTENT_TYPE, Reply.JSON);

  /// @param path what stands behind `/in/`, decoded
  void handle(Parts parts, List<String> path, ServerRequest request, ServerResponse response) {
    var posts = request.prologue().method().text().equals("POST");
    if (!posts || path.isEmpty() || path.size() > 2) {
      Answers.notFound(response); // the same whether there is such a route or not
      return;
    }
    var gate = parts.gate(path.getFirst());
    if (gate.isEmpty()) {
      refuse(response, Reply.text(404, "there is no route of this name\n"));
      return;
    }
    judge(parts, gate.get(), path.size() == 2 ? path.get(1) : "", request, response);
  }

  private static void judge(
      Parts parts, Gate gate, String token, ServerRequest request, ServerResponse response) {
    var at = Instant.ofEpochMilli(parts.clock().millis());
    var head = received(request, at);
    if (!gate.auth().admits(token, head)) {
      refuse(response, gate.source().reply(new Verdict.Denied()));
      return;
    }
    switch (Bodies.read(request, gate.maxBody())) {
      case Body.Refused refused -> refuse(response, unread(gate, refused));
      case Body.Complete(var bytes) -> {
        var received = head.with(bytes);
        send(
            response,
            gate.source()
                .reply(
                    gate.auth().signed(gate.source(), received)
                        ? verdict(parts, gate, received)
                        : new Verdict.Denied()));
      }
    }
  }

  private static Verdict verdict(Parts parts, Gate gate, Received received) {
    if (!parts.open()) {
      return new Verdict.Overloaded(RESTART);
    }
    return switch (gate.source().read(received)) {
      case Reading.Triggers(var triggers) -> taken(parts, gate, triggers);
      case Reading.Nothing _ -> new Verdict.Taken(How.NOTHING, "");
      case Reading.Unreadable(var field, var why) -> new Verdict.Unreadable(field, why);
      case Reading.Unsupported(var type) -> new Verdict.Unsupported(type);
    };
  }

  /// All of them or none: where one finds no room, the sender tries again with the whole request.
  private static Verdict taken(Parts parts, Gate gate, List<Trigger> triggers) {
    var sent = new ArrayList<List<Draft>>();
    var others = new ArrayList<Fate>();
    for (var trigger : triggers) {
      switch (gate.plan().apply(trigger)) {
        case Plan.Send(var drafts) -> sent.add(drafts);
        case Plan.Filtered _ -> others.add(Fate.FILTERED);
        case Plan.Muted _ -> others.add(Fate.MUTED);
      }
    }
    if (sent.isEmpty() && others.isEmpty()) {
      return new Verdict.Taken(How.NOTHING, "");
    }
    return switch (parts.outbox().enqueueAll(gate.name(), sent, others)) {
      case Enqueued.Queued(var receipts) ->
          new Verdict.Taken(How.QUEUED, receipts.getFirst().id().toString());
      case Enqueued.Duplicate(var first) ->
          new Verdict.Taken(How.DUPLICATE, first.isEmpty() ? "" : first.getFirst().id().toString());
      case Enqueued.Unopened _ -> new Verdict.Taken(How.FILTERED, "");
      case Enqueued.Full(_, var retryIn) -> new Verdict.Overloaded(retryIn);
      case Enqueued.Unproven(var retryIn) -> new Verdict.Overloaded(retryIn);
      case Enqueued.Unknown _ -> {
        Answers.hangUp();
        throw new IllegalStateException("hanging up does not return");
      }
      // The config vouches for a route's credentials, and its drafts never ask to be refused.
      case Enqueued.Refused _, Enqueued.NoThread _, Enqueued.NeedsAttempt _ ->
          throw new IllegalStateException("a route's draft was taken for a post to the proxy");
    };
  }

  private static Reply unread(Gate gate, Body.Refused refused) {
    return switch (refused) {
      case Body.TooLarge(var cap) -> gate.source().reply(new Verdict.TooLarge(cap));
      case Body.UnknownEncoding(var name) ->
          gate.source().reply(new Verdict.Unsupported("content encoding " + name));
      case Body.Late _ -> Reply.text(408, "the body did not arrive in time\n");
      case Body.CorruptGzip _, Body.Broken _ ->
          gate.source().reply(new Verdict.Unreadable("", refused.status().message()));
    };
  }

  private static Received received(ServerRequest request, Instant at) {
    Map<String, String> headers = new HashMap<>();
    for (var header : request.headers()) {
      var value = header.valueCount() == 1 ? header.get() : header.allValues().getLast();
      headers.put(header.headerName().lowerCase(), value);
    }
    var query = WireQuery.parse(request.prologue().query().rawValue()).lasts();
    return new Received(request.prologue().method().text(), headers, query, new byte[0], at);
  }

  /// The rest of the body may still be on its way.
  private static void refuse(ServerResponse response, Reply reply) {
    response.header(HeaderValues.CONNECTION_CLOSE);
    send(response, reply);
  }

  private static void send(ServerResponse response, Reply reply) {
    reply
        .retryIn()
        .ifPresent(wait ->
            response.header(
                HeaderNames.RETRY_AFTER,
                Long.toString(Math.max(1, Math.ceilDiv(wait.toMillis(), 1000L)))));
    response.status(reply.status() == 200 ? Status.OK_200 : Status.create(reply.status()));
    response.header(
        reply.contentType().equals(Reply.JSON)
            ? JSON
            : HeaderValues.create(HeaderNames.CONTENT_TYPE, reply.contentType()));
    response.header(HeaderValues.X_CONTENT_TYPE_OPTIONS_NOSNIFF);
    response.send(reply.body().getBytes(UTF_8));
  }
}
