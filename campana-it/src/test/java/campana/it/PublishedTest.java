package campana.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.jar.JarFile;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The libraries as others get them: what `make dist` puts into dist/maven-repository, and nothing
/// else of ours.
class PublishedTest {
  private static final Path ROOT = Path.of(System.getProperty("campana.root", ".."));
  private static final String JDK = System.getProperty("java.home");

  /// The program of docs/client.md.
  private static final String TEN_LINES =
      """
      import campana.client.*;

      public class Ring {
        public static void main(String[] args) {
          try (WebhookClient chat = WebhookClient.of(args[0])) {
            chat.send("The backup has begun.", SendOptions.inThread("backup"));
            System.out.println(chat.send("It is done.", SendOptions.inThread("backup")));
          }
        }
      }
      """;

  @TempDir static Path folder = Path.of("");
  private static Path repository = Path.of("");

  private record Ran(int exitCode, String out) {}

  @BeforeAll
  static void publish() throws Exception {
    var tree = folder.resolve("tree"); // beside the one whose tests are running
    copy("pom.xml", tree);
    copy("tools", tree);
    try (var modules = Files.list(ROOT)) {
      for (var module : modules.filter(it -> Files.exists(it.resolve("pom.xml"))).toList()) {
        copy(ROOT.relativize(module.resolve("pom.xml")).toString(), tree);
      }
    }
    copy("campana-wire/src/main", tree);
    copy("campana-client/src/main", tree);
    repository = folder.resolve("repository");
    var installed = Path.of(URI.create(cache())).resolve("org/campana/campana-client");
    var before = newestJar(installed);
    var ran = run(tree, List.of("tools/publish", repository.toString()));
    assertThat(ran.exitCode()).as(ran.out()).isZero();
    assertThat(newestJar(installed)).as("nothing is installed unasked").isEqualTo(before);
  }

  /// The beginning of time where there is none.
  private static FileTime newestJar(Path folder) throws IOException {
    var newest = FileTime.from(Instant.EPOCH);
    if (Files.exists(folder)) {
      try (var files = Files.walk(folder)) {
        for (var jar : files.filter(file -> file.toString().endsWith(".jar")).toList()) {
          var made = Files.getLastModifiedTime(jar);
          newest = made.compareTo(newest) > 0 ? made : newest;
        }
      }
    }
    return newest;
  }

  @Test
  void each_library_comes_with_sources_javadoc_and_checksums() throws IOException {
    for (var name : List.of("campana-wire", "campana-client")) {
      for (var kind : List.of(".jar", "-sources.jar", "-javadoc.jar", ".pom")) {
        var file = published(name, kind);
        assertThat(file).isNotEmptyFile();
        assertThat(file.resolveSibling(file.getFileName() + ".sha1")).isNotEmptyFile();
      }
      assertThat(Files.readString(published(name, ".pom")))
          .doesNotContain("<parent>", "junit", "${");
      try (var jar = new JarFile(published(name, ".jar").toFile())) {
        assertThat(jar.getEntry("module-info.class")).isNotNull();
        try (var type = jar.getInputStream(jar.getEntry("module-info.class"))) {
          assertThat(type.readNBytes(8)[7]).as("class file of Java 11").isEqualTo((byte) 55);
        }
      }
    }
    assertThat(Files.readString(published("campana-bom", ".pom")))
        .contains("campana-client", "campana-wire")
        .doesNotContain("<parent>");
  }

  @Test
  void ten_lines_send_into_a_thread_and_get_a_typed_refusal_on_the_oldest_jdk_at_hand()
      throws Exception {
    var source = Files.writeString(folder.resolve("Ring.java"), TEN_LINES);
    var classes = folder.resolve("classes");
    var path = jars() + ":" + classes;
    var javac =
        List.of(
            JDK + "/bin/javac",
            "--release",
            "11",
            "-cp",
            path,
            "-d",
            classes.toString(),
            "" + source);
    assertThat(run(folder, javac)).isEqualTo(new Ran(0, ""));
    try (var server = CampanaProcess.start(folder.resolve("data"))) {
      var url = server.address() + server.space("Ten lines").path();
      var sent = run(folder, List.of(oldest(), "-cp", path, "Ring", url));
      assertThat(sent.exitCode()).as(sent.out()).isZero();
      assertThat(sent.out()).startsWith("SENT spaces/cmp");

      var refused = run(folder, List.of(oldest(), "-cp", path, "Ring", url + "x"));
      assertThat(refused.exitCode()).as(refused.out()).isZero();
      assertThat(refused.out())
          .contains("\nPERMISSION_DENIED (403 PERMISSION_DENIED): "); // a log before it
      assertThat(refused.out()).doesNotContain("token=");
    }
  }

