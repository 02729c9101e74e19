package campana.server.space;

/// Somebody's place in a space, whether they have it or not.
public record Seat(String spaceId, String personId) {}
