package campana.server.store;

import campana.server.webhook.Secrets;
import campana.store.Vault;

/// Secrets as the vault seals them.
public final class Sealed implements Secrets {
  private final Vault vault;

  public Sealed(Vault vault) {
    this.vault = vault;
  }

  @Override
  public String seal(String secret) {
    return vault.seal(secret);
  }

  @Override
  public String open(String sealed) {
    return vault
        .open(sealed)
        .orElseThrow(
            () -> new IllegalStateException("a stored secret does not open with this key file"));
  }
}
