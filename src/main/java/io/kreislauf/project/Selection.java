package io.kreislauf.project;

/**
 * Which statement claims from a project need.
 *
 * @param selective they look at more than region and language, or have an order
 * @param urgent    they have an order: the most urgent slot first
 * @param namedBy   who says which item it is: nobody, annotators or requester
 */
public record Selection(boolean selective, boolean urgent, String namedBy) {

    /** The same, of a project with rules of its own. */
    public Selection withRules() {
        return new Selection(true, urgent, namedBy);
    }

    /** Annotators get the items that are assigned to them. */
    public boolean assigned() {
        return namedBy.equals("requester");
    }
}
