package io.ebbline.operator;

import static org.assertj.core.api.Assertions.assertThat;

import io.ebbline.engine.EngineRules;
import io.ebbline.event.Erasure;
import io.ebbline.operator.KeyedListsTest.Happening;
import io.ebbline.wire.Outgoing;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Those who make offers keep nothing of whoever was erased, whichever way they hear of the lists of products. */
class ErasedRecipientTest {

    private static final String ID = "customer-1";
    private static final int DAYS = 30;

    private static boolean holds(OfferCluster.Checkpoint checkpoint, String id) throws Exception {
        return StateBytes.hold(checkpoint.scoring(), id)
                || StateBytes.hold(checkpoint.market(), id)
                || StateBytes.hold(checkpoint.rows(), id)
                || StateBytes.hold(checkpoint.offers(), id);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void whatStoodIsWithdrawnAndNoByteIsLeft(boolean keyed) throws Exception {
        // Ids of other customers begin with this one's, and would be found in its stead.
        List<Happening> all = KeyedListsTest.history(3, DAYS).stream()
                .filter(one -> one.customer().equals(ID) || !one.customer().startsWith(ID))
                .toList();
        EngineRules rules = EngineRules.defaults().withOffers();
        try (OfferCluster cluster =
                new OfferCluster(new OfferCluster.Setup(rules, 2, 100, keyed), null, new Random(4))) {
            cluster.version(Records.model(1));
            cluster.version(KeyedListsTest.policy());
            for (Happening one : all) {
                cluster.event(one.customer(), one.event());
            }
            long end = Records.day(DAYS);
            advance(cluster, end);
            OfferCluster.Checkpoint before = cluster.checkpoint();
            assertThat(StateBytes.hold(before.scoring(), ID)).isTrue();
            assertThat(StateBytes.hold(before.offers(), ID)).isTrue();
            cluster.drain();

            cluster.event(ID, new Erasure("q1", end + 1));
            advance(cluster, end + 1);
            List<Outgoing> told = cluster.drain();
            assertThat(told)
                    .isNotEmpty()
                    .allMatch(record -> Records.key(record).equals(ID))
                    .allMatch(record -> Records.decode(record.value(), 5, "OfferWithdrawal")
                            .get("why")
                            .toString()
                            .equals("FORGOTTEN"));
            OfferCluster.Checkpoint after = cluster.checkpoint();
            assertThat(holds(after, ID)).isFalse();
            assertThat(holds(after, "customer-2")).isTrue();
        }
    }

    private static void advance(OfferCluster cluster, long to) throws Exception {
        for (int subtask = 0; subtask < 2; subtask++) {
            cluster.watermark(subtask, to);
        }
        cluster.serve(Integer.MAX_VALUE);
    }
}
