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
  /** Answers that could not be sent; those merely on their way are not worth a word. */
  const [held, setHeld] = useState(0);
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
      setHeld(allUnsent(personId).length);
    });
  }, [personId]);

  const send = useCallback((unsent: Unsent) => {
    keepUnsent(personId, unsent);
    sendAll();
  }, [personId, sendAll]);

  useEffect(() => {
    if (allUnsent(personId).length > 0) sendAll();
    window.addEventListener('online', sendAll);
    return () => window.removeEventListener('online', sendAll);
  }, [personId, sendAll]);

  const holding = held > 0;
  useEffect(() => {
    if (!holding) return;
    const timer = setInterval(sendAll, RETRY_MILLIS);
    return () => clearInterval(timer);
  }, [holding, sendAll]);

  return { send, held };
}
