import { useState } from 'react';
import { Checkbox } from 'react-aria-components';
import { postOnce } from '../api/http';
import type { Model } from '../api/types';
import { minorOf } from '../format/money';
import { Booking } from '../kit/booking';
import { Field } from '../kit/fields';
import { useFormat, useText } from '../text/text';
import { wholeOf } from './typed';

/** C' - M': one month of the model sold as a service. Without a customer its cost passes on all the same. */
export function MonthForm({ model }: { model: Model }) {
  const t = useText();
  const { money } = useFormat();
  const { currency } = model;
  const months = model.months ?? 600;
  const [month, setMonth] = useState(String(Math.min(model.monthsSold + 1, months)));
  const [revenue, setRevenue] = useState('');
  const [serving, setServing] = useState('');
  const [nobody, setNobody] = useState(false);
  const k = wholeOf(month, 1, months);
  const revenueMinor = nobody ? 0 : minorOf(revenue, currency);
  const servingCostMinor = serving.trim() === '' ? 0 : minorOf(serving, currency);
  const typed = k !== null && revenueMinor !== null && (nobody || revenueMinor > 0) && servingCostMinor !== null
    ? { month: k, revenueMinor, servingCostMinor } : null;
  return (
    <Booking
      label={t.models.month.book} booked={t.models.month.booked} fields={['month', 'revenueMinor', 'servingCostMinor']} typed={typed}
      send={(body, key) => postOnce(`/api/models/${model.modelId}/months`, key, body)}
      onBooked={() => { setMonth(String((k ?? 0) + 1)); setRevenue(''); setServing(''); setNobody(false); }}
      summary={typed && <p>{t.models.month.summary(typed.month, months, money(typed.revenueMinor, currency), money(typed.servingCostMinor, currency))}</p>}
    >
      {(fault, tried) => (
        <>
          <p className="muted">{t.models.month.text}</p>
          <div className="fields">
            <Field label={t.models.month.month(months)} value={month} onChange={setMonth} inputMode="numeric" error={(tried && k === null && t.models.faults.month(months)) || fault('month')} />
            {!nobody && (
              <Field label={t.models.month.revenue(currency)} value={revenue} onChange={setRevenue} inputMode="decimal" error={(tried && !revenueMinor && t.newProject.faults.amount) || fault('revenueMinor')} />
            )}
            <Field label={t.models.month.serving(currency)} hint={t.models.month.servingHint} value={serving} onChange={setServing} inputMode="decimal" error={(tried && servingCostMinor === null && t.newProject.faults.amount) || fault('servingCostMinor')} />
          </div>
          <Checkbox className="checkbox" isSelected={nobody} onChange={setNobody}>
            <span className="box-mark" aria-hidden="true" />{t.models.month.nobody}
          </Checkbox>
        </>
      )}
    </Booking>
  );
}
