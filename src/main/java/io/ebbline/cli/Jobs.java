package io.ebbline.cli;

import io.ebbline.job.ScoringJob;

/** The jobs that commands run. */
final class Jobs {
    /** Customer scoring. */
    static final JobDefinition SCORING = ScoringJob::define;

    private Jobs() {}
}
