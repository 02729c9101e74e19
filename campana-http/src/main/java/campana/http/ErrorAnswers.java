package campana.http;

import campana.wire.RpcCode;
import campana.wire.RpcStatus;
import io.helidon.common.buffers.DataReader.InsufficientDataAvailableException;
import io.helidon.http.DirectHandler;
import io.helidon.http.DirectHandler.EventType;
import io.helidon.http.HeaderNames;
import io.helidon.http.HeaderValues;
import io.helidon.http.HttpException;
import io.helidon.http.ServerResponseHeaders;
import io.helidon.http.Status;
import io.helidon.webserver.CloseConnectionException;
import io.helidon.webserver.http.DirectHandlers;
import io.helidon.webserver.http.HttpRouting;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What is answered where no handler answers: no such path, a handler that threw, bytes that are no
/// HTTP. Texts never hold what a client sent.
final class ErrorAnswers {
  private static final Logger log = LoggerFactory.getLogger(HttpServer.class);

  private ErrorAnswers() {}

  /// Adds what comes after all routes.
  static void addTo(HttpRouting.Builder routing) {
    routing.any((request, response) -> Answers.notFound(response));
    routing.error(Throwable.class, ErrorAnswers::thrown);
  }

  private static void thrown(ServerRequest request, ServerResponse response, Throwable thrown) {
    if (thrown instanceof CloseConnectionException
        || thrown instanceof InsufficientDataAvailableException) {
      // The client is gone. Nobody reads this; it keeps Helidon from logging a failure of ours.
      response.header(HeaderValues.CONNECTION_CLOSE);
      response.status(Status.BAD_REQUEST_400).send();
      return;
    }
    if (thrown instanceof HttpException http && http.status().code() < 500) {
      if (http.status().code() == 404) {
        Answers.notFound(response);
      } else {
        Answers.rpc(response, of(http.status()));
      }
      return;
    }
    if (thrown instanceof IllegalArgumentException && !decodes(request)) {
      Answers.rpc(
          response,
          RpcStatus.of(RpcCode.INVALID_ARGUMENT, "The URL holds a broken percent-encoding."));
      return;
    }
    // neither path nor query: a token may stand in either
    log.error(
        "{} {} failed",
        request.prologue().method().text(),
        request.matchingPattern().orElse("(no pattern)"),
        thrown);
    Answers.rpc(response, internal());
  }

  private static boolean decodes(ServerRequest request) {
    try {
      var _ = request.prologue().uriPath().path();
      var names = request.prologue().query().names();
      names.forEach(name -> request.prologue().query().all(name));
      return true;
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  /// What is answered before or beside the routes.
  static DirectHandlers direct(HttpSettings.Limits limits) {
    DirectHandler handler =
        (request, event, status, headers, message) -> answer(limits, status, headers, message);
    var builder = DirectHandlers.builder();
    for (var event : EventType.values()) {
      builder.addHandler(event, handler);
    }
    return builder.build();
  }

  private static DirectHandler.TransportResponse answer(
      HttpSettings.Limits limits,
      Status status,
      ServerResponseHeaders headers,
      @Nullable String message) {
    RpcStatus error;
    if (status.code() == 413) {
      error = new Body.TooLarge(limits.bodyBytes()).status();
    } else if ("Header size exceeded".equals(message)) { // Helidon's text, see HeadLimitTest
      error =
          RpcStatus.of(
              RpcCode.INVALID_ARGUMENT,
              431,
              "The header lines exceed the limit: " + limits.headBytes() + " bytes.");
    } else {
      error = of(status);
    }
    return DirectHandler.TransportResponse.builder()
        .status(Status.create(error.httpStatus()))
        .headers(headers)
        .header(HeaderNames.CONTENT_TYPE, "application/json; charset=UTF-8")
        .header(Answers.NOSNIFF)
        .keepAlive(false)
        .entity(Answers.pretty(error.toWire()))
        .build();
  }

  private static RpcStatus of(Status status) {
    int code = status.code();
    var text =
        switch (code) {
          case 400 -> "The request is not valid HTTP.";
          case 414 -> "The request line is too long.";
          case 501 -> "This transfer encoding is not supported; send chunked, or a length.";
          case 503 -> "The server is busy.";
          case 505 -> "This version of HTTP is not supported.";
          default -> code >= 500 ? "" : status.reasonPhrase() + ".";
        };
    if (text.isEmpty()) {
      return internal();
    }
    var rpc =
        switch (code) {
          case 414 -> RpcCode.INVALID_ARGUMENT;
          case 505 -> RpcCode.UNIMPLEMENTED;
          default -> RpcCode.ofHttp(code);
        };
    return RpcStatus.of(rpc, code, text);
  }

  private static RpcStatus internal() {
    return RpcStatus.of(RpcCode.INTERNAL, "Internal error encountered.");
  }
}
