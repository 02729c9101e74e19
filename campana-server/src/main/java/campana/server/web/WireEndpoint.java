package campana.server.web;

import campana.form.Draft;
import campana.form.Read;
import campana.http.Answers;
import campana.http.Bodies;
import campana.http.Body;
import campana.server.message.MessageDesk;
import campana.server.message.Posted;
import campana.server.quota.QuotaRate;
import campana.server.rehearsal.Fault;
import campana.server.rehearsal.Rehearsals;
import campana.server.space.Space;
import campana.server.webhook.Admission;
import campana.server.webhook.Webhooks;
import campana.wire.Limits;
import campana.wire.RpcStatus;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.time.Duration;
import java.util.function.Supplier;

/// `POST /v1/spaces/S/messages?key=…&token=…`: Google's own address, answers and errors
/// (docs/protocol.md). Credentials are judged before a byte of the body is read; a rehearsal
/// answers next, where an outage would.
final class WireEndpoint {
  private final Rooms rooms;
  private final Webhooks webhooks;
  private final MessageDesk desk;
  private final Rehearsals rehearsals;
  private final RehearsedAnswer rehearsed = new RehearsedAnswer();
  private final Supplier<Endpoints.Rules> rules;
  private final Meters meters;
  private final Beside beside;

  WireEndpoint(
      Rooms rooms,
      MessageDesk desk,
      Supplier<Endpoints.Rules> rules,
      Meters meters,
      Beside beside) {
    this.rooms = rooms;
    this.webhooks = rooms.webhooks();
    this.desk = desk;
    this.rehearsals = rooms.rehearsals();
    this.rules = rules;
    this.meters = meters;
    this.beside = beside;
  }

  void post(String spaceId, Query query, ServerRequest request, ServerResponse response) {
    if (query.repeated("key")) {
      refuse(response, WireErrors.repeated("key"));
      return;
    }
    if (query.repeated("token")) {
      refuse(response, WireErrors.repeated("token"));
      return;
    }
    switch (webhooks.admit(spaceId, query.last("key"), query.last("token"))) {
      case Admission.Refused refused -> {
        // Looked up only now: a post to a space of ours does not pay for those that are not.
        if (rooms.spaces().find(spaceId).isPresent() || !beside.post(spaceId, request, response)) {
          refuse(response, WireErrors.of(refused));
        }
      }
      case Admission.Admitted admitted -> {
        var fault = rehearsals.meet(admitted.space().id());
        if (fault.isPresent()) {
          rehearse(fault.get(), admitted.space(), request, response);
        } else {
          read(admitted, query, request, response);
        }
      }
    }
  }

  private void rehearse(Fault fault, Space space, ServerRequest request, ServerResponse response) {
    meters.rehearsed(fault.word());
    rehearsed.give(fault, space, rate(space), rooms.base().get(), request, response);
  }

  private QuotaRate rate(Space space) {
    return space.quota() == null ? rules.get().settings().quota() : space.quota();
  }

  private void read(
      Admission.Admitted admitted, Query query, ServerRequest request, ServerResponse response) {
    switch (Bodies.read(request, Limits.BODY_BYTES)) {
      case Body.Refused refused -> {
        meters.posted(refused.status().httpStatus());
        Answers.refused(response, refused);
      }
      case Body.Complete(var bytes) -> {
        var now = rules.get();
        switch (now.form().read(bytes, query.values())) {
          case Read.Refused(var status) -> refuse(response, status);
          case Read.Accepted(var draft) -> store(admitted, draft, now, query, response);
        }
      }
    }
  }

  private void store(
      Admission.Admitted admitted,
      Draft draft,
      Endpoints.Rules now,
      Query query,
      ServerResponse response) {
    var space = admitted.space();
    switch (desk.post(space, admitted.webhook(), draft)) {
      case Posted.Created(var message) -> {
        webhooks.used(admitted, message.createTime());
        answer(admitted, message, now, query, response);
      }
      case Posted.Repeated(var first) -> answer(admitted, first, now, query, response);
      case Posted.OverQuota over ->
          refuse(
              response,
              WireErrors.overQuota(over, space, rate(space), rooms.base().get()),
              over.retryIn());
      case Posted.NoSuchThread _ -> refuse(response, WireErrors.NOT_FOUND);
      case Posted.BadThreadName _ -> refuse(response, WireErrors.BAD_THREAD_NAME);
      case Posted.NoThreadGiven _ -> refuse(response, WireErrors.NO_THREAD);
      case Posted.MessageIdTaken _ -> refuse(response, WireErrors.MESSAGE_ID_TAKEN);
      case Posted.Busy busy -> refuse(response, WireErrors.busy(busy), busy.retryIn());
      case Posted.Unknown _ -> {
        meters.unanswered();
        Answers.hangUp();
      }
    }
  }

  private void answer(
      Admission.Admitted admitted,
      campana.server.message.Message message,
      Endpoints.Rules now,
      Query query,
      ServerResponse response) {
    meters.posted(200);
    boolean pretty = query.pretty();
    if (!now.settings().echo()) {
      Answers.json(response, 200, PostAnswer.seed(message, pretty));
      return;
    }
    var echo = PostAnswer.echo(message, admitted.space());
    Answers.json(response, 200, pretty ? Answers.pretty(echo) : Answers.compact(echo));
  }

  private void refuse(ServerResponse response, RpcStatus status) {
    meters.posted(status.httpStatus());
    Answers.rpc(response, status);
  }

  private void refuse(ServerResponse response, RpcStatus status, Duration retryIn) {
    meters.posted(status.httpStatus());
    Answers.rpc(response, status, retryIn);
  }
}
