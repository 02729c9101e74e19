package campana.server.space;

import campana.server.Change;
import campana.server.people.Person;
import campana.server.quota.QuotaRate;
import campana.wire.Limits;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/// Spaces and who is in them. Safe for use by many threads.
///
/// Whoever administers everything may manage every space, but reads only where they are a member:
/// to read elsewhere they add themselves, and the audit says so.
public final class Spaces {
  /// How long a deleted space can be restored.
  public static final Duration GRACE = Duration.ofDays(30);

  private static final int DIRECT_MESSAGE_MEMBERS = 2;
  private static final int DRAWS = 8;
  private static final String DESCRIPTION = "space.spaceDetails.description";

  private final SpaceStore store;
  private final InstantSource clock;
  private final RandomGenerator chance;
  private final List<Consumer<String>> listeners = new CopyOnWriteArrayList<>();

  /// @param chance draws the ids; must not be guessable
  public Spaces(SpaceStore store, InstantSource clock, RandomGenerator chance) {
    this.store = store;
    this.clock = clock;
    this.chance = chance;
  }

  /// Tells `listener` the id of each space whose state or members have changed, after the commit
  /// and before the answer, in the changing thread.
  public void onChange(Consumer<String> listener) {
    listeners.add(listener);
  }

  /// A deleted space is gone for good: nobody knows it any more.
  public void gone(String spaceId) {
    changed(spaceId);
  }

  private void changed(String spaceId) {
    listeners.forEach(listener -> listener.accept(spaceId));
  }

  /// Makes a space. Its creator becomes a manager, except of a direct message between two others,
  /// which only who administers everything can make. Two people have one direct message at most.
  public Change<Space> create(NewSpace wish, Person creator) {
    var direct = wish.type() == SpaceType.DIRECT_MESSAGE;
    var name = wish.displayName().strip();
    var wrongName = checkName(name, wish.type());
    if (wrongName != null) {
      return new Change.Wrong<>("space.displayName", wrongName);
    }
    var wrongDescription = checkDescription(wish.description().strip(), wish.type());
    if (wrongDescription != null) {
      return new Change.Wrong<>(DESCRIPTION, wrongDescription);
    }
    var people = new LinkedHashMap<String, Person>();
    wish.members().forEach(person -> people.put(person.id(), person));
    if (!direct || people.size() < DIRECT_MESSAGE_MEMBERS) {
      people.put(creator.id(), creator);
    }
    if (direct && people.size() != DIRECT_MESSAGE_MEMBERS) {
      return new Change.Wrong<>(
          "members", "A direct message has two members; this one would have " + people.size());
    }
    if (!direct) {
      return insert(wish, name, people, creator);
    }
    if (!creator.owner() && !people.containsKey(creator.id())) {
      return new Change.Forbidden<>(
          "A direct message is made by one of its two members, or by an owner");
    }
    // Between the look and the insert nobody may make it.
    return store.alone(() -> {
      var both = List.copyOf(people.values());
      var theirs = direct(both.getFirst(), both.getLast());
      return theirs.isPresent()
          ? new Change.Taken<>(
              "members", "These two have a direct message already: " + theirs.get().name())
          : insert(wish, "", people, creator);
    });
  }

  /// The living direct message that these two have.
  public Optional<Space> direct(Person one, Person other) {
    return listFor(one).stream()
        .filter(space -> space.type() == SpaceType.DIRECT_MESSAGE)
        .filter(space -> mayRead(other, space.id()))
        .findFirst();
  }

  private Change<Space> insert(
      NewSpace wish, String name, Map<String, Person> people, Person creator) {
    var now = now();
    for (int draw = 0; draw < DRAWS; draw++) {
      var space =
          new Space(
              SpaceIds.draw(chance),
              name,
              wish.description().strip(),
              wish.type(),
              wish.threading(),
              wish.quota(),
              now,
              null);
      var members = new ArrayList<Member>();
      for (var person : people.values()) {
        members.add(new Member(space.id(), person, person.id().equals(creator.id()), now));
      }
      if (store.insert(space, members)) {
        return new Change.Done<>(space);
      }
    }
    throw new IllegalStateException("no free space id in " + DRAWS + " draws");
  }

