package io.kreislauf.stream;

/** The topics of Kreislauf. None has a retention limit: labels and ledger heads are kept for good. */
public enum Topic {
    /** What happened to each label: submitted, approved, rejected, restored. Keyed by item. */
    LABELS("labels"),
    /** What is agreed about each item. Keyed by item. */
    ITEMS("items"),
    /** Released data set versions. Keyed by data set. */
    DATASETS("datasets"),
    /** Signed tree heads of the ledger. */
    LEDGER_HEADS("ledger-heads");

    private final String plainName;

    Topic(String plainName) {
        this.plainName = plainName;
    }

    /** The name without the installation's prefix. */
    public String plainName() {
        return plainName;
    }
}
