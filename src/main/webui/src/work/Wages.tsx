import type { Task } from '../api/types';
import { useFormat, useText } from '../text/text';

/** What it is paid for: each task, all time, or not here. */
export function usePay(task: Task): string {
  const t = useText();
  const { money, perHour } = useFormat();
  switch (task.payRule) {
    case 'hour': return t.tasks.byTheHour(perHour(task.rewardMinor, task.currency));
    case 'none': return t.tasks.paidElsewhere;
    default: return t.tasks.perTask(money(task.rewardMinor, task.currency));
  }
}

/** Advertised, median effective and own effective hourly wage, side by side. */
export function Wages({ task }: { task: Task }) {
  const t = useText();
  const { perHour } = useFormat();
  const first = task.advertisedMinorPerHour;
  const advertised = task.advertisedNowMinorPerHour ?? first;
  const elsewhere = task.payRule === 'none';
  const wages: [label: string, value: number | null | undefined, none: string][] = [
    [t.wage.advertised, advertised, t.wage.none],
    [t.wage.median, task.medianEffectiveMinorPerHour, t.wage.noMedian],
    [t.wage.own, task.ownEffectiveMinorPerHour, t.wage.noOwn],
  ];
  return (
    <dl className="wages">
      {wages.map(([label, value, none]) => (
        <div key={label}>
          <dt>{label}</dt>
          <dd className={value != null && advertised != null && value < advertised * 0.9 ? 'below' : undefined}>
            {value == null || elsewhere ? <span className="muted">{elsewhere ? t.tasks.paidElsewhere : none}</span> : perHour(value, task.currency)}
            {label === t.wage.advertised && first != null && advertised !== first && <small>{t.wage.first(perHour(first, task.currency))}</small>}
          </dd>
        </div>
      ))}
    </dl>
  );
}