  @Test
  void a_named_module_requires_the_client_and_nothing_else() throws Exception {
    var sources = Files.createDirectories(folder.resolve("named/example"));
    var info =
        Files.writeString(
            sources.resolveSibling("module-info.java"),
            "module named { requires campana.client; }");
    var source = Files.writeString(sources.resolve("Named.java"), NAMED);
    var javac =
        List.of(
            JDK + "/bin/javac",
            "--release",
            "11",
            "-Xlint:all,-options",
            "-Werror",
            "-p",
            jars(),
            "-d",
            folder.resolve("modules/named").toString(),
            "" + info,
            "" + source);
    assertThat(run(folder, javac)).isEqualTo(new Ran(0, ""));
    var path = jars() + ":" + folder.resolve("modules");
    var ran = run(folder, List.of(oldest(), "-p", path, "-m", "named/example.Named"));
    assertThat(ran).isEqualTo(new Ran(0, "INVALID_ARGUMENT NEVER https://h\n"));
  }

  /// Uses what the client's own methods take and give: types of the wire, an HTTP client.
  private static final String NAMED =
      """
      package example;

      import campana.client.ErrorPolicy;
      import campana.client.SendResult;
      import campana.client.WebhookClient;
      import campana.client.card.Card;
      import campana.wire.RpcCode;
      import campana.wire.WebhookUrl;
      import java.net.http.HttpClient;

      public class Named {
        public static void main(String[] args) {
          HttpClient http = HttpClient.newHttpClient();
          WebhookUrl url = WebhookUrl.parse("https://h/v1/spaces/S/messages?key=k&token=t");
          try (WebhookClient chat =
              WebhookClient.builder(url).http(http).onError(ErrorPolicy.IGNORE).build()) {
            SendResult refused = chat.send("");
            RpcCode code = refused.code();
            Card.titled("a card").section(section -> section.text("of typed parts"));
            System.out.println(code + " " + http.followRedirects() + " " + url.origin());
          }
        }
      }
      """;

  @Test
  void maven_builds_them_with_that_folder_and_the_bom_alone() throws Exception {
    var project = Files.createDirectories(folder.resolve("project"));
    Files.createDirectories(project.resolve("src/main/java"));
    Files.writeString(project.resolve("src/main/java/Ring.java"), TEN_LINES);
    Files.writeString(
        project.resolve("pom.xml"),
        POM.replace("VERSION", version())
            .replace("FOLDER", "" + repository.toUri())
            .replace("CACHE", cache())); // Maven's own plugins, and nothing else
    var settings = Files.writeString(project.resolve("settings.xml"), "<settings/>");
    var own = project.resolve("own-cache");
    var ran =
        run(
            project,
            List.of(
                "mvn",
                "-B",
                "-ntp",
                "-q",
                "-s",
                "" + settings,
                "-Dmaven.repo.local=" + own,
                "compile"));
    assertThat(ran.exitCode()).as(ran.out()).isZero();
    assertThat(project.resolve("target/classes/Ring.class")).isNotEmptyFile();
    var from = own.resolve("org/campana/campana-client/" + version() + "/_remote.repositories");
    assertThat(from).content().contains(".jar>folder=");
    var json = own.resolve("com/fasterxml/jackson/core/jackson-core");
    try (var versions = Files.walk(json)) {
      var origins = versions.filter(file -> file.endsWith("_remote.repositories")).toList();
      assertThat(origins).hasSize(1);
      assertThat(origins.getFirst()).content().contains(".jar>folder=").doesNotContain("at-hand");
    }
  }

