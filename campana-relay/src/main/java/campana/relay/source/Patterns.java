package campana.relay.source;

import java.util.Optional;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/// How a route finds subject and state in a text, for tools that have no fields for them.
///
/// @param subject its first group, or all that it finds, is the subject
/// @param firing where it finds something, the subject fires
/// @param resolved where it finds something, the subject is resolved; asked before `firing`
public record Patterns(
    Optional<Pattern> subject, Optional<Pattern> firing, Optional<Pattern> resolved) {
  public static final Patterns NONE =
      new Patterns(Optional.empty(), Optional.empty(), Optional.empty());

  /// So much of a text is searched: a pattern that backtracks must not hold up a sender.
  private static final int SEARCHED = 1_000;

  /// Steps of a pattern in such a text; many times what an ordinary one takes.
  private static final int STEPS = 200_000;

  /// @throws IllegalArgumentException if it is none, with the place and what is wrong
  public static Pattern compile(String pattern) {
    try {
      return Pattern.compile(pattern);
    } catch (PatternSyntaxException e) {
      throw new IllegalArgumentException(
          "not a regular expression: " + e.getDescription() + " at character " + (e.getIndex() + 1),
          e);
    }
  }

  /// Empty where no pattern is set or nothing is found.
  public String subjectOf(String text) {
    return subject
        .map(p -> p.matcher(new Bounded(text)))
        .filter(Patterns::finds)
        .map(m -> m.groupCount() > 0 && m.group(1) != null ? m.group(1) : m.group())
        .map(String::strip)
        .orElse("");
  }

  public Optional<State> stateOf(String text) {
    if (resolved.map(p -> p.matcher(new Bounded(text))).filter(Patterns::finds).isPresent()) {
      return Optional.of(State.RESOLVED);
    }
    return firing
        .map(p -> p.matcher(new Bounded(text)))
        .filter(Patterns::finds)
        .map(m -> State.FIRING);
  }

  private static boolean finds(java.util.regex.Matcher matcher) {
    try {
      return matcher.find();
    } catch (Bounded.TooLong | StackOverflowError e) {
      return false;
    }
  }

  /// The beginning of a text, which lets itself be read only so often.
  private static final class Bounded implements CharSequence {
    private final String text;
    private int steps;

    Bounded(String text) {
      this.text = text.length() > SEARCHED ? text.substring(0, SEARCHED) : text;
    }

    @Override
    public char charAt(int index) {
      if (++steps > STEPS) {
        throw new TooLong();
      }
      return text.charAt(index);
    }

    @Override
    public int length() {
      return text.length();
    }

    @Override
    public CharSequence subSequence(int start, int end) {
      return text.substring(start, end);
    }

    @Override
    public String toString() {
      return text;
    }

    private static final class TooLong extends RuntimeException {
      private static final long serialVersionUID = 1L;

      TooLong() {
        super(null, null, false, false);
      }
    }
  }
}
