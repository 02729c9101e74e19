package campana.server.people;

import campana.server.Change;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.UnaryOperator;
import java.util.random.RandomGenerator;

/// Who reads. Safe for use by many threads.
public final class People {
  private static final int NAME_CHARS = 128;
  private static final int SHORTEST_PASSWORD = 8;
  private static final int LONGEST_PASSWORD = 256;
  private static final Set<String> LANGUAGES = Set.of("", "en", "it", "es");
  private static final int DRAWS = 8;

  private final PeopleStore store;
  private final InstantSource clock;
  private final RandomGenerator chance;
  private final Passwords passwords;
  private final Attempts attempts;
  private final List<Watcher> watchers = new CopyOnWriteArrayList<>();

  /// Wants to know of changes.
  public interface Watcher {
    /// Called before a person is changed or taken away, while what hangs on them can still be
    /// found.
    ///
    /// @return what runs after the commit and before the answer, in the changing thread
    Runnable about(Person person);
  }

  /// @param chance draws ids and salts; must not be guessable
  public People(PeopleStore store, InstantSource clock, RandomGenerator chance) {
    this.store = store;
    this.clock = clock;
    this.chance = chance;
    this.passwords = new Passwords(chance);
    this.attempts = new Attempts(store, clock);
  }

  public void watch(Watcher watcher) {
    watchers.add(watcher);
  }

  /// Invites somebody.
  ///
  /// @param email where empty, the person signs in by link only: the owner of a first start
  /// @param displayName where empty, the email's part before the @
  public Change<Person> create(String email, String displayName, boolean owner) {
    var address = Emails.normal(email);
    var wrong = address.isEmpty() && owner ? Optional.<String>empty() : Emails.wrong(address);
    if (wrong.isPresent()) {
      return new Change.Wrong<>("email", wrong.get());
    }
    var given = displayName.strip();
    var name = given.isEmpty() && !address.isEmpty() ? address.split("@", 2)[0] : given;
    var wrongName = wrongName(name);
    if (wrongName.isPresent()) {
      return new Change.Wrong<>("displayName", wrongName.get());
    }
    for (int draw = 0; draw < DRAWS; draw++) {
      var person =
          new Person(
              newId(), address, name, owner, true, "", false, Instant.ofEpochMilli(clock.millis()));
      if (store.insert(person)) {
        return new Change.Done<>(person);
      }
      if (byEmail(address).isPresent()) {
        return new Change.Taken<>("email", "A person with this email is here already: " + address);
      }
    }
    throw new IllegalStateException("no free person id in " + DRAWS + " draws");
  }

  private static Optional<String> wrongName(String name) {
    var fits =
        !name.isEmpty()
            && name.codePointCount(0, name.length()) <= NAME_CHARS
            && name.chars().noneMatch(Character::isISOControl);
    return fits
        ? Optional.empty()
        : Optional.of("A person's name has 1 to " + NAME_CHARS + " characters on one line");
  }

  // 21 digits that begin with a 1, as Google's have; they fit the column and no number type.
  private String newId() {
    var id = new StringBuilder("1");
    for (int i = 1; i < 21; i++) {
      id.append((char) ('0' + chance.nextInt(10)));
    }
    return id.toString();
  }

  public Optional<Person> byId(String id) {
    return store.byId(id);
  }

  /// @param email in any case; empty finds nobody
  public Optional<Person> byEmail(String email) {
    var address = Emails.normal(email);
    return address.isEmpty() ? Optional.empty() : store.byEmail(address);
  }

  /// Everybody, by creation.
  public List<Person> list() {
    return store.list();
  }

  /// The person's own setting «Chat apps», effective with the next post.
  public Change<Person> setChatApps(String id, boolean on) {
    return edit(
        id,
        p ->
            new Person(
                p.id(),
                p.email(),
                p.displayName(),
                p.owner(),
                on,
                p.language(),
                p.hasPassword(),
                p.createTime()));
  }

  /// @param language `en`, `it`, `es`, or empty: by browser
  public Change<Person> setLanguage(String id, String language) {
    if (!LANGUAGES.contains(language)) {
      return new Change.Wrong<>("language", "A language is en, it, es, or empty: by browser");
    }
    return edit(
        id,
        p ->
            new Person(
                p.id(),
                p.email(),
                p.displayName(),
                p.owner(),
                p.chatApps(),
                language,
                p.hasPassword(),
                p.createTime()));
  }

