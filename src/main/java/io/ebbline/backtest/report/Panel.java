package io.ebbline.backtest.report;

/**
 * A chart with what it shows.
 *
 * @param caption how to read it
 * @param numbers what is drawn
 */
record Panel(String title, String caption, Markup chart, Table numbers) {

    Markup draw() {
        return new Markup()
                .open("figure")
                .element("h3", title)
                .markup(chart)
                .element("figcaption", caption)
                .open("details")
                .element("summary", "Numbers")
                .markup(numbers.draw())
                .close()
                .close();
    }
}
