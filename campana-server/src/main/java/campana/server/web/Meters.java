package campana.server.web;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.core.instrument.binder.system.UptimeMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/// What the server counts. No space, webhook or person is named here: whoever reads figures need
/// not know who talks to whom.
public final class Meters {
  private final PrometheusMeterRegistry registry =
      new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
  private final ConcurrentHashMap<Integer, Counter> posts = new ConcurrentHashMap<>();
  private final Counter stored = byStatus(200);
  private final Counter unanswered;

  public Meters() {
    unanswered =
        Counter.builder("campana.posts.unanswered")
            .description("Posts whose outcome was unknown, so that the connection was closed")
            .register(registry);
    new JvmMemoryMetrics().bindTo(registry);
    new JvmThreadMetrics().bindTo(registry);
    new ProcessorMetrics().bindTo(registry);
    new UptimeMetrics().bindTo(registry);
  }

  /// A figure that is asked for when somebody looks.
  public void gauge(String name, String description, Supplier<Number> value) {
    Gauge.builder(name, value).description(description).register(registry);
  }

  /// The same, one of several of a name.
  ///
  /// @param label parts it from the others by `which`
  public void gauge(
      String name, String description, String label, String which, Supplier<Number> value) {
    Gauge.builder(name, value).description(description).tag(label, which).register(registry);
  }

  /// A count that only grows, kept elsewhere and asked for when somebody looks.
  ///
  /// @param label parts it from others of the same name by `value`
  public void count(
      String name, String description, String label, String value, Supplier<Number> count) {
    FunctionCounter.builder(name, this, _ -> count.get().doubleValue())
        .description(description)
        .tag(label, value)
        .register(registry);
  }

  void posted(int status) {
    (status == 200 ? stored : posts.computeIfAbsent(status, this::byStatus)).increment();
  }

  private Counter byStatus(int status) {
    return Counter.builder("campana.posts")
        .description("Posts to the wire endpoint, by the status that was answered")
        .tag("status", String.valueOf(status))
        .register(registry);
  }

  /// A post that failed on purpose; it is in no other figure.
  void rehearsed(String fault) {
    Counter.builder("campana.posts.rehearsed")
        .description("Posts that met a rehearsal's fault, by the fault; in no other count")
        .tag("fault", fault)
        .register(registry)
        .increment();
  }

  void unanswered() {
    unanswered.increment();
  }

  String scrape() {
    return registry.scrape();
  }
}
