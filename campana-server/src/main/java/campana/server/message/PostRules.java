package campana.server.message;

import campana.server.quota.QuotaRate;

/// The settings that a post is judged by.
///
/// @param quota of spaces without one of their own
/// @param startMissingThread REPLY_MESSAGE_OR_FAIL with an unknown key opens a thread
/// @param strict an option without a thread is refused
public record PostRules(QuotaRate quota, boolean startMissingThread, boolean strict) {
  public static final PostRules DEFAULT = new PostRules(QuotaRate.DEFAULT, false, false);
}
