package io.kreislauf.ledger.simulator;

import io.kreislauf.ledger.MarketEvent;
import io.kreislauf.ledger.MarketEvent.*;
import io.kreislauf.ledger.ModelEvent;
import io.kreislauf.ledger.ModelEvent.*;
import io.kreislauf.ledger.ProductEvent;
import io.kreislauf.ledger.ProductEvent.*;
import io.kreislauf.ledger.Settlement;
import io.kreislauf.ledger.Stock;
import java.util.UUID;

/** The second half of {@link Rulebook}: products, their sale, and what is made of them. */
final class ProductRulebook {

    private ProductRulebook() {
    }

    static Legs product(ProductEvent event) {
        Legs legs = new Legs();
        return switch (event) {
            case TasksPublished e -> legs.from(e.book().id(), e.currency(), e.rewardsMinor(), "CASH", "ESCROW:" + e.project())
                    .from(e.book().id(), e.currency(), e.reserveMinor(), "CASH", "ESCROW:" + e.project() + ":reserve");
            case PayFunded e -> legs.from(e.book().id(), e.currency(), e.amountMinor(), "CASH", "ESCROW:" + e.project());
            case EstimatesReleased e -> legs.from(e.book().id(), e.currency(), e.amountMinor(), "ESCROW:" + e.project(), "CASH");
            case ProjectClosed e -> back(legs, e.book().id(), e.project(), e.currency(), e.rewardsMinor(), e.reserveMinor());
            case ProjectCancelled e -> back(legs, e.book().id(), e.project(), e.currency(), e.rewardsMinor(), e.reserveMinor());
            case DatasetReleased e -> {
                String version = "COMMODITY:" + e.version();
                outOfProduction(legs, e.book().id(), e.project(), e.production(), version, version + ":c", version + ":v");
                if (e.replaced() != null) {
                    legs.costs(e.book().id(), e.takenOver(), "COMMODITY:" + e.replaced(), version)
                            .substance(e.book().id(), e.takenOver(), "COMMODITY:" + e.replaced(), version);
                }
                yield legs;
            }
            case DatasetWithdrawn e -> unrealised(legs, e.book().id(), e.version(), e.unsold());
            case LateCostsSettled e -> e.version() == null
                    ? outOfProduction(legs, e.book().id(), e.project(), e.production(), "UNREALISED:" + e.project(), "UNREALISED:" + e.project(),
                            "UNREALISED:" + e.project())
                    : outOfProduction(legs, e.book().id(), e.project(), e.production(), "UNREALISED:" + e.version(),
                            "COST_OF_SALES:" + e.version() + ":c", "COST_OF_SALES:" + e.version() + ":v");
        };
    }

    private static Legs back(Legs legs, UUID book, UUID project, String currency, long rewards, long reserve) {
        return legs.from(book, currency, rewards, "ESCROW:" + project, "CASH").from(book, currency, reserve, "ESCROW:" + project + ":reserve", "CASH");
    }

    /** All that is in production leaves it: hours by class, hours and outside means that came in with means, c and v. */
    private static Legs outOfProduction(Legs legs, UUID book, UUID project, InProduction held, String substance, String c, String v) {
        String production = "PRODUCTION:" + project;
        held.labour().forEach((timeClass, hours) -> legs.labour(book, hours, production + ":" + timeClass.name().toLowerCase(), substance));
        legs.substance(book, new Stock(held.costs(), held.passedOn()), production, substance);
        held.costs().forEach(cost -> legs.from(book, cost.currency(), cost.cMinor(), production + ":c", c)
                .from(book, cost.currency(), cost.vMinor(), production + ":v", v));
        return legs;
    }

    private static Legs unrealised(Legs legs, UUID book, UUID product, Stock stock) {
        return legs.costsInto(book, stock, "COMMODITY:" + product, "UNREALISED:" + product)
                .substance(book, stock, "COMMODITY:" + product, "UNREALISED:" + product);
    }

