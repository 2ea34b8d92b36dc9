package io.kreislauf.report;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.hibernate.StatelessSession;

/** What reports read of all annotators at once: their own books up to a watermark, and what their work was offered for. */
@ApplicationScoped
class WorkerRows {

    private record Marked(long tx, long entries, Instant postedAt) {}

    private final StatelessSession session;

    WorkerRows(StatelessSession session) {
        this.session = session;
    }

    /** @param tx null: below the oldest transaction that is still being written */
    WageReport.Watermark watermark(Long tx) {
        Marked marked = session.createNativeQuery("""
                        select m.tx, (select count(*) from ledger_entry e where e.tx < m.tx), (select max(e.posted_at) from ledger_entry e where e.tx < m.tx)
                          from (select least(coalesce(cast(:tx as bigint), ledger_settled_tx()), ledger_settled_tx()) as tx) m
                        """, Marked.class)
                .setParameter("tx", tx, Long.class).getSingleResult();
        return new WageReport.Watermark(marked.tx(), marked.entries(), marked.postedAt());
    }

    /** Currencies in which annotators have been paid up to the watermark, the most used first. */
    List<String> currencies(long tx) {
        return session.createNativeQuery("""
                        select leg.commodity from ledger_entry e join ledger_book b on b.kind = 'person' and b.book_id = any (e.books)
                         cross join lateral unnest(e.books, e.commodities, e.accounts) as leg (book, commodity, account)
                         where e.tx < :tx and leg.book = b.book_id and leg.account like 'WAGES:%'
                         group by leg.commodity order by count(*) desc, leg.commodity
                        """, String.class)
                .setParameter("tx", tx).getResultList();
    }

    /**
     * Every annotator with time in work of the currency, or of the project.
     *
     * @param declared whether time that nobody observed counts
     * @param project  null: of all projects, and time that belongs to none
     */
    List<Worker> workers(WageReport.Watermark watermark, String currency, boolean declared, UUID project) {
        return session.createNativeQuery("""
                        with leg as (
                            select b.book_id as person_id, e.event, leg.commodity, leg.account, leg.amount,
                                   (select cast(split_part(a, ':', 2) as uuid) from unnest(e.accounts) as a where a like 'PRODUCTION:%' limit 1) as project_id
                              from ledger_entry e join ledger_book b on b.kind = 'person' and b.book_id = any (e.books)
                             cross join lateral unnest(e.books, e.commodities, e.accounts, e.amounts) as leg (book, commodity, account, amount)
                             where e.tx < :tx and leg.book = b.book_id and (leg.account like 'EXPENDED:%' or leg.account like 'WAGES:%')
                        ), booked as (
                            select l.person_id,
                                   sum(-l.amount) filter (where l.commodity = :currency and l.account like 'WAGES:%') as pay,
                                   sum(-l.amount) filter (where l.commodity = :currency and l.account like 'WAGES:%' and l.event = 'WageToppedUp') as top_up,
                                   sum(-l.amount) filter (where l.account like 'EXPENDED:%' and l.account <> 'EXPENDED:review') as total,
                                   sum(-l.amount) filter (where l.commodity = 'LABOUR_DECLARED' and l.account like 'EXPENDED:%' and l.account <> 'EXPENDED:review') as declared,
                                   sum(-l.amount) filter (where l.account = 'EXPENDED:direct') as direct
                              from leg l left join project p using (project_id)
                             where (l.commodity = :currency or l.commodity = 'LABOUR' or l.commodity = 'LABOUR_DECLARED' and :declared)
                               and (l.account like 'WAGES:%' or p.project_id is null or p.currency = :currency)
                               and (cast(:project as uuid) is null or l.project_id = :project)
                             group by l.person_id
                        ), offered as (
                            select s.annotator_id as person_id, round(sum(p.hazard_minor + case p.pay_rule when 'piece' then s.reward_minor
                                         else p.reward_minor * cast(c.estimate_millis as numeric) / 3600000 end)) as reward, sum(c.estimate_millis) as estimate
                              from submission s join claim c using (claim_id) join project p on p.project_id = s.project_id
                             where s.submitted_at <= :until and p.currency = :currency and p.pay_rule <> 'none' and (cast(:project as uuid) is null or s.project_id = :project)
                             group by s.annotator_id
                        )
                        select coalesce(person.region, 'unknown') as region, cast(coalesce(b.pay, 0) as bigint), cast(coalesce(b.top_up, 0) as bigint),
                               cast(coalesce(b.total, 0) as bigint), cast(coalesce(b.declared, 0) as bigint), cast(coalesce(b.direct, 0) as bigint), cast(coalesce(o.reward, 0) as bigint),
                               cast(coalesce(o.estimate, 0) as bigint)
                          from booked b left join offered o using (person_id) left join person using (person_id)
                         where b.total > 0 order by region, b.person_id
                        """, Worker.class)
                .setParameter("tx", watermark.tx()).setParameter("currency", currency).setParameter("declared", declared)
                .setParameter("project", project, UUID.class).setParameter("until", watermark.postedAt(), Instant.class)
                .getResultList();
    }

    /** By whom the time was declared that is in these reports though nobody observed it, by name. */
    List<String> declaredSources(WageReport.Watermark watermark, String currency, UUID project) {
        return session.createNativeQuery("""
                        select distinct w.source from worked_interval w left join project p using (project_id)
                         where w.source <> 'observed' and w.booked_at <= :until and (p.project_id is null or p.currency = :currency)
                           and (cast(:project as uuid) is null or w.project_id = :project) order by w.source
                        """, String.class)
                .setParameter("until", watermark.postedAt(), Instant.class).setParameter("currency", currency)
                .setParameter("project", project, UUID.class).getResultList();
    }

    void ran(UUID personId, String report, String parameters, String watermark, String sha256) {
        session.createNativeMutationQuery("""
                        insert into report_run (person_id, report, parameters, watermark, sha256)
                        values (:person, :report, cast(:parameters as jsonb), cast(:watermark as jsonb), :sha)
                        """)
                .setParameter("person", personId).setParameter("report", report).setParameter("parameters", parameters)
                .setParameter("watermark", watermark).setParameter("sha", sha256).executeUpdate();
    }
}
