package io.kreislauf.ledger;

import static io.kreislauf.ledger.Account.*;
import static io.kreislauf.ledger.Commodity.LABOUR;
import static io.kreislauf.ledger.Commodity.LABOUR_DECLARED;
import static io.kreislauf.ledger.Commodity.outside;

import io.kreislauf.ledger.CapitalEvent.*;
import io.kreislauf.ledger.LabourEvent.*;
import io.kreislauf.ledger.MarketEvent.*;
import io.kreislauf.ledger.MeansEvent.*;
import io.kreislauf.ledger.ModelEvent.*;
import io.kreislauf.ledger.ProductEvent.*;
import io.kreislauf.ledger.WageEvent.*;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.UUID;

/**
 * The whole chart of accounts: for each event the legs that it books. {@code move(amount, to, from)} debits the first
 * account and credits the second. Nothing else in the product writes a leg.
 */
public final class PostingRules {

    private PostingRules() {}

    /** The entries of an event; none if nothing moved. Pure: the same event gives the same entries. */
    public static List<Entry> entries(EconomicEvent event) {
        var draft = switch (event) {
            case CapitalEvent capital -> capital(capital);
            case MeansEvent means -> bought(means);
            case LabourEvent labour -> labour(labour);
            case WageEvent wage -> wage(wage);
            case ProductEvent product -> product(product);
            case MarketEvent market -> market(market);
            case ModelEvent model -> model(model);
            case Reversal reversal -> negative(reversal);
        };
        return draft.entries();
    }

    /** M: money capital in, out and changed in form. */
    private static Draft capital(CapitalEvent event) {
        return switch (event) {
            case CapitalAdvanced e -> in(e.book()).money(e.currency()).move(e.amountMinor(), CASH, CAPITAL);
            case CapitalWithdrawn e -> in(e.book()).money(e.currency()).move(e.amountMinor(), CAPITAL, CASH);
            case SurplusCapitalised e -> in(e.book()).money(e.currency()).move(e.amountMinor(), SURPLUS_USED, CAPITAL);
            case SurplusDrawn e -> in(e.book()).money(e.currency()).move(e.amountMinor(), SURPLUS_USED, CASH);
            case SurplusShared e -> in(e.book()).money(e.currency()).move(e.amountMinor(), SURPLUS_USED, wagesDue(e.annotator()))
                    .in(e.annotator()).move(e.amountMinor(), wagesReceivable(e.book()), wages(e.book()));
            case CurrencyExchanged e -> in(e.book())
                    .money(e.givenCurrency()).move(e.givenMinor(), exchange(e.receivedCurrency()), CASH)
                    .money(e.receivedCurrency()).move(e.receivedMinor(), CASH, exchange(e.givenCurrency()));
            case PlatformFeeCharged e -> in(e.payer()).money(e.currency()).move(e.amountMinor(), circulation("platform-fee"), CASH)
                    .in(e.operator()).move(e.amountMinor(), CASH, revenue("platform-fee"));
            case CirculationPaid e -> in(e.book()).money(e.currency()).move(e.amountMinor(), circulation(e.purpose()), CASH);
            case OwnExpense e -> in(e.annotator()).money(e.currency()).move(e.amountMinor(), expenses(e.purpose()), CASH);
        };
    }

    /** M - C: means of production bought; C ... P: used up in a product. */
    private static Draft bought(MeansEvent event) {
        return switch (event) {
            case MeansBought e -> in(e.book()).money(e.currency()).move(e.amountMinor(), means(e.means()), CASH);
            case SupplierInvoiced e -> in(e.book()).money(e.currency()).move(e.amountMinor(), means(e.means()), suppliersDue(e.supplier()));
            case SupplierPaid e -> in(e.book()).money(e.currency()).move(e.amountMinor(), suppliersDue(e.supplier()), CASH);
            case MeansUsed e -> {
                var used = in(e.book()).money(e.currency()).move(e.amountMinor(), productionC(e.product()), means(e.means()));
                yield e.authorsMillis() == 0
                        ? used.of(outside(e.currency())).move(e.amountMinor(), production(e.product()), RECEIVED_FROM_OUTSIDE)
                        : used.of(LABOUR_DECLARED).move(e.authorsMillis(), production(e.product()), RECEIVED_AS_DECLARED);
            }
            case SourceWithdrawn e -> in(e.book()).money(e.currency()).move(e.amountMinor(), unrealised(e.means()), means(e.means()));
            case ModelUsed e -> {
                var used = in(e.book());
                for (var cost : e.share().costs()) {
                    used.money(cost.currency()).debit(productionC(e.product()), Amounts.sum(cost.cMinor(), cost.vMinor()))
                            .credit(commodityC(e.model()), cost.cMinor()).credit(commodityV(e.model()), cost.vMinor());
                }
                yield used.substance(e.share(), production(e.product()), commodity(e.model()));
            }
        };
    }

