package io.kreislauf.ledger.simulator;

import io.kreislauf.ledger.Cost;
import io.kreislauf.ledger.LabourMillis;
import io.kreislauf.ledger.MarketEvent.*;
import io.kreislauf.ledger.MeansEvent.ModelUsed;
import io.kreislauf.ledger.ModelEvent.*;
import io.kreislauf.ledger.ProductEvent.*;
import io.kreislauf.ledger.Settlement;
import io.kreislauf.ledger.Stock;
import io.kreislauf.ledger.Supply;
import io.kreislauf.ledger.TimeClass;
import io.kreislauf.ledger.simulator.Happenings.Happening;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;

/** What products, licences and models there are while a history is being made up: whose, and what they carry. */
final class World {

    /** @param parts licences or months that it was declared for */
    private record Product(String name, String owner, Stock whole, int parts, String project) {
    }

    private record Licence(String name, String product, String seller, String buyer, String currency, long price, Stock share, Stock whole) {
    }

    private final Names names;
    private final Model model;
    private final List<Product> datasets = new ArrayList<>();
    private final List<Product> models = new ArrayList<>();
    private final List<Licence> licences = new ArrayList<>();
    private final Map<String, Integer> used = new HashMap<>();

    World(Names names, Model model) {
        this.names = names;
        this.model = model;
    }

    /** Production becomes a data set or a model, goes to a client, or is settled late. */
    Happening finished(Random random, String id, String owner, String project, String cur, long price) {
        InProduction held = inProduction(owner, project);
        String client = Names.ORGANISATIONS[random.nextInt(Names.ORGANISATIONS.length)];
        int parts = 1 + random.nextInt(3);
        switch (random.nextInt(8)) {
            case 0 -> {
                return n -> new CommissionedWorkDelivered(n.id(id), n.id(project), n.book(owner), n.book(client), cur, price, held);
            }
            case 1 -> {
                return n -> new SubcontractorPaid(n.id(id), n.id(project), n.book(owner), n.id("project-2"), n.book(client), cur, price, held);
            }
            case 2 -> {
                String last = datasets.stream().filter(d -> d.owner.equals(owner)).map(Product::name).findAny().orElse(null);
                return n -> new LateCostsSettled(n.id(id), n.id(project), n.book(owner), held, last == null ? null : n.id(last));
            }
            case 3, 4 -> {
                Stock whole = stock(owner, "PRODUCTION:" + names.id("model-" + project));
                models.add(new Product("model-" + project, owner, whole, parts, project));
                return n -> new ModelReleased(n.id("model-" + project), n.book(owner), whole);
            }
            default -> {
                Product before = datasets.stream().filter(d -> d.owner.equals(owner) && d.project.equals(project)).reduce((a, b) -> b).orElse(null);
                Stock over = before == null ? Stock.EMPTY : stock(owner, "COMMODITY:" + names.id(before.name));
                datasets.add(new Product(id, owner, held.stock().plus(over), parts, project));
                return n -> new DatasetReleased(n.id(id), n.id(project), n.book(owner), held, before == null ? null : n.id(before.name), over);
            }
        }
    }

    /** A licence is sold, given back, lapses; a version is withdrawn. */
    Happening traded(Random random, String id, String seller, String buyer, String cur, long price) {
        Product product = any(random, datasets);
        Licence licence = any(random, licences);
        switch (random.nextInt(8)) {
            case 0 -> {
                Stock unsold = product == null ? null : stock(product.owner, "COMMODITY:" + names.id(product.name));
                return product == null ? null : n -> new DatasetWithdrawn(n.id(product.name), n.book(product.owner), unsold);
            }
            case 1 -> {
                return product == null ? null : n -> new LicenceGrantedBeyondNumber(n.id(id), n.id(product.name), n.book(product.owner), n.book(buyer), cur, price);
            }
            case 2 -> {
                return licence == null ? null : n -> new LicenceRefunded(n.id(licence.name), n.id(licence.product), n.book(licence.seller),
                        n.book(licence.buyer), licence.currency, licence.price, licence.share);
            }
            case 3 -> {
                Stock left = licence == null ? null : stock(licence.buyer, "MEANS:" + names.id(licence.name));
                return licence == null ? null : n -> new LicenceLapsed(n.id(licence.name), n.book(licence.buyer), left);
            }
            default -> {
                if (product == null) {
                    return null;
                }
                int k = 1 + random.nextInt(product.parts);
                Stock share = Legs.part(product.whole, k, product.parts);
                licences.add(new Licence(id, product.name, product.owner, buyer, cur, price, share, bought(share, cur, price)));
                return n -> new LicenceSold(n.id(id), n.id(product.name), n.book(product.owner), n.book(buyer), cur, price, k, product.parts, product.whole);
            }
        }
    }