  private static @Nullable String checkName(String name, SpaceType type) {
    if (type == SpaceType.DIRECT_MESSAGE) {
      return name.isEmpty() ? null : "A direct message has no name of its own; leave it empty";
    }
    if (name.isEmpty() && type == SpaceType.SPACE) {
      return "A space needs a name of 1 to " + Limits.SPACE_NAME_CHARS + " characters";
    }
    if (name.codePointCount(0, name.length()) > Limits.SPACE_NAME_CHARS) {
      return "A name has at most " + Limits.SPACE_NAME_CHARS + " characters; this one is longer";
    }
    return name.chars().anyMatch(Character::isISOControl)
        ? "A name is one line without control characters"
        : null;
  }

  private static @Nullable String checkDescription(String text, SpaceType type) {
    if (type == SpaceType.DIRECT_MESSAGE) {
      return text.isEmpty() ? null : "A direct message has no description; leave it empty";
    }
    if (text.codePointCount(0, text.length()) > Limits.SPACE_DESCRIPTION_CHARS) {
      return "A description has at most "
          + Limits.SPACE_DESCRIPTION_CHARS
          + " characters; this one is longer";
    }
    return text.chars().anyMatch(c -> Character.isISOControl(c) && c != '\n')
        ? "A description has no control characters but line breaks"
        : null;
  }

  /// A space, deleted ones too.
  public Optional<Space> find(String id) {
    return SpaceIds.wellFormed(id) ? store.find(id) : Optional.empty();
  }

  /// All that live, by name: for those who administer.
  public List<Space> list() {
    return store.list();
  }

  /// The living spaces that this person is a member of, by name.
  public List<Space> listFor(Person person) {
    return store.listFor(person.id());
  }

  /// One page of all living spaces that a person may know of, by id: their own, and for whoever
  /// administers everything all.
  ///
  /// @param after the last id of the page before; empty: from the start
  public List<Space> page(Person person, String after, int limit) {
    return store.page(person.owner() ? "" : person.id(), after, limit);
  }

  /// Gives a space another name.
  public Change<Space> rename(String id, String displayName) {
    var name = displayName.strip();
    var space = living(id);
    if (space == null) {
      return new Change.Missing<>();
    }
    var wrong = checkName(name, space.type());
    return wrong != null
        ? new Change.Wrong<>("space.displayName", wrong)
        : edit(id, old -> old.withDisplayName(name));
  }

  /// Says what a space is for; empty takes that back.
  public Change<Space> describe(String id, String description) {
    var text = description.strip();
    var space = living(id);
    if (space == null) {
      return new Change.Missing<>();
    }
    var wrong = checkDescription(text, space.type());
    return wrong != null
        ? new Change.Wrong<>(DESCRIPTION, wrong)
        : edit(id, old -> old.withDescription(text));
  }

  /// Gives a space a quota of its own, or with null the server's default again.
  public Change<Space> setQuota(String id, @Nullable QuotaRate quota) {
    return living(id) == null ? new Change.Missing<>() : edit(id, old -> old.withQuota(quota));
  }

  /// Deletes a space: posts are refused at once, nobody sees it any more, and within [#GRACE] it
  /// can be restored.
  public Change<Space> delete(String id, Person actor) {
    if (living(id) == null) {
      return new Change.Missing<>();
    }
    var done = edit(id, old -> old.withDeleteTime(now()));
    done.done().ifPresent(space -> audit(space.id(), actor, "space.delete", space.name()));
    return done;
  }

  /// Takes a deletion back, within [#GRACE]. Two people keep one direct message at most: an older
  /// one does not come back beside a newer.
  public Change<Space> restore(String id, Person actor) {
    var space = find(id).orElse(null);
    var deleted = space == null ? null : space.deleteTime();
    if (space == null || (deleted != null && deleted.plus(GRACE).isBefore(now()))) {
      return new Change.Missing<>();
    }
    if (!space.deleted()) {
      return new Change.Done<>(space);
    }
    // Between the look and the edit nobody may make another one.
    return store.alone(() -> {
      var newer = successor(space);
      if (newer.isPresent()) {
        return new Change.Taken<>(
            "space", "These two have a newer direct message: " + newer.get().name());
      }
      var done = edit(id, old -> old.withDeleteTime(null));
      audit(id, actor, "space.restore", space.name());
      return done;
    });
  }

