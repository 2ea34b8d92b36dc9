import { useCallback, useEffect, useRef, useState } from 'react';
import type { Problem, Submitted } from '../api/types';
import { allUnsent, keepUnsent, sendUnsent, type Unsent } from './outbox';

const RETRY_MILLIS = 10_000;

/**
 * Sends answers behind the annotator's back, one after another: the next task is shown meanwhile. What cannot be sent
 * stays in the browser, and is sent when the connection or the session is back.
 */
export function useSending(
  personId: string,
  beforeSending: () => Promise<void>,
  accepted: (unsent: Unsent, submitted: Submitted) => void,
  refused: (unsent: Unsent, problem: Problem) => void,
) {
  const [waiting, setWaiting] = useState(() => allUnsent(personId).length);
  const chain = useRef<Promise<unknown>>(Promise.resolve());
  const told = useRef({ beforeSending, accepted, refused });
  told.current = { beforeSending, accepted, refused };

  const sendAll = useCallback(() => {
    chain.current = chain.current.then(async () => {
      await told.current.beforeSending();
      for (const unsent of allUnsent(personId)) {
        const sent = await sendUnsent(personId, unsent);
        if (sent.outcome === 'kept') break;
        if (sent.outcome === 'accepted') told.current.accepted(unsent, sent.submitted);
        else told.current.refused(unsent, sent.problem);
      }
      setWaiting(allUnsent(personId).length);
    });
  }, [personId]);

  const send = useCallback((unsent: Unsent) => {
    keepUnsent(personId, unsent);
    setWaiting((before) => before + 1);
    sendAll();
  }, [personId, sendAll]);

  useEffect(() => {
    if (allUnsent(personId).length > 0) sendAll();
    window.addEventListener('online', sendAll);
    return () => window.removeEventListener('online', sendAll);
  }, [personId, sendAll]);

  const held = waiting > 0;
  useEffect(() => {
    if (!held) return;
    const timer = setInterval(sendAll, RETRY_MILLIS);
    return () => clearInterval(timer);
  }, [held, sendAll]);

  return { send, waiting };
}
