package campana.http.out;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.net.spi.InetAddressResolver;
import java.net.spi.InetAddressResolver.LookupPolicy;
import java.net.spi.InetAddressResolverProvider;
import java.util.List;
import java.util.ServiceLoader;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GuardedNamesTest {
  private static final String NAME = "chat.example.org";
  private static final LookupPolicy ANY = LookupPolicy.of(LookupPolicy.IPV4 | LookupPolicy.IPV6);

  private List<String> answers = List.of("93.184.215.14");
  private final InetAddressResolver names =
      GuardedNames.over(
          new InetAddressResolver() {
            @Override
            public Stream<InetAddress> lookupByName(String host, LookupPolicy policy) {
              return answers.stream().map(InetAddress::ofLiteral);
            }

            @Override
            public String lookupByAddress(byte[] address) {
              return "reverse";
            }
          });

  @AfterEach
  void release() {
    GuardedNames.release(NAME);
  }

  private List<String> found(String host) throws UnknownHostException {
    return names.lookupByName(host, ANY).map(InetAddress::getHostAddress).toList();
  }

  @ParameterizedTest
  @ValueSource(strings = {"127.0.0.1", "10.1.2.3", "169.254.169.254", "::1", "fd00:ec2::254"})
  void a_guarded_name_has_no_private_address_whatever_its_server_says_the_next_time(String bad)
      throws UnknownHostException {
    GuardedNames.guard(NAME);
    assertThat(found(NAME)).containsExactly("93.184.215.14");
    answers = List.of("93.184.215.14", bad);
    assertThatThrownBy(() -> found("Chat.Example.ORG"))
        .isInstanceOf(UnknownHostException.class)
        .hasMessageContaining("allow-private");
    assertThat(GuardedNames.objection(NAME)).hasValueSatisfying(w -> assertThat(w).contains("is"));
    answers = List.of("93.184.215.14");
    assertThat(found(NAME)).hasSize(1);
    assertThat(GuardedNames.objection(NAME)).isEmpty();
  }

  @Test
  void other_names_are_as_they_are_and_so_is_one_that_was_released() throws UnknownHostException {
    answers = List.of("127.0.0.1");
    assertThat(found("other.example.org")).containsExactly("127.0.0.1");
    GuardedNames.guard(NAME);
    GuardedNames.release(NAME);
    assertThat(found(NAME)).containsExactly("127.0.0.1");
    assertThat(GuardedNames.objection(NAME)).isEmpty();
  }

  @Test
  void java_finds_it_as_what_it_looks_names_up_with() {
    assertThat(ServiceLoader.load(InetAddressResolverProvider.class))
        .singleElement()
        .isInstanceOf(GuardedNames.class);
  }
}