  /// The living direct message that the two of a deleted one have made since.
  public Optional<Space> successor(Space deleted) {
    if (deleted.type() != SpaceType.DIRECT_MESSAGE) {
      return Optional.empty();
    }
    var both = store.members(deleted.id());
    return both.size() == DIRECT_MESSAGE_MEMBERS
        ? direct(both.getFirst().person(), both.getLast().person())
        : Optional.empty();
  }

  private Change<Space> edit(String id, UnaryOperator<Space> edit) {
    var edited = store.edit(id, edit);
    changed(id);
    return edited.<Change<Space>>map(Change.Done::new).orElseGet(Change.Missing::new);
  }

  private @Nullable Space living(String id) {
    return find(id).filter(space -> !space.deleted()).orElse(null);
  }

  /// Who is in a space, managers first, then by name.
  public List<Member> members(String spaceId) {
    return store.members(spaceId);
  }

  public Optional<Member> member(String spaceId, Person person) {
    return store.member(spaceId, person.id());
  }

  /// Adds a person, or changes whether they are a manager.
  public Change<Member> addMember(String spaceId, Person person, boolean manager, Person actor) {
    var space = living(spaceId);
    if (space == null) {
      return new Change.Missing<>();
    }
    if (space.type() == SpaceType.DIRECT_MESSAGE && store.member(spaceId, person.id()).isEmpty()) {
      return new Change.Wrong<>("member", "A direct message takes nobody besides its two members");
    }
    var now = now();
    store.putMember(spaceId, person, manager, now);
    changed(spaceId);
    audit(spaceId, actor, "member.add", person.name());
    return new Change.Done<>(new Member(spaceId, person, manager, now));
  }

  /// Takes a person out of a space.
  public Change<Person> removeMember(String spaceId, Person person, Person actor) {
    var space = living(spaceId);
    if (space == null) {
      return new Change.Missing<>();
    }
    if (space.type() == SpaceType.DIRECT_MESSAGE) {
      return new Change.Wrong<>("member", "A direct message keeps its two members");
    }
    if (!store.removeMember(spaceId, person.id())) {
      return new Change.Missing<>();
    }
    changed(spaceId);
    audit(spaceId, actor, "member.remove", person.name());
    return new Change.Done<>(person);
  }

  /// Whether every member of this space has Chat apps on.
  public boolean allHaveChatApps(String spaceId) {
    return store.members(spaceId).stream().allMatch(member -> member.person().chatApps());
  }

  /// Whether this person may read the messages there: members only.
  public boolean mayRead(Person person, String spaceId) {
    return SpaceIds.wellFormed(spaceId) && store.member(spaceId, person.id()).isPresent();
  }

  /// Those whose person is a member of a space that lives: [#mayRead] of many at once.
  public Set<Seat> taken(Collection<Seat> seats) {
    return store.taken(seats);
  }

  /// Whether this person may change the space, its members and webhooks: its managers, both members
  /// of a direct message, and whoever administers everything.
  public boolean mayManage(Person person, String spaceId) {
    if (person.owner()) {
      return true;
    }
    var member = SpaceIds.wellFormed(spaceId) ? store.member(spaceId, person.id()) : null;
    return member != null
        && member.isPresent()
        && (member.get().manager()
            || find(spaceId).filter(s -> s.type() == SpaceType.DIRECT_MESSAGE).isPresent());
  }

  /// For [campana.server.people.People#watch]: what a person's setting means for their spaces holds
  /// with the next request.
  public Runnable about(Person person) {
    var ids = store.idsFor(person.id());
    return () -> ids.forEach(this::changed);
  }

  /// Writes down who did what in a space.
  public void audit(String spaceId, Person actor, String action, String target) {
    store.audit(spaceId, now(), actor.name(), action, target);
  }

  private Instant now() {
    return Instant.ofEpochMilli(clock.millis());
  }
}
