/// A thin layer over Helidon's web server, which knows no space and no webhook.
///
/// **In**: [HttpSettings] and routes. Handlers use Helidon's own request and response; what is
/// around them is here: [Bodies] reads, [Answers] writes, [Origin] says who is there and through
/// which address. **Out**: a running [HttpServer]. **Always true**: no client holds a thread or a
/// connection longer than [HttpSettings.Patience] allows; no answer holds a stack trace; no log
/// line holds a URL.
///
/// **Threads.** `server-@default-listener`, Helidon's, accepts; it ends with [HttpServer#close()].
/// Each connection has one virtual thread, which reads, runs the handler and writes; it ends with
/// the connection. `http-ticker`, a virtual thread of [HttpServer], counts time: it gives up
/// clients that take too long and looks whether the TLS files changed; it ends with the server. An
/// [EventStream] has no thread of its own: it runs on its viewer's, and others only put into its
/// queue; all end as the first thing when the server stops. A handler may block as long as it
/// likes: only reading from and writing to the client are timed. At [HttpServer#close()] no further
/// connection is accepted, idle ones are closed, requests under way get the grace, and the threads
/// that are left are interrupted.
@NullMarked
package campana.http;

import org.jspecify.annotations.NullMarked;
