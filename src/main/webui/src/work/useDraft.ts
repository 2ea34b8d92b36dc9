import { useCallback, useEffect, useRef, useState } from 'react';
import type { Answer, Claim } from '../api/types';
import { keepLocalDraft, localDraft, saveDraft } from './drafts';
import { taskKey } from './queue';

const SAVE_MILLIS = 800;

/**
 * The answer being given: restored from the draft, saved as it changes (here at once, on the server shortly after), undone step by step. It
 * belongs to the task, also when that is claimed anew meanwhile.
 *
 * @param typed told of each change
 */
export function useDraft(personId: string, claim: Claim | undefined, typed: (task: string, answer: Answer) => void) {
  const [steps, setSteps] = useState<Answer[]>([{}]);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  /** Sends what waits to be saved; null when nothing does. */
  const unsaved = useRef<(() => void) | null>(null);
  const task = claim && taskKey(claim);
  const claimId = useRef(claim?.claimId);
  claimId.current = claim?.claimId;

  useEffect(() => {
    setSteps([claim && task ? localDraft(personId, task) ?? claim.draft ?? {} : {}]);
    return () => {
      clearTimeout(timer.current);
      unsaved.current?.();
    };
    // The claim's draft is read once, when it comes before one's eyes.
  }, [personId, task]);

  const save = useCallback((answer: Answer) => {
    if (!task) return;
    keepLocalDraft(personId, task, answer);
    typed(task, answer);
    clearTimeout(timer.current);
    const held = claimId.current!;
    const put = () => {
      unsaved.current = null;
      void saveDraft(personId, task, held, answer);
    };
    unsaved.current = put;
    timer.current = setTimeout(put, SAVE_MILLIS);
  }, [personId, task, typed]);

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
      if (task) keepLocalDraft(personId, task, null);
    }, [personId, task]),
  };
}
