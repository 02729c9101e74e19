package campana.http;

import java.net.InetAddress;
import java.util.Arrays;

/// A range of addresses, such as `10.0.0.0/8` or `::1`. An IPv4 range also holds the same addresses
/// written as IPv4-mapped IPv6.
public final class Cidr {
  private final byte[] network;
  private final int bits;
  private final String text;

  private Cidr(byte[] network, int bits, String text) {
    this.network = network;
    this.bits = bits;
    this.text = text;
  }

  /// @param text an address, or an address and `/` and a number of bits
  /// @throws IllegalArgumentException with what is wrong and what is wanted; never looks up a name
  public static Cidr of(String text) {
    int slash = text.indexOf('/');
    var address = slash < 0 ? text : text.substring(0, slash);
    byte[] network;
    try {
      network = InetAddress.ofLiteral(address).getAddress();
    } catch (IllegalArgumentException e) {
      throw wrong(text);
    }
    int bits = network.length * 8;
    if (slash >= 0) {
      try {
        bits = Integer.parseInt(text.substring(slash + 1));
      } catch (NumberFormatException e) {
        throw wrong(text);
      }
    }
    if (bits < 0 || bits > network.length * 8) {
      throw wrong(text);
    }
    return new Cidr(network, bits, text);
  }

  private static IllegalArgumentException wrong(String text) {
    return new IllegalArgumentException(
        "'" + text + "' is no address range; write it as 10.0.0.0/8, 192.0.2.7 or 2001:db8::/32");
  }

  /// Whether the address lies in this range.
  public boolean holds(InetAddress address) {
    // the JDK turns IPv4-mapped IPv6 literals into IPv4 itself; bytes from a socket as well
    var bytes = address.getAddress();
    if (bytes.length != network.length) {
      return false;
    }
    int whole = bits / 8;
    if (!Arrays.equals(bytes, 0, whole, network, 0, whole)) {
      return false;
    }
    int rest = bits % 8;
    if (rest == 0) {
      return true;
    }
    int mask = 0xff << (8 - rest);
    return (bytes[whole] & mask) == (network[whole] & mask);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Cidr that && bits == that.bits && Arrays.equals(network, that.network);
  }

  @Override
  public int hashCode() {
    return 31 * Arrays.hashCode(network) + bits;
  }

  @Override
  public String toString() {
    return text;
  }
}