    static Legs market(MarketEvent event) {
        Legs legs = new Legs();
        return switch (event) {
            case LicenceSold e -> licence(legs, e.licence(), e.product(), e.seller().id(), e.buyer().id(), e.currency(), e.priceMinor(),
                    Legs.part(e.whole(), e.k(), e.n()), 1);
            case LicenceGrantedBeyondNumber e -> price(legs, e.seller().id(), e.buyer().id(), e.currency(), e.priceMinor(), e.product(),
                    "MEANS:" + e.licence());
            case LicenceRefunded e -> {
                licence(legs, e.licence(), e.product(), e.seller().id(), e.buyer().id(), e.currency(), e.priceMinor(), e.share(), -1);
                yield legs;
            }
            case LicenceLapsed e -> {
                e.left().costs().forEach(cost -> legs.from(e.holder().id(), cost.currency(), cost.cMinor(), "MEANS:" + e.licence(),
                        "UNREALISED:" + e.licence()));
                yield legs.substance(e.holder().id(), e.left(), "MEANS:" + e.licence(), "UNREALISED:" + e.licence());
            }
            case CommissionedWorkDelivered e -> {
                delivered(legs, e.maker().id(), e.client().id(), e.project(), e.contract(), e.production());
                price(legs, e.maker().id(), e.client().id(), e.currency(), e.priceMinor(), e.contract(), "MEANS:" + e.contract());
                yield legs.substance(e.client().id(), e.production().stock(), "RECEIVED:" + e.maker(), "MEANS:" + e.contract());
            }
            case SubcontractorPaid e -> {
                delivered(legs, e.agency().id(), e.book().id(), e.agencyProject(), e.contract(), e.production());
                price(legs, e.agency().id(), e.book().id(), e.currency(), e.priceMinor(), e.contract(), "PRODUCTION:" + e.project() + ":c");
                e.production().labour().forEach((timeClass, hours) -> legs.labour(e.book().id(), hours, "RECEIVED:" + e.agency(),
                        "PRODUCTION:" + e.project() + ":" + timeClass.name().toLowerCase()));
                yield legs.substance(e.book().id(), new Stock(e.production().costs(), e.production().passedOn()), "RECEIVED:" + e.agency(),
                        "PRODUCTION:" + e.project());
            }
        };
    }

    /** A licence changes hands; {@code sign} -1: it comes back. */
    private static void money(Legs legs, UUID book, String currency, long amount, String credited, String debited, int sign) {
        legs.from(book, currency, sign * amount, credited, debited);
    }

    private static Legs licence(Legs legs, UUID licence, UUID product, UUID seller, UUID buyer, String currency, long price, Stock share, int sign) {
        money(legs, seller, currency, price, "REVENUE:" + product, "CASH", sign);
        money(legs, buyer, currency, price, "CASH", "MEANS:" + licence, sign);
        share.costs().forEach(cost -> {
            money(legs, seller, cost.currency(), cost.cMinor(), "COMMODITY:" + product + ":c", "COST_OF_SALES:" + product + ":c", sign);
            money(legs, seller, cost.currency(), cost.vMinor(), "COMMODITY:" + product + ":v", "COST_OF_SALES:" + product + ":v", sign);
            money(legs, seller, "OUTSIDE:" + cost.currency(), cost.outsideMinor(), "COMMODITY:" + product, "GIVEN:" + buyer, sign);
            money(legs, buyer, "OUTSIDE:" + cost.currency(), cost.outsideMinor(), "RECEIVED:" + seller, "MEANS:" + licence, sign);
        });
        for (var hours : java.util.Map.of("LABOUR", share.labour().observedMillis(), "LABOUR_DECLARED", share.labour().declaredMillis()).entrySet()) {
            money(legs, seller, hours.getKey(), hours.getValue(), "COMMODITY:" + product, "GIVEN:" + buyer, sign);
            money(legs, buyer, hours.getKey(), hours.getValue(), "RECEIVED:" + seller, "MEANS:" + licence, sign);
        }
        return legs;
    }

