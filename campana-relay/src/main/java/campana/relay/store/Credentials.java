package campana.relay.store;

import campana.relay.outbox.Credential;
import campana.relay.outbox.Trust;
import campana.store.Row;
import campana.store.Tx;
import campana.store.Vault;
import campana.wire.WebhookUrl;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What is known of credentials: their addresses, sealed, and how far each is trusted.
final class Credentials {
  private static final String FIND =
      """
      select destination, trust, since, reason, probes from credential
       where bucket = ? and lane = ? and credential = ?\
      """;
  private static final String ADD =
      """
      insert into credential (bucket, lane, credential, url, destination, trust, since, reason,
          probes) values (?, ?, ?, ?, ?, ?, ?, '', 0)\
      """;
  private static final String TRUST =
      """
      update credential set trust = ?, since = ?, reason = ?, probes = ?, probe_at = ?
       where bucket = ? and lane = ? and credential = ?\
      """;
  private static final String VOUCH =
      """
      update credential set url = ?, destination = ?
       where bucket = ? and lane = ? and credential = ?\
      """;

  private final Vault vault;

  Credentials(Vault vault) {
    this.vault = vault;
  }

  /// A credential's row.
  record Known(String destination, Trust trust, Instant since, String reason, int probes) {
    static Known of(Row row) {
      return new Known(
          row.text("destination"),
          Codes.TRUST.at(row.number("trust")),
          row.instant("since"),
          row.text("reason"),
          (int) row.number("probes"));
    }
  }

  static @Nullable Known find(Tx tx, LaneRow lane, String credential) {
    var known = lane.credentials.get(credential);
    if (known == null) {
      known = tx.first(FIND, Known::of, lane.bucket, lane.lane.id(), credential).orElse(null);
      if (known != null) {
        lane.credentials.put(credential, known);
      }
    }
    return known;
  }

  /// What a credential is trusted that comes with a draft.
  static Trust trust(@Nullable Known known, Credential credential) {
    if (known == null) {
      return credential.vouched() ? Trust.PROVEN : Trust.UNPROVEN;
    }
    var improved = known.trust == Trust.UNPROVEN || known.trust == Trust.REFUSED;
    return credential.vouched() && improved ? Trust.PROVEN : known.trust;
  }

  /// Keeps it, with the trust it has come by.
  void keep(
      Tx tx, LaneRow lane, @Nullable Known known, Credential credential, Trust trust, Instant now) {
    if (known == null) {
      tx.update(
          ADD,
          lane.bucket,
          lane.lane.id(),
          credential.id(),
          vault.seal(credential.url().revealed()),
          credential.destination(),
          Codes.TRUST.of(trust),
          now);
      return;
    }
    if (credential.vouched() && !known.destination.equals(credential.destination())) {
      var url = vault.seal(credential.url().revealed());
      tx.update(VOUCH, url, credential.destination(), lane.bucket, lane.lane.id(), credential.id());
      lane.credentials.remove(credential.id());
    }
    if (trust != known.trust) {
      set(tx, lane, credential.id(), trust, now, "", 0, null);
    }
  }

  static void set(
      Tx tx,
      LaneRow lane,
      String credential,
      Trust trust,
      Instant since,
      String reason,
      int probes,
      @Nullable Instant probeAt) {
    tx.update(
        TRUST,
        Codes.TRUST.of(trust),
        since,
        reason,
        probes,
        probeAt,
        lane.bucket,
        lane.lane.id(),
        credential);
    lane.credentials.remove(credential);
  }

  /// The address that was sealed.
  WebhookUrl open(String sealed) {
    return Optional.of(sealed)
        .flatMap(vault::open)
        .map(WebhookUrl::parse)
        .orElseThrow(
            () -> new IllegalStateException("a stored address does not open with this key file"));
  }
}
