package campana.server.store;

import java.util.List;

/// Names of the settings that hold a secret, sealed.
public final class SealedSettings {
  /// The server's own bearer token.
  public static final String OWNER_TOKEN = "owner-token";

  /// What addresses of remote images are signed with.
  public static final String IMAGE_KEY = "image-key";

  /// A new key of the vault seals each of these anew.
  static final List<String> ALL = List.of(OWNER_TOKEN, IMAGE_KEY);

  private SealedSettings() {}
}
