package campana.server.web.page;

import campana.http.TrustedProxies;
import campana.server.Operations;
import campana.server.draw.ImageAddresses;
import campana.server.feed.SpaceFeed;
import campana.server.message.Messages;
import campana.server.people.People;
import campana.server.people.SignIn;
import campana.server.policy.Policies;
import campana.server.quota.QuotaRate;
import campana.server.rehearsal.Rehearsals;
import campana.server.space.Spaces;
import campana.server.webhook.Webhooks;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.DoubleSupplier;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

/// What the pages stand on.
///
/// @param alarm what an owner should know at once
/// @param diskUsed share of the disk with the data, from 0 to 1
/// @param images where a remote picture is shown from
/// @param quota of spaces that have none of their own, as the config says now
/// @param base what printed URLs begin with, without a slash at the end
/// @param chance draws what forms of strangers are known by; must not be guessable
public record PageParts(
    Spaces spaces,
    Webhooks webhooks,
    People people,
    SignIn signIn,
    Policies policies,
    Rehearsals rehearsals,
    Supplier<Optional<Operations.Alarm>> alarm,
    DoubleSupplier diskUsed,
    Messages messages,
    SpaceFeed feed,
    ImageAddresses images,
    Supplier<QuotaRate> quota,
    Supplier<String> base,
    TrustedProxies trusted,
    InstantSource clock,
    RandomGenerator chance) {}
