package io.ebbline.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.ebbline.model.CutPoints;
import io.ebbline.model.ModelTimeline;
import io.ebbline.model.ScoringModel;
import io.ebbline.testing.InMemoryRegistry;
import io.ebbline.testing.RandomHistory;
import io.ebbline.testing.Shop;
import io.ebbline.wire.AvroModels.InvalidModelException;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.apache.avro.LogicalTypes;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecord;
import org.junit.jupiter.api.Test;

class AvroModelsTest {

    private static final Schema SCHEMA = Schemas.of("ScoringModel");

    private final InMemoryRegistry registry = new InMemoryRegistry();
    private final byte[] shipped = AvroModels.write(registry, ScoringModel.shipped());

    private String refusalOf(byte[] value) {
        return catchThrowableOfType(InvalidModelException.class, () -> AvroModels.read(registry, value))
                .getMessage();
    }

    private byte[] changed(String field, Object value) {
        GenericRecord record = GenericEvents.read(SCHEMA, shipped, 5);
        record.put(field, value);
        return GenericEvents.framed(1, GenericEvents.bytes(record));
    }

    @Property(tries = 200)
    void whatIsWrittenIsReadBack(@ForAll long seed) throws InvalidModelException {
        for (ModelTimeline.Entry entry : RandomHistory.of(seed, 1).models()) {
            assertThat(AvroModels.read(registry, AvroModels.write(registry, entry.model())))
                    .isEqualTo(entry.model());
        }
    }

    @Test
    void anyConsumerReadsTheShippedModel() {
        GenericRecord read = GenericEvents.read(SCHEMA, shipped, 5);
        assertThat(read.get("modelId")).hasToString("default");
        assertThat(read.get("recencyCutsMillis"))
                .isEqualTo(List.of(2_592_000_000L, 5_184_000_000L, 7_776_000_000L, 15_552_000_000L));
        assertThat((List<?>) read.get("segments")).hasSize(25);
        assertThat(read.get("matureOrders")).isEqualTo(3);
        assertThat(registry.subjects()).containsExactly("scoring-models-io.ebbline.ScoringModel");
    }

    @Property(tries = 100)
    void cutPointsAreReadBackAndAnyConsumerReadsThem(@ForAll long seed) throws InvalidModelException {
        ScoringModel model = RandomHistory.of(seed, 1).models().get(0).model();
        CutPoints cuts = new CutPoints(
                "population", 20_190, 1_744_502_400_000L, model.recency(), model.frequency(), model.monetary(), 7, "n");
        byte[] value = AvroModels.write(registry, cuts);
        assertThat(AvroModels.read(registry, value)).isEqualTo(cuts);
        GenericRecord read = GenericEvents.read(Schemas.of("CutPoints"), value, 5);
        assertThat(read.get("modelId")).hasToString("population");
        assertThat(read.get("version")).isEqualTo(20_190);
        assertThat(read.get("effectiveFrom")).isEqualTo(1_744_502_400_000L);
        assertThat(read.get("recencyCutsMillis")).isEqualTo(model.recency().toList());
        assertThat(read.get("frequencyCuts")).isEqualTo(model.frequency().toList());
        assertThat(read.get("monetaryCutsMinor")).isEqualTo(model.monetary().toList());
        assertThat(read.get("customers")).isEqualTo(7L);
    }

    @Property(tries = 100)
    void aModelThatIsWrittenToAFileIsReadBack(@ForAll long seed) throws InvalidModelException {
        for (ModelTimeline.Entry entry : RandomHistory.of(seed, 1).models()) {
            assertThat(AvroModels.fromJson(AvroModels.toJson(entry.model()))).isEqualTo(entry.model());
        }
    }

    @Test
    void aFileThatHoldsNoModelIsRefusedWithAReason() {
        String json = AvroModels.toJson(ScoringModel.shipped());
        assertThatExceptionOfType(InvalidModelException.class)
                .isThrownBy(() -> AvroModels.fromJson(json.replace("\"matureOrders\" : 3", "\"matureOrders\" : 2")))
                .withMessage("matureOrders is 2, but a rhythm takes at least 3 orders to show.");
        for (String broken : List.of("", "{}", "[1]", json.replace("version", "versoin"))) {
            assertThatExceptionOfType(InvalidModelException.class)
                    .isThrownBy(() -> AvroModels.fromJson(broken))
                    .satisfies(e -> assertThat(e.getMessage()).isNotBlank());
        }
    }

