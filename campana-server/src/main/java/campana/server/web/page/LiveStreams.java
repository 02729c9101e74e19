package campana.server.web.page;

import campana.server.people.SignIn;
import campana.server.space.Spaces;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

/// The live streams that are open here. Membership and session are looked up with each message; but
/// where none comes, a reader has to hear as well that it is over, and this and any other process
/// can have ended it.
public final class LiveStreams {
  private final SignIn signIn;
  private final Spaces spaces;
  private final Set<LiveStream> open = ConcurrentHashMap.newKeySet();

  LiveStreams(SignIn signIn, Spaces spaces) {
    this.signIn = signIn;
    this.spaces = spaces;
  }

  void opened(LiveStream stream) {
    open.add(stream);
  }

  void closed(LiveStream stream) {
    open.remove(stream);
  }

  /// One round: ends what is followed by who may not any more. Asks nothing where nobody follows.
  public void runOnce() {
    var streams = Set.copyOf(open);
    if (streams.isEmpty()) {
      return;
    }
    var people =
        signIn.bySessions(streams.stream().map(LiveStream::session).collect(Collectors.toSet()));
    var seats =
        spaces.taken(streams.stream().flatMap(LiveStream::seats).collect(Collectors.toSet()));
    streams.forEach(stream -> stream.look(people.get(stream.session()), seats));
  }
}
