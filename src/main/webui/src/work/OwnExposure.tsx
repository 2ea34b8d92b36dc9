import { useState } from 'react';
import { Button } from 'react-aria-components';
import { request } from '../api/http';
import { useChange } from '../kit/actions';
import { Field } from '../kit/fields';
import { Failure } from '../kit/states';
import { useMe } from '../session/session';
import { useText } from '../text/text';

/** How many minutes of distressing content a day one allows oneself, over all projects. */
export function OwnExposure() {
  const t = useText();
  const now = useMe().exposureMinutesMax;
  const [minutes, setMinutes] = useState(now == null ? '' : String(now));
  const sound = minutes.trim() === '' || (/^\d{1,4}$/.test(minutes.trim()) && Number(minutes) <= 1440);
  const change = useChange<number | null, unknown>((minutesADay) => request('/api/me/exposure-limit', { method: 'PUT', json: { minutesADay } }));
  return (
    <details>
      <summary>{t.exposure.title(now)}</summary>
      <Field label={t.exposure.minutes} hint={t.exposure.hint} inputMode="numeric" value={minutes} onChange={setMinutes} error={sound ? null : t.newProject.faults.minutes} />
      <Button className="button small" isDisabled={!sound} onPress={() => change.mutate(minutes.trim() === '' ? null : Number(minutes))}>{t.exposure.save}</Button>
      <span role="status" className="muted">{change.isSuccess ? t.exposure.saved : ''}</span>
      {change.error && <Failure error={change.error} />}
    </details>
  );
}
