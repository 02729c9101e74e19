package campana.server.policy;

import campana.server.Change;
import java.util.function.Supplier;

/// The organisation's switches as they are now. Safe for use by many threads; [#current] costs no
/// look into the database.
public final class Policies {
  /// Where the switches are kept.
  public interface Store {
    Policy load();

    void save(Policy policy);
  }

  /// What the config says.
  ///
  /// @param pinned whether the config names the switches; if so, they cannot be changed here
  public record Configured(Policy policy, boolean pinned) {}

  private final Store store;
  private final Supplier<Configured> configured;
  private volatile Policy stored;

  /// @param configured asked anew each time, as the config can be reloaded
  public Policies(Store store, Supplier<Configured> configured) {
    this.store = store;
    this.configured = configured;
    this.stored = store.load();
  }

  public Policy current() {
    var now = configured.get();
    return now.pinned() ? now.policy() : stored;
  }

  /// Reads them anew: another process may have set them.
  public synchronized void reload() {
    stored = store.load();
  }

  /// Whether the config file holds the switches.
  public boolean pinned() {
    return configured.get().pinned();
  }

  /// Sets both switches, effective with the next request.
  public synchronized Change<Policy> set(Policy policy) {
    if (pinned()) {
      return new Change.Forbidden<>("server.policy stands in the config file; change it there");
    }
    store.save(policy);
    stored = policy;
    return new Change.Done<>(policy);
  }
}
