package io.kreislauf.market;

import io.kreislauf.dataset.Licensees;
import io.kreislauf.dataset.StockText;
import io.kreislauf.ledger.Stock;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.hibernate.StatelessSession;

/** Offers and licences. */
@ApplicationScoped
class LicenceRows implements Licensees {

    private record Row(UUID licenceId, UUID versionId, String datasetName, Integer ordinal, UUID sellerId, String sellerName, UUID buyerId,
                       String buyerName, long priceMinor, String currency, int runsTotal, int runsUsed, Instant soldAt, boolean beyondDeclared,
                       String stock) {}

    private record Sold(UUID versionId, long licences) {}

    private static final String OFFERS = """
            select f.offer_id, f.version_id, v.name as dataset_name, f.seller_organisation_id, s.name as seller_name, f.buyer_organisation_id,
                   b.name as buyer_name, f.price_minor, f.currency, f.runs_total, f.state, f.beyond_declared
              from licence_offer f join dataset_version v using (version_id)
              join organisation s on s.organisation_id = f.seller_organisation_id
              join organisation b on b.organisation_id = f.buyer_organisation_id
            """;
    private static final String LICENCES = """
            select l.licence_id, l.version_id, v.name as dataset_name, l.ordinal, l.seller_organisation_id, s.name as seller_name,
                   l.buyer_organisation_id, b.name as buyer_name, l.price_minor, l.currency, l.runs_total,
                   cast((select count(*) from training_run_licence u where u.licence_id = l.licence_id) as int) as runs_used,
                   l.sold_at, l.beyond_declared, cast(l.stock as text) as stock
              from licence l join dataset_version v using (version_id)
              join organisation s on s.organisation_id = l.seller_organisation_id
              join organisation b on b.organisation_id = l.buyer_organisation_id
            """;

    private final StatelessSession session;

    LicenceRows(StatelessSession session) {
        this.session = session;
    }

    /** One sale of a version at a time, until the end of the transaction. */
    void lock(UUID versionId) {
        session.createNativeQuery("select 1 from dataset_version where version_id = :version for no key update", Integer.class)
                .setParameter("version", versionId).getSingleResult();
    }

    /** Of the declared number: sold, and offered without an answer yet. */
    long soldAndOffered(UUID versionId) {
        return session.createNativeQuery("""
                        select (select count(*) from licence where version_id = :version and ordinal is not null)
                             + (select count(*) from licence_offer where version_id = :version and state = 'open' and not beyond_declared)
                        """, Long.class)
                .setParameter("version", versionId).getSingleResult();
    }

    int nextOrdinal(UUID versionId) {
        return session.createNativeQuery("select coalesce(max(ordinal), 0) + 1 from licence where version_id = :version", Integer.class)
                .setParameter("version", versionId).getSingleResult();
    }

    UUID offer(UUID versionId, UUID seller, OfferingLicence.NewOffer offer) {
        return session.createNativeQuery("""
                        insert into licence_offer (version_id, seller_organisation_id, buyer_organisation_id, price_minor, currency, runs_total, beyond_declared)
                        values (:version, :seller, :buyer, :price, :currency, :runs, :beyond) returning offer_id
                        """, UUID.class)
                .setParameter("version", versionId).setParameter("seller", seller).setParameter("buyer", offer.buyerOrganisationId())
                .setParameter("price", offer.priceMinor()).setParameter("currency", offer.currency()).setParameter("runs", offer.runsTotal())
                .setParameter("beyond", offer.beyondDeclared()).getSingleResult();
    }

    Optional<LicenceOffer> offer(UUID offerId) {
        return session.createNativeQuery(OFFERS + " where f.offer_id = :offer", LicenceOffer.class).setParameter("offer", offerId).uniqueResultOptional();
    }

    /** Takes an open offer to another state; false if somebody was faster. */
    boolean close(UUID offerId, String state) {
        return session.createNativeMutationQuery("update licence_offer set state = :state where offer_id = :offer and state = 'open'")
                .setParameter("state", state).setParameter("offer", offerId).executeUpdate() == 1;
    }

    List<LicenceOffer> offers(UUID organisationId, UUID before, int rows) {
        return session.createNativeQuery(OFFERS + """
                         where (f.seller_organisation_id = :organisation or f.buyer_organisation_id = :organisation)
                           and (cast(:before as uuid) is null or f.offer_id < :before)
                         order by f.offer_id desc limit :rows
                        """, LicenceOffer.class)
                .setParameter("organisation", organisationId).setParameter("before", before, UUID.class).setParameter("rows", rows).getResultList();
    }

