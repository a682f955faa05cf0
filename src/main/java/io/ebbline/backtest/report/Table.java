package io.ebbline.backtest.report;

import java.util.List;

/** A table of texts; the first column names the row. */
record Table(List<String> header, List<List<String>> rows) {

    Markup draw() {
        Markup out = new Markup().open("table").open("thead").open("tr");
        header.forEach(cell -> out.element("th", cell, "scope", "col"));
        out.close().close().open("tbody");
        for (List<String> row : rows) {
            out.open("tr");
            out.element("th", row.get(0), "scope", "row");
            row.subList(1, row.size()).forEach(cell -> out.element("td", cell));
            out.close();
        }
        return out.close().close();
    }
}
