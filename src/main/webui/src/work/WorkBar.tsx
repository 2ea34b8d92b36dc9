import { useQuery } from '@tanstack/react-query';
import { useEffect, useRef, useState } from 'react';
import { Button } from 'react-aria-components';
import { Link } from 'react-router';
import { get } from '../api/http';
import type { Claim, OwnWork, TaskDetail } from '../api/types';
import { clock, duration, isoDuration } from '../format/time';
import { useFormat, useText } from '../text/text';
import { useObservedBooking, usePresence } from './Observed';
import { paySoFar } from './payment';
import { counting } from './presence';
import { serverNow } from './serverClock';

/** The deadline is mentioned only when it comes near. */
const NEAR_MILLIS = 5 * 60_000;

interface Props {
  task: TaskDetail;
  claim: Claim | undefined;
  deadline: string | null;
  earnedHere: number;
  unsent: number;
  paused: boolean;
  onPause: () => void;
}

/** The quiet line above the task: time on it, pay so far today, whether the clock runs. */
export function WorkBar({ task, claim, deadline, earnedHere, unsent, paused, onPause }: Props) {
  const t = useText();
  const { money } = useFormat();
  const presence = usePresence();
  const before = useQuery({ queryKey: ['/api/me/work', 'start'], queryFn: () => get<OwnWork>('/api/me/work'), staleTime: Infinity, gcTime: 0 });
  const booked = useBooked(claim);
  const today = before.data?.today;
  const runs = counting(presence);
  const left = claim && deadline ? Date.parse(deadline) - serverNow() : null;
  return (
    <div className="work-bar">
      <Link to={`/tasks/${task.projectId}`} className="work-title">{task.title}</Link>
      <span className={runs ? 'work-clock' : 'work-clock stopped'}>
        <span className="unseen">{t.work.onThisTask}</span>
        <time dateTime={isoDuration(booked)}>{clock(booked)}</time>
        {!runs && claim && <span className="tag">{paused ? t.work.pausedTag : t.work.idleTag}</span>}
      </span>
      {today && (
        <span className="work-pay">
          {paySoFar(today, task.currency, earnedHere).map(({ minor, currency }) => money(minor, currency)).join(' + ')} <span className="muted">{t.work.today}</span>
        </span>
      )}
      {left !== null && left < NEAR_MILLIS && left > 0 && <span className="tag warn">{t.work.left(duration(left))}</span>}
      {unsent > 0 && <span className="tag warn" role="status">{t.work.unsent(unsent)}</span>}
      <Button className="button quiet small" onPress={onPause}>{paused ? t.work.resume : t.work.pause}<kbd aria-hidden="true">P</kbd></Button>
    </div>
  );
}

/** What the page counts and what the server says differ by the way of a message; a larger difference is the server's to settle. */
const TOLERANCE_MILLIS = 3_000;

function useBooked(claim: Claim | undefined): number {
  const { countedMillis, place } = usePresence();
  const [base, setBase] = useState(0);
  const counted = useRef(0);
  counted.current = countedMillis;
  const claimId = claim?.claimId;
  useEffect(() => setBase(0), [claimId]);
  useObservedBooking((bookings) => {
    const booking = bookings.find((each) => each.claimId === claimId);
    if (!booking) return;
    setBase((now) => (Math.abs(booking.bookedMillis - now - counted.current) > TOLERANCE_MILLIS
      ? Math.max(0, booking.bookedMillis - counted.current) : now));
  });
  return claimId && place?.claimId === claimId ? base + countedMillis : base;
}
