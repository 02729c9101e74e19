package campana.relay.source;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/// A request as it came, unpacked but not interpreted.
///
/// @param headers by their names in lower case; of several of a name the last
/// @param query parameters, decoded; of several of a name the last
/// @param body inflated where it came packed: what signatures are over is what was sent unpacked
/// @param at when it came
@SuppressWarnings("ArrayRecordComponent") // handed on, compared by nobody
public record Received(
    String method,
    Map<String, String> headers,
    Map<String, String> query,
    byte[] body,
    Instant at) {
  public Received {
    headers = Map.copyOf(headers);
    query = Map.copyOf(query);
  }

  /// The same with its body.
  public Received with(byte[] read) {
    return new Received(method, headers, query, read, at);
  }

  /// @param name in lower case
  public Optional<String> header(String name) {
    return Optional.ofNullable(headers.get(name));
  }
}
