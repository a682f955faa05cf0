package io.ebbline.model;

/**
 * Weights of the log-linear mix that ranks what a customer may buy next: the chance that a product is in the customer's next order is
 * {@code 1 / (1 + exp(-(intercept + weights . features)))}, of first-time purchases and of repeated ones apart.
 *
 * @param explore of products not yet owned
 * @param own of products owned
 */
public record RankingModel(Explore explore, Own own) {

    /**
     * Weights of a first purchase. Popularity g is the decayed share of orders that hold a first purchase of the product.
     *
     * @param popularity of ln g, half-life 28 days
     * @param trend of ln(g of half-life 7 days / g)
     * @param later of ln(1 + D / g): D the sum of the excess hazards given each of the products bought last, over the root of their
     *     number
     * @param together of ln(1 + C / g): C the mean of the three greatest excess shares of orders given one of those products
     * @param category of ln of how many times as often what was bought last leads on to the product's category
     * @param price of the distance of ln price from the mean of what was bought last
     * @param breadth of ln of the customer's products, over how many customers of this shop have bought in as many orders, both with
     *     the prior's products: the same for all products, so it ranks none before another
     * @param fresh of ln of how many new products an order after as many holds, over how many an order holds; the same for all, too
     */
    public record Explore(
            double intercept,
            double popularity,
            double trend,
            double later,
            double together,
            double category,
            double price,
            double breadth,
            double fresh) {}

    /**
     * Weights of a repeated purchase.
     *
     * @param count of ln of the customer's decayed count of the product, .9 an order
     * @param popularity of ln of the share of the shop's orders that hold it, half-life 56 days
     * @param trend of ln(g of half-life 7 days / g)
     * @param repeatRate of ln of the share of the chances to buy the product again that were taken
     * @param orders of ln of the customer's orders
     * @param later of ln(1 + D / g)
     * @param spend of ln of what the customer spends on it in an order, against what they spend on the others
     * @param due of how near the product's own rhythm is to the instant of need; 0 there and less before and after
     */
    public record Own(
            double intercept,
            double count,
            double popularity,
            double trend,
            double repeatRate,
            double orders,
            double later,
            double spend,
            double due) {}

    /** The weights that Ebbline ships. */
    public static RankingModel shipped() {
        return new RankingModel(
                new Explore(-.1, 1.05, .93, .57, .7, .3, -.15, .6, 1.3),
                new Own(.62, .8, .3, .15, .5, -.2, .1, .05, .1));
    }
}
