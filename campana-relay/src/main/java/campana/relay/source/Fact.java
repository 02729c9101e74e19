package campana.relay.source;

/// A label and its value.
public record Fact(String label, String value) {}
