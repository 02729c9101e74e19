package campana.server.web;

import campana.server.Change;
import campana.wire.RpcCode;
import campana.wire.RpcStatus;
import java.util.Map;
import java.util.function.Function;

/// What the resources API answers.
sealed interface Reply {
  /// 200 with a resource.
  record Json(Object value) implements Reply {}

  record Refused(RpcStatus status) implements Reply {}

  /// No such address: the HTML that Google answers, as it is not the API's to answer.
  record NoSuchAddress() implements Reply {}

  Reply EMPTY = new Json(Map.of());
  Reply FORBIDDEN = new Refused(WireErrors.FORBIDDEN);
  Reply NOT_FOUND = new Refused(WireErrors.NOT_FOUND);
  Reply NO_SUCH_ADDRESS = new NoSuchAddress();

  /// INVALID_ARGUMENT that names the field.
  static Reply invalid(String field, String why) {
    return new Refused(RpcStatus.invalid(field, why));
  }

  /// What became of a wish, in the API's terms.
  static <T> Reply of(Change<T> change, Function<T, Object> shape) {
    return switch (change) {
      case Change.Done<T>(var value) -> new Json(shape.apply(value));
      case Change.Wrong<T>(var field, var why) -> invalid(field, why);
      case Change.Missing<T>() -> NOT_FOUND;
      case Change.Taken<T>(_, var why) -> new Refused(RpcStatus.of(RpcCode.ALREADY_EXISTS, why));
      case Change.Forbidden<T>(var why) ->
          new Refused(RpcStatus.of(RpcCode.PERMISSION_DENIED, why));
    };
  }
}
