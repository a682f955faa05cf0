package io.ebbline.profile;

import static io.ebbline.testing.Shop.DAY;
import static io.ebbline.testing.Shop.day;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.ebbline.event.Event;
import io.ebbline.event.Line;
import io.ebbline.event.Purchase;
import io.ebbline.event.Return;
import io.ebbline.testing.NaiveShelf;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

class ShelfTest {

    private static final long ONE = 10_000;

    private static Purchase order(String order, double day, String... skus) {
        List<Line> lines = new ArrayList<>();
        for (String sku : skus) {
            lines.add(new Line(sku, null, ONE, 20_000, null));
        }
        return new Purchase(order + day, day(day), order, "GBP", null, null, lines, 200);
    }

    private static Return back(String order, double day, boolean whole, String... skus) {
        List<Line> lines = new ArrayList<>();
        for (String sku : skus) {
            lines.add(new Line(sku, null, ONE, 20_000, null));
        }
        return new Return("back" + day, day(day), order, whole, "GBP", lines, 200);
    }

    private static List<String> skus(List<Basket.Item> items) {
        return items.stream().map(Basket.Item::sku).toList();
    }

    private static List<String> skus(Shelf shelf) {
        return shelf.items().stream().map(Shelf.Owned::sku).toList();
    }

    @Property(tries = 300)
    void itSaysWhatAPlainListOfAllThatWasBoughtSays(@ForAll Random random) {
        Shelf shelf = new Shelf();
        NaiveShelf naive = new NaiveShelf(Shelf.CAPACITY);
        Set<String> begun = new HashSet<>();
        int skus = random.nextBoolean() ? 8 : 200;
        for (Event event : NaiveShelf.events(random, 1 + random.nextInt(120), skus)) {
            if (event instanceof Purchase purchase) {
                boolean begins = begun.add(purchase.orderId());
                assertThat(shelf.purchase(purchase, begins, event.time()))
                        .isEqualTo(naive.purchase(purchase, begins, event.time()));
            } else if (event instanceof Return goods) {
                shelf.giveBack(goods);
                naive.giveBack(goods);
            }
            naive.assertSame(shelf);
        }
    }

    @Example
    void whatWasOwnedComesLatestFirstAndWhatIsBoughtIsNewOrAgain() {
        Shelf shelf = new Shelf();
        shelf.purchase(order("a", 0, "x", "y"), true, day(0));
        Basket basket = shelf.purchase(order("b", 1, "x", "z", "z"), true, day(1));
        assertThat(basket.begins()).isTrue();
        assertThat(skus(basket.recent())).containsExactly("y", "x");
        assertThat(skus(basket.first())).containsExactly("z");
        assertThat(skus(basket.again())).containsExactly("x");
        assertThat(basket.beside()).isEmpty();
        assertThat(skus(shelf)).containsExactly("y", "x", "z");
    }

    @Example
    void moreLinesOfAnOrderStandBesideTheFirstOnesAndCountNothingTwice() {
        Shelf shelf = new Shelf();
        shelf.purchase(order("a", 0, "old"), true, day(0));
        shelf.purchase(order("b", 1, "x", "y"), true, day(1));
        Basket more = shelf.purchase(order("b", 2, "x", "z", "old"), false, day(2));
        assertThat(skus(more.recent())).containsExactly("old");
        assertThat(skus(more.beside())).containsExactly("y", "x");
        assertThat(skus(more.first())).containsExactly("z");
        assertThat(skus(more.again())).containsExactly("old");
        assertThat(shelf.orders()).isEqualTo(2);
        Shelf.Owned x = shelf.get("x");
        assertThat(x).isNotNull();
        assertThat(x.orders()).isEqualTo(1);
        assertThat(x.kept()).isEqualTo(2 * ONE);
        assertThat(x.last()).isEqualTo(day(2));
    }

