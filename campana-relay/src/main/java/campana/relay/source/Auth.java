package campana.relay.source;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.List;

/// Who may send by a route. Of each kind that the config names one of its current values has to
/// fit; where it names none, `auth: none` was written out and everybody may.
///
/// @param path the token as the last part of the address
/// @param bearer of `Authorization: Bearer`
/// @param basic `user:password`
/// @param headerName in lower case; empty: no header is wanted
/// @param header values of that header
/// @param secret for the source's own signature
public record Auth(
    List<String> path,
    List<String> bearer,
    List<String> basic,
    String headerName,
    List<String> header,
    List<String> secret) {
  /// Everybody may.
  public static final Auth NONE =
      new Auth(List.of(), List.of(), List.of(), "", List.of(), List.of());

  private static final String BEARER = "bearer ";
  private static final String BASIC = "basic ";

  public Auth {
    path = List.copyOf(path);
    bearer = List.copyOf(bearer);
    basic = List.copyOf(basic);
    header = List.copyOf(header);
    secret = List.copyOf(secret);
  }

  /// Whether all fits that can be judged without the body.
  ///
  /// @param token the address's last part; empty: it has none
  /// @param received its body counts for nothing
  public boolean admits(String token, Received received) {
    var authorization = received.header("authorization").orElse("");
    // All are judged first, so that the time tells nothing about which one failed.
    var byPath = one(path, token);
    var byBearer = one(bearer, after(BEARER, authorization).strip());
    var byBasic = one(basic, user(after(BASIC, authorization)));
    var byHeader = headerName.isEmpty() || one(header, received.header(headerName).orElse(""));
    return byPath && byBearer && byBasic && byHeader;
  }

  /// Whether the source's own signature fits.
  public boolean signed(Source source, Received received) {
    var fits = secret.isEmpty();
    for (var current : secret) {
      fits |= source.signed(received, current);
    }
    return fits;
  }

  private static boolean one(List<String> wanted, String given) {
    var fits = wanted.isEmpty();
    var bytes = given.getBytes(StandardCharsets.UTF_8);
    for (var value : wanted) {
      // The time that this takes tells of its first argument's length alone, which is the sender's.
      fits |= MessageDigest.isEqual(bytes, value.getBytes(StandardCharsets.UTF_8));
    }
    return fits;
  }

  private static String after(String scheme, String authorization) {
    return authorization.regionMatches(true, 0, scheme, 0, scheme.length())
        ? authorization.substring(scheme.length())
        : "";
  }

  private static String user(String base64) {
    try {
      return new String(Base64.getDecoder().decode(base64.strip()), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      return "";
    }
  }

  @Override
  public String toString() {
    return "Auth[…]"; // all of it is secret
  }
}
