package campana.relay.web;

import campana.http.Answers;
import campana.http.Percent;
import campana.wire.RpcStatus;
import io.helidon.webserver.http.HttpRules;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;

/// The relay's addresses at somebody's server. They stand there whether the relay runs or not: a
/// config that is taken over may name its first route.
public final class RelayWeb {
  private final Supplier<Optional<Parts>> parts;
  private final IntakeEndpoint intake = new IntakeEndpoint();
  private final ProxyEndpoint proxy = new ProxyEndpoint();
  private final RelayApi api = new RelayApi();

  /// @param parts empty while no relay runs
  public RelayWeb(Supplier<Optional<Parts>> parts) {
    this.parts = parts;
  }

  /// @param objection empty where a request may administer; else what it is answered
  public void addTo(HttpRules routing, Function<ServerRequest, Optional<RpcStatus>> objection) {
    routing.any("/in/*", this::intake);
    routing.any("/v1/relay/*", (request, response) -> api(objection, request, response));
  }

  /// Takes a post for a space that is nobody's here.
  ///
  /// @return false: not ours to take, nothing answered
  public boolean post(String space, ServerRequest request, ServerResponse response) {
    return parts.get().map(running -> proxy.post(running, space, request, response)).orElse(false);
  }

  private void intake(ServerRequest request, ServerResponse response) {
    var running = parts.get();
    if (running.isEmpty()) {
      Answers.notFound(response);
    } else {
      intake.handle(running.get(), segments(request, "/in/"), request, response);
    }
  }

  private void api(
      Function<ServerRequest, Optional<RpcStatus>> objection,
      ServerRequest request,
      ServerResponse response) {
    var refusal = objection.apply(request);
    if (refusal.isPresent()) {
      if (refusal.get().httpStatus() == 401) {
        response.header("WWW-Authenticate", "Bearer");
      }
      Answers.rpc(response, refusal.get());
    } else if (parts.get().isEmpty()) {
      Answers.rpc(response, RelayApi.NO_RELAY);
    } else {
      api.handle(parts.get().get(), segments(request, "/v1/relay/"), request, response);
    }
  }

  /// What stands behind a prefix, each part decoded; a slash at the end counts for nothing.
  private static List<String> segments(ServerRequest request, String prefix) {
    var segments = new ArrayList<String>(3);
    for (var part :
        request.prologue().uriPath().rawPath().substring(prefix.length()).split("/", -1)) {
      segments.add(Percent.decode(part, false));
    }
    if (!segments.isEmpty() && segments.getLast().isEmpty()) {
      segments.removeLast();
    }
    return segments;
  }
}
