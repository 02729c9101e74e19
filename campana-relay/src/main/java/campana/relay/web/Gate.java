package campana.relay.web;

import campana.relay.route.Plan;
import campana.relay.source.Auth;
import campana.relay.source.Source;
import campana.relay.source.Trigger;
import java.util.function.Function;

/// One route, as its address sees it.
///
/// @param name the route's name in the config and in the address
/// @param maxBody most bytes of a request's body, packed and inflated
/// @param plan what becomes of a trigger
public record Gate(
    String name, Source source, Auth auth, int maxBody, Function<Trigger, Plan> plan) {}