    void sell(LicenceOffer offer, Integer ordinal, Stock stock, Instant soldAt) {
        session.createNativeMutationQuery("""
                        insert into licence (licence_id, version_id, ordinal, seller_organisation_id, buyer_organisation_id, price_minor, currency,
                                             runs_total, sold_at, beyond_declared, stock)
                        values (:id, :version, :ordinal, :seller, :buyer, :price, :currency, :runs, :at, :beyond, cast(:stock as jsonb))
                        """)
                .setParameter("id", offer.offerId()).setParameter("version", offer.versionId()).setParameter("ordinal", ordinal, Integer.class)
                .setParameter("seller", offer.sellerId()).setParameter("buyer", offer.buyerId()).setParameter("price", offer.priceMinor())
                .setParameter("currency", offer.currency()).setParameter("runs", offer.runsTotal()).setParameter("at", soldAt)
                .setParameter("beyond", ordinal == null).setParameter("stock", StockText.write(stock))
                .executeUpdate();
    }

    Optional<Licence> licence(UUID licenceId) {
        return session.createNativeQuery(LICENCES + " where l.licence_id = :licence", Row.class).setParameter("licence", licenceId)
                .uniqueResultOptional().map(LicenceRows::licence);
    }

    /** Held, in the order of their ids, until the end of the transaction, so that each run is one use of its own. */
    List<Licence> forUse(Collection<UUID> licenceIds, UUID buyerId) {
        UUID[] ids = licenceIds.stream().sorted().toArray(UUID[]::new);
        session.createNativeQuery("""
                        select count(*) from (select pg_advisory_xact_lock(hashtextextended(cast(id as text), 10)) from unnest(cast(:ids as uuid[])) as id offset 0) held
                        """, Long.class)
                .setParameter("ids", ids).getSingleResult();
        return session.createNativeQuery(LICENCES + " where l.licence_id = any (cast(:ids as uuid[])) and l.buyer_organisation_id = :buyer order by l.licence_id", Row.class)
                .setParameter("ids", ids).setParameter("buyer", buyerId).getResultList().stream().map(LicenceRows::licence).toList();
    }

    List<Licence> licences(UUID organisationId, UUID before, int rows) {
        return session.createNativeQuery(LICENCES + """
                         where (l.seller_organisation_id = :organisation or l.buyer_organisation_id = :organisation)
                           and (cast(:before as uuid) is null or l.licence_id < :before)
                         order by l.licence_id desc limit :rows
                        """, Row.class)
                .setParameter("organisation", organisationId).setParameter("before", before, UUID.class).setParameter("rows", rows)
                .getResultList().stream().map(LicenceRows::licence).toList();
    }

    List<Licence> ofVersions(Collection<UUID> versionIds) {
        return session.createNativeQuery(LICENCES + " where l.version_id = any (cast(:versions as uuid[])) order by l.version_id, l.ordinal nulls last, l.licence_id", Row.class)
                .setParameter("versions", versionIds.toArray(UUID[]::new)).getResultList().stream().map(LicenceRows::licence).toList();
    }

    @Override
    public boolean holds(UUID organisationId, UUID versionId) {
        return session.createNativeQuery("select exists (select from licence where version_id = :version and buyer_organisation_id = :buyer)", Boolean.class)
                .setParameter("version", versionId).setParameter("buyer", organisationId).getSingleResult();
    }

    @Override
    public Map<UUID, Integer> sold(Collection<UUID> versionIds) {
        Map<UUID, Integer> sold = versionIds.stream().distinct().collect(Collectors.toMap(Function.identity(), v -> 0));
        session.createNativeQuery("select version_id, count(*) from licence where version_id = any (cast(:versions as uuid[])) group by version_id", Sold.class)
                .setParameter("versions", versionIds.toArray(UUID[]::new)).getResultList()
                .forEach(s -> sold.put(s.versionId(), Math.toIntExact(s.licences())));
        return sold;
    }

    private static Licence licence(Row r) {
        return new Licence(r.licenceId, r.versionId, r.datasetName, r.ordinal, r.sellerId, r.sellerName, r.buyerId, r.buyerName, r.priceMinor, r.currency,
                r.runsTotal, r.runsUsed, r.soldAt, r.beyondDeclared, StockText.read(r.stock));
    }
}