    /** A licence in its buyer's book: the price is c, hours and outside means are the seller's. */
    private static Stock bought(Stock share, String cur, long price) {
        Map<String, Cost> costs = new TreeMap<>();
        share.costs().forEach(cost -> costs.put(cost.currency(), new Cost(cost.currency(), 0, 0, cost.outsideMinor())));
        costs.merge(cur, new Cost(cur, price, 0, 0), (a, b) -> new Cost(cur, price, 0, a.outsideMinor()));
        return new Stock(List.copyOf(costs.values()), share.labour());
    }

    /** A licence and means become a model; a model becomes a service, is used in a project, or retired. */
    Happening trained(Random random, String id, String owner, String project, String cur, long minor, String means, Supply supply) {
        Product sold = any(random, models);
        String made = "model-" + project;
        switch (random.nextInt(7)) {
            case 0, 1 -> {
                if (sold == null) {
                    return null;
                }
                int settled = random.nextInt(3);
                int k = 1 + random.nextInt(sold.parts);
                return n -> new ModelServiceSold(n.id(id), n.id(sold.name), n.book(sold.owner), cur, 3 * minor,
                        settled == 0 ? Settlement.CASH : settled == 1 ? new Settlement.Later(n.id("customer")) : new Settlement.FromAdvance(n.id("customer")),
                        k, sold.parts, sold.whole, minor, supply);
            }
            case 2 -> {
                int k = sold == null ? 1 : 1 + random.nextInt(sold.parts);
                return sold == null ? null : n -> new ModelMonthUnsold(n.id(id), n.id(sold.name), n.book(sold.owner), k, sold.parts, sold.whole);
            }
            case 3 -> {
                Stock left = sold == null ? null : stock(sold.owner, "COMMODITY:" + names.id(sold.name));
                return sold == null ? null : n -> new ModelRetired(n.id(sold.name), n.book(sold.owner), left);
            }
            case 4 -> {
                return sold == null ? null : n -> new ModelUsed(n.id(id), n.book(sold.owner), n.id(sold.name), n.id(project), Legs.part(sold.whole, 1, 7));
            }
            default -> {
                Licence licence = licences.stream().filter(l -> l.buyer.equals(owner)).skip(random.nextInt(2)).findFirst().orElse(null);
                int k = licence == null ? 1 : 1 + used.merge(licence.name, 1, Integer::sum) % 2;
                return n -> new TrainingRun(n.id(id), n.id(made), n.book(owner),
                        licence == null ? List.of() : List.of(new LicenceUse(n.id(licence.name), k, 2, licence.whole)),
                        List.of(new MeansUse(means, cur, minor, supply)));
            }
        }
    }

    private static <T> T any(Random random, List<T> some) {
        return some.isEmpty() ? null : some.get(random.nextInt(some.size()));
    }

    private InProduction inProduction(String owner, String project) {
        Map<TimeClass, LabourMillis> classes = new HashMap<>();
        String production = "PRODUCTION:" + names.id(project);
        for (TimeClass timeClass : TimeClass.values()) {
            String account = production + ":" + timeClass.name().toLowerCase();
            LabourMillis labour = new LabourMillis(balance(owner, "LABOUR", account), balance(owner, "LABOUR_DECLARED", account));
            if (!labour.isNone()) {
                classes.put(timeClass, labour);
            }
        }
        Stock rest = stock(owner, production);
        return new InProduction(rest.costs(), classes, rest.labour());
    }

    private Stock stock(String owner, String account) {
        List<Cost> costs = new ArrayList<>();
        for (String cur : List.of("USD", "EUR")) {
            // A licence has its price on the account itself.
            Cost cost = new Cost(cur, balance(owner, cur, account + ":c") + balance(owner, cur, account), balance(owner, cur, account + ":v"),
                    balance(owner, "OUTSIDE:" + cur, account));
            if (cost.cMinor() + cost.vMinor() + cost.outsideMinor() > 0) {
                costs.add(cost);
            }
        }
        return new Stock(costs, new LabourMillis(balance(owner, "LABOUR", account), balance(owner, "LABOUR_DECLARED", account)));
    }

    private long balance(String owner, String commodity, String account) {
        return model.balance(names.id(owner), commodity, account);
    }
}
