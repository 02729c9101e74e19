package campana.relay.store;

import campana.store.Migrations;

/// The relay's database.
public final class RelaySchema {
  /// Its file in the data folder.
  public static final String FILE = "relay.db";

  private RelaySchema() {}

  public static Migrations migrations() {
    return Migrations.of(
        RelaySchema.class,
        "campana/relay/store/relay",
        "V1__outbox.sql",
        "V2__trail.sql",
        "V3__repeats.sql",
        "V4__strands.sql",
        "V5__later.sql",
        "V6__arrivals.sql",
        "V7__rest.sql",
        "V8__busy.sql",
        "V9__episodes.sql");
  }
}
