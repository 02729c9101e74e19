package campana.server.image;

/// @param bytes as they came, at most [RemoteImages#MOST_BYTES]
public record RemoteImage(ImageType type, byte[] bytes) {}
