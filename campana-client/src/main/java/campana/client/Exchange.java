package campana.client;

import java.net.URI;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;

/** One request, as {@link Poster#postAsync} makes it: ends with a value, or by being cancelled. */
interface Exchange {
  CompletableFuture<Attempt> post(URI address, byte[] body, Duration timeout);
}
