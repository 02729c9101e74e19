package campana.client;

/**
 * What follows an error, beside the result that the caller gets: the three ways that Chat's guide
 * names (docs/protocol.md, «Errors»).
 */
public enum ErrorPolicy {
  /** One attempt; a failure is logged as a warning. */
  LOG,

  /** Again while that can help; what fails in the end is logged as a warning. */
  RETRY,

  /** One attempt, and nothing more, for messages that do not matter. */
  IGNORE
}
