package campana.relay.store;

import campana.store.Buckets;
import campana.store.Database;
import campana.store.Tx;
import campana.store.Vault;
import java.util.List;

/// Seals every stored address anew, under the vault's newest key.
public final class Resealing {
  private static final String ALL = "select lane, credential, url from credential";
  private static final String SET =
      "update credential set url = ? where bucket = ? and lane = ? and credential = ?";

  private record Address(String lane, String credential, String sealed) {}

  private Resealing() {}

  /// How many addresses this vault does not open.
  public static int unopened(Database database, Vault vault) {
    return database.read(
        tx -> (int) all(tx).stream().filter(a -> vault.open(a.sealed).isEmpty()).count());
  }

  /// Does it in one transaction: after a failure everything is as it was.
  ///
  /// @return how many were sealed anew
  public static int run(Database database, Vault vault) {
    return database.write(tx ->
        all(tx).stream()
            .filter(address -> vault.outdated(address.sealed))
            .mapToInt(address -> again(tx, vault, address))
            .sum());
  }

  private static int again(Tx tx, Vault vault, Address address) {
    var open =
        vault
            .open(address.sealed)
            .orElseThrow(() ->
                new IllegalStateException(
                    "an address of lane " + address.lane + " does not open with these keys"));
    return tx.update(
        SET, vault.seal(open), Buckets.of(address.lane), address.lane, address.credential);
  }

  private static List<Address> all(Tx tx) {
    return tx.query(ALL, row -> new Address(row.text(1), row.text(2), row.text(3)));
  }
}
