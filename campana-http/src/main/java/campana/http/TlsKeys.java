package campana.http;

import campana.http.HttpSettings.TlsFiles;
import io.helidon.common.tls.Tls;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.attribute.FileTime;
import java.security.GeneralSecurityException;
import java.security.Principal;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedKeyManager;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Certificate and key of the server, from files, taken anew when the files change. Connections
/// that are open keep the pair they began with.
final class TlsKeys {
  private static final Logger log = LoggerFactory.getLogger(HttpServer.class);

  private final TlsFiles files;
  private final Tls helidon;
  private volatile PemPair pair;
  private FileTime seenCert; // guarded by this
  private FileTime seenKey; // guarded by this

  private TlsKeys(TlsFiles files) throws IOException, GeneralSecurityException {
    this.files = files;
    this.seenCert = Files.getLastModifiedTime(files.cert());
    this.seenKey = Files.getLastModifiedTime(files.key());
    this.pair = PemPair.read(files);
    var context = SSLContext.getInstance("TLS");
    context.init(new KeyManager[] {new Current()}, null, null);
    this.helidon = Tls.builder().sslContext(context).build();
  }

  /// @throws CannotListenException naming the file and what is wrong with it
  static TlsKeys load(TlsFiles files) {
    try {
      return new TlsKeys(files);
    } catch (IOException | GeneralSecurityException e) {
      throw new CannotListenException("Cannot use the TLS files: " + PemPair.why(files, e), e);
    }
  }

  Tls helidon() {
    return helidon;
  }

  /// Whom the certificate in use is for.
  String subject() {
    return pair.leaf().getSubjectX500Principal().getName();
  }

  /// Reads the files if they changed since they were last looked at.
  synchronized void poll() {
    try {
      if (!Files.getLastModifiedTime(files.cert()).equals(seenCert)
          || !Files.getLastModifiedTime(files.key()).equals(seenKey)) {
        reload();
      }
    } catch (IOException e) {
      // Between removal and renaming there is no file for a moment; the next poll sees it.
    }
  }

  /// Reads the files now.
  ///
  /// @return false if they cannot be used; the old pair stays, and the log says why, once
  synchronized boolean reload() {
    try {
      seenCert = Files.getLastModifiedTime(files.cert());
      seenKey = Files.getLastModifiedTime(files.key());
      pair = PemPair.read(files);
      log.info(
          "TLS certificate taken from {}, valid until {}", files.cert(), pair.leaf().getNotAfter());
      return true;
    } catch (IOException | GeneralSecurityException e) {
      log.error("The TLS files cannot be used, the old pair stays: {}", PemPair.why(files, e));
      return false;
    }
  }

  /// Always the current pair; there is only one alias.
  private final class Current extends X509ExtendedKeyManager {
    private static final String ALIAS = "server";

    @Override
    public @Nullable String chooseEngineServerAlias(
        String keyType, Principal @Nullable [] issuers, @Nullable SSLEngine engine) {
      return pair.fits(keyType) ? ALIAS : null;
    }

    @Override
    public @Nullable String chooseServerAlias(
        String keyType, Principal @Nullable [] issuers, java.net.@Nullable Socket socket) {
      return pair.fits(keyType) ? ALIAS : null;
    }

    @Override
    public X509Certificate[] getCertificateChain(String alias) {
      return pair.chain().toArray(X509Certificate[]::new);
    }

    @Override
    public PrivateKey getPrivateKey(String alias) {
      return pair.key();
    }

    @Override
    public String @Nullable [] getServerAliases(String keyType, Principal @Nullable [] issuers) {
      return pair.fits(keyType) ? new String[] {ALIAS} : null;
    }

    @Override
    public String @Nullable [] getClientAliases(String keyType, Principal @Nullable [] issuers) {
      return null;
    }

    @Override
    public @Nullable String chooseClientAlias(
        String[] keyTypes, Principal @Nullable [] issuers, java.net.@Nullable Socket socket) {
      return null;
    }
  }
}
