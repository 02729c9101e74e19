package campana.client;

import java.util.Optional;

/// The body of a message as the client posts it; the client itself shows it to nobody.
public final class WireBody {
  private WireBody() {}

  /// @param threadKey empty for none
  /// @param threadName empty for none
  public static String of(Message message, String threadKey, String threadName) {
    return message.toJson(given(threadKey), given(threadName));
  }

  private static Optional<String> given(String text) {
    return Optional.of(text).filter(some -> !some.isEmpty());
  }
}
