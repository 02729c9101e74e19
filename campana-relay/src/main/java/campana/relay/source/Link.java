package campana.relay.source;

/// @param url absolute, http or https
public record Link(String label, String url) {}
