package io.ebbline.profile;

import static io.ebbline.profile.Profile.NEVER;
import static io.ebbline.profile.Profile.NO_DEADLINE;

import io.ebbline.event.Hash64;
import io.ebbline.event.Purchase;
import io.ebbline.event.Return;
import org.jspecify.annotations.Nullable;

/**
 * What a customer ordered and sent back: orders singly while they are in the ledger, beyond it their count and their money.
 * Mutable, for one thread.
 */
final class Orders {

    private final Ledger ledger = new Ledger();
    private final LooseReturns looseReturns = new LooseReturns();

    private long sealed;
    private long lastSealed = NEVER;
    private long first = NEVER;
    private long count;
    private long grossMinor;
    private long returnedMinor;

    /** Kept orders and the latest of them follow from the ledger; recounted when it changes. */
    private long keptInLedger;

    private long lastKeptInLedger = NEVER;

    /** The window asked for last, and the answer: it is asked for several times of one instant. */
    private @Nullable Rfm window;

    private long windowMillis;
    private long windowAsOf;

    // ---- folds

    /** Books a purchase, and says whether it begins an order: one of an order in the ledger adds lines to it. */
    boolean purchase(Purchase purchase) {
        window = null;
        grossMinor = Math.addExact(grossMinor, purchase.totalMinor());
        sealDue(purchase.time());
        long key = Hash64.of(purchase.orderId());
        int known = ledger.find(key);
        if (known >= 0) {
            ledger.addLines(known, purchase.totalMinor());
            recount();
            return false;
        }
        count++;
        first = first == NEVER ? purchase.time() : Math.min(first, purchase.time());
        ledger.append(key, purchase.time(), purchase.totalMinor(), 0, false);
        keptInLedger++;
        lastKeptInLedger = Math.max(lastKeptInLedger, purchase.time());
        sealDue(purchase.time());
        return true;
    }

    /** Books goods that came back: to their order where it is in the ledger. */
    void goods(Return goods) {
        window = null;
        sealDue(goods.time());
        int order = goods.orderId() == null ? -1 : ledger.find(Hash64.of(goods.orderId()));
        long amount = goods.totalMinor();
        if (order >= 0) {
            if (goods.whole() && goods.lines().isEmpty()) {
                amount = Math.max(0, ledger.gross(order) - ledger.returned(order));
            }
            ledger.addReturn(order, amount, goods.whole());
            recount();
        } else {
            looseReturns.add(goods.time(), amount);
        }
        returnedMinor = Math.addExact(returnedMinor, amount);
    }

    /** What is too old at that instant, or too much, falls out of the ledger: it can't be returned any more. */
    private void sealDue(long asOf) {
        while (ledger.oldestIsDue(asOf)) {
            if (ledger.kept(0)) {
                keptInLedger--;
                sealed++;
                lastSealed = Math.max(lastSealed, ledger.time(0));
            }
            ledger.dropOldest();
        }
    }

    private void recount() {
        keptInLedger = 0;
        lastKeptInLedger = NEVER;
        for (int i = 0; i < ledger.size(); i++) {
            if (ledger.kept(i)) {
                keptInLedger++;
                lastKeptInLedger = Math.max(lastKeptInLedger, ledger.time(i));
            }
        }
    }

    // ---- what is known

    /** See {@link Profile#rfm}. */
    Rfm rfm(long lookBackMillis, long asOf) {
        if (lookBackMillis == 0) {
            return new Rfm(kept(), grossMinor - returnedMinor, lastKept(), NO_DEADLINE, NO_DEADLINE);
        }
        Rfm known = window;
        if (known == null || windowMillis != lookBackMillis || windowAsOf != asOf) {
            known = Rfm.within(lookBackMillis, asOf, ledger, looseReturns);
            window = known;
            windowMillis = lookBackMillis;
            windowAsOf = asOf;
        }
        return known;
    }

    /** Orders not wholly returned. */
    long kept() {
        return sealed + keptInLedger;
    }

    /** Time of the latest of them, or NEVER. */
    long lastKept() {
        return Math.max(lastSealed, lastKeptInLedger);
    }

    /** Kept orders that fell out of the ledger. */
    long sealed() {
        return sealed;
    }

    /** Time of the latest of them, or NEVER. */
    long lastSealed() {
        return lastSealed;
    }

    /** Time of the first order, returned or not, or NEVER. */
    long first() {
        return first;
    }

    /** Orders, returned ones included. */
    long count() {
        return count;
    }

    /** Sum of all purchases. */
    long grossMinor() {
        return grossMinor;
    }

    /** Sum of all returns, as a positive number. */
    long returnedMinor() {
        return returnedMinor;
    }

    /** Recent orders. */
    Ledger ledger() {
        return ledger;
    }

    /** Recent returns that belong to none of them. */
    LooseReturns looseReturns() {
        return looseReturns;
    }

    /** Takes over stored numbers. Call it after the ledger has been filled. */
    void restore(Profile.Data data) {
        window = null;
        sealed = data.sealedOrders();
        lastSealed = data.sealedLastOrder();
        first = data.firstOrder();
        count = data.orders();
        grossMinor = data.grossMinor();
        returnedMinor = data.returnedMinor();
        recount();
    }
}