    private static Legs price(Legs legs, UUID seller, UUID buyer, String currency, long price, UUID revenueOf, String bought) {
        return legs.from(seller, currency, price, "REVENUE:" + revenueOf, "CASH").from(buyer, currency, price, "CASH", bought);
    }

    private static void delivered(Legs legs, UUID maker, UUID client, UUID project, UUID contract, InProduction production) {
        outOfProduction(legs, maker, project, production, "GIVEN:" + client, "COST_OF_SALES:" + contract + ":c", "COST_OF_SALES:" + contract + ":v");
    }

    static Legs model(ModelEvent event) {
        Legs legs = new Legs();
        return switch (event) {
            case LabourDeclared e -> legs.from(e.book().id(), e.wage().currency(), e.wage().minor(), "CASH", "PRODUCTION:" + e.product() + ":v")
                    .from(e.book().id(), "LABOUR_DECLARED", e.declaredMillis(), "RECEIVED:declared", "PRODUCTION:" + e.product());
            case TrainingRun e -> {
                String c = "PRODUCTION:" + e.model() + ":c";
                for (LicenceUse use : e.licences()) {
                    Stock share = Legs.part(use.whole(), use.k(), use.n());
                    share.costs().forEach(cost -> legs.from(e.book().id(), cost.currency(), cost.cMinor(), "MEANS:" + use.licence(), c));
                    legs.substance(e.book().id(), share, "MEANS:" + use.licence(), "PRODUCTION:" + e.model());
                }
                for (MeansUse use : e.means()) {
                    legs.from(e.book().id(), use.currency(), use.amountMinor(), "MEANS:" + use.means(), c)
                            .from(e.book().id(), "OUTSIDE:" + use.currency(), use.amountMinor(), "RECEIVED:outside", "PRODUCTION:" + e.model());
                }
                yield legs;
            }
            case ModelReleased e -> legs.costs(e.book().id(), e.production(), "PRODUCTION:" + e.model(), "COMMODITY:" + e.model())
                    .substance(e.book().id(), e.production(), "PRODUCTION:" + e.model(), "COMMODITY:" + e.model());
            case ModelServiceSold e -> {
                Stock share = Legs.part(e.whole(), e.k(), e.n());
                String paidWith = switch (e.settlement()) {
                    case Settlement.AtOnce() -> "CASH";
                    case Settlement.Later(var buyer) -> "RECEIVABLE:" + buyer;
                    case Settlement.FromAdvance(var buyer) -> "DEFERRED:" + buyer;
                };
                yield legs.from(e.book().id(), e.currency(), e.revenueMinor(), "REVENUE:" + e.model(), paidWith)
                        .costs(e.book().id(), share, "COMMODITY:" + e.model(), "COST_OF_SALES:" + e.model())
                        .substance(e.book().id(), share, "COMMODITY:" + e.model(), "GIVEN:customers")
                        .from(e.book().id(), e.currency(), e.servingMinor(), "CASH", "COST_OF_SALES:" + e.model() + ":c")
                        .from(e.book().id(), "OUTSIDE:" + e.currency(), e.servingMinor(), "RECEIVED:outside", "GIVEN:customers");
            }
            case ModelMonthUnsold e -> unrealised(legs, e.book().id(), e.model(), Legs.part(e.whole(), e.k(), e.n()));
            case ModelRetired e -> unrealised(legs, e.book().id(), e.model(), e.left());
            case SaleRefunded e -> legs.from(e.book().id(), e.currency(), e.amountMinor(), "CASH", "REVENUE:" + e.product());
            case SubscriptionPaidInAdvance e -> legs.from(e.book().id(), e.currency(), e.amountMinor(), "DEFERRED:" + e.buyer(), "CASH");
            case SubscriptionEarned e -> legs.from(e.book().id(), e.currency(), e.amountMinor(), "REVENUE:" + e.product(), "DEFERRED:" + e.buyer());
            case ReceivableCollected e -> legs.from(e.book().id(), e.currency(), e.amountMinor(), "RECEIVABLE:" + e.buyer(), "CASH");
        };
    }
}
