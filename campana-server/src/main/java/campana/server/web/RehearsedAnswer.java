package campana.server.web;

import campana.http.Answers;
import campana.http.Bodies;
import campana.http.Body;
import campana.server.message.Posted;
import campana.server.quota.QuotaRate;
import campana.server.rehearsal.Fault;
import campana.server.space.Space;
import campana.wire.Limits;
import campana.wire.RpcStatus;
import io.helidon.http.Header;
import io.helidon.http.HeaderNames;
import io.helidon.http.HeaderValues;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.Semaphore;

/// Gives a post the fault of a rehearsal, byte for byte as a real failure would (docs/protocol.md,
/// «Rehearsal»), but for one header that tells whoever looks closely.
final class RehearsedAnswer {
  /// Longer than the time-outs that senders use, so that theirs is what ends it.
  private static final Duration LONGEST_HANG = Duration.ofSeconds(60);

  /// Beyond this a connection ends at once, so that rehearsals leave connections for others.
  static final int MOST_HANGING = 64;

  private static final Duration RETRY_IN = Duration.ofSeconds(1);
  private static final Header SIGN =
      HeaderValues.createCached(HeaderNames.create("X-Campana-Rehearsal"), "yes");
  private static final byte[] GATEWAY =
      """
      <html>
      <head><title>502 Bad Gateway</title></head>
      <body>
      <center><h1>502 Bad Gateway</h1></center>
      <hr><center>gateway</center>
      </body>
      </html>
      """
          .getBytes(StandardCharsets.UTF_8);

  private final Semaphore hanging = new Semaphore(MOST_HANGING);

  /// @param rate the space's quota, for the text of a 429
  void give(
      Fault fault,
      Space space,
      QuotaRate rate,
      String base,
      ServerRequest request,
      ServerResponse response) {
    // What it says does not matter, but a client that still sends would miss the answer.
    if (Bodies.read(request, Limits.BODY_BYTES) instanceof Body.Refused) {
      response.header(HeaderValues.CONNECTION_CLOSE);
    }
    switch (fault) {
      case UNAVAILABLE -> rpc(response, WireErrors.UNAVAILABLE);
      case INTERNAL -> rpc(response, WireErrors.INTERNAL);
      case INVALID -> rpc(response, WireErrors.INVALID);
      case FORBIDDEN -> rpc(response, WireErrors.FORBIDDEN);
      case NOT_FOUND -> rpc(response, WireErrors.NOT_FOUND);
      case QUOTA -> {
        response.header(SIGN);
        var over = new Posted.OverQuota(RETRY_IN);
        Answers.rpc(response, WireErrors.overQuota(over, space, rate, base), RETRY_IN);
      }
      case HTML -> {
        response.header(SIGN);
        Answers.html(response, 502, GATEWAY);
      }
      case HANG -> hang();
      case RESET -> Answers.reset();
    }
  }

  private static void rpc(ServerResponse response, RpcStatus status) {
    response.header(SIGN);
    Answers.rpc(response, status);
  }

  private void hang() {
    if (!hanging.tryAcquire()) {
      Answers.hangUp();
    }
    try {
      Answers.hang(LONGEST_HANG);
    } finally {
      hanging.release();
    }
  }
}
