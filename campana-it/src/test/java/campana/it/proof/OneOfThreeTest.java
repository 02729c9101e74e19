package campana.it.proof;

import static org.assertj.core.api.Assertions.assertThat;

import campana.it.CampanaProcess;
import campana.it.CampanaProcess.NewSpace;
import campana.testdb.TestPostgres;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Three processes on one PostgreSQL, of which one is killed every few seconds, and started again,
/// while posts, triggers and posts to the proxy come in at all of them.
@Tag("proofs")
final class OneOfThreeTest {
  private static final int KILLS = Integer.getInteger("campana.kills", 9);
  private static final Duration EVERY = Duration.ofSeconds(3);
  private static final int CLIENTS = 8;
  private static final int QUOTA = 20; // a second

  private final String url = TestPostgres.ofItsOwn();
  private final List<CampanaProcess> servers = new CopyOnWriteArrayList<>();
  private final Posters posters = new Posters();
  @TempDir Path folder;
  private CampanaProcess far;
  private Senders senders;

  @BeforeEach
  void start() throws IOException {
    far = CampanaProcess.start(folder.resolve("far"));
    senders = new Senders(far);
    Files.writeString(config(), senders.config(far.address(), "1000/s"));
    for (var number = 0; number < 3; number++) {
      var data = Files.createDirectory(folder.resolve("" + number));
      if (number > 0) {
        Files.copy(folder.resolve("0/secret.key"), data.resolve("secret.key"));
      }
      servers.add(serve(data));
    }
  }

  @AfterEach
  void end() {
    senders.close();
    servers.forEach(CampanaProcess::close);
    far.close();
  }

  private Path config() {
    return folder.resolve("relay.yaml");
  }

  private CampanaProcess serve(Path data) {
    return CampanaProcess.start(
        List.of(), Map.of("CAMPANA_DATABASE", url), data, "--config", config().toString());
  }

  private List<URI> addresses() {
    return servers.stream().map(CampanaProcess::address).toList();
  }

  @Test
  void what_is_acknowledged_is_there_once_quotas_hold_and_all_lanes_are_emptied() throws Exception {
    var strict = spaces("Strict", QUOTA, 1);
    var free = spaces("Free", 1_000_000, 1000);
    senders.leadTo(addresses().toArray(URI[]::new));
    senders.start();
    senders.flow(100);
    var began = System.nanoTime();
    posters.insist(
        this::addresses,
        Stream.of(strict, free).flatMap(List::stream).toList(),
        CLIENTS,
        () -> {
          for (var kill = 0; kill < KILLS; kill++) {
            LockSupport.parkNanos(EVERY.toNanos());
            killed(kill % servers.size());
          }
        });
    var seconds = TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - began);
    var told = senders.finish();

    var one = servers.getFirst();
    var held = System.nanoTime();
    Told.awaitDelivery(one, Duration.ofSeconds(150));
    var emptied = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - held);
    told.check(far, one.call("GET", "/v1/relay/status", ""));
    posters.check(one);
    assertThat(posters.unanswered()).as("all were repeated until they were stored").isZero();
    assertThat(posters.statuses()).isSubsetOf(429, 503);
    for (var space : strict) {
      posters.checkPace(one, space, Duration.ofSeconds(1).dividedBy(QUOTA));
    }
    System.out.printf(
        "%d kills in %d s: %d posts and %d events, each there once; lanes empty %d ms later%n",
        KILLS, seconds, posters.promised(), told.accepted().size(), emptied);
  }

  private List<NewSpace> spaces(String name, int aSecond, int burst) {
    var spaces = new ArrayList<NewSpace>();
    for (var number = 0; number < 4; number++) {
      spaces.add(servers.getFirst().space(name + number, aSecond, burst));
    }
    return spaces;
  }

  /// The two others go on meanwhile.
  private void killed(int victim) {
    var posts = posters.promised();
    var events = senders.accepted();
    servers.get(victim).kill();
    Awaitility.await()
        .atMost(Duration.ofSeconds(20))
        .until(() -> posters.promised() >= posts + 100 && senders.accepted() >= events + 100);
    servers.get(victim).close();
    servers.set(victim, serve(folder.resolve("" + victim)));
    senders.leadTo(addresses().toArray(URI[]::new));
  }
}
