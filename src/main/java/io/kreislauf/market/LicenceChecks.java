package io.kreislauf.market;

import io.kreislauf.ledger.audit.AuditCheck;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;

/** What the audit asks of licences. */
final class LicenceChecks {

    private record Check(int invariant, String says, String breaches) implements AuditCheck {}

    @Produces
    @ApplicationScoped
    AuditCheck noLicenceCarriesMoreThanItsShare() {
        return new Check(4, "No licence carries more than its share of what the version carried.", """
                with carried as (
                    select l.licence_id, l.version_id, l.ordinal, leg.commodity, leg.amount
                      from licence l join ledger_entry e on e.source_id = l.licence_id and e.event = 'LicenceSold'
                     cross join lateral unnest(e.books, e.commodities, e.accounts, e.amounts) as leg (book, commodity, account, amount)
                     where leg.book = l.buyer_organisation_id and leg.account = 'MEANS:' || l.licence_id
                       and (leg.commodity like 'LABOUR%' or leg.commodity like 'OUTSIDE:%')
                ), whole as (
                    select v.version_id, v.licences_declared as n, k.commodity, k.amount
                      from dataset_version v cross join lateral (
                           select 'LABOUR', cast(v.stock -> 'labour' ->> 'observedMillis' as numeric)
                           union all select 'LABOUR_DECLARED', cast(v.stock -> 'labour' ->> 'declaredMillis' as numeric)
                           union all select 'OUTSIDE:' || (c ->> 'currency'), cast(c ->> 'outsideMinor' as numeric) from jsonb_array_elements(v.stock -> 'costs') c
                           ) as k (commodity, amount)
                )
                select 'licence ' || c.licence_id, 'carries ' || c.amount || ' ' || c.commodity || ' of ' || coalesce(w.amount, 0)
                  from carried c left join whole w using (version_id, commodity)
                 where c.ordinal is null or c.ordinal > w.n
                    or c.amount > coalesce(floor(w.amount * c.ordinal / w.n) - floor(w.amount * (c.ordinal - 1) / w.n), 0)
                """);
    }

    @Produces
    @ApplicationScoped
    AuditCheck noLicenceIsUsedMoreOftenThanItsRuns() {
        return new Check(4, "No licence is used in more training runs than it was sold for.", """
                select 'licence ' || l.licence_id, count(*) || ' runs of ' || l.runs_total
                  from licence l join training_run_licence u using (licence_id) group by l.licence_id, l.runs_total having count(*) > l.runs_total
                """);
    }
}
