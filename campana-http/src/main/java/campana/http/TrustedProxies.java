package campana.http;

import java.net.InetAddress;
import java.util.List;

/// The proxies whose word about the browser is believed.
public record TrustedProxies(List<Cidr> ranges) {
  /// Nobody.
  public static final TrustedProxies NONE = new TrustedProxies(List.of());

  public TrustedProxies {
    ranges = List.copyOf(ranges);
  }

  /// Whether this address is one of them.
  public boolean trusts(InetAddress address) {
    for (var range : ranges) {
      if (range.holds(address)) {
        return true;
      }
    }
    return false;
  }
}
