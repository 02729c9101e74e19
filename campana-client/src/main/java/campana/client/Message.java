package campana.client;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.Objects;
import java.util.Optional;

/** What is posted. Immutable. */
public final class Message {
  private static final JsonFactory JSON = new JsonFactory();

  private final String text;

  private Message(String text) {
    this.text = Objects.requireNonNull(text);
  }

  /** A message of text alone; Chat's markup in it is drawn. */
  public static Message text(String text) {
    return new Message(text);
  }

  /** The request's body. */
  String toJson(Optional<String> threadKey, Optional<String> threadName) {
    StringWriter json = new StringWriter();
    try (JsonGenerator out = JSON.createGenerator(json)) {
      out.writeStartObject();
      out.writeStringField("text", text);
      if (threadKey.isPresent() || threadName.isPresent()) {
        out.writeObjectFieldStart("thread");
        if (threadName.isPresent()) {
          out.writeStringField("name", threadName.get());
        }
        if (threadKey.isPresent()) {
          out.writeStringField("threadKey", threadKey.get());
        }
        out.writeEndObject();
      }
      out.writeEndObject();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return json.toString();
  }
}
