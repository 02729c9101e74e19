package campana.server.space;

/// google.chat.v1.Space.SpaceType.
public enum SpaceType {
  SPACE,
  GROUP_CHAT,
  DIRECT_MESSAGE
}
