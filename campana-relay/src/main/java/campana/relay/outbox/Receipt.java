package campana.relay.outbox;

/// An entry that was taken.
///
/// @param space the space's id in its lane
/// @param opener the entry whose thread it is in, itself where it opens one
public record Receipt(EntryId id, String space, EntryId opener) {
  /// The provisional name of the message.
  public String messageName() {
    return Names.message(space, opener, id);
  }

  /// The provisional name of its thread.
  public String threadName() {
    return Names.thread(space, opener);
  }
}
