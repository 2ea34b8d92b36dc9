import { useCallback, useEffect, useRef, useState } from 'react';
import { request } from '../api/http';
import type { Answer, Claim } from '../api/types';
import { keepLocalDraft, localDraft } from './outbox';

const SAVE_MILLIS = 800;

/** The answer being given: restored from the draft, saved as it changes (here at once, on the server shortly after), undone step by step. */
export function useDraft(claim: Claim | undefined) {
  const [steps, setSteps] = useState<Answer[]>([{}]);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  /** Sends what waits to be saved; null when nothing does. */
  const unsaved = useRef<(() => void) | null>(null);
  const claimId = claim?.claimId;

  useEffect(() => {
    setSteps([claim ? localDraft(claim.claimId) ?? claim.draft ?? {} : {}]);
    return () => {
      clearTimeout(timer.current);
      unsaved.current?.();
    };
    // The claim's draft is read once, when it comes before one's eyes.
  }, [claimId]);

  const save = useCallback((answer: Answer) => {
    if (!claimId) return;
    keepLocalDraft(claimId, answer);
    clearTimeout(timer.current);
    const put = () => {
      unsaved.current = null;
      // A draft that could not be saved is still here and in the browser; the next change saves it again.
      request(`/api/claims/${claimId}/draft`, { method: 'PUT', json: { answer }, quiet: true, keepalive: true }).catch(() => undefined);
    };
    unsaved.current = put;
    timer.current = setTimeout(put, SAVE_MILLIS);
  }, [claimId]);

  const answer = steps.at(-1)!;
  return {
    answer,
    canUndo: steps.length > 1,
    choose: useCallback((question: string, value: string) => {
      const next = { ...answer, [question]: value };
      if (answer[question] === value) return;
      setSteps((before) => [...before, next]);
      save(next);
    }, [answer, save]),
    undo: useCallback(() => {
      if (steps.length < 2) return;
      setSteps(steps.slice(0, -1));
      save(steps.at(-2)!);
    }, [steps, save]),
    /** The task is answered or gone: nothing more to save. */
    forget: useCallback(() => {
      clearTimeout(timer.current);
      unsaved.current = null;
      if (claimId) keepLocalDraft(claimId, null);
    }, [claimId]),
  };
}
