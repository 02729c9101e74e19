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

  /// As the server names it.
  private static final String OWNER_TOKEN = "owner-token";

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
      var owner = tx.first(SETTING, row -> row.text(1), OWNER_TOKEN);
      if (owner.isPresent() && vault.outdated(owner.get())) {
        count += tx.update(SET, again(vault, owner.get()), OWNER_TOKEN);
      }
      return count;
    });
  }

  private static String again(Vault vault, String sealed) {
    return vault.seal(new Sealed(vault).open(sealed));
  }
}
