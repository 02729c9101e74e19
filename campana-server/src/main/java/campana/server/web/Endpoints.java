package campana.server.web;

import campana.form.MessageForm;
import campana.http.Answers;
import campana.server.ServerSettings;
import campana.server.message.MessageDesk;
import campana.store.StoreBusy;
import campana.wire.RpcStatus;
import io.helidon.http.HeaderNames;
import io.helidon.webserver.http.HttpRules;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/// The addresses that programs use: the wire, the resources API, health, metrics, the API's own
/// description.
public final class Endpoints {
  private final Rooms rooms;
  private final V1 v1;
  private final Meters meters;
  private final BooleanSupplier ready;

  /// What may change while the server runs, checked.
  public record Rules(ServerSettings settings, MessageForm form) {}

  /// @param ready whether posts are taken; false while the server stops
  /// @param beside takes posts to spaces that are not ours
  public Endpoints(
      Rooms rooms,
      MessageDesk desk,
      Supplier<Rules> rules,
      Meters meters,
      InstantSource clock,
      BooleanSupplier ready,
      Beside beside) {
    this.rooms = rooms;
    this.meters = meters;
    this.ready = ready;
    var wire = new WireEndpoint(rooms, desk, rules, meters, beside);
    this.v1 = new V1(rooms, wire, new PeopleApi(rooms, clock));
  }

  public void addTo(HttpRules routing) {
    routing.any("/v1/*", v1::handle);
    routing.get("/healthz", (_, response) -> Answers.json(response, Map.of("status", "ok")));
    routing.get("/readyz", (_, response) -> readiness(response));
    routing.get("/metrics", this::metrics);
    routing.get("/openapi.yaml", (_, response) -> description(response));
  }

  /// For what could not be asked: the database is away, or has too much to do.
  public static void busy(ServerRequest request, ServerResponse response, StoreBusy busy) {
    Answers.rpc(response, WireErrors.UNAVAILABLE, busy.retryIn());
  }

  private void readiness(ServerResponse response) {
    if (ready.getAsBoolean()) {
      Answers.json(response, Map.of("status", "ready"));
    } else {
      Answers.rpc(response, WireErrors.UNAVAILABLE);
    }
  }

  /// Figures for a scraper: open to this machine itself, from elsewhere with an owner's token.
  private void metrics(ServerRequest request, ServerResponse response) {
    if (!fromHere(request) && !byOwner(request)) {
      response.header(HeaderNames.WWW_AUTHENTICATE, "Bearer");
      Answers.rpc(response, WireErrors.UNAUTHENTICATED);
      return;
    }
    response.header(HeaderNames.CONTENT_TYPE, "text/plain; version=0.0.4; charset=utf-8");
    response.send(meters.scrape().getBytes(StandardCharsets.UTF_8));
  }

  // Behind a proxy on this machine everybody comes from here: such a request says so.
  private static boolean fromHere(ServerRequest request) {
    var headers = request.headers();
    boolean forwarded =
        headers.contains(HeaderNames.X_FORWARDED_FOR) || headers.contains(HeaderNames.FORWARDED);
    return !forwarded
        && request.remotePeer().address() instanceof InetSocketAddress peer
        && peer.getAddress().isLoopbackAddress();
  }

  private boolean byOwner(ServerRequest request) {
    return objection(request).isEmpty();
  }

  /// Empty for an owner's token; else what to answer.
  public Optional<RpcStatus> objection(ServerRequest request) {
    var bearer = V1.bearer(request);
    if (bearer.isEmpty()) {
      return Optional.of(WireErrors.UNAUTHENTICATED);
    }
    var who = bearer.flatMap(rooms.tokens()::person);
    if (who.isEmpty()) {
      return Optional.of(WireErrors.BAD_BEARER);
    }
    return who.get().owner() ? Optional.empty() : Optional.of(WireErrors.FORBIDDEN);
  }

  private static void description(ServerResponse response) {
    try (var in = Endpoints.class.getResourceAsStream("openapi.yaml")) {
      if (in == null) {
        throw new IllegalStateException("openapi.yaml is not in the jar");
      }
      response.header(HeaderNames.CONTENT_TYPE, "application/yaml; charset=UTF-8");
      response.send(in.readAllBytes());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
