package campana.wire;

/**
 * What a post that names a thread wants when there is no such thread. The numbers are the wire's
 * (google.chat.v1.CreateMessageRequest.MessageReplyOption); both name and number occur in URLs.
 */
public enum MessageReplyOption {
  /** No option: a new thread each time, whatever key or name was sent. */
  MESSAGE_REPLY_OPTION_UNSPECIFIED(0),
  /** Reply in the thread, or open a new one. */
  REPLY_MESSAGE_FALLBACK_TO_NEW_THREAD(1),
  /** Reply in the thread, or answer 404 and store nothing. */
  REPLY_MESSAGE_OR_FAIL(2);

  private final int number;

  MessageReplyOption(int number) {
    this.number = number;
  }

  /** {@return the number that stands for this option on the wire, 0 to 2} */
  public int number() {
    return number;
  }
}
