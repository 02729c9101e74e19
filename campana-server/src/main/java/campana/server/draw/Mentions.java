package campana.server.draw;

import java.util.Optional;

/// Who is meant by `<users/…>`.
@FunctionalInterface
public interface Mentions {
  /// @param user `users/ID`, or `users/all` for everyone in the space
  /// @return the name to show, without `@`; empty: unknown, the text stays as it was sent
  Optional<String> name(String user);
}
