import { useState } from 'react';
import { postOnce } from '../api/http';
import type { Model } from '../api/types';
import { Booking } from '../kit/booking';
import { Field } from '../kit/fields';
import { useText } from '../text/text';
import { wholeOf } from './typed';

/** P ... C': what its runs made becomes a commodity, sold by the month. */
export function ReleaseForm({ model }: { model: Model }) {
  const t = useText();
  const [months, setMonths] = useState(String(model.months ?? ''));
  const over = wholeOf(months, 1, 600);
  return (
    <Booking
      label={t.models.release.release} booked={t.models.release.released} fields={['months']} typed={over === null ? null : { months: over }}
      send={(body, key) => postOnce(`/api/models/${model.modelId}/release`, key, body)}
      summary={<p>{over !== null && t.models.release.summary(model.runs, over)}</p>}
    >
      {(fault, tried) => (
        <>
          <p className="muted">{t.models.release.text}</p>
          <Field label={t.models.months} hint={t.models.monthsHint} value={months} onChange={setMonths} inputMode="numeric" error={(tried && over === null && t.models.faults.months) || fault('months')} />
        </>
      )}
    </Booking>
  );
}
