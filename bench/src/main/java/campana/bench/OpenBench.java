package campana.bench;

import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Arrays;
import java.util.Random;

/// How long a reader waits for a space, and for lists of spaces.
final class OpenBench {
  private static final int TIMES = Integer.getInteger("campana.bench.opens", 1_000);
  private static final int WARM = 200;
  private static final int LISTS = 20;

  private final Filled filled;
  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final int[] spaces; // each once, as one that was opened is not cold any more
  private int next;

  private interface Opening {
    void run() throws IOException;
  }

  OpenBench(Filled filled, int spaces) {
    this.filled = filled;
    this.spaces =
        new Random(filled.serving.startedAt)
            .ints(0, spaces)
            .distinct()
            .limit(1 + 2L * WARM + 4L * TIMES)
            .toArray();
  }

  void run(String name) throws IOException {
    System.out.printf("%s, the first page of all: %.1f ms%n", name, time(this::page));
    time(WARM, this::page);
    time(WARM, this::listing);
    spaces(name + " right after the start");
    filled.calm();
    spaces(name);
    for (var who : new String[] {Crowd.manager(0), Crowd.BUSY, Crowd.OWNER}) {
      System.out.printf(
          "%s, %s%n",
          name, told("home of " + who, time(LISTS, () -> get("/", "Cookie", session(who)))));
      System.out.printf(
          "%s, %s%n",
          name,
          told(
              "/v1/spaces for " + who,
              time(LISTS, () -> get("/v1/spaces", "Authorization", bearer(who)))));
    }
  }

  private void spaces(String name) throws IOException {
    System.out.printf("%s, %s%n", name, told("a space's page", time(TIMES, this::page)));
    System.out.printf("%s, %s%n", name, told("its messages", time(TIMES, this::listing)));
  }

  private void page() throws IOException {
    var number = spaces[next++];
    get("/spaces/" + Crowd.id(number), "Cookie", session(Crowd.manager(number)));
  }

  private void listing() throws IOException {
    var number = spaces[next++];
    get(
        "/v1/spaces/" + Crowd.id(number) + "/messages",
        "Authorization",
        bearer(Crowd.manager(number)));
  }

  private String session(String who) {
    return "campana_session_" + filled.serving.address.getPort() + "=" + Crowd.secret(who);
  }

  private static String bearer(String who) {
    return "Bearer " + Crowd.secret(who);
  }

  private void get(String path, String header, String value) throws IOException {
    try {
      var answer =
          http.send(
              HttpRequest.newBuilder(filled.serving.address.resolve(path))
                  .header(header, value)
                  .build(),
              BodyHandlers.ofByteArray());
      if (answer.statusCode() != 200) {
        throw new IOException(path + ": " + answer.statusCode());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted in a request", e);
    }
  }

  private static double time(Opening opening) throws IOException {
    var from = System.nanoTime();
    opening.run();
    return (System.nanoTime() - from) / 1e6;
  }

  private static double[] time(int times, Opening opening) throws IOException {
    var all = new double[times];
    for (var i = 0; i < times; i++) {
      all[i] = time(opening);
    }
    Arrays.sort(all);
    return all;
  }

  private static String told(String what, double[] sorted) {
    return "%s: p50 %.1f ms, p99 %.1f ms, longest %.1f ms of %,d"
        .formatted(
            what,
            sorted[sorted.length / 2],
            sorted[(int) (sorted.length * 0.99)],
            sorted[sorted.length - 1],
            sorted.length);
  }
}
