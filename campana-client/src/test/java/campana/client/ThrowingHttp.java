package campana.client;

import java.net.Authenticator;
import java.net.CookieHandler;
import java.net.ProxySelector;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;

/** An HTTP client that throws an Error, as the JDK's does where no thread is to be had. */
final class ThrowingHttp extends HttpClient {
  private final HttpClient usual = HttpClient.newHttpClient();

  @Override
  public Optional<CookieHandler> cookieHandler() {
    return usual.cookieHandler();
  }

  @Override
  public Optional<Duration> connectTimeout() {
    return usual.connectTimeout();
  }

  @Override
  public Redirect followRedirects() {
    return usual.followRedirects();
  }

  @Override
  public Optional<ProxySelector> proxy() {
    return usual.proxy();
  }

  @Override
  public SSLContext sslContext() {
    return usual.sslContext();
  }

  @Override
  public SSLParameters sslParameters() {
    return usual.sslParameters();
  }

  @Override
  public Optional<Authenticator> authenticator() {
    return usual.authenticator();
  }

  @Override
  public Version version() {
    return usual.version();
  }

  @Override
  public Optional<Executor> executor() {
    return usual.executor();
  }

  @Override
  public <T> HttpResponse<T> send(HttpRequest request, HttpResponse.BodyHandler<T> reads) {
    throw new InternalError("from the test itself");
  }

  @Override
  public <T> CompletableFuture<HttpResponse<T>> sendAsync(
      HttpRequest request, HttpResponse.BodyHandler<T> reads) {
    throw new InternalError("from the test itself");
  }

  @Override
  public <T> CompletableFuture<HttpResponse<T>> sendAsync(
      HttpRequest request,
      HttpResponse.BodyHandler<T> reads,
      HttpResponse.PushPromiseHandler<T> pushed) {
    throw new InternalError("from the test itself");
  }
}
