package io.kreislauf.ledger.book;

import io.kreislauf.ledger.Account;
import io.kreislauf.ledger.book.BooksResource.BalanceLine;
import java.util.List;
import java.util.TreeMap;

/** A book's balances, as they are shown, laid out for reading: a trial balance, and a balance sheet in the forms of capital. */
final class Sheet {

    /** A balance stands on the side of its sign; the sides of a commodity are equal. */
    record TrialRow(String account, String commodity, long debit, long credit, long balance, String legsHref) {}

    record TrialTotal(String commodity, long debit, long credit) {}

    record Line(String account, String commodity, long amount, String legsHref) {}

    record Total(String commodity, long amount) {}

    record Form(String form, List<Line> lines, List<Total> totals) {}

    private static final List<String> FORMS = List.of("M", "C", "P", "C'", "M'", "owed", "owned", "between", "gone");

    private Sheet() {}

    static List<TrialRow> trial(List<BalanceLine> balances) {
        return balances.stream().filter(balance -> balance.amount() != 0)
                .map(balance -> new TrialRow(balance.account(), balance.commodity(), Math.max(balance.amount(), 0),
                        Math.max(-balance.amount(), 0), balance.amount(), balance.legsHref())).toList();
    }

    static List<TrialTotal> totals(List<TrialRow> rows) {
        var totals = new TreeMap<String, TrialTotal>();
        rows.forEach(row -> totals.merge(row.commodity(), new TrialTotal(row.commodity(), row.debit(), row.credit()),
                (a, b) -> new TrialTotal(a.commodity(), Math.addExact(a.debit(), b.debit()), Math.addExact(a.credit(), b.credit()))));
        return List.copyOf(totals.values());
    }

    static List<Form> forms(List<BalanceLine> balances) {
        return FORMS.stream().map(form -> form(form, balances)).filter(form -> !form.lines().isEmpty()).toList();
    }

    private static Form form(String form, List<BalanceLine> balances) {
        var lines = balances.stream().filter(balance -> balance.amount() != 0 && form.equals(formOf(new Account(balance.account()).kind())))
                .map(balance -> new Line(balance.account(), balance.commodity(), balance.amount(), balance.legsHref())).toList();
        var totals = new TreeMap<String, Long>();
        lines.forEach(line -> totals.merge(line.commodity(), line.amount(), Math::addExact));
        return new Form(form, lines, totals.entrySet().stream().map(total -> new Total(total.getKey(), total.getValue())).toList());
    }

    private static String formOf(Account.Kind kind) {
        return switch (kind) {
            case CASH, ESCROW, RECEIVABLE, WAGES_RECEIVABLE, EXCHANGE -> "M";
            case MEANS -> "C";
            case PRODUCTION -> "P";
            case COMMODITY -> "C'";
            case REVENUE, COST_OF_SALES, CIRCULATION -> "M'";
            case WAGES_DUE, SUPPLIERS_DUE, DEFERRED -> "owed";
            case CAPITAL, WAGES, EXPENSES -> "owned";
            case GIVEN, RECEIVED, EXPENDED -> "between";
            case LOST, UNREALISED -> "gone";
        };
    }
}
