package io.kreislauf.ledger.export;

import io.kreislauf.ledger.Account;
import io.kreislauf.ledger.Book;
import java.io.IOException;
import java.io.Writer;
import java.time.ZoneOffset;
import java.util.HashSet;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Beancount, whose names are narrower than ours. Reversible: a book, subject or part {@code x} becomes {@code Xx}, a kind's
 * {@code _} becomes {@code -}, {@code OUTSIDE:USD} becomes {@code OUTSIDE.USD}; the root only says where Beancount files it.
 */
final class BeancountJournal implements Journal {

    private final Writer out;
    private final Set<String> opened = new HashSet<>();

    BeancountJournal(Writer out) {
        this.out = out;
    }

    @Override
    public void entry(ExportedEntry entry) throws IOException {
        for (var book : entry.legs().stream().map(leg -> leg.book()).distinct().toList()) {
            for (var leg : entry.legs()) {
                var name = name(leg.book(), leg.account());
                if (leg.book().equals(book) && opened.add(name)) {
                    out.write("1970-01-01 open %s%n".formatted(name));
                }
            }
            out.write("%n%s * \"%s\"%n  entry: \"%s\"%n  posted: \"%s\"%n  %s: \"%s\"%n".formatted(
                    entry.effectiveAt().atOffset(ZoneOffset.UTC).toLocalDate(), entry.event(), entry.entryId(), entry.postedAt(), entry.sourceKind(),
                    entry.sourceId()));
            for (var leg : entry.legs()) {
                if (leg.book().equals(book)) {
                    out.write("  %s  %s %s%n".formatted(name(book, leg.account()), Decimal.of(leg.amount(), leg.commodity()),
                            leg.commodity().text().replace(':', '.')));
                }
            }
        }
    }

    static String name(Book book, Account account) {
        var words = account.text().split(":");
        return root(account.kind()) + ":X" + book + ":" + words[0].replace('_', '-')
                + Stream.of(words).skip(1).map(word -> ":X" + word).collect(Collectors.joining());
    }

    private static String root(Account.Kind kind) {
        return switch (kind) {
            case CASH, ESCROW, RECEIVABLE, MEANS, PRODUCTION, COMMODITY, WAGES_RECEIVABLE, EXCHANGE -> "Assets";
            case WAGES_DUE, SUPPLIERS_DUE, DEFERRED -> "Liabilities";
            case CAPITAL, GIVEN, RECEIVED -> "Equity";
            case REVENUE, WAGES, EXPENDED -> "Income";
            case COST_OF_SALES, EXPENSES, CIRCULATION, LOST, UNREALISED -> "Expenses";
        };
    }

    @Override
    public void close() throws IOException {
        out.flush();
    }
}