  private static final String POM =
      """
      <project xmlns="http://maven.apache.org/POM/4.0.0">
        <modelVersion>4.0.0</modelVersion>
        <groupId>example</groupId><artifactId>ring</artifactId><version>1</version>
        <properties>
          <maven.compiler.release>11</maven.compiler.release>
          <project.build.sourceEncoding>UTF-8</project.build.sourceEncoding>
        </properties>
        <dependencyManagement><dependencies><dependency>
          <groupId>org.campana</groupId><artifactId>campana-bom</artifactId><version>VERSION</version>
          <type>pom</type><scope>import</scope>
        </dependency></dependencies></dependencyManagement>
        <dependencies><dependency>
          <groupId>org.campana</groupId><artifactId>campana-client</artifactId>
        </dependency></dependencies>
        <repositories>
          <repository><id>folder</id><url>FOLDER</url></repository>
          <repository>
            <id>central</id><url>FOLDER</url><releases><enabled>false</enabled></releases>
          </repository>
        </repositories>
        <pluginRepositories>
          <pluginRepository><id>at-hand</id><url>CACHE</url></pluginRepository>
          <pluginRepository>
            <id>central</id><url>CACHE</url><releases><enabled>false</enabled></releases>
          </pluginRepository>
        </pluginRepositories>
        <build><plugins>
          <plugin><artifactId>maven-resources-plugin</artifactId><version>3.3.1</version></plugin>
          <plugin><artifactId>maven-compiler-plugin</artifactId><version>3.14.0</version></plugin>
        </plugins></build>
      </project>
      """;

  private static String cache() {
    var set = System.getProperty("maven.repo.local");
    var home =
        set == null ? Path.of(System.getProperty("user.home"), ".m2/repository") : Path.of(set);
    return home.toUri().toString();
  }

  private static String version() throws IOException {
    try (var versions = Files.list(repository.resolve("org/campana/campana-client"))) {
      return "" + versions.filter(Files::isDirectory).findFirst().orElseThrow().getFileName();
    }
  }

  private static Path published(String name, String kind) throws IOException {
    return repository
        .resolve("org/campana")
        .resolve(name)
        .resolve(version())
        .resolve(name + "-" + version() + kind);
  }

  private static String jars() throws IOException {
    try (var files = Files.walk(repository)) {
      return String.join(
          ":",
          files
              .map(Path::toString)
              .filter(file -> file.endsWith(".jar"))
              .filter(file -> !file.contains("-sources") && !file.contains("-javadoc"))
              .toList());
    }
  }

  /// From 11 on; this build's own where there is no older one.
  private static String oldest() throws IOException {
    var homes = Path.of("/usr/lib/jvm");
    if (Files.isDirectory(homes)) {
      for (var version : List.of("11", "17", "21")) {
        try (var found = Files.list(homes)) {
          var java =
              found
                  .filter(
                      home -> home.getFileName().toString().matches(".*\\b" + version + "\\b.*"))
                  .map(home -> home.resolve("bin/java"))
                  .filter(Files::isExecutable)
                  .findFirst();
          if (java.isPresent()) {
            return java.get().toString();
          }
        }
      }
    }
    return JDK + "/bin/java";
  }

  private static void copy(String what, Path to) throws IOException {
    try (var files = Files.walk(ROOT.resolve(what))) {
      for (var file : files.filter(Files::isRegularFile).toList()) {
        var target = to.resolve(ROOT.relativize(file).toString());
        Files.createDirectories(target.getParent());
        Files.copy(file, target);
      }
    }
  }

  private static Ran run(Path in, List<String> line) throws Exception {
    var out = Files.createTempFile(folder, "run", ".out");
    var builder =
        new ProcessBuilder(new ArrayList<>(line))
            .directory(in.toFile())
            .redirectErrorStream(true)
            .redirectOutput(out.toFile());
    builder.environment().put("JAVA_HOME", JDK);
    builder.environment().put("MAVEN_OPTS", "--sun-misc-unsafe-memory-access=allow");
    var process = builder.start();
    assertThat(process.waitFor(5, TimeUnit.MINUTES)).as("it ends").isTrue();
    return new Ran(process.exitValue(), Files.readString(out));
  }
}
