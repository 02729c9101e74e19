package campana.server.draw;

import java.util.Optional;

/// Where the reader's browser gets a remote image from: never from the sender's host.
@FunctionalInterface
public interface ImageAddresses {
  /// @param url http or https, absolute
  /// @return an address of our own; empty: remote images are off
  Optional<String> of(String url);
}
