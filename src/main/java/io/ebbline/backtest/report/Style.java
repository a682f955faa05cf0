package io.ebbline.backtest.report;

/** How the page looks, by day and by night. Colours of series can be told apart by the colour-blind (Okabe and Ito 2008). */
final class Style {

    static final String CSS = """
            :root { color-scheme: light dark; --back: #fff; --text: #1c2024; --dim: #5b636b; --grid: #e1e4e8;
              --c0: #0072b2; --c1: #d55e00; --c2: #009e73; --c3: #a8518a; --c4: #6b5b00; --c5: #7d868f; }
            @media (prefers-color-scheme: dark) {
              :root { --back: #14171a; --text: #e8eaed; --dim: #a3abb3; --grid: #30363c;
                --c0: #56b4e9; --c1: #f0883e; --c2: #2fc79b; --c3: #e29cc5; --c4: #f0e442; --c5: #8b949e; }
            }
            body { margin: 2rem auto; max-width: 72rem; padding: 0 1rem; background: var(--back); color: var(--text);
              font: 16px/1.5 system-ui, sans-serif; }
            h1 { font-size: 1.7rem; } h2 { font-size: 1.3rem; margin-top: 2.5rem; } h3 { font-size: 1rem; margin: 0 0 .5rem; }
            dl { display: grid; grid-template-columns: max-content 1fr; gap: .2rem 1rem; }
            dt { color: var(--dim); } dd { margin: 0; overflow-wrap: anywhere; }
            section { display: grid; grid-template-columns: repeat(auto-fill, minmax(min(32rem, 100%), 1fr)); gap: 2.5rem 2rem;
              margin-top: 2rem; }
            figure { margin: 0; min-width: 0; } svg { width: 100%; height: auto; } figcaption { color: var(--dim); font-size: .9rem; }
            details { overflow-x: auto; font-size: .85rem; } summary { cursor: pointer; color: var(--dim); }
            table { border-collapse: collapse; font-variant-numeric: tabular-nums; }
            th, td { padding: .15rem .8rem .15rem 0; border-bottom: 1px solid var(--grid); text-align: right; }
            th:first-child { text-align: left; font-weight: normal; } thead th { color: var(--dim); font-weight: normal; }
            svg text { fill: var(--text); font-size: 12px; } svg .mark { fill: var(--dim); }
            .mid { text-anchor: middle; } .end { text-anchor: end; }
            .grid { stroke: var(--grid); } .axis { stroke: var(--dim); } .whisker { stroke: var(--c0); stroke-width: 1.5; }
            .even { stroke: var(--dim); stroke-dasharray: 4 4; }
            .line { fill: none; stroke-width: 2; stroke-linejoin: round; }
            .s0 { stroke: var(--c0); } .s1 { stroke: var(--c1); stroke-dasharray: 7 3; } .s2 { stroke: var(--c2); stroke-dasharray: 2 3; }
            .f0 { fill: var(--c0); } .f1 { fill: var(--c1); } .f2 { fill: var(--c2); } .f3 { fill: var(--c3); } .f4 { fill: var(--c4); }
            .g0 { fill: var(--c5); } .g1 { fill: var(--c4); } .g2 { fill: var(--c2); } .g3 { fill: var(--c0); } .g4 { fill: var(--c1); }
            .g5 { fill: var(--c3); } .band { opacity: .45; } .band:hover { opacity: .8; }
            """;

    private Style() {}
}
