package io.kreislauf.ledger.simulator;

import io.kreislauf.ledger.Book;
import io.kreislauf.ledger.CapitalEvent;
import io.kreislauf.ledger.CapitalEvent.*;
import io.kreislauf.ledger.EconomicEvent;
import io.kreislauf.ledger.LabourEvent;
import io.kreislauf.ledger.LabourEvent.*;
import io.kreislauf.ledger.LabourMillis;
import io.kreislauf.ledger.MarketEvent;
import io.kreislauf.ledger.MeansEvent;
import io.kreislauf.ledger.MeansEvent.*;
import io.kreislauf.ledger.ModelEvent;
import io.kreislauf.ledger.ProductEvent;
import io.kreislauf.ledger.Reversal;
import io.kreislauf.ledger.WageEvent;
import io.kreislauf.ledger.WageEvent.*;
import java.util.Map;
import java.util.UUID;

/**
 * What each event moves, written down a second time from the specification of the ledger: account names and amounts, no
 * word of the posting rules. Where the two disagree, one of them is wrong.
 */
final class Rulebook {

    private Rulebook() {
    }

    static Map<Legs.Line, Long> legs(EconomicEvent event) {
        Legs moved = switch (event) {
            case CapitalEvent e -> capital(e);
            case MeansEvent e -> means(e);
            case LabourEvent e -> labour(e);
            case WageEvent e -> wage(e);
            case ProductEvent e -> ProductRulebook.product(e);
            case MarketEvent e -> ProductRulebook.market(e);
            case ModelEvent e -> ProductRulebook.model(e);
            case Reversal e -> {
                Legs legs = new Legs();
                e.legs().forEach(leg -> legs.add(leg.book().id(), leg.commodity().text(), leg.account().text(), -leg.amount()));
                yield legs;
            }
        };
        return moved.sums();
    }

    private static Legs capital(CapitalEvent event) {
        Legs legs = new Legs();
        return switch (event) {
            case CapitalAdvanced e -> legs.from(e.book().id(), e.currency(), e.amountMinor(), "CAPITAL", "CASH");
            case CapitalWithdrawn e -> legs.from(e.book().id(), e.currency(), e.amountMinor(), "CASH", "CAPITAL");
            case SurplusCapitalised e -> legs.from(e.book().id(), e.currency(), e.amountMinor(), "CAPITAL", "CAPITAL:surplus");
            case SurplusDrawn e -> legs.from(e.book().id(), e.currency(), e.amountMinor(), "CASH", "CAPITAL:surplus");
            case SurplusShared e -> legs.from(e.book().id(), e.currency(), e.amountMinor(), "WAGES_DUE:" + e.annotator(), "CAPITAL:surplus")
                    .from(e.annotator().id(), e.currency(), e.amountMinor(), "WAGES:" + e.book(), "WAGES_RECEIVABLE:" + e.book());
            case CurrencyExchanged e -> legs
                    .from(e.book().id(), e.givenCurrency(), e.givenMinor(), "CASH", "EXCHANGE:" + e.receivedCurrency().toLowerCase())
                    .from(e.book().id(), e.receivedCurrency(), e.receivedMinor(), "EXCHANGE:" + e.givenCurrency().toLowerCase(), "CASH");
            case PlatformFeeCharged e -> legs.from(e.payer().id(), e.currency(), e.amountMinor(), "CASH", "CIRCULATION:platform-fee")
                    .from(e.operator().id(), e.currency(), e.amountMinor(), "REVENUE:platform-fee", "CASH");
            case CirculationPaid e -> legs.from(e.book().id(), e.currency(), e.amountMinor(), "CASH", "CIRCULATION:" + e.purpose());
            case OwnExpense e -> legs.from(e.annotator().id(), e.currency(), e.amountMinor(), "CASH", "EXPENSES:" + e.purpose());
        };
    }

    private static Legs means(MeansEvent event) {
        Legs legs = new Legs();
        return switch (event) {
            case MeansBought e -> legs.from(e.book().id(), e.currency(), e.amountMinor(), "CASH", "MEANS:" + e.means());
            case SupplierInvoiced e -> legs.from(e.book().id(), e.currency(), e.amountMinor(), "SUPPLIERS_DUE:" + e.supplier(), "MEANS:" + e.means());
            case SupplierPaid e -> legs.from(e.book().id(), e.currency(), e.amountMinor(), "CASH", "SUPPLIERS_DUE:" + e.supplier());
            case MeansUsed e -> {
                legs.from(e.book().id(), e.currency(), e.amountMinor(), "MEANS:" + e.means(), "PRODUCTION:" + e.product() + ":c");
                // A source counts by its declared hours or by its price, never by both.
                yield e.authorsMillis() > 0
                        ? legs.from(e.book().id(), "LABOUR_DECLARED", e.authorsMillis(), "RECEIVED:declared", "PRODUCTION:" + e.product())
                        : legs.from(e.book().id(), "OUTSIDE:" + e.currency(), e.amountMinor(), "RECEIVED:outside", "PRODUCTION:" + e.product());
            }
            case SourceWithdrawn e -> legs.from(e.book().id(), e.currency(), e.amountMinor(), "MEANS:" + e.means(), "UNREALISED:" + e.means());
            case ModelUsed e -> legs.costsInto(e.book().id(), e.share(), "COMMODITY:" + e.model(), "PRODUCTION:" + e.product() + ":c")
                    .substance(e.book().id(), e.share(), "COMMODITY:" + e.model(), "PRODUCTION:" + e.product());
        };
    }

