package campana.server.web;

import campana.wire.RpcStatus;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/// `pageSize` and `pageToken`. A token is opaque; it says where the next page begins and which
/// listing it belongs to, and fits no other.
///
/// @param size at least 1
/// @param cursor what the listing put into the token; empty for the first page
/// @param listing what was asked, so that a token is not taken elsewhere
record Paging(int size, String cursor, String listing) {
  /// What reading them came to.
  sealed interface Asked {}

  record Good(Paging page) implements Asked {}

  record Bad(Reply reply) implements Asked {}

  /// @param usual size where none is given, or 0
  /// @param most larger ones count as this
  static Asked of(Query query, int usual, int most, String listing) {
    var text = query.last(query.has("pageSize") ? "pageSize" : "page_size");
    int size = usual;
    if (!text.isEmpty()) {
      try {
        size = Integer.parseInt(text);
      } catch (NumberFormatException e) {
        return new Bad(
            Reply.invalid(
                "page_size", "Invalid value at 'page_size' (TYPE_INT32), \"" + text + "\""));
      }
      if (size < 0) {
        return new Bad(Reply.invalid("page_size", "page_size must not be negative: " + size));
      }
      size = size == 0 ? usual : Math.min(size, most);
    }
    var token = query.last(query.has("pageToken") ? "pageToken" : "page_token");
    var paging = new Paging(size, "", listing);
    if (token.isEmpty()) {
      return new Good(paging);
    }
    return paging
        .cursorOf(token)
        .<Asked>map(cursor -> new Good(new Paging(paging.size(), cursor, listing)))
        .orElseGet(() ->
            new Bad(
                new Reply.Refused(
                    RpcStatus.invalid(
                        "page_token",
                        "page_token is not one of this listing; send the nextPageToken of its"
                            + " page before, with the other parameters unchanged"))));
  }

  private Optional<String> cursorOf(String token) {
    try {
      var text = new String(Base64.getUrlDecoder().decode(token), StandardCharsets.UTF_8);
      var colon = text.indexOf(':');
      return colon > 0 && text.substring(0, colon).equals(mark())
          ? Optional.of(text.substring(colon + 1))
          : Optional.empty();
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  private String mark() {
    return Integer.toHexString(listing.hashCode());
  }

  /// The token of the page that begins behind `cursor`.
  String next(String cursor) {
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString((mark() + ":" + cursor).getBytes(StandardCharsets.UTF_8));
  }

  /// A page of a list that is in memory as a whole; the cursor counts what came before.
  <T> Map<String, Object> slice(String field, List<T> all, Function<T, Object> shape) {
    int from;
    try {
      from = cursor.isEmpty() ? 0 : Math.clamp(Long.parseLong(cursor), 0, all.size());
    } catch (NumberFormatException e) {
      from = all.size();
    }
    int to = Math.min(all.size(), from + size);
    var answer = new LinkedHashMap<String, Object>();
    answer.put(field, all.subList(from, to).stream().map(shape).toList());
    if (to < all.size()) {
      answer.put("nextPageToken", next(String.valueOf(to)));
    }
    return answer;
  }
}
