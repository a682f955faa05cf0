package io.ebbline.wire;

import io.ebbline.engine.Effect.Refusal;

/** Why a record was refused. The code is the {@code ebbline.reason} header and a counter's name: never change one. */
public enum RejectReason {
    NO_VALUE("no-value", "The record has no value: send an Avro value in Confluent's wire format."),
    NOT_AVRO("not-avro", "The value is not in Confluent's wire format: a zero byte, a 4-byte schema id, Avro."),
    UNKNOWN_SCHEMA("unknown-schema", "The registry does not know the schema id: register the schema, then send again."),
    WRONG_TYPE("wrong-type", "The record type does not belong on this topic."),
    INCOMPATIBLE_SCHEMA("incompatible-schema", "The writer's schema can't be read with Ebbline's: see schemas/."),
    UNDECODABLE("undecodable", "The bytes do not match their schema."),
    NO_CUSTOMER("no-customer", "The event names no customer."),
    KEY_MISMATCH("key-mismatch", "The record's key is not the event's customer: key by customerId."),
    NO_EVENT_ID("no-event-id", "The event has no id, or one with a zero character."),
    NO_ORDER_ID("no-order-id", "The purchase names no order."),
    NO_LINES("no-lines", "The order has no lines, or the partial return says nothing of what came back."),
    INVALID_AMOUNT("invalid-amount", "An amount does not fit, or a return's line is negative."),
    INVALID_TIME("invalid-time", "The event's time is before 1970 or beyond the year 9999."),
    FUTURE(
            "future",
            "The event's time is further ahead of its Kafka record's time than the tolerance: check the clock."),
    NO_EXCHANGE_RATE(
            "no-exchange-rate",
            "No rate from the event's currency to the shop's was in force at its time: publish exchange rates."),
    UNSUPPORTED_REQUEST(
            "unsupported-request", "This release erases, merges and unmerges customers; it serves no other request."),
    UNKNOWN_FORMAT(
            "unknown-format",
            "What the move hands over was written by another release, in a format that this one does not know: run that"
                    + " release, or a newer one."),
    INTO_ITSELF("merge-into-itself", "The customer is to be merged into itself: name the id that stays in into."),
    ALREADY_MERGED(
            "already-merged", "The customer's id has been merged already: merge the id that stays, or unmerge first."),
    NOT_MERGED("not-merged", "The customer's id is not merged into that one: there is nothing to undo."),
    MERGE_CYCLE(
            "merge-cycle",
            "The id that is to stay has been merged into this one, at once or by others: unmerge that one first."),
    TOO_MANY_MEMBERS(
            "too-many-members",
            "One customer holds at most 32 ids: the id that stays, or this one, has been merged with too many."),
    LATE("late", "The watermark, or the customer, had passed the event's time."),
    ERASED("erased", "The customer has been erased up to the event's time or beyond: nothing of the event is kept.");

    private final String code;
    private final String advice;

    RejectReason(String code, String advice) {
        this.code = code;
        this.advice = advice;
    }

    /** Why a request is not served. */
    public static RejectReason of(Refusal why) {
        return switch (why) {
            case INTO_ITSELF -> INTO_ITSELF;
            case ALREADY_MERGED -> ALREADY_MERGED;
            case NOT_MERGED -> NOT_MERGED;
            case MERGE_CYCLE -> MERGE_CYCLE;
            case TOO_MANY_MEMBERS -> TOO_MANY_MEMBERS;
        };
    }

    /** Its name on the wire. */
    public String code() {
        return code;
    }

    /** What it means, for a person. */
    public String advice() {
        return advice;
    }
}
