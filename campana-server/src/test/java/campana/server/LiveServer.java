package campana.server;

import campana.http.HttpSettings;
import campana.server.people.Person;
import campana.server.quota.QuotaRate;
import campana.server.space.NewSpace;
import campana.server.space.Space;
import campana.server.space.SpaceType;
import campana.server.space.ThreadingState;
import campana.server.store.ChatSchema;
import campana.server.webhook.Webhook;
import campana.store.Vault;
import campana.testkit.FreshDatabase;
import campana.testkit.Kind;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A whole server on a free port of loopback, with a folder of its own.
public final class LiveServer implements AutoCloseable {
  /// So fast that no test meets it.
  public static final QuotaRate FAST = new QuotaRate(Duration.ofNanos(1_000), 1000);

  private final FreshDatabase database;
  private final Path folder;
  private final ServerApp app;
  private final Person owner;

  public LiveServer(Path folder) {
    this(folder, ServerSettings.DEFAULT, Clock.systemUTC());
  }

  public LiveServer(Path folder, ServerSettings settings, InstantSource clock) {
    this(folder, settings, clock, HttpSettings.at("127.0.0.1", 0));
  }

  public LiveServer(Kind kind, Path folder) {
    this(kind, folder, Clock.systemUTC());
  }

  public LiveServer(Kind kind, Path folder, InstantSource clock) {
    this(kind, folder, ServerSettings.DEFAULT, clock, HttpSettings.at("127.0.0.1", 0));
  }

  public LiveServer(Path folder, ServerSettings settings, InstantSource clock, HttpSettings http) {
    this(Kind.SQLITE, folder, settings, clock, http);
  }

  public LiveServer(
      Kind kind, Path folder, ServerSettings settings, InstantSource clock, HttpSettings http) {
    this(
        FreshDatabase.of(kind, folder, ChatSchema.FILE, ChatSchema.migrations()),
        folder,
        settings,
        clock,
        http);
  }

  private LiveServer(
      FreshDatabase database,
      Path folder,
      ServerSettings settings,
      InstantSource clock,
      HttpSettings http) {
    this.database = database;
    this.folder = folder;
    var vault = Vault.open(folder.resolve(Vault.KEY_FILE), true, new SecureRandom());
    app = new ServerApp(settings, database.database(), vault, folder, http, clock, Operations.NONE);
    app.start();
    owner =
        app.rooms().people().list().stream()
            .findFirst()
            .orElseGet(() -> app.rooms().people().create("", "Owner", true).done().orElseThrow());
  }

  /// Another process with the same data.
  public LiveServer beside(Path other) {
    try {
      Files.createDirectories(other);
      Files.copy(folder.resolve(Vault.KEY_FILE), other.resolve(Vault.KEY_FILE));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return new LiveServer(
        database.copiedTo(other),
        other,
        ServerSettings.DEFAULT,
        Clock.systemUTC(),
        HttpSettings.at("127.0.0.1", 0));
  }

  public ServerApp app() {
    return app;
  }

  public Person owner() {
    return owner;
  }

  /// A fresh space that a test may post to as fast as it likes.
  public Space space() {
    return space(SpaceType.SPACE, ThreadingState.THREADED_MESSAGES, FAST, List.of());
  }

  /// A fresh space with the server's own quota.
  public Space slowSpace() {
    return space(SpaceType.SPACE, ThreadingState.THREADED_MESSAGES, null, List.of());
  }

  public Space space(
      SpaceType type, ThreadingState threading, @Nullable QuotaRate quota, List<Person> members) {
    var name = type == SpaceType.DIRECT_MESSAGE ? "" : "Ops";
    var wish = new NewSpace(name, "", type, threading, quota, members);
    return app.rooms().spaces().create(wish, owner).done().orElseThrow();
  }

  public Person person(String email) {
    return app.rooms().people().create(email, "", false).done().orElseThrow();
  }

  public String token(Person person) {
    return app.rooms().tokens().create(person, "test").done().orElseThrow().secret();
  }

  public Webhook webhook(Space space) {
    return app.rooms().webhooks().create(space, "Bell", "").done().orElseThrow();
  }

  /// Path and query of a webhook's URL.
  public String target(Webhook webhook) {
    return app.rooms().webhooks().url(webhook).substring(app.base().length());
  }

  /// A fresh space's fresh webhook's path and query.
  public String target() {
    return target(webhook(space()));
  }

  /// How many messages stand in a space.
  public int stored(Space space) {
    return app.rooms().messages().latest(space.id(), Long.MAX_VALUE, 1000).size();
  }

  public Wire wire() {
    return new Wire(app.address());
  }

  @Override
  public void close() {
    app.close();
    database.close();
  }
}
