package campana.server.web;

import static org.assertj.core.api.Assertions.assertThat;

import campana.form.MessageForm;
import campana.http.HttpServer;
import campana.http.HttpSettings;
import campana.server.LiveServer;
import campana.server.ServerSettings;
import campana.server.Wire;
import campana.server.message.MessageDesk;
import campana.server.message.MessageIds;
import campana.server.message.PostRules;
import campana.server.message.Posted;
import campana.server.rehearsal.Rehearsal;
import campana.server.rehearsal.RehearsalStore;
import campana.server.rehearsal.Rehearsals;
import campana.testkit.ManualClock;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.DoubleSupplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// A rehearsal that not all posts meet, with a chance of the test's own.
@Timeout(120)
class RehearsalRateTest {
  @TempDir Path folder;
  private final ManualClock clock = new ManualClock();

  @Test
  void a_rate_meets_posts_by_chance() {
    var draws = new ArrayDeque<>(List.of(0.19, 0.2, 0.99, 0.0));
    assertThat(statusesWith(draws::remove)).containsExactly(503, 409, 409, 503);
  }

  /// What four posts get in a rehearsal of 20 %, where chance is this and all others get 409.
  private List<Integer> statusesWith(DoubleSupplier unit) {
    try (var server = new LiveServer(folder, ServerSettings.DEFAULT, clock)) {
      return statusesWith(server, unit);
    }
  }

  private List<Integer> statusesWith(LiveServer server, DoubleSupplier unit) {
    var space = server.space();
    var target = server.target(server.webhook(space));
    var own = server.app().rooms();
    var rehearsals = new Rehearsals(own.spaces(), new Uncounted(), clock, unit);
    var rooms =
        new Rooms(
            own.spaces(),
            own.webhooks(),
            own.messages(),
            own.people(),
            own.signIn(),
            own.tokens(),
            own.policies(),
            rehearsals,
            own.operations(),
            own.settings(),
            own.base());
    var ids = new MessageIds(new byte[MessageIds.KEY_BYTES]);
    var desk =
        new MessageDesk(
            (_, _, _) -> new Posted.MessageIdTaken(),
            own.messages(),
            ids,
            () -> PostRules.DEFAULT,
            clock);
    var rules = new Endpoints.Rules(ServerSettings.DEFAULT, MessageForm.create(false));
    var endpoints =
        new Endpoints(rooms, desk, () -> rules, new Meters(), clock, () -> true, Beside.NOTHING);
    try (var http = new HttpServer(HttpSettings.at("127.0.0.1", 0), endpoints::addTo)) {
      http.start();
      var there = new Wire(http.address());
      var fault = "{\"status\":\"503\",\"rate\":20}";
      there.call("POST", "/v1/" + space.name() + "/fault", server.app().ownerToken(), fault);
      return IntStream.range(0, 4)
          .map(_ -> there.post(target, "{\"text\":\"hi\"}").status())
          .boxed()
          .toList();
    }
  }

  /// For rehearsals without a number of posts, which no store has to count.
  private static final class Uncounted implements RehearsalStore {
    private final Map<String, Rehearsal> all = new ConcurrentHashMap<>();

    @Override
    public Map<String, Rehearsal> all() {
      return Map.copyOf(all);
    }

    @Override
    public void put(String spaceId, Rehearsal rehearsal) {
      all.put(spaceId, rehearsal);
    }

    @Override
    public boolean remove(String spaceId) {
      return all.remove(spaceId) != null;
    }

    @Override
    public OptionalInt take(String spaceId, Rehearsal rehearsal) {
      return OptionalInt.empty();
    }

    @Override
    public void clear() {
      all.clear();
    }
  }
}
