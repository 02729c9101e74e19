package campana.form;

import java.nio.charset.StandardCharsets;
import java.util.BitSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Says what is wrong with a body that is not JSON, in the words and with the excerpt of Google's
/// reader, on which people rely when they look for their mistake:
///
/// ```
/// Invalid JSON payload received. Unexpected token.
/// Test message content
/// ^
/// ```
///
/// The excerpt is up to 20 bytes before the place and 20 after. Where Google's reader could not
/// even tell what begins there, the excerpt begins at the place; where the body ended too soon, it
/// is empty.
final class JsonFault {
  static final String PREFIX = "Invalid JSON payload received. ";
  private static final int CONTEXT = 20;
  private static final List<String> WORDS = List.of("true", "false", "null");

  private enum Expect {
    VALUE("Expected a value."),
    VALUE_OR_END("Expected a value or ] within an array."),
    LIST_GOES_ON("Expected , or ] after array value."),
    KEY("Expected an object key or }."),
    COLON("Expected : between key:value pair."),
    OBJECT_GOES_ON("Expected , or } after key:value pair."),
    NOTHING("Parsing terminated before end of input.");

    private final String reason;

    Expect(String reason) {
      this.reason = reason;
    }
  }

  private final byte[] body;
  private final int start;
  private final BitSet objects = new BitSet(); // for each open level: an object, else a list
  private int depth;
  private int at;
  private Expect expect = Expect.VALUE;
  private String key = "";

  private JsonFault(byte[] body, int start) {
    this.body = body;
    this.start = start;
    this.at = start;
  }

  /// The refusal, or null if Google's reader would have no complaint.
  static @Nullable String find(byte[] body, int from) {
    return new JsonFault(body, from).run();
  }

  static String notUtf8(byte[] body, int from, int fault) {
    var excerpt = new JsonFault(body, from);
    excerpt.at = fault;
    return excerpt.failure("Encountered non UTF-8 code points.");
  }

  private @Nullable String run() {
    while (true) {
      while (at < body.length && JsonText.isSpace(body[at])) {
        at++;
      }
      if (expect == Expect.NOTHING) {
        return at < body.length ? failure(expect.reason) : null;
      }
      var fault =
          at < body.length ? step(body[at]) : ended("Unexpected end of string. " + expect.reason);
      if (fault != null) {
        return fault;
      }
    }
  }

  private @Nullable String step(byte c) {
    return switch (expect) {
      case VALUE_OR_END -> c == ']' ? close() : value(c);
      case LIST_GOES_ON ->
          c == ',' ? pass(Expect.VALUE_OR_END) : c == ']' ? close() : unexpected(c);
      case KEY -> c == '}' ? close() : key(c);
      case COLON -> c == ':' ? pass(Expect.VALUE) : unexpected(c);
      case OBJECT_GOES_ON -> c == ',' ? pass(Expect.KEY) : c == '}' ? close() : unexpected(c);
      case VALUE, NOTHING -> value(c);
    };
  }

  private @Nullable String value(byte c) {
    if (c == '{' || c == '[') {
      return open(c == '{');
    }
    if (c == '"' || c == '\'' || c == '-' || isDigit(c)) {
      var fault = c == '-' || isDigit(c) ? number() : string(c);
      afterValue();
      return fault;
    }
    for (var word : WORDS) {
      if (startsWith(word)) {
        at += word.length();
        afterValue();
        return null;
      }
    }
    if (!isToken(c)) {
      return unknown(expect.reason);
    }
    // a reader in pieces waits for more when so little is left, and then begins here
    return body.length - at < 5 ? unknown("Unexpected token.") : failure("Unexpected token.");
  }

  private @Nullable String open(boolean object) {
    if (++depth > JsonText.DEPTH) {
      return PREFIX + "Message too deep. Max recursion depth reached for key '" + key + "'";
    }
    key = "";
    objects.set(depth, object);
    return pass(object ? Expect.KEY : Expect.VALUE_OR_END);
  }

  private @Nullable String close() {
    depth--;
    at++;
    afterValue();
    return null;
  }

  private void afterValue() {
    if (depth == 0) {
      expect = Expect.NOTHING;
    } else {
      expect = objects.get(depth) ? Expect.OBJECT_GOES_ON : Expect.LIST_GOES_ON;
    }
  }

  private @Nullable String pass(Expect next) {
    at++;
    expect = next;
    return null;
  }