  /// Makes somebody an owner, or no longer one; the last owner stays one.
  public Change<Person> setOwner(String id, boolean owner) {
    var others = store.list().stream().anyMatch(p -> p.owner() && !p.id().equals(id));
    if (!owner && !others) {
      return new Change.Wrong<>("owner", "The last owner stays: somebody has to administer");
    }
    return edit(
        id,
        p ->
            new Person(
                p.id(),
                p.email(),
                p.displayName(),
                owner,
                p.chatApps(),
                p.language(),
                p.hasPassword(),
                p.createTime()));
  }

  public Change<Person> rename(String id, String displayName) {
    var name = displayName.strip();
    var wrong = wrongName(name);
    if (wrong.isPresent()) {
      return new Change.Wrong<>("displayName", wrong.get());
    }
    return edit(
        id,
        p ->
            new Person(
                p.id(),
                p.email(),
                name,
                p.owner(),
                p.chatApps(),
                p.language(),
                p.hasPassword(),
                p.createTime()));
  }

  /// Gives a person an email of their own, as the owner of a first start lacks one.
  public Change<Person> setEmail(String id, String email) {
    var address = Emails.normal(email);
    var wrong = Emails.wrong(address);
    if (wrong.isPresent()) {
      return new Change.Wrong<>("email", wrong.get());
    }
    return edit(
        id,
        p ->
            new Person(
                p.id(),
                address,
                p.displayName(),
                p.owner(),
                p.chatApps(),
                p.language(),
                p.hasPassword(),
                p.createTime()));
  }

  private Change<Person> edit(String id, UnaryOperator<Person> edit) {
    var old = store.byId(id);
    if (old.isEmpty()) {
      return new Change.Missing<>();
    }
    var person = edit.apply(old.get());
    var after = watchers.stream().map(watcher -> watcher.about(person)).toList();
    if (!store.update(person)) {
      return new Change.Taken<>("email", "Another person has this email: " + person.email());
    }
    after.forEach(Runnable::run);
    return new Change.Done<>(person);
  }

  /// Sets a password. All the person's sessions end, as one of them may be somebody else's; a page
  /// that goes on opens a new one with [SignIn#open].
  public Change<Person> setPassword(String id, String password) {
    if (password.length() < SHORTEST_PASSWORD || password.length() > LONGEST_PASSWORD) {
      return new Change.Wrong<>(
          "password",
          "A password has " + SHORTEST_PASSWORD + " to " + LONGEST_PASSWORD + " characters");
    }
    if (store.byId(id).isEmpty()) {
      return new Change.Missing<>();
    }
    store.setPasswordHash(id, passwords.hash(password));
    store.removeSessionsOf(id);
    return store.byId(id).<Change<Person>>map(Change.Done::new).orElseGet(Change.Missing::new);
  }

  /// Whose password this is. Empty also while [#mustWait]; an unknown email takes as long as a
  /// wrong password.
  public Optional<Person> checkPassword(String email, String password) {
    var address = Emails.normal(email);
    if (attempts.waitOf(address).isPresent()) {
      return Optional.empty();
    }
    var person = byEmail(address);
    var hash = person.flatMap(p -> store.passwordHash(p.id()));
    var right =
        password.length() <= LONGEST_PASSWORD
            && (hash.isPresent()
                ? passwords.check(password, hash.get())
                : passwords.checkNobody(password));
    if (!right) {
      attempts.failed(address);
      return Optional.empty();
    }
    attempts.succeeded(address);
    return person;
  }

  /// How long this email has to wait after wrong passwords; empty: it may try now.
  public Optional<Duration> mustWait(String email) {
    return attempts.waitOf(Emails.normal(email));
  }

  /// Takes a person away: memberships, sessions, links and tokens end at once.
  public Change<Person> remove(String id) {
    var person = store.byId(id);
    if (person.isEmpty()) {
      return new Change.Missing<>();
    }
    var after = watchers.stream().map(watcher -> watcher.about(person.get())).toList();
    if (!store.remove(id)) {
      return new Change.Wrong<>("name", "The last owner stays: somebody has to administer");
    }
    after.forEach(Runnable::run);
    return new Change.Done<>(person.get());
  }
}