    @Test
    void linesOfTheMatricesOutOfRangeAreRefusedWithAReason() {
        String json = AvroModels.toJson(ScoringModel.shipped());
        assertThatExceptionOfType(InvalidModelException.class)
                .isThrownBy(() -> AvroModels.fromJson(json.replace("\"frequencyCut\" : 3", "\"frequencyCut\" : 0")))
                .withMessage("frequencyCut is 0: it must be at least 1, or every customer would order often.");
    }

    @Test
    void numbersOutOfRangeAreRefusedWithTheirFix() {
        assertThat(refusalOf(changed("frequencyCuts", List.of(4L, 3L, 2L, 1L))))
                .isEqualTo("Cut points must ascend, but are 4, 3, 2, 1: sort them.");
        assertThat(refusalOf(changed("frequencyCuts", List.of(1L))))
                .isEqualTo("Five bins need four cut points, but there are 1.");
        assertThat(refusalOf(changed("matureOrders", 2)))
                .isEqualTo("matureOrders is 2, but a rhythm takes at least 3 orders to show.");
        assertThat(refusalOf(changed("hiatusMillis", 0L))).isEqualTo("hiatusMillis is 0: it must be positive.");
        assertThat(refusalOf(changed("version", 0))).isEqualTo("version is 0: versions count from 1.");
        assertThat(refusalOf(changed("modelId", "a/b")))
                .isEqualTo("modelId is \"a/b\": it must have a name without a slash or a plus.");
        assertThat(refusalOf(changed("modelId", "a+b"))).contains("without a slash or a plus");
        assertThat(refusalOf(changed("segments", List.of("one"))))
                .contains("25 names")
                .contains("has 1");
    }

    @Test
    void whatIsNoModelIsRefused() {
        assertThat(refusalOf(new byte[] {1, 2})).isEqualTo("The value is not in Confluent's wire format.");
        assertThat(refusalOf(GenericEvents.framed(99, new byte[3])))
                .isEqualTo("The registry does not know the schema id.");
        byte[] order = new EventEncoder(registry).event(Topic.PURCHASES, "c", Shop.order("o", 1, 1));
        assertThat(refusalOf(order)).isEqualTo(RejectReason.WRONG_TYPE.advice());
        assertThat(refusalOf(Arrays.copyOf(shipped, shipped.length + 1))).isEqualTo("Bytes follow the record.");
    }

    @Test
    void aVersionOfTheSchemaThatMeansTheSameIsRead() throws InvalidModelException {
        Schema other = SchemaVersions.reversed(SchemaVersions.without(SCHEMA, "note"));
        GenericRecord record = GenericEvents.read(SCHEMA, shipped, 5);
        GenericRecord same = new GenericData.Record(other);
        other.getFields().forEach(field -> same.put(field.name(), record.get(field.name())));
        int id = registry.register("scoring-models-io.ebbline.ScoringModel", other.toString());
        ScoringModel read =
                (ScoringModel) AvroModels.read(registry, GenericEvents.framed(id, GenericEvents.bytes(same)));
        assertThat(read.note()).isEmpty();
        assertThat(read.segments()).isEqualTo(ScoringModel.shipped().segments());
        assertThat(read.recency()).isEqualTo(ScoringModel.shipped().recency());
    }

    @Test
    void anInstantInMicrosecondsIsNotTakenForMilliseconds() {
        Schema micros = SchemaVersions.retyped(
                SCHEMA, "effectiveFrom", LogicalTypes.timestampMicros().addToSchema(Schema.create(Schema.Type.LONG)));
        int id = registry.register("scoring-models-io.ebbline.ScoringModel", micros.toString());
        byte[] avro = Arrays.copyOfRange(shipped, 5, shipped.length);
        assertThat(refusalOf(GenericEvents.framed(id, avro))).isEqualTo(RejectReason.INCOMPATIBLE_SCHEMA.advice());
    }

    @Test
    void aRegistryThatDoesNotAnswerIsAnErrorNotARefusal() {
        registry.reachable(false);
        assertThatExceptionOfType(RegistryException.class).isThrownBy(() -> AvroModels.read(registry, shipped));
    }

    @Test
    void damagedBytesAreModelsOrRefused() {
        Random random = new Random(7);
        int refused = 0;
        for (int i = 0; i < 5_000; i++) {
            byte[] damaged = shipped.clone();
            damaged[5 + random.nextInt(damaged.length - 5)] ^= (byte) (1 << random.nextInt(7));
            try {
                assertThat(AvroModels.read(registry, damaged)).isNotNull();
            } catch (InvalidModelException e) {
                refused++;
            }
        }
        assertThat(refused).isBetween(1, 4_999);
    }
}
