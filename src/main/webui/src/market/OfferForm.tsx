import { useState } from 'react';
import { Button, Checkbox } from 'react-aria-components';
import { postOnce } from '../api/http';
import { usePaged } from '../api/paged';
import type { DatasetVersion, Organisation } from '../api/types';
import { minorOf } from '../format/money';
import { useChange } from '../kit/actions';
import { Field, Pick } from '../kit/fields';
import { Failure } from '../kit/states';
import { useMe } from '../session/session';
import { useText } from '../text/text';

/** Offers a licence of an own version to another organisation, which accepts and pays. */
export function OfferForm({ version }: { version: DatasetVersion }) {
  const t = useText();
  const me = useMe();
  const organisations = usePaged<Organisation>('/api/organisations');
  const [buyer, setBuyer] = useState('');
  const [price, setPrice] = useState('');
  const [runs, setRuns] = useState('1');
  const [beyond, setBeyond] = useState(false);
  const currency = version.currency ?? 'USD';
  const priceMinor = minorOf(price, currency);
  const offer = useChange((body: object, key) => postOnce('/api/licences/offers', key, body), () => setPrice(''));
  const others = (organisations.items ?? []).map((each) => [each.id, each.name] as const).filter(([id]) => id !== me.organisation?.id);
  const soldOut = (version.licencesSold ?? 0) >= version.licencesDeclared;
  const valid = buyer !== '' && priceMinor !== null && /^[1-9]\d{0,4}$/.test(runs);
  return (
    <details>
      <summary>{t.licences.offer}</summary>
      <form onSubmit={(event) => {
        event.preventDefault();
        offer.mutate({ versionId: version.versionId, buyerOrganisationId: buyer, priceMinor, currency, runsTotal: Number(runs), ...(beyond ? { beyondDeclared: true } : {}) });
      }}>
        <div className="fields">
          <Pick label={t.licences.buyer} value={buyer} onChange={setBuyer} options={[['', '…'], ...others]} />
          <Field label={`${t.licences.price} (${currency})`} value={price} onChange={setPrice} inputMode="decimal" />
          <Field label={t.licences.runsTotal} value={runs} onChange={setRuns} inputMode="numeric" />
        </div>
        {soldOut && (
          <Checkbox className="checkbox" isSelected={beyond} onChange={setBeyond}>
            <span className="box-mark" aria-hidden="true" />{t.licences.confirmBeyond}
          </Checkbox>
        )}
        {offer.isError && <Failure error={offer.error} />}
        {offer.isSuccess && <p className="note" role="status">{t.licences.offered}</p>}
        <div className="actions"><Button type="submit" className="button primary" isDisabled={!valid || offer.isPending}>{t.licences.offer}</Button></div>
      </form>
    </details>
  );
}
