package io.ebbline.operator;

/** What the subtask that makes offers to a customer is told of that customer alone. */
public sealed interface ForCustomer permits CustomerFact, ListReply {

    /** Whom it is about. */
    String customer();
}
