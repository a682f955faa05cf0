package io.ebbline.offer;

import static org.assertj.core.api.Assertions.assertThat;

import io.ebbline.offer.Consents.Word;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/** Consent against a search through all that was ever said. */
class ConsentsTest {

    private static final String[] CHANNELS = {"email", "sms", "app", null};

    @Property
    void theLatestWordHoldsInWhateverOrderTheyCome(@ForAll long seed) {
        Random random = new Random(seed);
        List<Word> words = new ArrayList<>();
        for (int i = random.nextInt(12); i > 0; i--) {
            words.add(new Word(CHANNELS[random.nextInt(4)], random.nextInt(8), random.nextBoolean()));
        }
        Collections.shuffle(words, random);
        Consents consents = new Consents();
        words.forEach(consents::add);
        for (String channel : CHANNELS) {
            Boolean said = said(words, channel);
            assertThat(consents.allows(channel, false)).isEqualTo(said == null || said);
            assertThat(consents.allows(channel, true)).isEqualTo(said != null && said);
            assertThat(consents.isGiven(channel)).isEqualTo(said != null && said);
        }
    }

    /** Of who has not said which channel is meant it must hold for each: no stands unless a later yes to all takes it back. */
    private static Boolean said(List<Word> words, String channel) {
        Boolean said = null;
        long at = -1;
        for (Word word : words) {
            boolean concerns = word.channel() == null || word.channel().equals(channel);
            if (channel == null && word.channel() != null) {
                concerns = !word.given() && said(words, word.channel()) == Boolean.FALSE;
            }
            if (concerns && (word.at() > at || (word.at() == at && !word.given()))) {
                at = word.at();
                said = word.given();
            }
        }
        return said;
    }

    @Example
    void aNoIsNeverForgottenForTooManyChannels() {
        Consents consents = new Consents();
        consents.add(new Word("yes", 100, true));
        for (int i = 0; i < Consents.CAPACITY; i++) {
            consents.add(new Word("c" + i, i, false));
        }
        assertThat(consents.allows("c0", false)).isFalse();
        assertThat(consents.allows("yes", false)).isTrue(); // forgotten: nothing is said of it
        assertThat(consents.allows("yes", true)).isFalse();
        consents.add(new Word("one more", 200, false));
        assertThat(consents.allows("c0", false)).isFalse();
        assertThat(consents.allows("any", false)).isFalse();
        assertThat(consents.channels()).isEmpty();
    }
}
