package campana.bench;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// A server on a database that holds a [Crowd], which is filled once and kept in the scratch
/// folder.
final class Filled implements AutoCloseable {
  private static final int PATIENCE = 180; // seconds
  private static final double CALM = 0.03; // of a core

  final Serving serving;
  final double startSeconds;
  private final @Nullable PgServer database;

  private Filled(Path root, Path data, @Nullable PgServer database) throws IOException {
    this.database = database;
    var from = System.nanoTime();
    this.serving =
        database == null
            ? new Serving(root, data)
            : new Serving(root, data, "--database", database.url(Filling.DATABASE));
    this.startSeconds = (System.nanoTime() - from) / 1e9;
  }

  /// Starts it, filled.
  ///
  /// @param postgres else SQLite
  /// @param fresh whether nothing of the files is in memory at the start
  static Filled of(Path root, Path scratch, boolean postgres, int spaces, boolean fresh)
      throws IOException, SQLException {
    var folder = scratch.resolve("crowd-" + (postgres ? "postgres-" : "sqlite-") + spaces);
    var marker = folder.resolve("filled");
    if (!Files.exists(marker)) {
      delete(folder);
      Files.createDirectories(folder);
      var from = System.nanoTime();
      System.out.printf(
          "filling %s with %,d spaces and %,d messages, once …%n",
          postgres ? "PostgreSQL" : "SQLite", spaces, (long) spaces * Crowd.MESSAGES);
      fill(root, folder, postgres, new Crowd(spaces, System.currentTimeMillis()));
      Files.createFile(marker);
      System.out.printf(
          "filled in %.0f s, %,d MB%n", (System.nanoTime() - from) / 1e9, size(folder) >> 20);
    }
    var checked = folder.resolve("checked");
    if (!Files.exists(checked)) {
      try (var filled = started(root, folder, postgres)) {
        filled.check(spaces - 1);
      }
      Files.createFile(checked);
    }
    if (fresh) {
      forget(folder);
    }
    return started(root, folder, postgres);
  }

  private static Filled started(Path root, Path folder, boolean postgres) throws IOException {
    var server = postgres ? new PgServer(folder.resolve("postgres"), true) : null;
    try {
      return new Filled(root, data(folder), server);
    } catch (IOException | RuntimeException e) {
      if (server != null) {
        server.close();
      }
      throw e;
    }
  }

  private static Path data(Path folder) {
    return folder.resolve("data");
  }

  private static void fill(Path root, Path folder, boolean postgres, Crowd crowd)
      throws IOException, SQLException {
    if (postgres) {
      try (var server = new PgServer(folder.resolve("postgres"), true)) {
        server.first("create database " + Filling.DATABASE);
        new Serving(root, data(folder), "--database", server.url(Filling.DATABASE)).close();
        Filling.postgres(server, crowd);
      }
    } else {
      new Serving(root, data(folder)).close();
      Filling.sqlite(data(folder), crowd);
    }
  }

  /// That the program takes what was put there for its own.
  private void check(int number) {
    var path = "/v1/spaces/" + Crowd.id(number) + "/messages";
    var who = Crowd.secret(Crowd.manager(number));
    var before = serving.call("GET", path, "", who).path("messages");
    var thread = before.path(0).path("thread").path("name").asString();
    demand(before.size() == Crowd.MESSAGES, "a space lists its messages");
    demand(
        thread.equals(before.path(1).path("thread").path("name").asString())
            && !thread.equals(before.path(2).path("thread").path("name").asString()),
        "the second message answers the first");
    var filter = "thread.name = " + thread;
    var found =
        serving.call(
            "GET", path + "?filter=" + URLEncoder.encode(filter, StandardCharsets.UTF_8), "", who);
    demand(found.path("messages").size() == 2, "its thread is found");
    var posted =
        serving.call(
            "POST",
            Crowd.path(number) + "&messageReplyOption=REPLY_MESSAGE_FALLBACK_TO_NEW_THREAD",
            "{\"text\":\"and now\",\"thread\":{\"threadKey\":\"" + Crowd.THREAD_KEY + "\"}}",
            "");
    demand(
        thread.equals(posted.path("thread").path("name").asString()),
        "its key leads to the thread");
    var after = serving.call("GET", path, "", who).path("messages");
    demand(
        after.size() == Crowd.MESSAGES + 1
            && after.path(Crowd.MESSAGES).path("text").asString().equals("and now"),
        "a post goes behind the others");
  }

  private static void demand(boolean that, String what) {
    if (!that) {
      throw new IllegalStateException(
          "the filled database is not as the program makes it: " + what);
    }
  }

  InetSocketAddress socket() {
    return serving.socket();
  }

  /// What the server and its database have used so far.
  long cpuMicros() throws IOException {
    return Cpu.of(serving.pid()) + (database == null ? 0 : database.cpuMicros());
  }

  @Nullable PgServer database() {
    return database;
  }

  /// Waits until nothing goes on any more.
  ///
  /// @return for how many seconds that was
  int calm() throws IOException {
    for (var second = 0; second < PATIENCE; second++) {
      var before = cpuMicros();
      try {
        TimeUnit.SECONDS.sleep(1);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new IllegalStateException("interrupted while waiting", e);
      }
      if (cpuMicros() - before < CALM * 1e6) {
        return second;
      }
    }
    throw new IllegalStateException("still busy after " + PATIENCE + " s");
  }

  /// Has the kernel drop what it keeps of these files.
  private static void forget(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      for (var file : files.filter(Files::isRegularFile).toList()) {
        run("sync", "-d", file.toString());
        run("dd", "if=" + file, "iflag=nocache", "count=0", "status=none");
      }
    }
  }

  private static void delete(Path folder) throws IOException {
    run("rm", "-rf", folder.toString());
  }

  private static void run(String... command) throws IOException {
    try {
      if (new ProcessBuilder(command).inheritIO().start().waitFor() != 0) {
        throw new IOException(String.join(" ", command) + " failed");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    }
  }

  private static long size(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      var sum = 0L;
      for (var file : files.filter(Files::isRegularFile).toList()) {
        sum += Files.size(file);
      }
      return sum;
    }
  }

  @Override
  public void close() throws IOException {
    serving.close();
    if (database != null) {
      database.close();
    }
  }
}
