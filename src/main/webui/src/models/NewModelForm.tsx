import { useState } from 'react';
import { Button } from 'react-aria-components';
import { useNavigate } from 'react-router';
import { postOnce } from '../api/http';
import type { Model } from '../api/types';
import { useChange } from '../kit/actions';
import { faultAt } from '../kit/booking';
import { Field } from '../kit/fields';
import { Failure } from '../kit/states';
import { useText } from '../text/text';
import { wholeOf } from './typed';

/** Begins a model. Nothing is booked yet: that comes with what goes into it. */
export function NewModelForm() {
  const t = useText();
  const navigate = useNavigate();
  const [name, setName] = useState('');
  const [months, setMonths] = useState('24');
  const [currency, setCurrency] = useState('USD');
  const [tried, setTried] = useState(false);
  const begin = useChange(
    (body: object, key) => postOnce<Model>('/api/models', key, body),
    (model) => void navigate(`/models/${model.modelId}`),
  );
  const monthsTyped = wholeOf(months, 1, 600);
  const sound = name.trim() !== '' && monthsTyped !== null && /^[A-Z]{3}$/.test(currency);
  const fault = (field: string) => faultAt(begin.error, field);
  const placed = ['name', 'months', 'currency'].some((field) => fault(field) !== null);
  return (
    <details className="box">
      <summary>{t.models.begin}</summary>
      <form noValidate onSubmit={(event) => {
        event.preventDefault();
        setTried(true);
        if (sound) begin.mutate({ name: name.trim(), months: monthsTyped, currency });
      }}>
        <Field label={t.models.name} value={name} onChange={setName} isRequired error={(tried && name.trim() === '' && t.newProject.faults.needed) || fault('name')} />
        <div className="fields">
          <Field label={t.models.months} hint={t.models.monthsHint} value={months} onChange={setMonths} inputMode="numeric" error={(tried && monthsTyped === null && t.models.faults.months) || fault('months')} />
          <Field label={t.newProject.fields.currency!} value={currency} onChange={(typed) => setCurrency(typed.toUpperCase())} error={(tried && !/^[A-Z]{3}$/.test(currency) && t.newProject.faults.currency) || fault('currency')} />
        </div>
        {begin.isError && !placed && <Failure error={begin.error} />}
        <div className="actions"><Button type="submit" className="button primary" isDisabled={begin.isPending}>{t.models.begin}</Button></div>
      </form>
    </details>
  );
}
