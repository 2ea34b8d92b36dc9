import { useSearchParams } from 'react-router';
import { Field } from '../kit/fields';
import { useText } from '../text/text';

/** The clocks that a book is read as of: a day in UTC, which means its end, or an instant; null: everything so far. */
export interface AsOf {
  effectiveAt: string | null;
  postedAt: string | null;
}

export function useAsOf(): AsOf {
  const [search] = useSearchParams();
  return { effectiveAt: search.get('effectiveAt'), postedAt: search.get('postedAt') };
}

/** Kept in the address, so that a link to a past balance stays one. */
export function AsOfFields() {
  const t = useText();
  const asOf = useAsOf();
  const [, setSearch] = useSearchParams();
  const set = (name: keyof AsOf) => (value: string) => setSearch((before) => {
    const after = new URLSearchParams(before);
    if (value) after.set(name, value);
    else after.delete(name);
    return after;
  }, { replace: true });
  return (
    <section className="fields" aria-label={t.ledger.asOf}>
      <Field type="date" label={t.ledger.asOfEffective} hint={t.ledger.asOfHint} value={day(asOf.effectiveAt)} onChange={set('effectiveAt')} />
      <Field type="date" label={t.ledger.asOfPosted} hint={t.ledger.asOfHint} value={day(asOf.postedAt)} onChange={set('postedAt')} />
    </section>
  );
}

/** A field for a day shows an instant's day. */
function day(instant: string | null): string {
  return instant?.slice(0, 10) ?? '';
}

export function Firmness({ firm, asOf }: { firm: boolean; asOf: AsOf }) {
  const t = useText();
  if (!asOf.effectiveAt && !asOf.postedAt) return <p className="muted">{t.ledger.now}</p>;
  return <p className={firm ? 'note' : 'note warn'}>{firm ? t.ledger.firm : t.ledger.provisional}</p>;
}
