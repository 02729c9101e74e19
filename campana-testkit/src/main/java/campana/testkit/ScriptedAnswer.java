package campana.testkit;

import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/// One answer of [ScriptedChat], good or bad. Immutable.
public final class ScriptedAnswer {
  private enum Way {
    WHOLE,
    /// Less than the length that was announced, then the end of the connection.
    HALF,
    /// As `HALF`, but the connection stays open and nothing more comes.
    STALLED,
    HANG,
    RESET,
    RESET_BEFORE_BODY
  }

  private final Way way;
  private final int status;
  private final String body;
  private final Map<String, String> headers;
  private final Duration pause;

  private ScriptedAnswer(
      Way way, int status, String body, Map<String, String> headers, Duration pause) {
    this.way = way;
    this.status = status;
    this.body = body;
    this.headers = headers;
    this.pause = pause;
  }

  /// Any status with a body of JSON; none where `body` is empty.
  public static ScriptedAnswer of(int status, String body) {
    var type =
        body.isEmpty()
            ? Map.<String, String>of()
            : Map.of("Content-Type", "application/json; charset=UTF-8");
    return new ScriptedAnswer(Way.WHOLE, status, body, type, Duration.ZERO);
  }

  /// Success as Chat says it: name and thread's name alone.
  ///
  /// @param number makes the names unique
  public static ScriptedAnswer sent(ScriptedRequest request, int number) {
    var space = "spaces/" + request.space();
    return of(
        200,
        """
        {
          "name": "%s/messages/M%d.M%d",
          "thread": {
            "name": "%s/threads/M%d"
          }
        }
        """
            .formatted(space, number, number, space, number));
  }

  /// A wrapped error, as it is on the wire.
  public static ScriptedAnswer error(int status, String code, String message) {
    return of(
        status,
        """
        {
          "error": {
            "code": %d,
            "message": "%s",
            "status": "%s"
          }
        }
        """
            .formatted(status, message, code));
  }

  /// A gateway's page.
  public static ScriptedAnswer html(int status) {
    return new ScriptedAnswer(
        Way.WHOLE,
        status,
        "<html><head><style>b{}</style></head><body><h1>Error</h1>\n<p>of a gateway</p></html>",
        Map.of("Content-Type", "text/html"),
        Duration.ZERO);
  }

  /// Reads the request and never answers.
  public static ScriptedAnswer hang() {
    return new ScriptedAnswer(Way.HANG, 0, "", Map.of(), Duration.ZERO);
  }

  /// Reads the request and resets the connection.
  public static ScriptedAnswer reset() {
    return new ScriptedAnswer(Way.RESET, 0, "", Map.of(), Duration.ZERO);
  }

  /// Resets the connection after the request's head, its body unread: such a request counts for
  /// nothing.
  public static ScriptedAnswer resetBeforeBody() {
    return new ScriptedAnswer(Way.RESET_BEFORE_BODY, 0, "", Map.of(), Duration.ZERO);
  }

  /// The same with a header.
  public ScriptedAnswer with(String name, String value) {
    var more = new LinkedHashMap<>(headers);
    more.put(name, value);
    return new ScriptedAnswer(way, status, body, more, pause);
  }

  /// The same, but the connection ends after half of the body.
  public ScriptedAnswer half() {
    return new ScriptedAnswer(Way.HALF, status, body, headers, pause);
  }

  /// The same, but after half of the body nothing more comes.
  public ScriptedAnswer stalled() {
    return new ScriptedAnswer(Way.STALLED, status, body, headers, pause);
  }

  /// The same, so much later.
  public ScriptedAnswer after(Duration wait) {
    return new ScriptedAnswer(way, status, body, headers, wait);
  }

  boolean beforeBody() {
    return way == Way.RESET_BEFORE_BODY;
  }

  /// Does it; says whether the connection may be used again.
  ///
  /// @param end ends a hanging one early
  boolean write(Socket socket, CountDownLatch end) throws IOException {
    pause(end, pause);
    switch (way) {
      case RESET, RESET_BEFORE_BODY -> {
        socket.setSoLinger(true, 0); // a close is a reset then
        return false;
      }
      case HANG -> pause(end, Duration.ofHours(1));
      case WHOLE, HALF, STALLED -> {
        var bytes = body.getBytes(StandardCharsets.UTF_8);
        var head = new StringBuilder("HTTP/1.1 " + status + " Scripted\r\n");
        headers.forEach((name, value) -> head.append(name + ": " + value + "\r\n"));
        head.append("Content-Length: " + bytes.length + "\r\n\r\n");
        var headBytes = head.toString().getBytes(StandardCharsets.ISO_8859_1);
        var length = way == Way.WHOLE ? bytes.length : bytes.length / 2;
        var all = new byte[headBytes.length + length];
        System.arraycopy(headBytes, 0, all, 0, headBytes.length);
        System.arraycopy(bytes, 0, all, headBytes.length, length);
        socket.getOutputStream().write(all);
        if (way == Way.STALLED) {
          pause(end, Duration.ofHours(1));
        }
      }
    }
    return way == Way.WHOLE;
  }

  private static void pause(CountDownLatch end, Duration wait) {
    try {
      var ended = !wait.isZero() && end.await(wait.toNanos(), TimeUnit.NANOSECONDS);
      if (ended) {
        Thread.currentThread().interrupt();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
