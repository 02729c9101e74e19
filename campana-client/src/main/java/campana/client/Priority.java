package campana.client;

/** Which of the messages that wait for one space goes first; within one priority, the oldest. */
public enum Priority {
  /** Before all normal ones, but never before one whose first attempt is under way or failed. */
  HIGH,
  /** In the order of the calls. */
  NORMAL
}
