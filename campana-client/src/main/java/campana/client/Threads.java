package campana.client;

import java.net.http.HttpClient;
import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * All threads of all clients of this JVM: one for timers, a few for work, and the selector of one
 * HTTP client. They are daemons, and the first two kinds end when idle. No message that waits holds
 * one.
 */
final class Threads {
  private static final int WORKERS =
      Math.min(8, Math.max(4, Runtime.getRuntime().availableProcessors()));

  static final ScheduledExecutorService TIMER = timer();
  static final Executor WORK = workers();

  private Threads() {}

  private static ScheduledExecutorService timer() {
    ScheduledThreadPoolExecutor timer =
        new ScheduledThreadPoolExecutor(1, daemons("campana-client-timer"));
    timer.setRemoveOnCancelPolicy(true); // a deadline that was met leaves nothing behind
    timer.setKeepAliveTime(10, TimeUnit.SECONDS);
    timer.allowCoreThreadTimeOut(true);
    return timer;
  }

  private static Executor workers() {
    ThreadPoolExecutor workers =
        new ThreadPoolExecutor(
            WORKERS,
            WORKERS,
            10,
            TimeUnit.SECONDS,
            new LinkedBlockingQueue<>(), // bounded by the lanes' own queues
            daemons("campana-client"));
    workers.allowCoreThreadTimeOut(true);
    return workers;
  }

  private static ThreadFactory daemons(String name) {
    AtomicInteger number = new AtomicInteger();
    return task -> {
      Thread thread = new Thread(task, name + "-" + number.incrementAndGet());
      thread.setDaemon(true);
      return thread;
    };
  }

  /** Made when first needed, and shared: each HTTP client has a thread of its own. */
  static HttpClient http() {
    return Http.SHARED;
  }

  private static final class Http {
    /**
     * HTTP/1.1, as over HTTP/2 more posts at once than the far side allows streams are errors, and
     * over plain HTTP each connection would begin with an offer to change.
     */
    private static final HttpClient SHARED =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .followRedirects(HttpClient.Redirect.NEVER)
            .connectTimeout(Duration.ofSeconds(10))
            .executor(WORK)
            .build();
  }
}
