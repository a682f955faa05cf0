package io.ebbline.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.tuple;

import io.ebbline.event.Line;
import io.ebbline.event.Purchase;
import io.ebbline.offer.BasketCounts;
import io.ebbline.offer.Consents;
import io.ebbline.offer.ContactLedger;
import io.ebbline.offer.Context;
import io.ebbline.offer.Fact;
import io.ebbline.offer.Kind;
import io.ebbline.offer.Leads;
import io.ebbline.offer.ListUpdate;
import io.ebbline.offer.Market;
import io.ebbline.offer.OfferBook;
import io.ebbline.offer.OpenDecision;
import io.ebbline.offer.OpenOffer;
import io.ebbline.offer.RowDelta;
import io.ebbline.profile.Basket;
import io.ebbline.profile.Pace;
import io.ebbline.profile.Shelf;
import io.ebbline.profile.Stage;
import io.ebbline.state.PackedReader.MalformedException;
import io.ebbline.testing.Outlooks;
import io.ebbline.testing.StoredBytes;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/** The stored form of customers to whom offers are made, and of products. */
class OfferStateTest {

    private static final String RECIPIENT = "recipient-v1.hex";
    private static final String PRODUCT = "product-v1.hex";

    private static final long DAY = 86_400_000;
    private static final long START = 1_577_836_800_000L; // 2020-01-01

    private static final ListUpdate LISTS = new ListUpdate(
            "tea",
            18_263,
            9.5,
            1.25,
            11,
            new String[] {"cup", "pot"},
            new double[] {5, 4.5},
            new String[] {"milk"},
            new double[] {3},
            new Leads(8, 7.5, 6, new String[] {"cup"}, new double[] {2}, new double[] {.5}));

    private static final Context CONTEXT = new Context(
            Stage.MATURE, "Champions", .9, Outlooks.steady(START, .3), 5_000, "email", 19, "default/1", Pace.TWICE);

    private static Purchase purchase() {
        return new Purchase(
                "p1",
                START + DAY,
                "o1",
                "GBP",
                null,
                null,
                List.of(
                        new Line("tea", "drinks", 20_000, 35_000, null),
                        new Line("cup", null, 10_000, 90_000, 40_000L)),
                1_600);
    }

    // ---- a customer

    private static Recipient recipient() {
        Recipient recipient = new Recipient();
        OfferBook book = recipient.book();
        book.shelf().purchase(purchase(), true, START + DAY);
        book.contacts().add(new ContactLedger.Contact("email", START, 1, START + 3 * DAY, false));
        book.contacts().add(new ContactLedger.Contact(null, START + DAY, 2, START + 5 * DAY, true));
        book.contacts().reporter("email");
        book.contacts().made().add(77, START);
        book.contacts().made().add(-78, START + DAY);
        book.contacts().led().add(79, START);
        book.contacts().rejected().add(80, START + 2 * DAY);
        book.consents().add(new Consents.Word(null, START, true));
        book.consents().add(new Consents.Word("sms", START + 1, false));
        book.restore(
                new OfferBook.Data(START + 2 * DAY, START + 40 * DAY, 2, 3),
                CONTEXT,
                List.of(new OpenDecision(
                        2,
                        START + DAY,
                        1,
                        START + 5 * DAY,
                        "email",
                        null,
                        true,
                        List.of(
                                new OpenOffer("sku:pot", Kind.EXPLORE, "pot", "kitchen", .125, 0),
                                new OpenOffer("spring", Kind.CAMPAIGN, null, null, .5, 19)))));
        recipient.timers().arm(START + 5 * DAY);
        recipient.offer(new Fact(START + 2 * DAY, null, Fact.Cause.STAGE, CONTEXT), START + 2 * DAY + 9);
        recipient.offer(new Fact(START + 3 * DAY, purchase(), Fact.Cause.ORDER, CONTEXT), START + 3 * DAY);
        recipient.reply(START + 2 * DAY + 9, LISTS);
        return recipient;
    }

    private static byte[] bytes(Recipient recipient) {
        PackedWriter out = new PackedWriter();
        new RecipientSerializer().write(recipient, out);
        return out.toBytes();
    }

    private static Recipient recipient(byte[] bytes) {
        PackedReader in = new PackedReader(bytes);
        Recipient recipient = new RecipientSerializer().read(in);
        assertThat(in.remaining()).isZero();
        return recipient;
    }

    // ---- a product

    /** Of three orders of a tick, with a count that is open and someone who asks. */
    private static ProductRow product() {
        ProductRow product = new ProductRow("tea");
        RowDelta ended = counted(3);
        product.row().fold(18_262, ended, Market.empty());
        product.told(LISTS);
        product.add(18_263, counted(1));
        product.ask(new ProductRow.Ask("anna", START + 2 * DAY));
        product.ask(new ProductRow.Ask("bert", START + DAY));
        return product;
    }

    /** Orders in which who owned tea bought a cup. */
    private static RowDelta counted(int orders) {
        Basket.Item tea = new Basket.Item("tea", "drinks", 35_000);
        Basket.Item cup = new Basket.Item("cup", null, 90_000);
        BasketCounts counts = new BasketCounts();
        for (int i = 0; i < orders; i++) {
            counts.add(new Basket(START, true, 3, List.of(tea), List.of(cup), List.of(tea), List.of()));
        }
        List<RowDelta> rows = new ArrayList<>();
        counts.drain(rows::add, market -> {});
        return rows.stream().filter(row -> row.sku().equals("tea")).findFirst().orElseThrow();
    }

    private static byte[] bytes(ProductRow product) {
        PackedWriter out = new PackedWriter();
        new ProductRowSerializer().write(product, out);
        return out.toBytes();
    }

