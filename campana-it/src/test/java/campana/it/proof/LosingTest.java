package campana.it.proof;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/// The chat server, and those who post to it.
final class LosingTest extends LosingContract {
  private static final int CLIENTS = 16;

  private final Posters posters = new Posters();

  @Override
  void holds(String what, String url, Losing losing) {
    try (var server = serve(url)) {
      posters.postThrough(
          server,
          CLIENTS,
          4,
          () -> {
            try {
              System.out.printf(
                  "%s; %d refused, %d unanswered%n",
                  lose(what, losing).words(), posters.refused(), posters.unanswered());
            } catch (Exception e) {
              throw new IllegalStateException(what, e);
            }
          });
      posters.repeatUnanswered(server);
      posters.check(server);
      assertThat(posters.statuses()).isSubsetOf(503);
    }
  }

  @Test
  void the_database_is_restarted_and_later_killed() throws Exception {
    losesItsServerTwice();
  }

  @Override
  int promised() {
    return posters.promised();
  }

  @Override
  int disappointed() {
    return posters.refused() + posters.unanswered();
  }
}
