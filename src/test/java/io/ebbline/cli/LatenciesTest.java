package io.ebbline.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class LatenciesTest {
    private final Latencies latencies = new Latencies();

    @Test
    void anAnswerAnswersEveryEventUpToItsInstant() {
        latencies.countFrom(0);
        latencies.made("a", 100);
        latencies.made("a", 200);
        latencies.made("a", 300);
        latencies.made("b", 100);
        latencies.answered("a", 250, 1_000);
        assertThat(latencies.count()).isEqualTo(2);
        assertThat(latencies.unanswered()).isEqualTo(2);
        assertThat(latencies.quantile(.5)).isEqualTo(800);
        assertThat(latencies.quantile(1)).isEqualTo(900);
        latencies.answered("a", 300, 1_000);
        latencies.answered("a", 300, 9_000);
        latencies.answered("b", 400, 600);
        assertThat(latencies.isDone()).isTrue();
        assertThat(latencies.count()).isEqualTo(4);
        assertThat(latencies.quantile(.25)).isEqualTo(500);
    }

    @Test
    void theWarmUpDoesNotCount() {
        latencies.made("a", 100);
        latencies.countFrom(200);
        latencies.made("a", 250);
        latencies.answered("a", 250, 400);
        assertThat(latencies.count()).isEqualTo(1);
        assertThat(latencies.quantile(1)).isEqualTo(150);
        assertThat(latencies.unanswered()).isZero();
    }

    @Test
    void ofNoneNothingIsSaid() {
        assertThat(latencies.quantile(.5)).isNaN();
    }
}
