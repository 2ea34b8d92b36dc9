package io.kreislauf.ledger.book;

import io.kreislauf.ledger.Account;
import io.kreislauf.ledger.Commodity;
import io.kreislauf.ledger.book.Balances.Balance;
import io.kreislauf.ledger.book.BooksResource.BalanceLine;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** A book's balances, as they are shown, laid out for reading: a trial balance, and a balance sheet in the forms of capital. */
final class Sheet {

    /** A balance stands on the side of its sign; the sides of a commodity are equal. */
    record TrialRow(String account, String commodity, long debit, long credit, long balance, String legsHref) {}

    /** The legs behind {@code debitHref} add up to the debit, those behind {@code creditHref} to minus the credit. */
    record TrialTotal(String commodity, long debit, long credit, String debitHref, String creditHref) {}

    record Line(String account, String commodity, long amount, String legsHref) {}

    record Total(String commodity, long amount) {}

    record FormTotal(String commodity, long amount, String legsHref) {}

    record Form(String form, List<Line> lines, List<FormTotal> totals) {}

    /** Where the legs of a total are to be had. */
    @FunctionalInterface
    interface Address {
        /** @param choice the accounts that the total is made of: a form, or a side on which they stand */
        String of(String choice, String commodity);
    }

    private static final List<String> FORMS = List.of("M", "C", "P", "C'", "M'", "owed", "owned", "between", "gone");

    private Sheet() {}

    static List<TrialRow> trial(List<BalanceLine> balances) {
        return balances.stream().filter(balance -> balance.amount() != 0)
                .map(balance -> new TrialRow(balance.account(), balance.commodity(), Math.max(balance.amount(), 0),
                        Math.max(-balance.amount(), 0), balance.amount(), balance.legsHref())).toList();
    }

    static List<TrialTotal> totals(List<TrialRow> rows, Address address) {
        var totals = new TreeMap<String, TrialTotal>();
        rows.forEach(row -> totals.merge(row.commodity(), new TrialTotal(row.commodity(), row.debit(), row.credit(),
                address.of("standing=debit", row.commodity()), address.of("standing=credit", row.commodity())),
                (a, b) -> new TrialTotal(a.commodity(), Math.addExact(a.debit(), b.debit()), Math.addExact(a.credit(), b.credit()), a.debitHref(), a.creditHref())));
        return List.copyOf(totals.values());
    }

    static List<Form> forms(List<BalanceLine> balances, Address address) {
        return FORMS.stream().map(form -> form(form, balances, address)).filter(form -> !form.lines().isEmpty()).toList();
    }

    private static Form form(String form, List<BalanceLine> balances, Address address) {
        var lines = balances.stream().filter(balance -> balance.amount() != 0 && form.equals(formOf(new Account(balance.account()).kind())))
                .map(balance -> new Line(balance.account(), balance.commodity(), balance.amount(), balance.legsHref())).toList();
        var totals = new TreeMap<String, Long>();
        lines.forEach(line -> totals.merge(line.commodity(), line.amount(), Math::addExact));
        return new Form(form, lines, totals.entrySet().stream().map(total -> new FormTotal(total.getKey(), total.getValue(),
                address.of("form=" + URLEncoder.encode(form, StandardCharsets.UTF_8), total.getKey()))).toList());
    }

    /** The accounts that a total is made of. */
    static Set<String> madeOf(List<Balance> balances, Commodity commodity, String form, LegQuery.Side standing) {
        return balances.stream().filter(balance -> balance.amount() != 0 && (commodity == null || balance.commodity().equals(commodity)))
                .filter(balance -> form == null || form.equals(formOf(balance.account().kind())))
                .filter(balance -> standing == null || balance.amount() > 0 == (standing == LegQuery.Side.DEBIT))
                .map(balance -> balance.account().text()).collect(Collectors.toSet());
    }

    static boolean isForm(String form) {
        return FORMS.contains(form);
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
