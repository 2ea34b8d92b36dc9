import { useState } from 'react';
import { postOnce } from '../api/http';
import type { Model } from '../api/types';
import { minorOf } from '../format/money';
import { Booking } from '../kit/booking';
import { Field } from '../kit/fields';
import { useFormat, useText } from '../text/text';
import { millisOf } from './typed';

/** Labour of one's own engineers and others whom nobody observed here: declared, and marked so wherever it is shown. */
export function LabourForm({ model }: { model: Model }) {
  const t = useText();
  const { money, hours } = useFormat();
  const [time, setTime] = useState('');
  const [wages, setWages] = useState('');
  const declaredMillis = millisOf(time);
  const wagesMinor = minorOf(wages, model.currency);
  const typed = declaredMillis && wagesMinor !== null ? { declaredMillis, wagesMinor } : null;
  return (
    <Booking
      label={t.models.labour.declare} booked={t.models.labour.declared} fields={['declaredMillis', 'wagesMinor']} typed={typed}
      send={(body, key) => postOnce(`/api/models/${model.modelId}/labour`, key, body)}
      onBooked={() => { setTime(''); setWages(''); }}
      summary={<p>{typed && t.models.labour.summary(hours(typed.declaredMillis), money(typed.wagesMinor, model.currency))}</p>}
    >
      {(fault, tried) => (
        <>
          <p className="muted">{t.models.labour.text}</p>
          <div className="fields">
            <Field label={t.models.labour.hours} value={time} onChange={setTime} inputMode="decimal" error={(tried && !declaredMillis && t.models.faults.hours) || fault('declaredMillis')} />
            <Field label={t.models.labour.wages(model.currency)} value={wages} onChange={setWages} inputMode="decimal" error={(tried && wagesMinor === null && t.newProject.faults.amount) || fault('wagesMinor')} />
          </div>
        </>
      )}
    </Booking>
  );
}
