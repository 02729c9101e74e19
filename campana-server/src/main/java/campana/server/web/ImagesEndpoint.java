package campana.server.web;

import campana.http.out.Fetched;
import campana.http.out.GuardedFetch;
import campana.server.image.ImageSource;
import campana.server.image.RemoteImages;
import io.helidon.http.Header;
import io.helidon.http.HeaderNames;
import io.helidon.http.HeaderValues;
import io.helidon.http.Status;
import io.helidon.webserver.http.HttpRules;
import io.helidon.webserver.http.HttpService;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.util.Optional;

/// Answers `/images/SIGNATURE/ADDRESS`. Needs no sign-in: the signature is the permission, and what
/// stands behind it is a public address. A 404 leaves the page's own stand-in to be seen.
public final class ImagesEndpoint implements HttpService {
  private static final Header KEEP = // an address names one image for good
      HeaderValues.createCached(HeaderNames.CACHE_CONTROL, "private, max-age=31536000, immutable");
  private static final Header KEEP_SHORTLY =
      HeaderValues.createCached(HeaderNames.CACHE_CONTROL, "private, max-age=60");
  private static final Header NO_SNIFFING =
      HeaderValues.createCached(HeaderNames.create("X-Content-Type-Options"), "nosniff");
  private static final Header NO_DOCUMENT =
      HeaderValues.createCached(
          HeaderNames.create("Content-Security-Policy"), "default-src 'none'; sandbox");
  private static final Header OWN_PAGES =
      HeaderValues.createCached(HeaderNames.create("Cross-Origin-Resource-Policy"), "same-origin");

  private final RemoteImages images;

  public ImagesEndpoint(RemoteImages images) {
    this.images = images;
  }

  /// Images by way of the outgoing guard; its limits must be [GuardedFetch.Limits#DEFAULT].
  public static ImageSource source(GuardedFetch fetch) {
    return address ->
        fetch.get(address, "image/png, image/jpeg, image/gif, image/webp")
                instanceof Fetched.Complete complete
            ? Optional.of(complete.bytes())
            : Optional.empty();
  }

  @Override
  public void routing(HttpRules rules) {
    rules.get("/images/{signature}/{address}", this::image);
  }

  private void image(ServerRequest request, ServerResponse response) {
    var path = request.path().pathParameters();
    response.header(NO_SNIFFING).header(NO_DOCUMENT).header(OWN_PAGES);
    images
        .find(path.get("signature"), path.get("address"))
        .ifPresentOrElse(
            image ->
                response
                    .header(KEEP)
                    .header(HeaderNames.CONTENT_TYPE, image.type().mediaType())
                    .send(image.bytes()),
            () -> response.header(KEEP_SHORTLY).status(Status.NOT_FOUND_404).send());
  }
}
