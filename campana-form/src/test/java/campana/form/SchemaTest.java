package campana.form;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.chat.v1.CreateMessageRequest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class SchemaTest {
  private static final Path FILE = Path.of("src/main/resources/campana/form/chat-schema.txt");

  /// After a new version of Google's descriptors: `mvn test -pl campana-form -am -Dtest=SchemaTest
  /// -Dsurefire.failIfNoSpecifiedTests=false -Dcampana.schema=write`, then look at the difference.
  @Test
  void the_schema_is_what_googles_descriptors_say() throws IOException {
    var said = SchemaText.of(CreateMessageRequest.getDescriptor());
    if ("write".equals(System.getProperty("campana.schema"))) {
      Files.writeString(FILE, said);
    }
    assertThat(FILE).content().isEqualTo(said);
  }
}