    private static ProductRow product(byte[] bytes) {
        PackedReader in = new PackedReader(bytes);
        ProductRow product = new ProductRowSerializer().read(in);
        assertThat(in.remaining()).isZero();
        return product;
    }

    // ---- what was stored

    @Test
    @EnabledIfSystemProperty(named = "ebbline.regenerate", matches = ".*", disabledReason = "writes the stored bytes")
    void regenerate() throws IOException {
        StoredBytes.write(RECIPIENT, bytes(recipient()));
        StoredBytes.write(PRODUCT, bytes(product()));
    }

    @Test
    void aStoredCustomerIsWhoTheyWere() throws IOException {
        byte[] stored = StoredBytes.read(RECIPIENT);
        assertThat(bytes(recipient())).isEqualTo(stored);
        Recipient read = recipient(stored);
        assertThat(bytes(read)).isEqualTo(stored);

        OfferBook book = read.book();
        assertThat(book.data()).isEqualTo(new OfferBook.Data(START + 2 * DAY, START + 40 * DAY, 2, 3));
        assertThat(book.context()).isEqualTo(CONTEXT);
        assertThat(book.shelf().items())
                .extracting(Shelf.Owned::sku, Shelf.Owned::category, Shelf.Owned::unitPrice, Shelf.Owned::last)
                .containsExactlyInAnyOrder(
                        tuple("tea", "drinks", 35_000L, START + DAY), tuple("cup", null, 90_000L, START + DAY));
        assertThat(book.contacts().contacts())
                .containsExactly(
                        new ContactLedger.Contact("email", START, 1, START + 3 * DAY, false),
                        new ContactLedger.Contact(null, START + DAY, 2, START + 5 * DAY, true));
        assertThat(book.contacts().reporters()).containsExactly("email");
        assertThat(book.contacts().made().last(77)).isEqualTo(START);
        assertThat(book.contacts().made().last(-78)).isEqualTo(START + DAY);
        assertThat(book.contacts().led().last(79)).isEqualTo(START);
        assertThat(book.contacts().rejected().last(80)).isEqualTo(START + 2 * DAY);
        assertThat(book.consents().general()).isEqualTo(new Consents.Word(null, START, true));
        assertThat(book.consents().channels()).containsExactly(new Consents.Word("sms", START + 1, false));
        assertThat(book.open())
                .singleElement()
                .usingRecursiveComparison()
                .isEqualTo(recipient().book().open().get(0));

        assertThat(read.timers().earliest()).isEqualTo(START + 5 * DAY);
        assertThat(read.due()).isEqualTo(START + 2 * DAY + 9);
        assertThat(read.lists()).singleElement().usingRecursiveComparison().isEqualTo(LISTS);
        assertThat(read.poll()).isEqualTo(new Fact(START + 2 * DAY, null, Fact.Cause.STAGE, CONTEXT));
        assertThat(read.lists()).isEmpty();
        assertThat(read.poll()).isEqualTo(new Fact(START + 3 * DAY, purchase(), Fact.Cause.ORDER, CONTEXT));
        assertThat(read.due()).isEqualTo(Recipient.NONE_WAITS);
    }

    @Test
    void aStoredProductIsWhatItWas() throws IOException {
        byte[] stored = StoredBytes.read(PRODUCT);
        assertThat(bytes(product())).isEqualTo(stored);
        ProductRow read = product(stored);
        assertThat(bytes(read)).isEqualTo(stored);

        assertThat(read.row().sku()).isEqualTo("tea");
        assertThat(read.row().tick()).isEqualTo(18_262);
        assertThat(read.row().data().chances()).isEqualTo(3);
        assertThat(read.row().data().repeats()).isEqualTo(3);
        assertThat(read.row().data().to()).containsExactly("cup");
        assertThat(read.row().data().later()).containsExactly(3);
        assertThat(read.row().data().together()).containsExactly(3);
        assertThat(read.told()).usingRecursiveComparison().isEqualTo(LISTS);
        assertThat(read.take(18_263)).usingRecursiveComparison().isEqualTo(counted(1));
        assertThat(read.take(18_262)).isNull();
        assertThat(read.asked()).isEqualTo(START + DAY);
        assertThat(read.takeAsks(START + 2 * DAY))
                .containsExactlyInAnyOrder(
                        new ProductRow.Ask("anna", START + 2 * DAY), new ProductRow.Ask("bert", START + DAY));
    }

    @Test
    void anUnknownVersionIsRefused() {
        byte[] recipient = bytes(recipient());
        byte[] product = bytes(product());
        recipient[0] = 9;
        product[0] = 9;
        assertThatExceptionOfType(MalformedException.class)
                .isThrownBy(() -> recipient(recipient))
                .withMessage("A book of offers is stored in format 9, which this release does not know: run the"
                        + " release that wrote it, or a newer one.");
        assertThatExceptionOfType(MalformedException.class)
                .isThrownBy(() -> product(product))
                .withMessage("A product is stored in format 9, which this release does not know: run the release that"
                        + " wrote it, or a newer one.");
    }

    @Test
    void bytesThatEndEarlyAreRefused() {
        Damage.theEnd(bytes(recipient()), OfferStateTest::recipient);
        Damage.theEnd(bytes(product()), OfferStateTest::product);
    }

    @Test
    void damagedBytesAreRefusedOrReadAsSomethingElse() {
        RecipientSerializer recipients = new RecipientSerializer();
        ProductRowSerializer products = new ProductRowSerializer();
        Damage.oneByte(bytes(recipient()), 0, bytes -> recipients.read(new PackedReader(bytes)));
        Damage.oneByte(bytes(product()), 0, bytes -> products.read(new PackedReader(bytes)));
    }
}
