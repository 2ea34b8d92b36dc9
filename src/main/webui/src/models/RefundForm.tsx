import { useState } from 'react';
import { postOnce } from '../api/http';
import type { Model } from '../api/types';
import { minorOf } from '../format/money';
import { Booking } from '../kit/booking';
import { Field } from '../kit/fields';
import { useFormat, useText } from '../text/text';

/** Revenue that went back to a customer; the hours passed on stay passed on. */
export function RefundForm({ model }: { model: Model }) {
  const t = useText();
  const { money } = useFormat();
  const [amount, setAmount] = useState('');
  const amountMinor = minorOf(amount, model.currency);
  return (
    <Booking
      label={t.models.refund.book} booked={t.models.refund.booked} fields={['amountMinor']} typed={amountMinor ? { amountMinor } : null}
      send={(body, key) => postOnce(`/api/models/${model.modelId}/refunds`, key, body)}
      onBooked={() => setAmount('')}
      summary={<p>{amountMinor && t.models.refund.summary(money(amountMinor, model.currency))}</p>}
    >
      {(fault, tried) => (
        <Field label={t.models.refund.amount(model.currency)} hint={t.models.refund.hint(money(model.revenueMinor, model.currency))} value={amount} onChange={setAmount} inputMode="decimal" error={(tried && !amountMinor && t.newProject.faults.amount) || fault('amountMinor')} />
      )}
    </Booking>
  );
}