  private @Nullable String key(byte c) {
    int from = at;
    String fault = null;
    if (c == '"' || c == '\'') {
      fault = string(c);
      key = text(from + 1, Math.max(from + 1, at - 1));
    } else if (isKeyStart(c)) {
      while (at < body.length && (isKeyStart(body[at]) || isDigit(body[at]))) {
        at++;
      }
      key = text(from, at);
    } else {
      return unexpected(c);
    }
    expect = Expect.COLON;
    return fault;
  }

  private @Nullable String string(byte quote) {
    at++;
    while (at < body.length) {
      if (body[at] == quote) {
        at++;
        return null;
      }
      if (body[at] != '\\') {
        at++;
      } else if (at + 1 < body.length && body[at + 1] == 'u') {
        var fault = escape();
        if (fault != null) {
          return fault;
        }
      } else {
        at += 2;
      }
    }
    return ended("Closing quote expected in string.");
  }

  private @Nullable String escape() {
    if (at + 6 > body.length) {
      return failure("Illegal hex string.");
    }
    int code = hex(at + 2);
    if (code < 0) {
      return failure("Invalid escape sequence.");
    }
    if (Character.isLowSurrogate((char) code)) {
      return failure("Invalid unicode code point.");
    }
    if (Character.isHighSurrogate((char) code)) {
      if (at + 12 > body.length || body[at + 6] != '\\' || body[at + 7] != 'u') {
        return failure("Missing low surrogate.");
      }
      int low = hex(at + 8);
      if (low < 0 || !Character.isLowSurrogate((char) low)) {
        return failure(low < 0 ? "Invalid escape sequence." : "Invalid low surrogate.");
      }
      at += 6;
    }
    at += 6;
    return null;
  }

  private int hex(int from) {
    int code = 0;
    for (int i = from; i < from + 4; i++) {
      int digit = Character.digit(body[i], 16);
      if (digit < 0) {
        return -1;
      }
      code = code * 16 + digit;
    }
    return code;
  }

  private @Nullable String number() {
    int from = at;
    at += body[at] == '-' ? 1 : 0;
    boolean zero = at < body.length && body[at] == '0';
    int whole = digits();
    boolean fine = whole > 0;
    if (zero && whole > 1) {
      at = from;
      return failure("Octal/hex numbers are not valid JSON values.");
    }
    if (at < body.length && body[at] == '.') {
      at++;
      fine &= digits() > 0;
    }
    if (at < body.length && (body[at] | 0x20) == 'e') {
      at++;
      if (at < body.length && (body[at] == '+' || body[at] == '-')) {
        at++;
      }
      fine &= digits() > 0;
    }
    if (!fine) {
      at = from;
      return failure("Unable to parse number.");
    }
    return null;
  }

  private int digits() {
    int from = at;
    while (at < body.length && isDigit(body[at])) {
      at++;
    }
    return at - from;
  }

  private boolean startsWith(String word) {
    if (body.length - at < word.length()) {
      return false;
    }
    for (int i = 0; i < word.length(); i++) {
      if (body[at + i] != word.charAt(i)) {
        return false;
      }
    }
    return true;
  }

  private static boolean isDigit(byte c) {
    return c >= '0' && c <= '9';
  }

  private static boolean isKeyStart(byte c) {
    int lower = c | 0x20;
    return (lower >= 'a' && lower <= 'z' && c > 0) || c == '_' || c == '$';
  }

  /// Whether Google's reader knows a token that begins so.
  private static boolean isToken(byte c) {
    return isKeyStart(c) || isDigit(c) || "\"'-{}[]:,".indexOf(c) >= 0;
  }

  private String unexpected(byte c) {
    return isToken(c) ? failure(expect.reason) : unknown(expect.reason);
  }

  private static String ended(String reason) {
    return PREFIX + reason + "\n\n^";
  }

  private String unknown(String reason) {
    return PREFIX + reason + "\n" + text(at, edge(Math.min(at + CONTEXT, body.length))) + "\n^";
  }

  private String failure(String reason) {
    int from = Math.min(edge(Math.max(at - CONTEXT, start)), at);
    var before = text(from, at);
    var after = text(at, edge(Math.min(at + CONTEXT, body.length)));
    return PREFIX + reason + "\n" + before + after + "\n" + " ".repeat(before.length()) + "^";
  }

  /// The nearest place from here on where a character begins, so that the excerpt halves none.
  private int edge(int from) {
    int edge = from;
    while (edge < body.length && (body[edge] & 0xC0) == 0x80) {
      edge++;
    }
    return edge;
  }

  private String text(int from, int to) {
    return new String(body, from, to - from, StandardCharsets.UTF_8);
  }
}
