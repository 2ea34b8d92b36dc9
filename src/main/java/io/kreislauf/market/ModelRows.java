package io.kreislauf.market;

import io.kreislauf.dataset.StockText;
import io.kreislauf.ledger.Stock;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.hibernate.StatelessSession;

/** Models and what was booked for them. */
@ApplicationScoped
class ModelRows {

    private record Row(UUID modelId, UUID organisationId, String organisationName, String name, Integer months, String currency, String stock,
                       Instant releasedAt, int runs, int monthsSold, long revenueMinor) {}

    private static final String SELECT = """
            select m.model_id, m.organisation_id, o.name as organisation_name, m.name, m.months, m.currency, cast(m.stock as text) as stock,
                   m.released_at, cast((select count(*) from training_run r where r.model_id = m.model_id) as int) as runs,
                   cast((select count(*) from model_month s where s.model_id = m.model_id) as int) as months_sold,
                   cast(coalesce((select sum(s.revenue_minor) from model_month s where s.model_id = m.model_id), 0)
                      - coalesce((select sum(f.amount_minor) from model_refund f where f.model_id = m.model_id), 0) as bigint) as revenue_minor
              from model m join organisation o using (organisation_id)
            """;

    private final StatelessSession session;

    ModelRows(StatelessSession session) {
        this.session = session;
    }

    UUID insert(UUID organisationId, String name, Integer months, String currency) {
        return session.createNativeQuery("insert into model (organisation_id, name, months, currency) values (:organisation, :name, :months, :currency) returning model_id", UUID.class)
                .setParameter("organisation", organisationId).setParameter("name", name).setParameter("months", months, Integer.class)
                .setParameter("currency", currency).getSingleResult();
    }

    /** One change of a model at a time, until the end of the transaction. */
    void lock(UUID modelId) {
        session.createNativeQuery("select 1 from model where model_id = :model for no key update", Integer.class).setParameter("model", modelId).getSingleResult();
    }

    Optional<Model> find(UUID modelId) {
        return session.createNativeQuery(SELECT + " where m.model_id = :model", Row.class).setParameter("model", modelId)
                .uniqueResultOptional().map(ModelRows::model);
    }

    List<Model> page(UUID organisationId, UUID before, int rows) {
        return session.createNativeQuery(SELECT + """
                         where (cast(:organisation as uuid) is null or m.organisation_id = :organisation)
                           and (cast(:before as uuid) is null or m.model_id < :before)
                         order by m.model_id desc limit :rows
                        """, Row.class)
                .setParameter("organisation", organisationId, UUID.class).setParameter("before", before, UUID.class).setParameter("rows", rows)
                .getResultList().stream().map(ModelRows::model).toList();
    }

    UUID declare(UUID modelId, DeclaringLabour.Labour labour, String currency, Instant at) {
        return session.createNativeQuery("""
                        insert into model_labour (model_id, declared_millis, wages_minor, currency, source, declared_at)
                        values (:model, :millis, :wages, :currency, :source, :at) returning declaration_id
                        """, UUID.class)
                .setParameter("model", modelId).setParameter("millis", labour.declaredMillis()).setParameter("wages", labour.wagesMinor())
                .setParameter("currency", currency).setParameter("source", labour.source()).setParameter("at", at).getSingleResult();
    }

    UUID run(UUID modelId, Instant at) {
        return session.createNativeQuery("insert into training_run (model_id, run_at) values (:model, :at) returning run_id", UUID.class)
                .setParameter("model", modelId).setParameter("at", at).getSingleResult();
    }

    void use(UUID runId, UUID licenceId, int ordinal) {
        session.createNativeMutationQuery("insert into training_run_licence (run_id, licence_id, ordinal) values (:run, :licence, :ordinal)")
                .setParameter("run", runId).setParameter("licence", licenceId).setParameter("ordinal", ordinal).executeUpdate();
    }

    void use(UUID runId, String kind, long amountMinor, String currency) {
        session.createNativeMutationQuery("insert into training_run_means (run_id, kind, amount_minor, currency) values (:run, :kind, :amount, :currency)")
                .setParameter("run", runId).setParameter("kind", kind).setParameter("amount", amountMinor).setParameter("currency", currency).executeUpdate();
    }

    void release(UUID modelId, int months, Stock stock, Instant at) {
        session.createNativeMutationQuery("""
                        update model set state = 'released', months = :months, stock = cast(:stock as jsonb), released_at = :at where model_id = :model
                        """)
                .setParameter("months", months).setParameter("stock", StockText.write(stock)).setParameter("at", at).setParameter("model", modelId).executeUpdate();
    }

    boolean sold(UUID modelId, int month) {
        return session.createNativeQuery("select exists (select from model_month where model_id = :model and month = :month)", Boolean.class)
                .setParameter("model", modelId).setParameter("month", month).getSingleResult();
    }

    UUID sell(UUID modelId, SellingService.Month month, Instant at) {
        return session.createNativeQuery("""
                        insert into model_month (model_id, month, revenue_minor, serving_cost_minor, sold_at)
                        values (:model, :month, :revenue, :serving, :at) returning sale_id
                        """, UUID.class)
                .setParameter("model", modelId).setParameter("month", month.month()).setParameter("revenue", month.revenueMinor())
                .setParameter("serving", month.servingCostMinor()).setParameter("at", at).getSingleResult();
    }

    UUID refund(UUID modelId, long amountMinor, Instant at) {
        return session.createNativeQuery("insert into model_refund (model_id, amount_minor, refunded_at) values (:model, :amount, :at) returning refund_id", UUID.class)
                .setParameter("model", modelId).setParameter("amount", amountMinor).setParameter("at", at).getSingleResult();
    }

    private static Model model(Row r) {
        return new Model(r.modelId, r.organisationId, r.organisationName, r.name, r.months, r.currency, r.stock == null ? null : StockText.read(r.stock),
                r.releasedAt, r.runs, r.monthsSold, r.revenueMinor);
    }
}
