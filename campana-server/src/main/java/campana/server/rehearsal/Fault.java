package campana.server.rehearsal;

import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Collectors;

/// What a post meets in a rehearsal, in the order in which it is offered.
public enum Fault {
  UNAVAILABLE("503"),
  QUOTA("429"),
  INTERNAL("500"),
  HANG("hang"),
  RESET("reset"),
  HTML("html"),
  INVALID("400"),
  FORBIDDEN("403"),
  NOT_FOUND("404");

  private final String word;

  Fault(String word) {
    this.word = word;
  }

  /// How people and programs call it: an HTTP status, or a word.
  public String word() {
    return word;
  }

  public static Optional<Fault> of(String word) {
    return Arrays.stream(values()).filter(fault -> fault.word.equals(word)).findFirst();
  }

  /// All words, for whoever gave another.
  static String words() {
    return Arrays.stream(values()).map(Fault::word).collect(Collectors.joining(", "));
  }
}