    /** P: living labour, given by people who work to a project. */
    private static Draft labour(LabourEvent event) {
        return switch (event) {
            case Given e -> in(e.annotator()).labour(e.labour(), givenTo(e.organisation()), expended(e.timeClass()))
                    .in(e.organisation()).labour(e.labour(), production(e.project(), e.timeClass()), receivedFrom(e.annotator()))
                    .accrue(e.project(), e.organisation(), e.annotator(), e.wage());
            case Moved e -> moved(new Draft(), e);
            case TimeLost e -> in(e.annotator()).labour(e.labour(), lost(e.timeClass()), expended(e.timeClass()));
        };
    }

    /** Hours change class in the annotator's book and, unless a release has taken them, in production. */
    private static Draft moved(Draft draft, Moved e) {
        draft.in(e.annotator()).labour(e.labour(), expended(e.from()), expended(e.to()));
        return e.released() ? draft
                : draft.in(e.organisation()).labour(e.labour(), production(e.project(), e.to()), production(e.project(), e.from()));
    }

    /** v: wages accrued and paid. */
    private static Draft wage(WageEvent event) {
        return switch (event) {
            case Accrued e -> new Draft().accrue(e.project(), e.organisation(), e.annotator(), new Wage(e.currency(), e.dueMinor()));
            case RejectionOverturned e -> moved(new Draft(), new TimeReclassified(e.appeal(), e.project(), e.organisation(), e.annotator(),
                    TimeClass.REJECTED, TimeClass.DIRECT, e.labour(), e.released()))
                    .accrue(e.project(), e.organisation(), e.annotator(), new Wage(e.currency(), e.dueMinor()));
            case RejectionFinal e -> in(e.organisation()).money(e.currency()).move(e.heldMinor(), CASH, escrow(e.project()));
            case WagesPaid e -> {
                var paid = Amounts.sum(e.fromEscrowMinor(), e.fromReserveMinor(), e.fromCashMinor());
                yield in(e.organisation()).money(e.currency()).debit(wagesDue(e.annotator()), paid)
                        .credit(escrow(e.project()), e.fromEscrowMinor()).credit(reserve(e.project()), e.fromReserveMinor())
                        .credit(CASH, e.fromCashMinor())
                        .in(e.annotator()).move(paid, CASH, wagesReceivable(e.organisation()));
            }
            case PayoutFailed e -> {
                var back = Amounts.sum(e.fromEscrowMinor(), e.fromReserveMinor(), e.fromCashMinor());
                yield in(e.organisation()).money(e.currency()).credit(wagesDue(e.annotator()), back)
                        .debit(escrow(e.project()), e.fromEscrowMinor()).debit(reserve(e.project()), e.fromReserveMinor())
                        .debit(CASH, e.fromCashMinor())
                        .in(e.annotator()).move(back, wagesReceivable(e.organisation()), CASH);
            }
        };
    }

    /** P ... C': money set aside for a project, and production turned into a data set. */
    private static Draft product(ProductEvent event) {
        return switch (event) {
            case TasksPublished e -> in(e.book()).money(e.currency()).debit(escrow(e.project()), e.rewardsMinor())
                    .debit(reserve(e.project()), e.reserveMinor()).credit(CASH, Amounts.sum(e.rewardsMinor(), e.reserveMinor()));
            case PayFunded e -> in(e.book()).money(e.currency()).move(e.amountMinor(), escrow(e.project()), CASH);
            case EstimatesReleased e -> in(e.book()).money(e.currency()).move(e.amountMinor(), CASH, escrow(e.project()));
            case ProjectClosed e -> fromEscrow(e.book(), e.project(), e.currency(), e.rewardsMinor(), e.reserveMinor());
            case ProjectCancelled e -> fromEscrow(e.book(), e.project(), e.currency(), e.rewardsMinor(), e.reserveMinor());
            case DatasetReleased e -> released(e);
            case DatasetWithdrawn e -> gone(in(e.book()), e.version(), e.unsold());
            case LateCostsSettled e -> lateCosts(e);
        };
    }

    private static Draft fromEscrow(Book book, UUID project, String currency, long rewardsMinor, long reserveMinor) {
        return in(book).money(currency).debit(CASH, Amounts.sum(rewardsMinor, reserveMinor))
                .credit(escrow(project), rewardsMinor).credit(reserve(project), reserveMinor);
    }

