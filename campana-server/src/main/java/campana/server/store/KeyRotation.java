package campana.server.store;

import campana.store.Buckets;
import campana.store.Database;
import campana.store.Vault;

/// Seals every stored secret anew, under the vault's newest key.
public final class KeyRotation {
  private static final String WEBHOOKS = "select space_id, webhook_id, token_sealed from webhook";
  private static final String WEBHOOK =
      "update webhook set token_sealed = ? where bucket = ? and space_id = ? and webhook_id = ?";
  private static final String SETTING = "select value from setting where name = ?";
  private static final String SET = "update setting set value = ? where name = ?";

  private record SealedToken(String spaceId, String id, String sealed) {}

  private KeyRotation() {}

  /// Does it in one transaction: after a failure everything is as it was.
  ///
  /// @return how many secrets were sealed anew
  public static int run(Database database, Vault vault) {
    return database.write(tx -> {
      int count = 0;
      var tokens =
          tx.query(
              WEBHOOKS,
              row ->
                  new SealedToken(
                      row.text("space_id"), row.text("webhook_id"), row.text("token_sealed")));
      for (var token : tokens) {
        if (vault.outdated(token.sealed())) {
          count +=
              tx.update(
                  WEBHOOK,
                  again(vault, token.sealed()),
                  Buckets.of(token.spaceId()),
                  token.spaceId(),
                  token.id());
        }
      }
      for (var name : SealedSettings.ALL) {
        var sealed = tx.first(SETTING, row -> row.text(1), name);
        if (sealed.isPresent() && vault.outdated(sealed.get())) {
          count += tx.update(SET, again(vault, sealed.get()), name);
        }
      }
      return count;
    });
  }

  private static String again(Vault vault, String sealed) {
    return vault.seal(new Sealed(vault).open(sealed));
  }
}
