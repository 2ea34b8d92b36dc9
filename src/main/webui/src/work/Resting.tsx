import { useQuery } from '@tanstack/react-query';
import { useEffect } from 'react';
import { get, Refused } from '../api/http';
import type { TaskDetail } from '../api/types';
import { Empty, Failure } from '../kit/states';
import { useFormat, useText } from '../text/text';

/** So long a rest counts without a sign of life. */
export const REST_MILLIS = 30 * 60_000;

/** An answer may come a little before the server's clock has reached the end. */
const MARGIN_MILLIS = 500;

/** Whether a claim was refused because the project prescribes rest. */
export function isResting(refusal: unknown): boolean {
  return refusal instanceof Refused && refusal.problem.code === 'REST_DUE';
}

/**
 * Nothing to do but rest; the next task comes by itself. How long is the server's to say, and counted from its answer on: the clock of this
 * machine may be wrong.
 *
 * @param since the refusal that led here; after another one the end is asked for again
 */
export function Resting({ projectId, since, onRested }: { projectId: string; since: unknown; onRested: () => void }) {
  const t = useText();
  const { timeOfDay } = useFormat();
  const path = `/api/tasks/${projectId}`;
  const task = useQuery({ queryKey: [path, 'rest', since], queryFn: () => get<TaskDetail>(path).then((told) => Date.now() + (told.rest?.remainingMillis ?? 0)), staleTime: Infinity, gcTime: 0 });
  const until = task.data;
  useEffect(() => {
    if (until === undefined) return;
    const timer = setTimeout(onRested, Math.max(0, until - Date.now()) + MARGIN_MILLIS);
    return () => clearTimeout(timer);
  }, [until, onRested]);
  if (task.isError) return <Failure error={task.error} retry={() => void task.refetch()} />;
  return (
    <Empty>
      <div role="status">
        <strong>{until === undefined ? '' : t.work.resting(timeOfDay(until))}</strong>
        <p>{t.work.restingText}</p>
      </div>
    </Empty>
  );
}
