import { usePaged } from '../api/paged';
import { post, postOnce } from '../api/http';
import type { DatasetVersion, Licence, Offer } from '../api/types';
import { Confirmed } from '../kit/actions';
import { Listed } from '../kit/states';
import { Table } from '../kit/tables';
import { useMe } from '../session/session';
import { useFormat, useText } from '../text/text';
import { OfferForm } from './OfferForm';
import { VersionCard } from './VersionCard';

/** Data sets on offer, licences bought and sold, and the offers between them. */
export default function LicencesPage() {
  const t = useText();
  const me = useMe();
  const mine = me.organisation?.id;
  const versions = usePaged<DatasetVersion>('/api/datasets');
  const licences = usePaged<Licence>('/api/licences');
  const bought = new Set(licences.items?.filter((licence) => licence.buyer?.id === mine).map((licence) => licence.versionId));
  return (
    <main id="main">
      <h1>{t.nav.licences}</h1>
      <p className="lead">{t.licences.lead}</p>
      <Offers mine={mine} />
      <section>
        <h2>{t.licences.held}</h2>
        <Listed of={licences} empty={t.licences.none}>{(items) => <Held licences={items} mine={mine} />}</Listed>
      </section>
      <section>
        <h2>{t.licences.datasets}</h2>
        <Listed of={versions} empty={t.licences.noDataset}>
          {(items) => (
            <ul className="cards">
              {items.map((version) => {
                const own = version.organisation?.id === mine;
                return (
                  <VersionCard key={version.versionId} version={{ ...version, mayDownload: version.mayDownload ?? bought.has(version.versionId) }} own={own}>
                    {own && <OfferForm version={version} />}
                  </VersionCard>
                );
              })}
            </ul>
          )}
        </Listed>
      </section>
    </main>
  );
}

function Offers({ mine }: { mine: string | undefined }) {
  const t = useText();
  const { money } = useFormat();
  const offers = usePaged<Offer>('/api/licences/offers');
  const open = offers.items?.filter((offer) => offer.state.toLowerCase() === 'open');
  return (
    <section>
      <h2>{t.licences.offers}</h2>
      <Listed of={{ ...offers, items: open }} empty={t.licences.noOffer}>
        {(items) => (
          <ul className="cards">
            {items.map((offer) => (
              <li className="card" key={offer.offerId}>
                <div className="card-head"><h3>{offer.datasetName ?? offer.versionId}</h3><p className="number">{money(offer.priceMinor, offer.currency)}</p></div>
                <p className="muted">{t.licences.fromTo(offer.seller?.name ?? '', offer.buyer?.name ?? '')} · {t.licences.runs(offer.runsTotal)}{offer.beyondDeclared ? ` · ${t.licences.beyond}` : ''}</p>
                {offer.buyer?.id === mine ? (
                  <Confirmed
                    label={t.licences.accept} title={t.licences.accept} confirm={t.licences.buy(money(offer.priceMinor, offer.currency))} className="button primary"
                    onConfirm={() => postOnce(`/api/licences/offers/${offer.offerId}/accept`, crypto.randomUUID())}
                  >
                    <p>{t.licences.acceptText}</p>
                  </Confirmed>
                ) : (
                  <Confirmed
                    label={t.licences.withdraw} title={t.licences.withdraw} confirm={t.licences.withdraw} className="button small"
                    onConfirm={() => post(`/api/licences/offers/${offer.offerId}/withdraw`)}
                  >
                    <p>{t.licences.withdrawText}</p>
                  </Confirmed>
                )}
              </li>
            ))}
          </ul>
        )}
      </Listed>
    </section>
  );
}

function Held({ licences, mine }: { licences: Licence[]; mine: string | undefined }) {
  const t = useText();
  const { money, moment } = useFormat();
  return (
    <Table stacked label={t.licences.held} head={(
      <tr><th>{t.licences.dataset}</th><th>{t.licences.side}</th><th className="n">{t.licences.price}</th><th className="n">{t.licences.used}</th><th>{t.licences.since}</th></tr>
    )}>
      {licences.map((licence) => {
        const sold = licence.seller?.id === mine;
        return (
          <tr key={licence.licenceId}>
            <th scope="row">{licence.datasetName ?? licence.versionId}{licence.beyondDeclared && <small>{t.licences.beyond}</small>}</th>
            <td>{sold ? t.licences.soldTo(licence.buyer?.name ?? '') : t.licences.boughtFrom(licence.seller?.name ?? '')}</td>
            <td className="n">{money(licence.priceMinor, licence.currency)}</td>
            <td className="n">{licence.runsUsed ?? 0} / {licence.runsTotal}</td>
            <td>{licence.soldAt && moment(licence.soldAt)}</td>
          </tr>
        );
      })}
    </Table>
  );
}
