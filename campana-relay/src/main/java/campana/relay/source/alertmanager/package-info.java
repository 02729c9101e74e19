/// Prometheus Alertmanager's webhook, version 4: a group of alerts, or each alert by itself.
@NullMarked
package campana.relay.source.alertmanager;

import org.jspecify.annotations.NullMarked;
