package campana.relay.outbox;

import campana.testkit.ManualClock;

/// An outbox that a contract is held against.
public interface Opened extends AutoCloseable {
  Outbox outbox();

  Backlog backlog();

  Records records();

  Watch watch();

  /// Another holder of the same database, as a second process would be.
  Backlog rival();

  /// What a start finds after this one was killed right now.
  Opened killed();

  /// What a start does, until lanes that a killed process had leased are free.
  default void begin(ManualClock clock) {
    backlog().voidLeases();
  }

  /// All bytes on disk.
  byte[] bytes();

  void diskLow(boolean low);

  @Override
  void close();
}
