package campana.client.card;

import java.util.Map;

/**
 * A widget that may stand in a {@link Column}: text paragraph, decorated text, image, buttons,
 * chips. Immutable.
 */
public abstract class ColumnWidget extends Widget {
  ColumnWidget(Map<String, Object> members) {
    super(members);
  }
}
