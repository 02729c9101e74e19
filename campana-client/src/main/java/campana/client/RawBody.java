package campana.client;

import campana.client.card.Violation;
import campana.client.text.Utf8;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** A body that somebody wrote as JSON. It is passed on; only a thread is put in. */
final class RawBody implements Body {
  private static final Set<String> REPLACED = Set.of("name", "threadKey", "thread_key");

  private final String json;
  private final int bytes;

  private RawBody(String json, int bytes) {
    this.json = json;
    this.bytes = bytes;
  }

  /**
   * @throws InvalidMessageException if it is no JSON object
   */
  static RawBody parse(String written) {
    String json = Utf8.mended(written);
    try (JsonParser in = Json.FACTORY.createParser(json)) {
      if (in.nextToken() != JsonToken.START_OBJECT) {
        throw invalid("A message is a JSON object, and this is none.");
      }
      int bytes = new RawSize(in).message();
      if (in.nextToken() != null) {
        throw invalid(
            "There is more behind the message's JSON, at " + place(in.currentTokenLocation()));
      }
      return new RawBody(json, bytes);
    } catch (JsonProcessingException e) {
      throw invalid(why(e));
    } catch (IOException e) {
      throw new UncheckedIOException(e); // no reader of memory does that
    }
  }

  /** The parser's own text, which quotes no more than the word it stumbled on. */
  private static String why(JsonProcessingException e) {
    JsonLocation at = e.getLocation(); // null where a limit is passed, not the grammar
    String what = at == null ? "This is no message: " : "This is no JSON, at " + place(at) + " ";
    return what + e.getOriginalMessage();
  }

  private static String place(JsonLocation at) {
    return "line " + at.getLineNr() + ", column " + at.getColumnNr() + ".";
  }

  private static InvalidMessageException invalid(String why) {
    return new InvalidMessageException(List.of(Violation.of("message", why)));
  }

  @Override
  public String text() {
    return "";
  }

  @Override
  public int bytes() {
    return bytes;
  }

  @Override
  public boolean isEmpty() {
    return false; // what is in it, the server judges
  }

  @Override
  public String toJson(Optional<String> threadKey, Optional<String> threadName) {
    if (threadKey.isEmpty() && threadName.isEmpty()) {
      return json;
    }
    return Json.write(out -> copy(out, threadKey, threadName));
  }

  /** Copies event by event. A thread that is in the JSON keeps what is not replaced. */
  private void copy(JsonGenerator out, Optional<String> key, Optional<String> name)
      throws IOException {
    try (JsonParser in = Json.FACTORY.createParser(json)) {
      in.nextToken();
      out.writeStartObject();
      boolean threaded = false;
      while (in.nextToken() == JsonToken.FIELD_NAME) {
        String field = in.currentName();
        JsonToken value = in.nextToken();
        if (!field.equals("thread")) {
          out.writeFieldName(field);
          value(in, out);
          continue;
        }
        threaded = true;
        out.writeObjectFieldStart("thread");
        if (value == JsonToken.START_OBJECT) {
          rest(in, out);
        } else {
          in.skipChildren();
        }
        Json.thread(out, key, name);
        out.writeEndObject();
      }
      if (!threaded) {
        out.writeObjectFieldStart("thread");
        Json.thread(out, key, name);
        out.writeEndObject();
      }
      out.writeEndObject();
    }
  }

  private static void rest(JsonParser in, JsonGenerator out) throws IOException {
    while (in.nextToken() == JsonToken.FIELD_NAME) {
      String field = in.currentName();
      in.nextToken();
      if (REPLACED.contains(field)) {
        in.skipChildren();
      } else {
        out.writeFieldName(field);
        value(in, out);
      }
    }
  }

  /** Copies one value with all within; numbers digit by digit. */
  private static void value(JsonParser in, JsonGenerator out) throws IOException {
    int depth = 0;
    JsonToken token = in.currentToken();
    while (true) {
      if (token.isNumeric()) {
        out.writeNumber(in.getText());
      } else {
        out.copyCurrentEvent(in);
      }
      depth += token.isStructStart() ? 1 : token.isStructEnd() ? -1 : 0;
      if (depth == 0) {
        return;
      }
      token = in.nextToken();
    }
  }
}
