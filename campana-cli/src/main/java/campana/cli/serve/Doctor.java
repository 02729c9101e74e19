package campana.cli.serve;

import campana.cli.config.ConfigRead;
import campana.cli.config.ServeConfig;
import campana.http.HttpSettings;
import campana.server.Operations;
import campana.server.Operations.Finding;
import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.security.GeneralSecurityException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/// Looks for what is wrong, or soon will be. Used once.
final class Doctor {
  private static final Duration CERTIFICATE_ENDS = Duration.ofDays(14);

  /// Before this program was written, or long after: a clock that was never set.
  private static final Instant EARLIEST = Instant.parse("2026-01-01T00:00:00Z");

  private static final Instant LATEST = Instant.parse("2100-01-01T00:00:00Z");

  private static final Set<PosixFilePermission> OTHERS =
      Set.of(
          PosixFilePermission.GROUP_READ,
          PosixFilePermission.GROUP_WRITE,
          PosixFilePermission.OTHERS_READ,
          PosixFilePermission.OTHERS_WRITE);

  private final List<Finding> findings = new ArrayList<>();

  private void warn(String text) {
    findings.add(new Finding("warning", text));
  }

  private void error(String text) {
    findings.add(new Finding("error", text));
  }

  /// @param used share of it, from 0 to 1
  Doctor disk(Path data, double used) {
    if (used >= Operations.NEARLY_FULL) {
      warn(
          "disk: the one with %s is %d %% full; from 100 %% on posts are refused with 503"
              .formatted(data, Math.round(used * 100)));
    }
    return this;
  }

  Doctor clock(Instant now) {
    if (now.isBefore(EARLIEST) || now.isAfter(LATEST)) {
      error("clock: it is not " + now + "; set this machine's clock");
    }
    return this;
  }

  /// @param privately files that nobody but their owner may read
  Doctor files(List<Path> privately) {
    for (var file : privately) {
      try {
        var permissions = Files.getPosixFilePermissions(file);
        if (permissions.stream().anyMatch(OTHERS::contains)) {
          error("files: others can read " + file + "; chmod 600 " + file);
        }
      } catch (IOException | UnsupportedOperationException e) {
        // not there, or a file system without permissions
      }
    }
    return this;
  }

  /// @param lanes what is the matter with each of those that are late
  Doctor relay(List<String> lanes) {
    lanes.forEach(this::warn);
    return this;
  }

  Doctor address(ServeConfig config) {
    var http = config.http();
    if (!http.trustedProxies().isEmpty() && config.settings().url().isEmpty()) {
      warn("url: behind a proxy, and server.url is not set; copied links name this machine");
    }
    if (!loopback(http.host()) && http.tls().isEmpty() && http.trustedProxies().isEmpty()) {
      warn(
          "tls: others reach this server over plain HTTP, links and passwords readable on the way;"
              + " set server.tls, or put a proxy before it");
    }
    return this;
  }

  private static boolean loopback(String host) {
    try {
      return InetAddress.getByName(host).isLoopbackAddress();
    } catch (UnknownHostException e) {
      return false;
    }
  }

  Doctor certificate(HttpSettings http, Instant now) {
    http.tls()
        .ifPresent(tls -> {
          try (var in = Files.newInputStream(tls.cert())) {
            var first = CertificateFactory.getInstance("X.509").generateCertificate(in);
            if (first instanceof X509Certificate certificate) {
              ends(tls.cert(), certificate.getNotAfter().toInstant(), now);
            }
          } catch (IOException | GeneralSecurityException e) {
            error("tls: " + tls.cert() + " cannot be read; the old certificate is in use");
          }
        });
    return this;
  }

  private void ends(Path cert, Instant end, Instant now) {
    if (end.isBefore(now)) {
      error("tls: the certificate in " + cert + " ended at " + end);
    } else if (end.isBefore(now.plus(CERTIFICATE_ENDS))) {
      warn("tls: the certificate in " + cert + " ends at " + end);
    }
  }

  /// @param onDisk the config as it would be read now
  Doctor config(ServeConfig running, ConfigRead onDisk) {
    switch (onDisk) {
      case ConfigRead.Invalid(var mistakes) ->
          error("config: " + mistakes.getFirst().line() + "; campana check says all");
      case ConfigRead.Valid(var config) -> {
        var restart = running.needRestart(config);
        if (!restart.isEmpty()) {
          warn("config: changed since the start: " + String.join(", ", restart) + "; restart");
        }
        if (!running.settings().equals(config.settings())
            || !running.relay().equals(config.relay())) {
          warn("config: it is not the one that is in force; campana reload");
        }
      }
    }
    return this;
  }

  List<Finding> findings() {
    return List.copyOf(findings);
  }
}