    @Example
    void whatComesLateMakesNothingNewer() {
        Shelf shelf = new Shelf();
        Line dear = new Line("x", "new", ONE, 50_000, null);
        Line cheap = new Line("x", "old", ONE, 10_000, null);
        shelf.purchase(new Purchase("1", day(9), "a", "GBP", null, null, List.of(dear), 500), true, day(9));
        shelf.purchase(new Purchase("2", day(3), "a", "GBP", null, null, List.of(cheap), 100), false, day(9));
        shelf.purchase(new Purchase("3", day(1), "b", "GBP", null, null, List.of(cheap), 100), true, day(9));
        Shelf.Owned owned = shelf.get("x");
        assertThat(owned).isNotNull();
        assertThat(owned.first()).isEqualTo(day(1));
        assertThat(owned.last()).isEqualTo(day(9));
        assertThat(owned.unitPrice()).isEqualTo(50_000);
        assertThat(owned.category()).isEqualTo("new");
        assertThat(owned.orders()).isEqualTo(2);
    }

    @Example
    void aPurchaseFadesWithEachLaterOrder() {
        Shelf shelf = new Shelf();
        shelf.purchase(order("a", 0, "x"), true, day(0));
        shelf.purchase(order("b", 1, "y"), true, day(1));
        shelf.purchase(order("c", 2, "x"), true, day(2));
        shelf.purchase(order("d", 3, "y"), true, day(3));
        Shelf.Owned x = shelf.get("x");
        assertThat(x).isNotNull();
        assertThat(shelf.faded(x)).isCloseTo((.9 * .9 + 1) * .9, within(1e-15));
    }

    @Example
    void whatCameBackIsNotKeptUntilItIsBoughtAgain() {
        Shelf shelf = new Shelf();
        shelf.purchase(order("a", 0, "x", "x", "y"), true, day(0));
        shelf.giveBack(back("a", 1, false, "x"));
        Shelf.Owned x = shelf.get("x");
        Shelf.Owned y = shelf.get("y");
        assertThat(x).isNotNull();
        assertThat(y).isNotNull();
        assertThat(x.kept()).isEqualTo(ONE);
        assertThat(x.returned()).isEqualTo(Profile.NEVER);
        shelf.giveBack(back("a", 2, true));
        assertThat(x.kept()).isZero();
        assertThat(x.returned()).isEqualTo(day(2));
        assertThat(y.returned()).isEqualTo(day(2));
        shelf.purchase(order("b", 3, "x"), true, day(3));
        assertThat(x.returned()).isEqualTo(Profile.NEVER);
        shelf.giveBack(back("?", 4, false, "never bought"));
        assertThat(shelf.items()).hasSize(2);
    }

    @Example
    void theOnesBoughtLastAreRemembered() {
        Shelf shelf = new Shelf();
        for (int i = 0; i < Shelf.CAPACITY + 10; i++) {
            shelf.purchase(order("o" + i, i, "s" + i, "always"), true, day(i));
        }
        assertThat(shelf.items()).hasSize(Shelf.CAPACITY);
        assertThat(shelf.get("always")).isNotNull();
        assertThat(shelf.get("s10")).isNull();
        assertThat(shelf.get("s11")).isNotNull();
        Basket basket = shelf.purchase(order("last", 9_999, "s10"), true, 9_999 * DAY);
        assertThat(skus(basket.first())).containsExactly("s10");
        assertThat(basket.recent()).hasSize(Shelf.RECENT);
        shelf.clear();
        assertThat(shelf.items()).isEmpty();
        assertThat(shelf.orders()).isZero();
    }

    @Example
    void theRecentAreThoseBoughtLastTheLatestFirst() {
        Shelf shelf = new Shelf();
        assertThat(shelf.recent()).isEmpty();
        for (int i = 0; i < Shelf.RECENT + 10; i++) {
            shelf.purchase(order("o" + i, i, "s" + i), true, day(i));
        }
        shelf.purchase(order("again", 100, "s3"), true, day(100));
        assertThat(shelf.recent())
                .hasSize(Shelf.RECENT)
                .startsWith("s3", "s59", "s58")
                .endsWith("s11");
    }
}