    private static Draft released(DatasetReleased e) {
        var draft = in(e.book());
        var whole = e.production().stock().plus(e.takenOver());
        for (var cost : whole.costs()) {
            draft.money(cost.currency()).debit(commodityC(e.version()), cost.cMinor()).debit(commodityV(e.version()), cost.vMinor());
        }
        draft.of(LABOUR).debit(commodity(e.version()), whole.labour().observedMillis());
        draft.of(LABOUR_DECLARED).debit(commodity(e.version()), whole.labour().declaredMillis());
        whole.costs().forEach(cost -> draft.of(outside(cost.currency())).debit(commodity(e.version()), cost.outsideMinor()));
        draft.takeFromProduction(e.production(), e.project());
        return e.replaced() == null ? draft : draft.takeFromCommodity(e.takenOver(), e.replaced());
    }

    /** Money of a late cost belongs to the last version's sales, its hours to nobody; without a version neither is realised. */
    private static Draft lateCosts(LateCostsSettled e) {
        var draft = in(e.book());
        var product = e.version() == null ? e.project() : e.version();
        for (var cost : e.production().costs()) {
            draft.money(cost.currency());
            if (e.version() == null) {
                draft.debit(unrealised(product), Amounts.sum(cost.cMinor(), cost.vMinor()));
            } else {
                draft.debit(costOfSalesC(product), cost.cMinor()).debit(costOfSalesV(product), cost.vMinor());
            }
        }
        return draft.debitSubstance(e.production().stock(), unrealised(product)).takeFromProduction(e.production(), e.project());
    }

    /** C' - M': a commodity sold to another book, where it is c. */
    private static Draft market(MarketEvent event) {
        return switch (event) {
            case LicenceSold e -> {
                var sold = sale(e.seller(), e.buyer(), e.currency(), e.priceMinor(), e.product(), means(e.licence()));
                costOfSales(sold.in(e.seller()), e.product(), e.share());
                yield sold.in(e.seller()).substance(e.share(), givenTo(e.buyer()), commodity(e.product()))
                        .in(e.buyer()).substance(e.share(), means(e.licence()), receivedFrom(e.seller()));
            }
            case LicenceGrantedBeyondNumber e ->
                    sale(e.seller(), e.buyer(), e.currency(), e.priceMinor(), e.product(), means(e.licence()));
            case LicenceRefunded e -> negative(PostingRules.market(
                    new LicenceSold(e.licence(), e.product(), e.seller(), e.buyer(), e.currency(), e.priceMinor(), 1, 1, e.share())).entries());
            case LicenceLapsed e -> {
                var lapsed = in(e.holder());
                for (var cost : e.left().costs()) {
                    lapsed.money(cost.currency()).move(cost.cMinor(), unrealised(e.licence()), means(e.licence()));
                }
                yield lapsed.substance(e.left(), unrealised(e.licence()), means(e.licence()));
            }
            case CommissionedWorkDelivered e -> delivered(e.maker(), e.client(), e.currency(), e.priceMinor(), e.contract(), e.project(), e.production())
                    .in(e.client()).money(e.currency()).move(e.priceMinor(), means(e.contract()), CASH)
                    .substance(e.production().stock(), means(e.contract()), receivedFrom(e.maker()));
            case SubcontractorPaid e -> delivered(e.agency(), e.book(), e.currency(), e.priceMinor(), e.contract(), e.agencyProject(), e.production())
                    .in(e.book()).money(e.currency()).move(e.priceMinor(), productionC(e.project()), CASH)
                    .giveToProduction(e.production(), e.project(), receivedFrom(e.agency()));
        };
    }

    /** The price: revenue of the seller, means of production of the buyer. */
    private static Draft sale(Book seller, Book buyer, String currency, long priceMinor, UUID product, Account means) {
        return in(seller).money(currency).move(priceMinor, CASH, revenue(product)).in(buyer).move(priceMinor, means, CASH);
    }

    /** A maker's side of work delivered straight from production. */
    private static Draft delivered(Book maker, Book client, String currency, long priceMinor, UUID contract, UUID project,
                                   InProduction production) {
        var draft = in(maker).money(currency).move(priceMinor, CASH, revenue(contract));
        for (var cost : production.costs()) {
            draft.money(cost.currency()).debit(costOfSalesC(contract), cost.cMinor()).debit(costOfSalesV(contract), cost.vMinor());
        }
        return draft.debitSubstance(production.stock(), givenTo(client)).takeFromProduction(production, project);
    }

