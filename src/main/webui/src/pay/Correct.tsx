import { useState } from 'react';
import { Button } from 'react-aria-components';
import { post } from '../api/http';
import type { Interval } from '../api/types';
import { duration } from '../format/time';
import { useChange } from '../kit/actions';
import { Field } from '../kit/fields';
import { Overlay } from '../kit/overlays';
import { Failure } from '../kit/states';
import { useText } from '../text/text';

const MINUTE = 60_000;

/** What was booked with a task, contradicted by who did it: it took longer, or one was away. Both figures are kept. */
export function Correct({ interval, onClose }: { interval: Interval; onClose: () => void }) {
  const t = useText();
  const [way, setWay] = useState<'more' | 'away'>('more');
  const [minutes, setMinutes] = useState('');
  const [reason, setReason] = useState('');
  const millis = Math.round(Number(minutes.replace(',', '.')) * MINUTE);
  const correct = useChange(
    (body: { millis: number; reason: string }) => post(`/api/claims/${interval.claimId}/corrections`, body), onClose,
  );
  const ready = Number.isFinite(millis) && millis > 0 && reason.trim() !== '';
  return (
    <Overlay title={t.pay.correctTitle} isOpen onClose={onClose}>
      <p>{t.pay.correctText(interval.title ?? '', duration(interval.millis))}</p>
      <form onSubmit={(event) => { event.preventDefault(); if (ready) correct.mutate({ millis: way === 'more' ? millis : -millis, reason: reason.trim() }); }}>
        <fieldset className="ways">
          <legend>{t.pay.correctWhat}</legend>
          {(['more', 'away'] as const).map((each) => (
            <label key={each} className="way">
              <input type="radio" name="way" value={each} checked={way === each} onChange={() => setWay(each)} />
              <span><strong>{t.pay.ways[each]}</strong><small>{t.pay.wayTexts[each]}</small></span>
            </label>
          ))}
        </fieldset>
        <Field label={t.pay.minutes} value={minutes} onChange={setMinutes} inputMode="decimal" isRequired autoFocus />
        <Field label={t.pay.correctReason} value={reason} onChange={setReason} lines={3} isRequired />
        {correct.isError && <Failure error={correct.error} />}
        <Button type="submit" className="button primary" isDisabled={!ready || correct.isPending}>{t.pay.correct}</Button>
      </form>
    </Overlay>
  );
}
