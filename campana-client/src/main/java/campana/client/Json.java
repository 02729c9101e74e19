package campana.client;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.StreamReadConstraints;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.Optional;

/** Writes JSON of messages. */
final class Json {
  /** How deep objects and lists may nest, as at the server. */
  private static final int DEPTH = 100;

  static final JsonFactory FACTORY =
      JsonFactory.builder()
          .streamReadConstraints(StreamReadConstraints.builder().maxNestingDepth(DEPTH).build())
          .build();

  interface Writing {
    void to(JsonGenerator out) throws IOException;
  }

  private Json() {}

  static String write(Writing writing) {
    StringWriter json = new StringWriter();
    try (JsonGenerator out = FACTORY.createGenerator(json)) {
      writing.to(out);
    } catch (IOException e) {
      throw new UncheckedIOException(e); // no writer of memory does that
    }
    return json.toString();
  }

  /** The members of a thread, within its object. */
  static void thread(JsonGenerator out, Optional<String> key, Optional<String> name)
      throws IOException {
    if (name.isPresent()) {
      out.writeStringField("name", name.get());
    }
    if (key.isPresent()) {
      out.writeStringField("threadKey", key.get());
    }
  }
}
