package campana.server.web;

import campana.wire.RpcStatus;
import io.helidon.webserver.http.HttpRules;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.util.Optional;

/// What else is served at the server's address, by a part that the server knows nothing of.
public interface Beside {
  /// Nobody.
  Beside NOTHING =
      new Beside() {
        @Override
        public void addTo(HttpRules routing, Owners owners) {}

        @Override
        public boolean post(String space, ServerRequest request, ServerResponse response) {
          return false;
        }

        @Override
        public void addTo(Meters meters) {}
      };

  /// Adds its routes, which come before the server's own.
  void addTo(HttpRules routing, Owners owners);

  /// Takes a post in the wire's form to a space that never was one of the server's.
  ///
  /// @return false: not taken, nothing answered; the server refuses it in its own words
  boolean post(String space, ServerRequest request, ServerResponse response);

  /// Adds its figures.
  void addTo(Meters meters);

  /// Says who may administer.
  interface Owners {
    /// @return empty: the request bears an owner's token; else what to answer, 401 or 403
    Optional<RpcStatus> objection(ServerRequest request);
  }
}
