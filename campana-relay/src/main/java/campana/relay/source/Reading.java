package campana.relay.source;

import java.util.List;

/// What became of reading a request.
public sealed interface Reading {
  /// One or more events; all are queued or none.
  record Triggers(List<Trigger> triggers) implements Reading {
    public Triggers {
      triggers = List.copyOf(triggers);
    }
  }

  /// Understood, and nothing to tell, as GitHub's ping: the sender gets its success.
  record Nothing(String why) implements Reading {}

  /// Not what this source sends: 400.
  ///
  /// @param field where, as a JSON pointer; empty: the whole body
  /// @param why what is wrong and what was wanted
  record Unreadable(String field, String why) implements Reading {}

  /// A content type that this source does not send: 415.
  record Unsupported(String contentType) implements Reading {}
}
