import { useState } from 'react';
import { Button } from 'react-aria-components';
import { usePaged } from '../api/paged';
import { query } from '../api/http';
import type { Interval } from '../api/types';
import { duration, shiftDay, utcDay } from '../format/time';
import { Listed } from '../kit/states';
import { Table } from '../kit/tables';
import { useFormat, useText } from '../text/text';
import { Correct } from './Correct';

/** Every booked interval of a day, as the ledger has it. */
export function Intervals() {
  const [correcting, setCorrecting] = useState<Interval | null>(null);
  const t = useText();
  const format = useFormat();
  const today = utcDay(new Date());
  const [day, setDay] = useState(today);
  const intervals = usePaged<Interval>(`/api/me/intervals${query({ day })}`);
  return (
    <section>
      <h2>{t.pay.intervals}</h2>
      <div className="day-choice">
        <Button className="button small" aria-label={t.pay.dayBefore} onPress={() => setDay(shiftDay(day, -1))}>←</Button>
        <input type="date" aria-label={t.pay.day} value={day} max={today} onChange={(event) => event.target.value && setDay(event.target.value)} />
        <Button className="button small" aria-label={t.pay.dayAfter} isDisabled={day >= today} onPress={() => setDay(shiftDay(day, 1))}>→</Button>
        <span className="muted">{t.pay.utc}</span>
      </div>
      <Listed of={intervals} empty={t.pay.noInterval(format.day(day))}>
        {(items) => (
          <Table label={t.pay.intervals} head={<tr><th>{t.pay.fromTo}</th><th className="n">{t.pay.time}</th><th><span className="unseen">{t.pay.correct}</span></th><th>{t.pay.timeClass}</th><th>{t.pay.project}</th><th>{t.pay.source}</th></tr>}>
            {items.map((interval) => (
              <tr key={interval.intervalId}>
                <td>{format.timeOfDayUtc(interval.from)} – {format.timeOfDayUtc(interval.to)}</td>
                <td className="n">{duration(interval.millis)}</td>
                <td className="act">{interval.claimId && <Button className="button quiet small" aria-label={t.pay.correctFrom(format.timeOfDayUtc(interval.from))} onPress={() => setCorrecting(interval)}>{t.pay.correct}</Button>}</td>
                <td>{t.classes[interval.timeClass] ?? interval.timeClass}</td>
                <td>{interval.title ?? '–'}</td>
                <td>{interval.source === 'observed' ? t.sources.observed : <span className="tag declared">{t.sources[interval.source] ?? interval.source}</span>}</td>
              </tr>
            ))}
          </Table>
        )}
      </Listed>
      {correcting && <Correct interval={correcting} onClose={() => setCorrecting(null)} />}
    </section>
  );
}
