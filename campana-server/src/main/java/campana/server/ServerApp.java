package campana.server;

import campana.form.MessageForm;
import campana.http.HeadAsGet;
import campana.http.HttpServer;
import campana.http.HttpSettings;
import campana.http.TrustedProxies;
import campana.http.out.GuardedFetch;
import campana.http.out.OutgoingGuard;
import campana.server.feed.SpaceFeed;
import campana.server.image.RemoteImages;
import campana.server.message.MessageDesk;
import campana.server.message.PostRules;
import campana.server.people.People;
import campana.server.people.SignIn;
import campana.server.people.Tokens;
import campana.server.policy.Policies;
import campana.server.rehearsal.Rehearsals;
import campana.server.space.SpaceIds;
import campana.server.space.Spaces;
import campana.server.store.Duty;
import campana.server.store.Retention;
import campana.server.store.Sealed;
import campana.server.store.SealedSettings;
import campana.server.store.SqlMessages;
import campana.server.store.SqlPeople;
import campana.server.store.SqlRehearsals;
import campana.server.store.SqlSettings;
import campana.server.store.SqlSpaces;
import campana.server.store.SqlWebhooks;
import campana.server.web.Beside;
import campana.server.web.Endpoints;
import campana.server.web.ImagesEndpoint;
import campana.server.web.Meters;
import campana.server.web.Rooms;
import campana.server.web.page.PageParts;
import campana.server.web.page.Pages;
import campana.server.webhook.Webhooks;
import campana.store.Database;
import campana.store.StoreBusy;
import campana.store.Vault;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.Supplier;

/// The chat server, wired by hand. Database and vault are its starter's, who closes them after.
public final class ServerApp implements AutoCloseable {
  private static final String KEY = "api-key";
  private static final String KEY_PREFIX = "AIza";
  private static final int KEY_CHARS = 39;
  private static final Duration MINUTE = Duration.ofSeconds(50);

  /// How late a viewer may learn of a rehearsal.
  private static final Duration MOMENT = Duration.ofMillis(250);

  /// How late a viewer may learn of what another process has stored, but for the look itself.
  private static final Duration GLANCE = Duration.ofMillis(150);

  /// How long what another process may change is believed.
  private static final Duration BELIEVED = Duration.ofMillis(700);

  private final Database database;
  private final Rooms rooms;
  private final SpaceFeed feed;
  private final SqlMessages messages;
  private final Retention retention;
  private final String ownerToken;
  private final GuardedFetch fetch;
  private final RemoteImages images;
  private final HttpServer http;
  private final Rounds rounds;
  private final Duty purging;
  private final Preload preload;
  private final Rounds rehearsalRounds;
  private final Rounds viewerRounds;
  private final Optional<Rounds> othersRounds; // where other processes use the database, too
  private final Optional<Rounds> doorRounds;
  private volatile Endpoints.Rules rules;
  private volatile boolean ready;

  /// The same with nothing beside it.
  public ServerApp(
      ServerSettings settings,
      Database database,
      Vault vault,
      Path folder,
      HttpSettings httpSettings,
      InstantSource clock,
      Operations operations) {
    this(settings, database, vault, folder, httpSettings, clock, operations, Beside.NOTHING);
  }

  /// Opens nothing to the world yet: see [#start].
  ///
  /// @param database migrated to the chat schema
  /// @param folder for what is no loss: pictures from elsewhere
  /// @param operations what an owner can have the program do besides
  /// @param beside what else is served at the same address
  public ServerApp(
      ServerSettings settings,
      Database database,
      Vault vault,
      Path folder,
      HttpSettings httpSettings,
      InstantSource clock,
      Operations operations,
      Beside beside) {
    this.database = database;
    var chance = new SecureRandom();
    var sealed = new Sealed(vault);
    var stored = new SqlSettings(database);
    var key = stored.getOrPut(KEY, KEY_PREFIX + SpaceIds.chars(chance, KEY_CHARS - 4));
    ownerToken = secret(SealedSettings.OWNER_TOKEN, stored, sealed, chance);
    rules = new Endpoints.Rules(settings, MessageForm.create(settings.strict()));

    feed = new SpaceFeed();
    messages = SqlMessages.open(database, chance, clock, feed);
    var desk = new MessageDesk(messages.ledger(), messages, messages.ids(), this::postRules, clock);

    var peopleStore = new SqlPeople(database);
    var people = new People(peopleStore, clock, chance);
    var spaces = new Spaces(new SqlSpaces(database), clock, chance);
    people.watch(spaces::about);
    retention = messages.retention(() -> rules.settings().retention().messages(), spaces::gone);
    var policies = new Policies(stored, this::configuredPolicy);
    var webhooks =
        new Webhooks(
            new SqlWebhooks(database), spaces, policies, sealed, key, this::base, clock, chance);
    var rehearsalStore = new SqlRehearsals(database);
    if (!database.shared()) {
      rehearsalStore.clear(); // whoever forgot one starts the server anew, and posts are taken
    }
    rooms =
        new Rooms(
            spaces,
            webhooks,
            messages,
            people,
            new SignIn(peopleStore, clock, chance),
            new Tokens(peopleStore, clock, chance, ownerToken),
            policies,
            new Rehearsals(spaces, rehearsalStore, clock, chance::nextDouble),
            operations,
            () -> rules.settings(),
            this::base);

    fetch = new GuardedFetch(new OutgoingGuard(false), GuardedFetch.Limits.DEFAULT);
    images =
        new RemoteImages(
            secret(SealedSettings.IMAGE_KEY, stored, sealed, chance)
                .getBytes(StandardCharsets.UTF_8),
            () -> rules.settings().imageProxy(),
            ImagesEndpoint.source(fetch),
            folder.resolve("images"),
            RemoteImages.MOST_ON_DISK,
            clock);

    var meters = new Meters();
    var endpoints = new Endpoints(rooms, desk, () -> rules, meters, clock, () -> ready, beside);
    var pages = new Pages(pageParts(httpSettings, clock, chance));
    http =
        new HttpServer(
            httpSettings,
            routing -> {
              var both = new HeadAsGet(routing);
              beside.addTo(both, endpoints::objection);
              endpoints.addTo(both);
              pages.addTo(both);
              routing.error(StoreBusy.class, Endpoints::busy);
              both.register(new ImagesEndpoint(images));
              pages.addMissing(both);
            });
    figures(meters, database);
    beside.addTo(meters);
    purging = new Duty(database, "sign-in", MINUTE.multipliedBy(2));
    rounds = new Rounds("server-rounds", MINUTE, webhooks::writeLastUse, () -> purge(clock));
    rehearsalRounds = new Rounds("rehearsals", MOMENT, rooms.rehearsals()::runOnce);
    preload = new Preload(webhooks, messages);
    var shared = Optional.of(database).filter(Database::shared);
    othersRounds = shared.map(_ -> new Rounds("others", GLANCE, messages::tellOthers));
    viewerRounds = new Rounds("viewers", BELIEVED, pages.streams()::runOnce);
    doorRounds =
        shared.map(_ ->
            new Rounds(
                "doors", BELIEVED, webhooks::look, policies::reload, rooms.rehearsals()::reload));
  }

