import type { Submitted, TaskDetail, WorkSum } from '../api/types';

export interface Amount {
  minor: number;
  currency: string;
}

/** What handing a task in brings by itself, with the supplement. Where all time is paid, the server reckons: that is not in it. */
export function earnedBy(task: Pick<TaskDetail, 'payRule' | 'extraPay'>, submitted: Pick<Submitted, 'state' | 'rewardMinor'>): number {
  if (task.payRule === 'hour' || submitted.state !== 'ACCEPTED') return 0;
  return submitted.rewardMinor + (task.extraPay?.hazardMinor ?? 0);
}

/** Pay so far: what the server told, and what was earned since. Currencies are not added up. */
export function paySoFar(told: Pick<WorkSum, 'earnedMinor' | 'currency'>, currency: string, earnedSince: number): Amount[] {
  if (told.currency == null || told.currency === currency) return [{ minor: told.earnedMinor + earnedSince, currency }];
  const before = { minor: told.earnedMinor, currency: told.currency };
  return earnedSince > 0 ? [before, { minor: earnedSince, currency }] : [before];
}
