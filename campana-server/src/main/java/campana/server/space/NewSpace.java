package campana.server.space;

import campana.server.people.Person;
import campana.server.quota.QuotaRate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A wish for a space.
///
/// @param displayName 1 to 128 characters; empty for a direct message
/// @param description at most 150 characters; empty for none
/// @param quota null: the server's default holds
/// @param members who is in it besides the creator; of a direct message with two, exactly these
public record NewSpace(
    String displayName,
    String description,
    SpaceType type,
    ThreadingState threading,
    @Nullable QuotaRate quota,
    List<Person> members) {

  public NewSpace {
    members = List.copyOf(members);
  }

  /// A named, threaded space with the server's quota.
  public static NewSpace named(String displayName) {
    return new NewSpace(
        displayName, "", SpaceType.SPACE, ThreadingState.THREADED_MESSAGES, null, List.of());
  }
}
