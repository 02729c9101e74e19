package campana.server.webhook;

import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Where webhooks are kept. Each method is one transaction and returns after its commit.
public interface WebhookStore extends DoorStore {
  /// A webhook with the hash of its token, SHA-256, 32 bytes.
  ///
  /// @param lastUse the one of this copy in memory
  record Stored(Webhook webhook, byte[] tokenHash, LastUse lastUse) {}

  /// @param sealedToken encrypted: the token itself is on no disk
  /// @return false if the id stands in this space already; nothing is stored then
  boolean insert(Webhook webhook, byte[] tokenHash, String sealedToken);

  /// The space's webhooks that are not deleted, oldest first.
  List<Stored> list(String spaceId);

  Optional<Stored> find(String spaceId, String id);

  /// Also finds deleted ones: who posted a message stays known.
  List<Webhook> ever(String spaceId);

  /// The token as it was sealed; empty if the webhook is not there (any more).
  Optional<String> sealedToken(String spaceId, String id);

  /// @param displayName null: stays
  /// @param avatarUrl null: stays
  /// @return the webhook as it is now
  Optional<Webhook> change(
      String spaceId, String id, @Nullable String displayName, @Nullable String avatarUrl);

  /// @return false if there is none
  boolean setToken(String spaceId, String id, byte[] tokenHash, String sealedToken);

  /// @return false if there is none
  boolean delete(String spaceId, String id, Instant now);

  /// Where a webhook was used last.
  record Use(String spaceId, String id, Instant when) {}

  void used(Collection<Use> uses);
}
