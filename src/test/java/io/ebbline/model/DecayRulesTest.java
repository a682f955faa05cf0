package io.ebbline.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class DecayRulesTest {

    @Test
    void halfIsLeftAfterAHalfLife() {
        DecayRules rules = new DecayRules(1_000, 5_000, 1, 1);
        assertThat(Math.exp(-rules.fast() * 1_000)).isCloseTo(0.5, within(1e-15));
        assertThat(Math.exp(-rules.slow() * 5_000)).isCloseTo(0.5, within(1e-15));
    }

    @Test
    void halfLivesArePositive() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new DecayRules(0, 5, 7, 8))
                .withMessage("Half-lives are 0, 7 and 8 ms: they must be positive.");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new DecayRules(3, 5, -1, 8))
                .withMessage("Half-lives are 3, -1 and 8 ms: they must be positive.");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new DecayRules(3, 5, 7, 0))
                .withMessage("Half-lives are 3, 7 and 0 ms: they must be positive.");
    }

    @Test
    void theSlowOneIsTheLonger() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new DecayRules(5, 5, 1, 1))
                .withMessage("The slow half-life, 5 ms, must be longer than the fast one, 5 ms.");
    }
}
