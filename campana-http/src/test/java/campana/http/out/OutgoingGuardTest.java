package campana.http.out;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class OutgoingGuardTest {
  private static final OutgoingGuard STRICT = new OutgoingGuard(false);
  private static final OutgoingGuard LOOSE = new OutgoingGuard(true);

  @ParameterizedTest
  @ValueSource(
      strings = {
        "127.0.0.1",
        "127.255.255.254",
        "10.0.0.1",
        "172.16.0.1",
        "172.31.255.255",
        "192.168.1.1",
        "169.254.169.254",
        "169.254.170.2",
        "100.64.0.1",
        "100.127.255.255",
        "198.18.0.1",
        "192.0.0.192",
        "::1",
        "fe80::1",
        "fc00::1",
        "fd00:ec2::254",
        "fec0::1",
        "::ffff:127.0.0.1",
        "::ffff:10.0.0.1",
        "::127.0.0.1",
        "::ffff:0:127.0.0.1",
        "64:ff9b::7f00:1",
        "64:ff9b:1::a00:1",
        "2002:7f00:1::",
        "2001::1",
        "2001:db8::1"
      })
  void a_private_address_needs_permission(String address) {
    var inet = InetAddress.ofLiteral(address);
    assertThat(STRICT.objection(inet)).isPresent().get().asString().contains("private address");
    assertThat(LOOSE.objection(inet)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"0.0.0.0", "0.1.2.3", "224.0.0.1", "255.255.255.255", "::", "ff02::1"})
  void what_is_no_servers_address_is_never_asked(String address) {
    var inet = InetAddress.ofLiteral(address);
    assertThat(STRICT.objection(inet)).isPresent();
    assertThat(LOOSE.objection(inet)).isPresent();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "8.8.8.8",
        "1.1.1.1",
        "11.0.0.1",
        "100.63.255.255",
        "100.128.0.0",
        "172.15.0.1",
        "172.32.0.1",
        "169.253.0.1",
        "::ffff:8.8.8.8",
        "2606:4700::1111",
        "2001:4860:4860::8888"
      })
  void a_public_address_may_be_asked(String address) {
    assertThat(STRICT.objection(InetAddress.ofLiteral(address))).isEmpty();
  }
}
