package io.kreislauf.people;

import java.util.Set;

/** The roles that tokens carry; each endpoint names the ones that may call it. */
public final class Roles {

    public static final String ANNOTATOR = "annotator";
    public static final String REVIEWER = "reviewer";
    public static final String REQUESTER = "requester";
    public static final String RESEARCHER = "researcher";
    public static final String OPERATOR = "operator";

    public static final Set<String> ALL = Set.of(ANNOTATOR, REVIEWER, REQUESTER, RESEARCHER, OPERATOR);

    private Roles() {}
}
