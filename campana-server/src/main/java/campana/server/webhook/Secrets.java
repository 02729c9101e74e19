package campana.server.webhook;

/// Seals what must be readable again but on no disk: see [campana.store.Vault].
public interface Secrets {
  /// @return text without line breaks that [#open] reads back
  String seal(String secret);

  String open(String sealed);
}