    private static Legs labour(LabourEvent event) {
        return switch (event) {
            case WorkSubmitted e -> given(e, "direct");
            case WorkReturned e -> given(e, "returned");
            case QualificationTaken e -> given(e, "qualification");
            case TimeSearching e -> given(e, "search");
            case TimeWatching e -> given(e, "watching");
            case TimeAdministrative e -> given(e, "administration");
            case BreakTaken e -> given(e, "break");
            case WorkReviewed e -> given(e, "review");
            case TimeDeclared e -> given(e, e.timeClass().name().toLowerCase());
            case TimeLost e -> new Legs().labour(e.annotator().id(), e.labour(), "EXPENDED:" + e.timeClass().name().toLowerCase(),
                    "LOST:" + e.timeClass().name().toLowerCase());
            case WorkRejected e -> moved(e, "direct", "rejected");
            case LateLabelCounted e -> moved(e, "returned", "direct");
            case TimeReclassified e -> moved(e, e.from().name().toLowerCase(), e.to().name().toLowerCase());
        };
    }

    private static Legs given(Given e, String timeClass) {
        LabourMillis hours = e instanceof TimeDeclared declared ? LabourMillis.declared(declared.declaredMillis()) : e.labour();
        Legs legs = new Legs().labour(e.annotator().id(), hours, "EXPENDED:" + timeClass, "GIVEN:" + e.organisation())
                .labour(e.organisation().id(), hours, "RECEIVED:" + e.annotator(), "PRODUCTION:" + e.project() + ":" + timeClass);
        return due(legs, e.organisation(), e.annotator(), e.project(), e.wage().currency(), e.wage().minor());
    }

    private static Legs moved(Moved e, String from, String to) {
        return moved(new Legs(), e.annotator(), e.organisation(), e.project(), e.labour(), e.released(), from, to);
    }

    private static Legs moved(Legs legs, Book annotator, Book organisation, UUID project, LabourMillis hours, boolean released, String from, String to) {
        legs.labour(annotator.id(), hours, "EXPENDED:" + to, "EXPENDED:" + from);
        return released ? legs : legs.labour(organisation.id(), hours, "PRODUCTION:" + project + ":" + from, "PRODUCTION:" + project + ":" + to);
    }

    private static Legs due(Legs legs, Book organisation, Book annotator, UUID project, String currency, long minor) {
        return legs.from(organisation.id(), currency, minor, "WAGES_DUE:" + annotator, "PRODUCTION:" + project + ":v")
                .from(annotator.id(), currency, minor, "WAGES:" + organisation, "WAGES_RECEIVABLE:" + organisation);
    }

    private static Legs wage(WageEvent event) {
        Legs legs = new Legs();
        return switch (event) {
            case WorkApproved e -> due(legs, e.organisation(), e.annotator(), e.project(), e.currency(), e.rewardMinor() + e.supplementsMinor());
            case WageToppedUp e -> due(legs, e.organisation(), e.annotator(), e.project(), e.currency(), e.dueMinor());
            case BonusGranted e -> due(legs, e.organisation(), e.annotator(), e.project(), e.currency(), e.dueMinor());
            case WageAdjusted e -> due(legs, e.organisation(), e.annotator(), e.project(), e.currency(), e.dueMinor());
            case TimeWageAccrued e -> due(legs, e.organisation(), e.annotator(), e.project(), e.currency(), e.dueMinor());
            case RejectionOverturned e -> due(moved(legs, e.annotator(), e.organisation(), e.project(), e.labour(), e.released(), "rejected", "direct"),
                    e.organisation(), e.annotator(), e.project(), e.currency(), e.dueMinor());
            case RejectionFinal e -> legs.from(e.organisation().id(), e.currency(), e.heldMinor(), "ESCROW:" + e.project(), "CASH");
            case WagesPaid e -> paid(legs, e.organisation(), e.annotator(), e.project(), e.currency(), e.fromEscrowMinor(), e.fromReserveMinor(),
                    e.fromCashMinor());
            case PayoutFailed e -> paid(legs, e.organisation(), e.annotator(), e.project(), e.currency(), -e.fromEscrowMinor(), -e.fromReserveMinor(),
                    -e.fromCashMinor());
        };
    }

    private static Legs paid(Legs legs, Book organisation, Book annotator, UUID project, String currency, long escrow, long reserve, long cash) {
        return legs.from(organisation.id(), currency, escrow, "ESCROW:" + project, "WAGES_DUE:" + annotator)
                .from(organisation.id(), currency, reserve, "ESCROW:" + project + ":reserve", "WAGES_DUE:" + annotator)
                .from(organisation.id(), currency, cash, "CASH", "WAGES_DUE:" + annotator)
                .from(annotator.id(), currency, escrow + reserve + cash, "WAGES_RECEIVABLE:" + organisation, "CASH");
    }
}
