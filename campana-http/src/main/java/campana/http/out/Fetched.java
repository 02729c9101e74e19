package campana.http.out;

import java.net.URI;
import java.time.Duration;

/// What became of a [GuardedFetch]. Texts name the host at most, never path or query, which may
/// hold secrets.
public sealed interface Fetched {
  /// A 2xx answer, whole.
  ///
  /// @param contentType as the other side calls it, perhaps wrongly; empty: it did not say
  /// @param bytes the body; the caller's own
  @SuppressWarnings("ArrayRecordComponent") // handed on once, compared by nobody
  record Complete(int status, String contentType, byte[] bytes) implements Fetched {
    @Override
    public String toString() {
      return "Complete[" + status + ", " + contentType + ", " + bytes.length + " bytes]";
    }
  }

  /// We do not ask this: no http or https, an address the guard objects to, too many redirects.
  record Refused(String why) implements Fetched {}

  /// Another answer than 2xx, or a redirect to nowhere.
  record Failed(int status) implements Fetched {}

  /// More bytes than `cap`.
  record TooLarge(int cap) implements Fetched {}

  /// Not finished within the time-out, everything counted.
  record TimedOut(Duration after) implements Fetched {}

  /// No such host, nobody listens, TLS failed, or the answer is no HTTP.
  record Unreachable(String why) implements Fetched {}

  /// The host of a URL, for texts.
  static String host(URI uri) {
    return uri.getHost() == null ? "(no host)" : uri.getHost();
  }
}
