package campana.server.web;

import campana.server.people.Person;
import campana.server.rehearsal.Rehearsal;
import campana.server.rehearsal.Wish;
import campana.server.space.Space;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// `/v1/spaces/S/fault`, ours: the space's rehearsal, for those who manage it.
final class FaultApi {
  private static final Set<String> FAULT =
      Set.of("name", "status", "count", "duration", "rate", "left", "startTime", "endTime");

  private final Rooms rooms;

  FaultApi(Rooms rooms) {
    this.rooms = rooms;
  }

  private Optional<Space> managed(Person who, String spaceId) {
    return rooms.spaces().mayManage(who, spaceId)
        ? rooms.spaces().find(spaceId).filter(space -> !space.deleted())
        : Optional.empty();
  }

  Reply get(Call call, String spaceId) {
    return managed(call.who(), spaceId)
        .<Reply>map(space -> new Reply.Json(now(space)))
        .orElse(SpacesApi.absent(call.who()));
  }

  Reply start(Call call, String spaceId) {
    var space = managed(call.who(), spaceId);
    if (space.isEmpty()) {
      return SpacesApi.absent(call.who());
    }
    var fields = Fields.read(call.body(), "fault", FAULT);
    var wish =
        new Wish(
            fields.word("status"),
            fields.number("count"),
            fields.textOr("duration", ""),
            fields.number("rate"));
    if (fields.isWrong()) {
      return fields.refused();
    }
    return Reply.of(
        rooms.rehearsals().start(space.get(), wish, call.who()),
        rehearsal -> shape(space.get(), rehearsal));
  }

  Reply stop(Call call, String spaceId) {
    var space = managed(call.who(), spaceId);
    if (space.isEmpty()) {
      return SpacesApi.absent(call.who());
    }
    rooms.rehearsals().stop(space.get(), call.who());
    return Reply.EMPTY;
  }

  // always there, as a setting is: without a status while no rehearsal goes on
  private Map<String, Object> now(Space space) {
    return rooms
        .rehearsals()
        .current(space.id())
        .map(rehearsal -> shape(space, rehearsal))
        .orElse(Map.of("name", space.name() + "/fault"));
  }

  private static Map<String, Object> shape(Space space, Rehearsal rehearsal) {
    var shape = new LinkedHashMap<String, Object>();
    shape.put("name", space.name() + "/fault");
    shape.put("status", rehearsal.fault().word());
    shape.put("rate", rehearsal.rate());
    var left = rehearsal.left();
    if (left != null) {
      shape.put("left", left);
    }
    shape.put("startTime", rehearsal.startTime().toString());
    var end = rehearsal.endTime();
    if (end != null) {
      shape.put("endTime", end.toString());
    }
    return shape;
  }
}
