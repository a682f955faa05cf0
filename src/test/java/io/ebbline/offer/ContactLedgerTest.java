package io.ebbline.offer;

import static org.assertj.core.api.Assertions.assertThat;

import io.ebbline.model.OfferPolicy.Cap;
import io.ebbline.offer.ContactLedger.Contact;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/** Caps against counts of every period, and what a show makes of a decision. */
class ContactLedgerTest {

    private static final String[] CHANNELS = {"email", "app", null};

    @Property(tries = 2_000)
    void aContactIsAllowedWhenNoPeriodThatHoldsItHoldsMoreThanTheCap(@ForAll long seed) {
        Random random = new Random(seed);
        ContactLedger ledger = new ContactLedger();
        List<Contact> all = new ArrayList<>();
        for (int i = 1 + random.nextInt(10); i > 0; i--) {
            Contact contact =
                    new Contact(CHANNELS[random.nextInt(3)], random.nextInt(20), i, 100, random.nextBoolean());
            ledger.add(contact);
            all.add(contact);
        }
        Cap cap = new Cap(random.nextBoolean() ? null : "email", 1 + random.nextInt(3), 1 + random.nextInt(12));
        String channel = CHANNELS[random.nextInt(3)];
        long at = random.nextInt(20);
        boolean allowed = true;
        if (cap.channel() == null || cap.channel().equals(channel)) {
            for (long from = at - cap.periodMillis() + 1; from <= at; from++) {
                long begin = from;
                long held = all.stream()
                        .filter(contact ->
                                cap.channel() == null || cap.channel().equals(contact.channel()))
                        .filter(contact -> contact.at() >= begin && contact.at() < begin + cap.periodMillis())
                        .count();
                allowed &= held + 1 <= cap.contacts();
            }
        }
        assertThat(ledger.allows(List.of(cap), channel, at, at)).isEqualTo(allowed);
    }

    @Example
    void whereTheChannelReportsWhatWasNotShownIsNoContactOnceItExpires() {
        ContactLedger ledger = new ContactLedger();
        List<Cap> once = List.of(new Cap("app", 1, 1_000));
        ledger.add(new Contact("app", 10, 1, 50, false));
        assertThat(ledger.allows(once, "app", 60, 60)).isFalse();
        ledger.reporter("app");
        assertThat(ledger.allows(once, "app", 49, 49)).isFalse();
        assertThat(ledger.allows(once, "app", 50, 50)).isTrue();
    }

    @Example
    void theFirstShowTakesThePlaceOfTheDecisionAndOneInstantIsOneContact() {
        ContactLedger ledger = new ContactLedger();
        ledger.add(new Contact("app", 10, 1, 50, false));
        ledger.shown("app", 30, 1);
        ledger.shown("app", 30, 1);
        assertThat(ledger.contacts()).containsExactly(new Contact("app", 30, 1, 50, true));
        ledger.shown("app", 31, 1);
        ledger.shown("app", 31, 0);
        assertThat(ledger.contacts())
                .containsExactly(new Contact("app", 30, 1, 50, true), new Contact("app", 31, 0, 31, true));
        assertThat(ledger.reporters()).containsExactly("app");
    }

    @Example
    void aCapBeyondWhatIsRememberedIsTakenForThat() {
        ContactLedger ledger = new ContactLedger();
        for (int i = 0; i < ContactLedger.CONTACTS + 10; i++) {
            ledger.add(new Contact(null, i, i + 1, 10_000, false));
        }
        assertThat(ledger.contacts()).hasSize(ContactLedger.CONTACTS);
        assertThat(ledger.allows(List.of(new Cap(null, 1_000, 100_000)), null, 300, 300))
                .isFalse();
    }
}
