import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { Checkbox, CheckboxGroup, Label } from 'react-aria-components';
import { Link } from 'react-router';
import { get, postOnce, query } from '../api/http';
import { usePaged } from '../api/paged';
import type { Licence, Model, TrialBalance } from '../api/types';
import { minorOf } from '../format/money';
import { Booking } from '../kit/booking';
import { Field } from '../kit/fields';
import { Listed } from '../kit/states';
import { useMe } from '../session/session';
import { useFormat, useText } from '../text/text';
import { meansLeft, type MeansLeft } from './typed';

/** A training run: which licences it takes one run of, and what else it uses up. */
export function RunForm({ model }: { model: Model }) {
  const t = useText();
  const { money } = useFormat();
  const me = useMe();
  const mine = me.organisation?.id;
  const licences = usePaged<Licence>('/api/licences');
  const usable = licences.items?.filter((licence) => licence.buyer?.id === mine && licence.runsUsed < licence.runsTotal);
  const means = useMeansLeft(mine, model.currency);
  const [chosen, setChosen] = useState<string[]>([]);
  const [amounts, setAmounts] = useState<Record<string, string>>({});
  const typedOf = (kind: string) => (amounts[kind] ?? '').trim();
  const used = means.filter(({ kind }) => typedOf(kind) !== '');
  const fault = (each: MeansLeft) => {
    if (typedOf(each.kind) === '') return null;
    const minor = minorOf(typedOf(each.kind), model.currency);
    return !minor ? t.newProject.faults.amount : minor > each.leftMinor ? t.models.run.onlyLeft(money(each.leftMinor, model.currency)) : null;
  };
  const sound = (chosen.length > 0 || used.length > 0) && used.every((each) => fault(each) === null);
  const typed = sound ? { licences: chosen, means: used.map(({ kind }) => ({ kind, amountMinor: minorOf(typedOf(kind), model.currency)! })) } : null;
  const names = usable?.filter((licence) => chosen.includes(licence.licenceId)).map(nameOf) ?? [];
  return (
    <>
      <p className="muted">{t.models.run.text}</p>
      <Booking
        label={t.models.run.record} booked={t.models.run.recorded} fields={[]} typed={typed}
        send={(body, key) => postOnce(`/api/models/${model.modelId}/runs`, key, body)}
        onBooked={() => { setChosen([]); setAmounts({}); }}
        summary={(
          <ul className="plain-list">
            {names.map((name, at) => <li key={at}>{t.models.run.takes(name)}</li>)}
            {typed?.means.map(({ kind, amountMinor }) => <li key={kind}>{t.models.run.uses(money(amountMinor, model.currency), kind)}</li>)}
          </ul>
        )}
      >
        {(_, tried) => (
          <>
            <Listed of={{ ...licences, items: usable }} empty={<>{t.models.run.noLicence} <Link to="/licences">{t.models.toLicences}</Link></>}>
              {(items) => (
                <CheckboxGroup className="ways" value={chosen} onChange={setChosen}>
                  <Label>{t.models.run.licences}</Label>
                  {items.map((licence) => (
                    <Checkbox key={licence.licenceId} value={licence.licenceId} className="checkbox way">
                      <span className="box-mark" aria-hidden="true" />
                      <span>{nameOf(licence)}<small>{t.licences.boughtFrom(licence.seller?.name ?? '')} · {t.models.run.left(licence.runsTotal - licence.runsUsed, licence.runsTotal)}{licence.beyondDeclared ? ` · ${t.licences.beyond}` : ''}</small></span>
                    </Checkbox>
                  ))}
                </CheckboxGroup>
              )}
            </Listed>
            {means.length > 0 ? (
              <div className="fields">
                {means.map((each) => (
                  <Field
                    key={each.kind} label={t.models.run.meansOf(each.kind, model.currency)} hint={t.models.run.meansLeft(money(each.leftMinor, model.currency))}
                    value={amounts[each.kind] ?? ''} inputMode="decimal" error={fault(each)}
                    onChange={(value) => setAmounts((before) => ({ ...before, [each.kind]: value }))}
                  />
                ))}
              </div>
            ) : <p className="muted">{t.models.run.noMeans}</p>}
            {tried && chosen.length === 0 && used.length === 0 && <p className="field-error" role="alert">{t.models.run.nothing}</p>}
          </>
        )}
      </Booking>
    </>
  );
}

function nameOf(licence: Licence): string {
  return licence.datasetName ?? licence.versionId;
}

/** From the organisation's own book. */
function useMeansLeft(book: string | undefined, currency: string): MeansLeft[] {
  const path = `/api/ledger/trial-balance${query({ book })}`;
  const trial = useQuery({ queryKey: [path], queryFn: () => get<TrialBalance>(path), enabled: book !== undefined });
  return meansLeft(trial.data?.rows ?? [], currency);
}
