package campana.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import campana.wire.RpcStatus;
import io.helidon.http.Header;
import io.helidon.http.HeaderNames;
import io.helidon.http.HeaderValues;
import io.helidon.http.Status;
import io.helidon.webserver.CloseConnectionException;
import io.helidon.webserver.http.ServerResponse;
import java.time.Duration;
import java.util.Arrays;
import tools.jackson.core.util.DefaultIndenter;
import tools.jackson.core.util.DefaultPrettyPrinter;
import tools.jackson.core.util.Separators;
import tools.jackson.databind.ObjectWriter;
import tools.jackson.databind.json.JsonMapper;

/// Sends answers as the wire wants them: JSON with two spaces, errors wrapped, HTML where no such
/// path is.
public final class Answers {
  private static final Header JSON =
      HeaderValues.createCached(HeaderNames.CONTENT_TYPE, "application/json; charset=UTF-8");
  private static final Header HTML =
      HeaderValues.createCached(HeaderNames.CONTENT_TYPE, "text/html; charset=UTF-8");
  static final Header NOSNIFF =
      HeaderValues.createCached(HeaderNames.create("X-Content-Type-Options"), "nosniff");
  private static final byte[] NOT_FOUND =
      """
      <!DOCTYPE html>
      <html lang="en"><head><title>Error 404 (Not Found)</title></head>
      <body><h1>Not Found</h1> <h2>Error 404</h2></body></html>
      """
          .getBytes(UTF_8);

  private static final JsonMapper MAPPER = JsonMapper.builder().build();
  private static final ObjectWriter COMPACT = MAPPER.writer();
  private static final ObjectWriter PRETTY = MAPPER.writer().with(printer());

  private Answers() {}

  /// 200 with a JSON value: a tree, or maps and lists.
  public static void json(ServerResponse response, Object value) {
    json(response, 200, value);
  }

  /// Any status with a JSON value.
  public static void json(ServerResponse response, int status, Object value) {
    json(response, status, pretty(value));
  }

  /// Any status with JSON that is bytes already, of [#pretty], [#compact] or one's own.
  public static void json(ServerResponse response, int status, byte[] bytes) {
    if (status != 200) {
      response.status(Status.create(status));
    }
    response.header(JSON);
    response.header(NOSNIFF);
    response.send(bytes);
  }

  /// An error in its wrapped form, with the status's own HTTP status.
  public static void rpc(ServerResponse response, RpcStatus status) {
    json(response, status.httpStatus(), pretty(status.toWire()));
  }

  /// The same with `Retry-After`, in whole seconds, rounded up, at least 1.
  public static void rpc(ServerResponse response, RpcStatus status, Duration retryAfter) {
    long seconds = Math.max(1, Math.ceilDiv(retryAfter.toMillis(), 1000L));
    response.header(HeaderNames.RETRY_AFTER, Long.toString(seconds));
    rpc(response, status);
  }

  /// Tells why a body was not read, and closes the connection, since the rest of the body may still
  /// be on its way.
  public static void refused(ServerResponse response, Body.Refused refused) {
    response.header(HeaderValues.CONNECTION_CLOSE);
    rpc(response, refused.status());
  }

  /// Ends the connection without an answer, for when it is not known what became of the request: a
  /// client must not take any status for the truth. Does not return.
  public static void hangUp() {
    if (Connection.CURRENT.isBound()) {
      Connection.CURRENT.get().abort();
    }
    throw new CloseConnectionException("the outcome is unknown");
  }

  /// Leaves the client without an answer until it leaves, the server stops or `longest` is over,
  /// and ends the connection then. To be called once the body was read. Does not return.
  public static void hang(Duration longest) {
    if (Connection.CURRENT.isBound()) {
      Connection.CURRENT.get().hang(longest);
    }
    throw new CloseConnectionException("left without an answer");
  }

  /// Resets the connection, as a machine does that crashed or a firewall that lost its state. Does
  /// not return.
  public static void reset() {
    if (Connection.CURRENT.isBound()) {
      Connection.CURRENT.get().reset();
    }
    throw new CloseConnectionException("reset");
  }

  /// What Google answers at a path that is none of its API's: HTML, not JSON.
  public static void notFound(ServerResponse response) {
    html(response, 404, NOT_FOUND);
  }

  /// An HTML page.
  public static void html(ServerResponse response, int status, byte[] utf8) {
    if (status != 200) {
      response.status(Status.create(status));
    }
    response.header(HTML);
    response.header(NOSNIFF);
    response.send(utf8);
  }

  /// JSON as Google's servers print it: two spaces, a colon and a space, a newline at the end.
  public static byte[] pretty(Object value) {
    var json = PRETTY.writeValueAsBytes(value);
    var line = Arrays.copyOf(json, json.length + 1);
    line[json.length] = '\n';
    return line;
  }

  /// JSON on one line, for `prettyPrint=false`.
  public static byte[] compact(Object value) {
    return COMPACT.writeValueAsBytes(value);
  }

  private static DefaultPrettyPrinter printer() {
    var indenter = new DefaultIndenter("  ", "\n");
    var separators =
        Separators.createDefaultInstance()
            .withObjectNameValueSpacing(Separators.Spacing.AFTER)
            .withObjectEmptySeparator("")
            .withArrayEmptySeparator("");
    return new DefaultPrettyPrinter(separators)
        .withObjectIndenter(indenter)
        .withArrayIndenter(indenter);
  }
}
