package io.ebbline.model;

import io.ebbline.connector.feed.RealData;
import java.io.IOException;
import java.util.List;

/**
 * The 2,357 customers of the CDNOW sample, calibration to 1997-09-30, as published beside the models: weeks, one purchase
 * occasion a day.
 *
 * @param later purchases in the 39 weeks that follow; -1 where the file does not say
 * @param meanSpend over the repeats, dollars; 0 where the file does not say
 */
public record CdnowSample(long repeats, double span, double age, int later, double meanSpend) {

    /** With two decimals: what the lifetimes package ships. */
    public static List<CdnowSample> rounded() throws IOException {
        return read("cdnow/cdnow_customers_summary.csv.gz", -1, -1);
    }

    /** The same with the mean spend. */
    public static List<CdnowSample> spending() throws IOException {
        return read("cdnow/cdnow_customers_summary_with_transactions.csv.gz", -1, 4);
    }

    /** In full digits: what the BTYD package ships. */
    public static List<CdnowSample> exact() throws IOException {
        return read("cdnow/btyd_cdnowSummary_cbs.csv.gz", 4, -1);
    }

    private static List<CdnowSample> read(String name, int later, int spend) throws IOException {
        List<String> lines = RealData.lines(RealData.file(name));
        return lines.subList(1, lines.size()).stream()
                .map(line -> line.split(",", -1))
                .map(cells -> new CdnowSample(
                        (long) Double.parseDouble(cells[1]),
                        Double.parseDouble(cells[2]),
                        Double.parseDouble(cells[3]),
                        later < 0 ? -1 : (int) Double.parseDouble(cells[later]),
                        spend < 0 ? 0 : Double.parseDouble(cells[spend])))
                .toList();
    }

    public double silence() {
        return age - span;
    }
}
