import { useCallback, useEffect, useRef, useState } from 'react';
import { sessionEnded } from '../api/http';
import { allUnsent, keepUnsent, onlyInMemory, sendAllUnsent, type Told, type Unsent } from './outbox';

const RETRY_MILLIS = 10_000;

/**
 * Sends answers behind the annotator's back, one after another: the next task is shown meanwhile. What cannot be sent
 * stays in the browser, and is sent when the connection or the session is back.
 */
export function useSending(personId: string, beforeSending: () => Promise<void>, accepted: Told['accepted'], refused: Told['refused']) {
  /** Answers that could not be sent; those merely on their way are not worth a word. */
  const [held, setHeld] = useState(0);
  /** Whether some of them go with this page, because the browser keeps nothing. */
  const [fragile, setFragile] = useState(false);
  const chain = useRef<Promise<void>>(Promise.resolve());
  const told = useRef({ beforeSending, accepted, refused });
  told.current = { beforeSending, accepted, refused };

  const sendAll = useCallback(() => {
    const round = async () => {
      try {
        await told.current.beforeSending();
        await sendAllUnsent(personId, {
          accepted: (unsent, submitted) => told.current.accepted(unsent, submitted),
          refused: (unsent, problem) => told.current.refused(unsent, problem),
        });
      } finally {
        setHeld(allUnsent(personId).length);
        setFragile(onlyInMemory());
      }
    };
    chain.current = chain.current.then(round, round);
  }, [personId]);

  /** Keeps the answer and has it sent; once this returns it is not lost. */
  const send = useCallback((unsent: Unsent) => {
    if (!keepUnsent(personId, unsent)) setFragile(true);
    sendAll();
  }, [personId, sendAll]);

  useEffect(() => {
    if (allUnsent(personId).length > 0) sendAll();
    window.addEventListener('online', sendAll);
    sessionEnded.addEventListener('resumed', sendAll);
    return () => {
      window.removeEventListener('online', sendAll);
      sessionEnded.removeEventListener('resumed', sendAll);
    };
  }, [personId, sendAll]);

  const holding = held > 0;
  useEffect(() => {
    if (!holding) return;
    const timer = setInterval(sendAll, RETRY_MILLIS);
    return () => clearInterval(timer);
  }, [holding, sendAll]);

  return { send, held, fragile };
}
