package campana.server.image;

import java.net.URI;
import java.time.Duration;
import java.util.Optional;

/// Gets bytes from an address that anybody may have named: behind the outgoing guard.
@FunctionalInterface
public interface ImageSource {
  /// @param within the whole of it, redirects too
  /// @return empty for every failure, a forbidden address and a longer body
  Optional<byte[]> fetch(URI address, Duration within, int mostBytes);
}