    /** The second circuit: a licence and compute become a model, and the model a service. */
    private static Draft model(ModelEvent event) {
        return switch (event) {
            case LabourDeclared e -> in(e.book()).money(e.wage().currency()).move(e.wage().minor(), productionV(e.product()), CASH)
                    .of(LABOUR_DECLARED).move(e.declaredMillis(), production(e.product()), RECEIVED_AS_DECLARED);
            case TrainingRun e -> trained(e);
            case ModelReleased e -> {
                var draft = in(e.book());
                for (var cost : e.production().costs()) {
                    draft.money(cost.currency()).move(cost.cMinor(), commodityC(e.model()), productionC(e.model()))
                            .move(cost.vMinor(), commodityV(e.model()), productionV(e.model()));
                }
                yield draft.substance(e.production(), commodity(e.model()), production(e.model()));
            }
            case ModelServiceSold e -> serviceSold(e);
            case ModelMonthUnsold e -> gone(in(e.book()), e.model(), e.share());
            case ModelRetired e -> gone(in(e.book()), e.model(), e.left());
            case SaleRefunded e -> in(e.book()).money(e.currency()).move(e.amountMinor(), revenue(e.product()), CASH);
            case SubscriptionPaidInAdvance e -> in(e.book()).money(e.currency()).move(e.amountMinor(), CASH, deferred(e.buyer()));
            case SubscriptionEarned e -> in(e.book()).money(e.currency()).move(e.amountMinor(), deferred(e.buyer()), revenue(e.product()));
            case ReceivableCollected e -> in(e.book()).money(e.currency()).move(e.amountMinor(), CASH, receivable(e.buyer()));
        };
    }

    /** Each licence passes on its share of price and substance, each means its price; c of the model is their sum by currency. */
    private static Draft trained(TrainingRun e) {
        var draft = in(e.book());
        var into = new LinkedHashMap<Commodity, Long>();
        for (var use : e.licences()) {
            var share = use.share();
            for (var cost : share.costs()) {
                draft.collect(into, Commodity.money(cost.currency()), cost.cMinor(), means(use.licence()));
                draft.collect(into, outside(cost.currency()), cost.outsideMinor(), means(use.licence()));
            }
            draft.collect(into, LABOUR, share.labour().observedMillis(), means(use.licence()));
            draft.collect(into, LABOUR_DECLARED, share.labour().declaredMillis(), means(use.licence()));
        }
        for (var use : e.means()) {
            draft.collect(into, Commodity.money(use.currency()), use.amountMinor(), means(use.means()));
            draft.collect(into, outside(use.currency()), use.amountMinor(), RECEIVED_FROM_OUTSIDE);
        }
        into.forEach((commodity, sum) ->
                draft.of(commodity).debit(commodity.isMoney() ? productionC(e.model()) : production(e.model()), sum));
        return draft;
    }

    private static Draft serviceSold(ModelServiceSold e) {
        var draft = in(e.book()).money(e.currency()).move(e.revenueMinor(), e.settlement().account(), revenue(e.model()));
        costOfSales(draft, e.model(), e.share());
        draft.money(e.currency()).move(e.servingMinor(), costOfSalesC(e.model()), CASH);
        draft.labour(e.share().labour(), GIVEN_TO_CUSTOMERS, commodity(e.model()));
        var passedOn = new LinkedHashMap<Commodity, Long>();
        e.share().costs().forEach(cost -> draft.collect(passedOn, outside(cost.currency()), cost.outsideMinor(), commodity(e.model())));
        draft.collect(passedOn, outside(e.currency()), e.servingMinor(), RECEIVED_FROM_OUTSIDE);
        passedOn.forEach((commodity, sum) -> draft.of(commodity).debit(GIVEN_TO_CUSTOMERS, sum));
        return draft;
    }

    private static void costOfSales(Draft draft, UUID product, Stock share) {
        for (var cost : share.costs()) {
            draft.money(cost.currency()).move(cost.cMinor(), costOfSalesC(product), commodityC(product))
                    .move(cost.vMinor(), costOfSalesV(product), commodityV(product));
        }
    }

    /** Gone without a buyer: neither money nor hours are realised. */
    private static Draft gone(Draft draft, UUID product, Stock stock) {
        for (var cost : stock.costs()) {
            draft.money(cost.currency()).debit(unrealised(product), Amounts.sum(cost.cMinor(), cost.vMinor()))
                    .credit(commodityC(product), cost.cMinor()).credit(commodityV(product), cost.vMinor());
        }
        return draft.substance(stock, unrealised(product), commodity(product));
    }

    private static Draft negative(Reversal reversal) {
        return new Draft().negative(reversal.legs());
    }

    private static Draft negative(List<Entry> entries) {
        var draft = new Draft();
        entries.forEach(entry -> draft.negative(entry.legs()));
        return draft;
    }

    private static Draft in(Book book) {
        return new Draft().in(book);
    }
}
