package campana.server.webhook;

import campana.server.space.Space;

/// What the credentials of a post are worth. Which answer each gets is `web`'s matter
/// (docs/protocol.md, «Errors»).
public sealed interface Admission {
  record Admitted(Space space, Webhook webhook, LastUse lastUse) implements Admission {}

  /// The post may not go on.
  sealed interface Refused extends Admission {}

  record NoKey() implements Refused {}

  record BadKey() implements Refused {}

  record NoToken() implements Refused {}

  /// Wrong token, another space's token, a deleted webhook's, or a space that never was: one answer
  /// for all.
  record BadToken() implements Refused {}

  /// The token is right and its space was deleted.
  record SpaceGone() implements Refused {}

  /// The organisation forbids webhooks, or a member of this direct message has Chat apps off.
  record Forbidden() implements Refused {}
}
