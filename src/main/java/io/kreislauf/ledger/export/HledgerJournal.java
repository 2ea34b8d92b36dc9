package io.kreislauf.ledger.export;

import java.io.IOException;
import java.io.Writer;
import java.time.ZoneOffset;
import java.util.HashSet;
import java.util.Set;

/** hledger: a transaction for each entry and book, accounts as {@code <book>:KIND:subject:part}, commodities quoted as they are. */
final class HledgerJournal implements Journal {

    private final Writer out;
    private final Set<String> declared = new HashSet<>();

    HledgerJournal(Writer out) {
        this.out = out;
    }

    @Override
    public void entry(ExportedEntry entry) throws IOException {
        for (var book : entry.legs().stream().map(leg -> leg.book()).distinct().toList()) {
            for (var leg : entry.legs()) {
                declare(leg.commodity().text(), Decimal.digits(leg.commodity()));
                if (leg.book().equals(book) && declared.add(book + ":" + leg.account())) {
                    out.write("account %s:%s%n".formatted(book, leg.account()));
                }
            }
            out.write("%n%s %s  ; entry:%s, posted:%s, %s:%s%n".formatted(entry.effectiveAt().atOffset(ZoneOffset.UTC).toLocalDate(), entry.event(),
                    entry.entryId(), entry.postedAt(), entry.sourceKind(), entry.sourceId()));
            for (var leg : entry.legs()) {
                if (leg.book().equals(book)) {
                    out.write("    %s:%s  %s \"%s\"%n".formatted(book, leg.account(), Decimal.of(leg.amount(), leg.commodity()), leg.commodity()));
                }
            }
        }
    }

    private void declare(String commodity, int digits) throws IOException {
        if (declared.add(commodity)) {
            out.write("commodity 1000.%s \"%s\"%n".formatted("0".repeat(digits), commodity));
        }
    }

    @Override
    public void close() throws IOException {
        out.flush();
    }
}
