package io.ebbline.state;

/** Names of states. They are in every savepoint: never change one. */
public final class StateNames {

    /** The packed value of a customer. */
    public static final String CUSTOMER = "customer";

    /** Waiting events beyond those in the packed value. */
    public static final String INBOX_OVERFLOW = "inbox-overflow";

    /** Deadlines of customers. */
    public static final String DEADLINES = "deadlines";

    /** Model versions and when each takes effect. */
    public static final String MODELS = "models";

    /** Counts of events by what became of them. */
    public static final String COUNTS = "counts";

    /** How far the control topic had been read, and whether events had begun to be applied. */
    public static final String MODEL_GATE = "model-gate";

    /** What a subtask counted of ticks that are not over. */
    public static final String OPEN_TICKS = "open-ticks";

    /** What all subtasks counted of ticks that are not told. */
    public static final String POPULATION_TICKS = "population-ticks";

    /** All customers in numbers. */
    public static final String POPULATION = "population";

    private StateNames() {}
}
