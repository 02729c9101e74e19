package campana.server.space;

/// google.chat.v1.Space.SpaceThreadingState.
public enum ThreadingState {
  THREADED_MESSAGES,
  GROUPED_MESSAGES,
  UNTHREADED_MESSAGES
}
