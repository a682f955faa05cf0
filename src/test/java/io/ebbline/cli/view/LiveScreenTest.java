package io.ebbline.cli.view;

import static io.ebbline.cli.view.Views.NOW;
import static io.ebbline.cli.view.Views.TIME;
import static io.ebbline.cli.view.Views.signal;
import static org.assertj.core.api.Assertions.assertThat;

import io.ebbline.churn.SignalKind;
import io.ebbline.offer.Kind;
import io.ebbline.score.Reason;
import io.ebbline.score.ReasonCode;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalLong;
import java.util.stream.Collectors;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.jline.utils.AttributedString;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LiveScreenTest {
    private final LiveScreen plain = new LiveScreen(0);

    private static String text(List<AttributedString> lines) {
        return lines.stream().map(AttributedString::toString).collect(Collectors.joining("\n"));
    }

    private String draw(LiveState state, int width, int height) {
        return text(plain.draw(state.snapshot(NOW), width, height));
    }

    @ParameterizedTest
    @ValueSource(ints = {79, 100, 119, 199})
    void showsWhatTheStateHolds(int width) {
        assertThat(draw(Views.filled(), width, 40))
                .containsPattern("Ebbline  online-retail +feeding")
                .contains("47 %  12,345 of 25,900 events")
                .contains("2,345 events/s ▁")
                .contains("watermark 2011-12-09 12:35")
                .containsPattern("MATURE +█+ +2\\b")
                .containsPattern("PROSPECT +[█▏▎▍▌▋▊▉]+ +1\\b")
                .containsPattern("DECLINE +0\\b")
                .containsPattern("GROWTH → MATURE +12\\b")
                .containsPattern("DEPARTED → GROWTH +1\\b")
                .containsPattern("none → PROSPECT +1\\b")
                .containsPattern(" 5 [ 0]+█   2")
                .containsPattern("Champions +█* *2\\b")
                .contains("Going  slipping 1, gone 1")
                .contains("Coming back  won back 1")
                .contains("12-09  C-1042  slipping: 48 days since the last order, usually every 14;")
                .contains("12-09  C-7     gone: 180 days without an order or a visit, gone after 180 days")
                .contains("12-09  C-3  won back: an order after 210 days away")
                .contains("4 customers, 17 orders, 15 transitions, 3 signals")
                .contains("Rejected or late  late 1, no-customer 2")
                .contains("Kafka 127.0.0.1:9092  Registry http://127.0.0.1:8081")
                .contains("Flink http://127.0.0.1:8082");
    }

    @ParameterizedTest
    @ValueSource(ints = {119, 199})
    void offersHaveAListOfTheirOwn(int width) {
        assertThat(draw(Views.offered(), width, 40))
                .contains("Going  slipping 1, gone 1", "Coming back  won back 1")
                .contains("Offers  made 2, accepted 5, withdrawn 2, capped 1,234, held out 56")
                .contains("12-09  C-1042  cross-sell 20725 and 4 more, 4.3 % likely, worth 0.50 GBP: bought 22384; its")
                .contains("12-09  C-3     win back with spring-tea (tea) and 4 more, 4.3 % likely, worth 0.50 GBP: 210")
                .contains("12-09  C-7     withdrawn 85123A: bought meanwhile")
                .doesNotContain("21212")
                .contains("15 transitions, 3 signals, 2 lists of offers");
    }

    @Test
    void withoutOffersThereIsNoListOfThem() {
        assertThat(draw(Views.filled(), 119, 40)).doesNotContainIgnoringCase("offer");
    }

    @Test
    void onALowScreenTheOffersGoFirst() {
        assertThat(draw(Views.offered(), 79, 24)).contains("Going", "Coming back", "Offers  made 2");
        assertThat(draw(Views.offered(), 79, 19))
                .contains("Going", "Coming back")
                .doesNotContain("made 2");
    }

    @Test
    void theUsualTerminalHasRoomForEverything() {
        assertThat(draw(Views.filled(), 79, 24))
                .contains("GROWTH → MATURE", "DEPARTED ", "█   2", "Segments  Champions 2, Lost 1")
                .contains("slipping: 48 days", "another order 21 %", "gone: 180 days", "won back: an order")
                .contains("4 customers", "no-customer 2", "Kafka", "Flink");
    }

    @Test
    void aWideScreenSaysMore() {
        assertThat(draw(Views.filled(), 100, 40)).contains("rhythm settled").contains("Segments  Champions 2, Lost 1");
        assertThat(draw(Views.filled(), 150, 40))
                .contains("won back")
                .containsPattern("Segments *\n.*Champions +█+ +2");
    }

    @Test
    void aSentenceThatIsTooLongGoesOnBelowItsBeginning() {
        assertThat(draw(Views.filled(), 60, 40))
                .contains("12-09  C-1042  slipping: 48 days since the last order,\n"
                        + "               usually every 14; chance of another order 21\n"
                        + "               %, a sign below 30 %\n");
    }

    @ParameterizedTest
    @CsvSource({"1,1", "10,5", "40,24", "60,30", "79,24", "79,10", "80,25", "131,43", "300,100"})
    void neverLeavesTheScreen(int width, int height) {
        LiveState state = Views.filled();
        for (int i = 0; i < 200; i++) {
            state.rejected("a-reason-of-some-length-" + i);
            state.score("x" + i, new Standing("STAGE" + i % 9, "A segment with quite a long name " + i, 1, 1, 3));
            state.transition(new Transition(TIME, true, "STAGE" + i % 9, "STAGE" + i));
            state.signal(signal(TIME, "顧客-" + i, SignalKind.values()[i % 7], new Reason(ReasonCode.OVERDUE, i, 3)));
            state.offer(Views.offer(TIME, "顧客-" + i, "sku:" + i, Kind.values()[i % 7], "顧客" + i));
        }

        List<AttributedString> lines = plain.draw(state.snapshot(NOW), width, height);

        assertThat(lines).hasSize(height);
        assertThat(text(lines)).doesNotContain("……");
        assertThat(lines).allSatisfy(line -> assertThat(line.columnLength()).isLessThanOrEqualTo(width));
    }

    @ParameterizedTest
    @ValueSource(ints = {24, 30, 50})
    void theLastLinesStayWhereTheyAre(int height) {
        LiveState empty = Views.empty();
        String last = draw(empty, 79, height).lines().toList().get(height - 1);

        assertThat(last).contains("Flink http://127.0.0.1:8082");
        assertThat(draw(Views.filled(), 79, height).lines().toList().get(height - 1))
                .isEqualTo(last);
    }

    @Test
    void aListLeavesTheOtherTheRoomThatItDoesNotNeed() {
        LiveState state = Views.empty();
        for (int i = 0; i < 30; i++) {
            state.signal(signal(TIME + i, "g" + i, SignalKind.DECLINE));
        }
        int alone = count(draw(state, 100, 40), "slipping$");
        for (int i = 0; i < 30; i++) {
            state.signal(signal(TIME + i, "b" + i, SignalKind.WAKE_UP));
        }
        String both = draw(state, 100, 40);

        assertThat(count(both, "slipping$")).isLessThan(alone);
        assertThat(count(both, "slipping$") + count(both, "woke up$")).isEqualTo(alone);
        assertThat(Math.abs(count(both, "slipping$") - count(both, "woke up$"))).isLessThanOrEqualTo(1);
        assertThat(both).contains("g29").doesNotContain("g0 ");
    }

    private static int count(String text, String pattern) {
        return (int) text.lines()
                .filter(line -> line.matches("\\d\\d-\\d\\d.*" + pattern))
                .count();
    }

    @Test
    void aPictureIsNoLongerThanItNeedBe() {
        List<AttributedString> picture = plain.picture(Views.filled().snapshot(NOW), 100);

        assertThat(picture.size()).isLessThan(25);
        assertThat(text(picture))
                .contains("C-1042", "Flink http://127.0.0.1:8082")
                .doesNotContain("\n\n\n");
    }

    @Test
    void coloursDoNotChangeTheText() {
        LiveSnapshot snapshot = Views.filled().snapshot(NOW);
        List<AttributedString> coloured = new LiveScreen(256).draw(snapshot, 100, 30);

        assertThat(coloured).anyMatch(line -> line.toAnsi().contains("\u001b["));
        assertThat(plain.draw(snapshot, 100, 30))
                .noneMatch(line -> line.toAnsi().contains("\u001b"));
        String shades = "[░▒▓█ ]";
        assertThat(text(coloured).replaceAll(shades, ""))
                .isEqualTo(draw(Views.filled(), 100, 30).replaceAll(shades, ""));
    }

    @Test
    void whatACustomerIsCalledCannotMoveTheCursor() {
        LiveState state = Views.empty();
        state.signal(signal(TIME, "evil\u001b[2J\r\n\u009b", SignalKind.DECLINE));

        assertThat(draw(state, 100, 40)).contains("evil?[2J???  slipping").doesNotContain("\u001b", "\u009b", "\r");
    }

    @Test
    void aLineForALogSaysItInShort() {
        assertThat(LiveScreen.line(Views.filled().snapshot(NOW)))
                .isEqualTo("feeding: 12,345 of 25,900 events, 2,345 a second; watermark 2011-12-09 12:35; 4 customers,"
                        + " 15 transitions, 3 signals; rejected or late: late 1, no-customer 2");
    }

    @Test
    void aLineForALogCountsOffersWhereThereAreAny() {
        assertThat(LiveScreen.line(Views.offered().snapshot(NOW)))
                .contains("15 transitions, 3 signals, 2 lists of offers; rejected");
    }

    @Property
    void roomIsSharedOutAndNoneIsLostWhereItIsNeeded(
            @ForAll @IntRange(min = -3, max = 60) int rows,
            @ForAll @Size(min = 1, max = 4) List<@IntRange(max = 40) Integer> needs) {
        int[] room = NewsLists.shared(rows, needs.stream().mapToInt(i -> i).toArray());

        int needed = needs.stream().mapToInt(i -> i).sum();
        assertThat(Arrays.stream(room).sum()).isEqualTo(Math.min(Math.max(0, rows), needed));
        for (int i = 0; i < room.length; i++) {
            assertThat(room[i]).isBetween(0, needs.get(i));
            for (int j = 0; j < room.length; j++) {
                // Who goes short has no less than another, but for the row that can't be divided.
                boolean goesShort = room[i] < needs.get(i);
                assertThat(!goesShort || room[i] >= room[j] - 1).isTrue();
            }
        }
    }

    @Test
    void theWatermarkHasWordsForItsEnds() {
        LiveState state = Views.empty();
        assertThat(draw(state, 100, 30)).contains("watermark not yet");
        state.watermark(OptionalLong.of(Long.MIN_VALUE));
        assertThat(LiveScreen.line(state.snapshot(NOW))).contains("watermark not yet");
        state.watermark(OptionalLong.of(Long.MAX_VALUE));
        state.watermark(OptionalLong.empty());
        assertThat(LiveScreen.line(state.snapshot(NOW))).contains("watermark at the end");
    }

    @Test
    void shadesAreSpreadByMagnitude() {
        assertThat(Panes.shade(0, 1000)).isZero();
        assertThat(Panes.shade(1, 1000)).isEqualTo(1);
        assertThat(Panes.shade(1000, 1000)).isEqualTo(4);
        assertThat(Panes.shade(300, 1000)).isEqualTo(3);
        assertThat(Panes.shade(1, 1)).isEqualTo(4);
    }

    @Test
    void barsAndSparksAreInProportion() {
        assertThat(Text.bar(0, 4)).isEmpty();
        assertThat(Text.bar(1e-6, 4)).isEqualTo("▏");
        assertThat(Text.bar(0.5, 4)).isEqualTo("██");
        assertThat(Text.bar(0.625, 4)).isEqualTo("██▌");
        assertThat(Text.bar(1, 4)).isEqualTo("████");
        assertThat(Text.sparkline(List.of(9L, 0L, 4L, 8L), 3)).isEqualTo("▁▅█");
        assertThat(Text.sparkline(List.of(0L, 0L), 5)).isEqualTo("▁▁");
    }
}
