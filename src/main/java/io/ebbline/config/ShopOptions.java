package io.ebbline.config;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import picocli.CommandLine.Option;

/** Which simulated shop: how big, how much goes wrong, and how much it offers. */
public final class ShopOptions {
    private static final int MOST_CUSTOMERS = 10_000_000;
    private static final int MOST_DAYS = 36_500;

    @Option(
            names = "--shop-customers",
            paramLabel = "N",
            defaultValue = "2000",
            description = "Customers of the simulated shop.")
    private int customers;

    @Option(
            names = "--shop-days",
            paramLabel = "N",
            defaultValue = "730",
            description = "Days that the simulated shop is open, from 2025-01-01 on.")
    private int days;

    @Option(
            names = "--seed",
            paramLabel = "N",
            defaultValue = "1",
            description = "The simulated shop's seed: the same seed, the same shop.")
    private long seed;

    @Option(
            names = "--shop-returns",
            paramLabel = "SHARE",
            defaultValue = "6%",
            converter = ShareConverter.class,
            description = "Orders of the simulated shop from which something comes back.")
    private double returns;

    @Option(
            names = "--shop-duplicates",
            paramLabel = "SHARE",
            defaultValue = "1%",
            converter = ShareConverter.class,
            description = "Its events that are sent twice.")
    private double duplicates;

    @Option(
            names = "--shop-delayed",
            paramLabel = "SHARE",
            defaultValue = "5%",
            converter = ShareConverter.class,
            description = "Its events that others overtake, within 10 s.")
    private double delayed;

    @Option(
            names = "--shop-late",
            paramLabel = "SHARE",
            defaultValue = "0.2%",
            converter = ShareConverter.class,
            description = "Its events that arrive more than 10 s late.")
    private double late;

    @Option(
            names = "--shop-future",
            paramLabel = "SHARE",
            defaultValue = "0.1%",
            converter = ShareConverter.class,
            description = "Events from a clock that is days ahead, for each of its events.")
    private double future;

    @Option(
            names = "--shop-anonymous",
            paramLabel = "SHARE",
            defaultValue = "0.5%",
            converter = ShareConverter.class,
            description = "Events of nobody in particular, for each of its events.")
    private double anonymous;

    @Option(
            names = "--shop-foreign",
            paramLabel = "SHARE",
            defaultValue = "0.1%",
            converter = ShareConverter.class,
            description = "Orders in another currency, for each of its orders.")
    private double foreign;

    @Option(
            names = "--shop-broken",
            paramLabel = "SHARE",
            defaultValue = "0.1%",
            converter = ShareConverter.class,
            description = "Records that are no event, for each of its events.")
    private double broken;

    @Option(
            names = "--shop-campaigns",
            paramLabel = "SHARE",
            defaultValue = "10%",
            converter = ShareConverter.class,
            description = "Its customers who are shown an offer of the shop in any one week.")
    private double campaigns;

    /** Customers. */
    public int customers() {
        return customers;
    }

    /** Days that it is open. */
    public int days() {
        return days;
    }

    /** The seed. */
    public long seed() {
        return seed;
    }

    /** Orders from which something comes back, 0 to 1. */
    public double returns() {
        return returns;
    }

    /** Events sent twice, 0 to 1. */
    public double duplicates() {
        return duplicates;
    }

    /** Events overtaken within the lateness bound, 0 to 1. */
    public double delayed() {
        return delayed;
    }

    /** Events later than the lateness bound, 0 to 1. */
    public double late() {
        return late;
    }

    /** Events from the future, 0 to 1. */
    public double future() {
        return future;
    }

    /** Events without a customer, 0 to 1. */
    public double anonymous() {
        return anonymous;
    }

    /** Orders in another currency, 0 to 1. */
    public double foreign() {
        return foreign;
    }

    /** Records that are no event, 0 to 1. */
    public double broken() {
        return broken;
    }

    /** Customers who are shown an offer in any one week, 0 to 1. */
    public double campaigns() {
        return campaigns;
    }

    /** Every option with its value: what decides the shop's records. */
    public Map<String, String> asMap() {
        Map<String, String> map = new TreeMap<>();
        map.put("shop-customers", String.valueOf(customers));
        map.put("shop-days", String.valueOf(days));
        map.put("seed", String.valueOf(seed));
        map.put("shop-returns", String.valueOf(returns));
        map.put("shop-duplicates", String.valueOf(duplicates));
        map.put("shop-delayed", String.valueOf(delayed));
        map.put("shop-late", String.valueOf(late));
        map.put("shop-future", String.valueOf(future));
        map.put("shop-anonymous", String.valueOf(anonymous));
        map.put("shop-foreign", String.valueOf(foreign));
        map.put("shop-broken", String.valueOf(broken));
        map.put("shop-campaigns", String.valueOf(campaigns));
        return map;
    }

    /** What is wrong with them, each with its fix; empty when nothing is. */
    public List<String> problems() {
        List<String> problems = new ArrayList<>();
        if (customers < 1 || customers > MOST_CUSTOMERS) {
            problems.add("--shop-customers is " + customers + ": choose 1 to " + MOST_CUSTOMERS + ".");
        }
        if (days < 1 || days > MOST_DAYS) {
            problems.add("--shop-days is " + days + ": choose 1 to " + MOST_DAYS + ".");
        }
        return problems;
    }

    /**
     * Checks them.
     *
     * @throws ConfigException naming everything that is wrong, each with its fix
     */
    public void check() {
        List<String> problems = problems();
        if (!problems.isEmpty()) {
            throw new ConfigException(problems);
        }
    }
}
