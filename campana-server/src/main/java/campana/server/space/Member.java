package campana.server.space;

import campana.server.people.Person;
import java.time.Instant;

/// A person in a space.
///
/// @param manager may change the space, its members and its webhooks
public record Member(String spaceId, Person person, boolean manager, Instant createTime) {
  /// The resource name, `spaces/S/members/ID`.
  public String name() {
    return "spaces/" + spaceId + "/members/" + person.id();
  }
}
