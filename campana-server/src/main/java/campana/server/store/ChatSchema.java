package campana.server.store;

import campana.store.Migrations;

/// The steps of the chat server's schema.
public final class ChatSchema {
  /// The database's file in the data folder.
  public static final String FILE = "campana.db";

  private ChatSchema() {}

  public static Migrations migrations() {
    return Migrations.of(
        ChatSchema.class,
        "campana/server/store/chat",
        "V1__spaces_and_people.sql",
        "V2__messages.sql",
        "V3__space_description.sql",
        "V4__listings.sql",
        "V5__trails.sql",
        "V6__nodes.sql",
        "V7__removals.sql",
        "V8__duties.sql",
        "V9__doors.sql",
        "V10__ends.sql");
  }
}
