package campana.relay.web;

import campana.relay.RelaySettings;
import campana.relay.delivery.WirePosts;
import campana.relay.outbox.Outbox;
import campana.relay.outbox.Records;
import java.time.InstantSource;
import java.util.Optional;

/// What the addresses translate to.
public interface Parts {
  RelaySettings settings();

  /// The route of this name; empty: there is none.
  Optional<Gate> gate(String route);

  /// Whether anything is taken; false while the program stops.
  boolean open();

  /// This relay's id, for the trail of a post.
  String relay();

  Outbox outbox();

  WirePosts wirePosts();

  Records records();

  InstantSource clock();
}
