package campana.client;

import java.io.ByteArrayOutputStream;
import java.net.http.HttpHeaders;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpResponse.BodySubscriber;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import org.jspecify.annotations.Nullable;

/**
 * Reads a body up to a cap and keeps what came if the rest never does: the status line is already
 * the answer.
 */
final class CappedBody implements BodyHandler<Boolean>, BodySubscriber<Boolean> {
  static final int CAP = 256 * 1024;
  static final HttpHeaders NO_HEADERS = HttpHeaders.of(Map.of(), (name, value) -> true);

  private final CompletableFuture<Boolean> ended = new CompletableFuture<>();
  private final CompletableFuture<Boolean> whole = new CompletableFuture<>();
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream(); // guarded by this
  private int status; // guarded by this
  private @Nullable HttpHeaders headers; // guarded by this
  private Flow.@Nullable Subscription subscription; // guarded by this
  private boolean stopped; // guarded by this

  @Override
  public BodySubscriber<Boolean> apply(HttpResponse.ResponseInfo answer) {
    synchronized (this) {
      status = answer.statusCode();
      headers = answer.headers();
    }
    return this;
  }

  @Override
  public void onSubscribe(Flow.Subscription subscription) {
    boolean late;
    synchronized (this) {
      this.subscription = subscription;
      late = stopped;
    }
    if (late) {
      subscription.cancel();
    } else {
      subscription.request(Long.MAX_VALUE);
    }
  }

  @Override
  public void onNext(List<ByteBuffer> buffers) {
    boolean full = false;
    synchronized (this) {
      for (ByteBuffer buffer : buffers) {
        byte[] part = new byte[Math.min(buffer.remaining(), CAP - bytes.size())];
        full |= part.length < buffer.remaining();
        buffer.get(part);
        bytes.write(part, 0, part.length);
      }
    }
    if (full) {
      stop();
      end(false);
    }
  }

  @Override
  public void onError(Throwable failure) {
    end(false);
  }

  @Override
  public void onComplete() {
    end(true);
  }

  private void end(boolean all) {
    ended.complete(all);
    whole.complete(all);
  }

  @Override
  public CompletionStage<Boolean> getBody() {
    return whole;
  }

  /**
   * Says whether all of it came, once no more will, on the thread that read it and before the HTTP
   * client hears of it: what that returns ends on yet another thread, which has to wake first.
   */
  CompletableFuture<Boolean> ended() {
    return ended;
  }

  /** Closes the connection of a body that nobody will read to its end. */
  void stop() {
    Flow.Subscription current;
    synchronized (this) {
      stopped = true;
      current = subscription;
    }
    if (current != null) {
      current.cancel();
    }
  }

  /** 0 while no status line came. */
  synchronized int status() {
    return status;
  }

  synchronized HttpHeaders headers() {
    return headers == null ? NO_HEADERS : headers;
  }

  synchronized byte[] bytes() {
    return bytes.toByteArray();
  }
}
