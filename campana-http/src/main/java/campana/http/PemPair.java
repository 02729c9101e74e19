package campana.http;

import static java.nio.charset.StandardCharsets.US_ASCII;

import campana.http.HttpSettings.TlsFiles;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.security.GeneralSecurityException;
import java.security.InvalidKeyException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.interfaces.ECPublicKey;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.List;
import java.util.regex.Pattern;

/// A certificate chain and the private key that belongs to it. The key may be PKCS#8 (`PRIVATE
/// KEY`), or what older tools write: PKCS#1 (`RSA PRIVATE KEY`), SEC 1 (`EC PRIVATE KEY`).
record PemPair(List<X509Certificate> chain, PrivateKey key) {
  private static final Pattern KEY =
      Pattern.compile("-----BEGIN ((?:RSA |EC |ENCRYPTED )?PRIVATE KEY)-----([^-]*)-----END");
  // AlgorithmIdentifier of rsaEncryption with NULL, whole
  private static final byte[] RSA = {
    0x30, 0x0d, 0x06, 0x09, 0x2a, (byte) 0x86, 0x48, (byte) 0x86, (byte) 0xf7, 0x0d, 1, 1, 1, 5, 0
  };

  /// @throws GeneralSecurityException if a file holds no such thing, or the two do not fit
  static PemPair read(TlsFiles files) throws IOException, GeneralSecurityException {
    List<X509Certificate> chain;
    try (var in = Files.newInputStream(files.cert())) {
      chain =
          CertificateFactory.getInstance("X.509").generateCertificates(in).stream()
              .map(X509Certificate.class::cast)
              .toList();
    }
    if (chain.isEmpty()) {
      throw new CertificateException(files.cert() + " holds no certificate");
    }
    var text = new String(Files.readAllBytes(files.key()), US_ASCII);
    var pair = new PemPair(chain, key(text, chain.getFirst(), files));
    pair.check(files);
    return pair;
  }

  /// The reason in one line, without a stack.
  static String why(TlsFiles files, Exception e) {
    return switch (e) {
      case NoSuchFileException missing -> missing.getFile() + " does not exist";
      case AccessDeniedException denied -> denied.getFile() + " may not be read by this user";
      case CertificateException bad
          when bad.getMessage() == null || !bad.getMessage().contains(files.cert().toString()) ->
          files.cert() + " is no PEM certificate";
      default -> e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
    };
  }

  X509Certificate leaf() {
    return chain.getFirst();
  }

  /// Whether a handshake that wants this kind of key (`RSA`, `EC`, `EdDSA`) can have ours.
  boolean fits(String keyType) {
    var algorithm = key.getAlgorithm();
    return keyType.equals(algorithm)
        || keyType.startsWith(algorithm + "_")
        || (keyType.equals("RSASSA-PSS") && algorithm.equals("RSA"));
  }

  private static PrivateKey key(String text, X509Certificate leaf, TlsFiles files)
      throws GeneralSecurityException {
    var matcher = KEY.matcher(text);
    if (!matcher.find()) {
      throw new InvalidKeyException(files.key() + " holds no PEM private key");
    }
    byte[] der;
    try {
      der = Base64.getMimeDecoder().decode(matcher.group(2));
    } catch (IllegalArgumentException e) {
      throw new InvalidKeyException(files.key() + " is damaged", e);
    }
    var encoded =
        switch (matcher.group(1)) {
          case "ENCRYPTED PRIVATE KEY" ->
              throw new InvalidKeyException(files.key() + " is encrypted; give it unencrypted");
          case "RSA PRIVATE KEY" -> pkcs8(RSA, der);
          case "EC PRIVATE KEY" -> pkcs8(algorithmOf(leaf, files), der);
          default -> der;
        };
    var spec = new PKCS8EncodedKeySpec(encoded);
    for (var algorithm : List.of("RSA", "EC", "EdDSA")) {
      try {
        return KeyFactory.getInstance(algorithm).generatePrivate(spec);
      } catch (InvalidKeySpecException e) {
        // the next kind, then
      }
    }
    throw new InvalidKeyException(files.key() + " is damaged, or of an unknown kind");
  }

  /// Both sign the same way, or clients would fail one by one later.
  private void check(TlsFiles files) throws GeneralSecurityException {
    var algorithm =
        switch (key.getAlgorithm()) {
          case "RSA" -> "SHA256withRSA";
          case "EC" -> "SHA256withECDSA";
          default -> "EdDSA";
        };
    try {
      var signer = Signature.getInstance(algorithm);
      signer.initSign(key);
      signer.update(RSA);
      var signature = signer.sign();
      signer.initVerify(leaf().getPublicKey());
      signer.update(RSA);
      if (signer.verify(signature)) {
        return;
      }
    } catch (GeneralSecurityException e) {
      // another kind of key altogether: the same to the operator
    }
    throw new InvalidKeyException(
        "the key in " + files.key() + " does not belong to the certificate in " + files.cert());
  }

  /// The curve stands in the certificate: SubjectPublicKeyInfo begins with its AlgorithmIdentifier.
  private static byte[] algorithmOf(X509Certificate leaf, TlsFiles files)
      throws InvalidKeyException {
    if (!(leaf.getPublicKey() instanceof ECPublicKey publicKey)) {
      throw new InvalidKeyException(
          "the key in " + files.key() + " does not belong to the certificate in " + files.cert());
    }
    var info = new ByteArrayInputStream(publicKey.getEncoded());
    header(info);
    int length = header(info);
    var content = new byte[length];
    int read = info.readNBytes(content, 0, length);
    return der(0x30, read == length ? content : new byte[0]);
  }

  /// Takes tag and length from the front.
  private static int header(ByteArrayInputStream in) {
    in.read();
    int first = in.read();
    if (first < 0x80) {
      return first;
    }
    int length = 0;
    for (int i = 0; i < (first & 0x7f); i++) {
      length = length << 8 | in.read();
    }
    return length;
  }

  private static byte[] pkcs8(byte[] algorithm, byte[] key) {
    var out = new ByteArrayOutputStream();
    out.writeBytes(new byte[] {2, 1, 0}); // version 0
    out.writeBytes(algorithm);
    out.writeBytes(der(0x04, key));
    return der(0x30, out.toByteArray());
  }

  private static byte[] der(int tag, byte[] content) {
    var out = new ByteArrayOutputStream(content.length + 4);
    out.write(tag);
    int length = content.length;
    if (length < 0x80) {
      out.write(length);
    } else if (length < 0x100) {
      out.write(0x81);
      out.write(length);
    } else {
      out.write(0x82);
      out.write(length >> 8);
      out.write(length);
    }
    out.writeBytes(content);
    return out.toByteArray();
  }
}