  /// One of [SealedSettings], drawn at the first start.
  private static String secret(
      String name, SqlSettings stored, Sealed sealed, SecureRandom chance) {
    return sealed.open(stored.getOrPut(name, sealed.seal(Tokens.draw(chance))));
  }

  private PageParts pageParts(HttpSettings httpSettings, InstantSource clock, SecureRandom chance) {
    return new PageParts(
        rooms.spaces(),
        rooms.webhooks(),
        rooms.people(),
        rooms.signIn(),
        rooms.policies(),
        rooms.rehearsals(),
        rooms.operations()::alarm,
        rooms.operations()::diskUsed,
        messages,
        feed,
        images,
        () -> rules.settings().quota(),
        this::base,
        new TrustedProxies(httpSettings.trustedProxies()),
        clock,
        chance);
  }

  private void figures(Meters meters, Database database) {
    meters.gauge("campana.commits", "Transactions", () -> database.figures().commits());
    meters.gauge("campana.units", "Units of work in them", () -> database.figures().units());
    meters.gauge("campana.waiting", "Units that wait now", () -> database.figures().waiting());
    meters.gauge("campana.connections", "Open connections", http::connections);
    meters.gauge(
        "campana.disk.used.ratio", "Used share of the data's disk", rooms.operations()::diskUsed);
  }

  private void purge(InstantSource clock) {
    if (purging.ours(clock.instant())) {
      rooms.signIn().purge();
    }
  }

  private PostRules postRules() {
    var settings = rules.settings();
    return new PostRules(settings.quota(), settings.startMissingThread(), settings.strict());
  }

  private Policies.Configured configuredPolicy() {
    var settings = rules.settings();
    return new Policies.Configured(settings.policy(), settings.policyPinned());
  }

  /// Begins to serve; requests are answered once this returns.
  ///
  /// @throws campana.http.CannotListenException if the port is taken
  public void start() {
    http.start();
    retention.start();
    rounds.start();
    if (othersRounds.isEmpty()) {
      preload.start(); // else it would know of spaces too early, before others made their webhooks
    }
    othersRounds.ifPresent(Rounds::start);
    doorRounds.ifPresent(Rounds::runOnce); // from here on it knows that there are others
    doorRounds.ifPresent(Rounds::start);
    rehearsalRounds.start();
    viewerRounds.start();
    ready = true;
  }

  /// Where a client on this machine reaches the server. Known once started.
  public String address() {
    return http.address();
  }

  /// What URLs begin with that are printed or copied: `server.url` where set, else [#address].
  public String base() {
    var url = rules.settings().url();
    return url.isEmpty() ? address() : url;
  }

  /// The server's own bearer token, the same after a restart. A secret.
  public String ownerToken() {
    return ownerToken;
  }

  /// Runs `work` while nobody else runs such work, here or in another process.
  <T> T alone(Supplier<T> work) {
    return database.alone(work);
  }

  public Rooms rooms() {
    return rooms;
  }

  public SpaceFeed feed() {
    return feed;
  }

  /// Whether this is a space of ours, a deleted one too: its posts go nowhere else.
  public boolean knows(String spaceId) {
    return rooms.spaces().find(spaceId).isPresent();
  }

  /// Takes other settings, effective with the next request.
  public void reload(ServerSettings settings) {
    rules = new Endpoints.Rules(settings, MessageForm.create(settings.strict()));
    http.reload();
  }

  /// Finishes what is under way, then stops. Doors first, stores last.
  @Override
  public void close() {
    ready = false;
    http.close();
    fetch.close();
    preload.close();
    rounds.close();
    purging.close();
    rehearsalRounds.close();
    viewerRounds.close();
    othersRounds.ifPresent(Rounds::close);
    doorRounds.ifPresent(Rounds::close);
    retention.close();
    feed.close();
    messages.close();
  }
}
