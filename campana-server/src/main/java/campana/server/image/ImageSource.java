package campana.server.image;

import java.net.URI;
import java.util.Optional;

/// Gets bytes from an address that anybody may have named: behind the outgoing guard.
@FunctionalInterface
public interface ImageSource {
  /// Blocks for a few seconds at most, redirects included.
  ///
  /// @return empty for every failure, a forbidden address, and a body beyond
  ///   [RemoteImages#MOST_BYTES]
  Optional<byte[]> fetch(URI address);
}
