package campana.http;

import io.helidon.http.Method;
import io.helidon.webserver.http.Handler;
import io.helidon.webserver.http.HttpRoute;
import io.helidon.webserver.http.HttpRules;
import io.helidon.webserver.http.HttpService;

/// Rules by which whatever answers GET answers HEAD, too; the body is dropped on its way out. What
/// must not, an event stream for one, is added with [#route] for GET alone.
public final class HeadAsGet implements HttpRules {
  private final HttpRules rules;

  public HeadAsGet(HttpRules rules) {
    this.rules = rules;
  }

  @Override
  public HttpRules get(String path, Handler... handlers) {
    for (var handler : handlers) {
      rules.route(Method.GET, path, handler);
      rules.route(Method.HEAD, path, handler);
    }
    return this;
  }

  @Override
  public HttpRules get(Handler... handlers) {
    rules.get(handlers);
    rules.head(handlers);
    return this;
  }

  @Override
  public HttpRules register(HttpService... services) {
    for (var service : services) {
      service.routing(this);
    }
    return this;
  }

  @Override
  public HttpRules register(String path, HttpService... services) {
    rules.register(path, services);
    return this;
  }

  @Override
  public HttpRules route(HttpRoute route) {
    rules.route(route);
    return this;
  }
}
