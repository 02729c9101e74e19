package campana.client;

import java.net.http.HttpClient;
import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/**
 * All threads of all clients of this JVM: one for timers, a few for work, the selector of one HTTP
 * client, and some that tell listeners and logs while there is something to tell. They are daemons,
 * and all but the selector end when idle. No message that waits holds one.
 */
final class Threads {
  static final int WORKERS = Math.min(8, Math.max(4, Runtime.getRuntime().availableProcessors()));

  /** Set on a worker while it does the steps of a request. */
  private static final ThreadLocal<Boolean> STEPS = new ThreadLocal<>();

  private static final ScheduledExecutorService TIMER = timer();
  private static final AtomicBoolean TICKS = new AtomicBoolean();
  static final Executor WORK = pool("campana-client");

  private static final ThreadPoolExecutor TELLERS = pool("campana-client-tells");

  /** Set on a thread while it runs code of the user's. */
  private static final ThreadLocal<Boolean> TELLS = new ThreadLocal<>();

  private Threads() {}

  /**
   * Begins a request of the HTTP client's. Its first step looks for the host's address, which may
   * block past every deadline: a worker does that, even where this thread is within a step of
   * another request.
   */
  static <T> T begin(Supplier<T> request) {
    boolean within = STEPS.get() != null;
    STEPS.remove();
    try {
      return request.get();
    } finally {
      if (within) {
        STEPS.set(true);
      }
    }
  }

  /** For the HTTP client, which hands over each step: the thread of one does the next, too. */
  private static void handOver(Runnable step) {
    if (STEPS.get() != null) {
      step.run();
    } else {
      WORK.execute(() -> first(step));
    }
  }

  private static void first(Runnable step) {
    STEPS.set(true);
    try {
      step.run();
    } finally {
      STEPS.remove();
    }
  }

  /**
   * On the timer's thread. To set its earliest time wakes that thread, and most times are far off
   * and called off before: so a tick a second is the earliest as long as there are any.
   */
  static Future<?> later(long nanos, Runnable task) {
    if (TICKS.compareAndSet(false, true)) {
      var unused = TIMER.schedule(() -> TICKS.set(false), 1, TimeUnit.SECONDS);
    }
    return TIMER.schedule(task, nanos, TimeUnit.NANOSECONDS);
  }

  private static ScheduledExecutorService timer() {
    ScheduledThreadPoolExecutor timer =
        new ScheduledThreadPoolExecutor(1, daemons("campana-client-timer"));
    timer.setRemoveOnCancelPolicy(true); // a deadline that was met leaves nothing behind
    timer.setKeepAliveTime(10, TimeUnit.SECONDS);
    timer.allowCoreThreadTimeOut(true);
    return timer;
  }

  private static ThreadPoolExecutor pool(String name) {
    ThreadPoolExecutor pool =
        new ThreadPoolExecutor(
            WORKERS,
            WORKERS,
            10,
            TimeUnit.SECONDS,
            new LinkedBlockingQueue<>(), // bounded by the lanes' own queues
            daemons(name));
    pool.allowCoreThreadTimeOut(true);
    return pool;
  }

  /**
   * Runs code of the user's. Never on the thread that asks, which may be one that such code waits
   * for: where none is to be had, later.
   */
  static void tell(Runnable piece) {
    try {
      TELLERS.execute(() -> {
        TELLS.set(true);
        try {
          piece.run();
        } finally {
          TELLS.remove();
        }
      });
    } catch (Throwable e) {
      var unused = TIMER.schedule(() -> tell(piece), 100, TimeUnit.MILLISECONDS);
    }
  }

  /**
   * Before a wait of the client's own: a thread that tells is replaced meanwhile, as it may wait
   * for what is to be told.
   *
   * @return to be run when the wait is over
   */
  static Runnable waits() {
    if (TELLS.get() == null) {
      return () -> {};
    }
    moreTellers(1);
    return () -> moreTellers(-1);
  }

  private static void moreTellers(int more) {
    synchronized (TELLERS) {
      int now = TELLERS.getMaximumPoolSize() + more;
      try {
        if (more > 0) {
          TELLERS.setMaximumPoolSize(now);
          TELLERS.setCorePoolSize(now);
        } else {
          TELLERS.setCorePoolSize(now);
          TELLERS.setMaximumPoolSize(now);
        }
      } catch (OutOfMemoryError e) {
        // No thread is to be had now; the next piece asks again.
      }
    }
  }

  private static ThreadFactory daemons(String name) {
    AtomicInteger number = new AtomicInteger();
    return task -> {
      Thread thread = new Thread(null, task, name + "-" + number.incrementAndGet(), 0, false);
      thread.setContextClassLoader(Threads.class.getClassLoader()); // not of who came first
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
            .executor(Threads::handOver)
            .build();
  }
}
