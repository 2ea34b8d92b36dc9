import { useCallback, useEffect, useRef, useState } from 'react';
import type { Answer, Claim, OtherDraft } from '../api/types';
import { heldAtFirst, holding, keepLocalDraft, localDraft, notHeld, saveDraft, type Holds } from './drafts';
import { taskKey } from './queue';

const SAVE_MILLIS = 800;

/**
 * The answer being given: restored from the draft, saved as it changes (here at once, on the server shortly after), undone step by step. It
 * belongs to the task, also when that is claimed anew meanwhile. What other devices typed without knowing of it is there to be decided upon.
 *
 * @param typed told of each change
 */
export function useDraft(personId: string, claim: Claim | undefined, typed: (task: string, answer: Answer) => void) {
  const [steps, setSteps] = useState<Answer[]>([{}]);
  const [others, setOthers] = useState<OtherDraft[]>([]);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  /** Sends what waits to be saved; null when nothing does. */
  const unsaved = useRef<(() => void) | null>(null);
  const holds = useRef<Holds>({});
  const task = claim && taskKey(claim);
  const shown = useRef(task);
  shown.current = task;
  const claimId = useRef(claim?.claimId);
  claimId.current = claim?.claimId;

  const save = useCallback((answer: Answer) => {
    if (!task) return;
    const now = keepLocalDraft(personId, task, answer, holds.current);
    holds.current = now;
    typed(task, answer);
    clearTimeout(timer.current);
    const held = claimId.current!;
    const put = () => {
      unsaved.current = null;
      void saveDraft(personId, task, held, answer, now).then((other) => {
        if (other && shown.current === task) setOthers((before) => [other, ...before.filter(({ page }) => page !== other.page)]);
      });
    };
    unsaved.current = put;
    timer.current = setTimeout(put, SAVE_MILLIS);
  }, [personId, task, typed]);

  useEffect(() => {
    const local = task ? localDraft(personId, task) : null;
    setSteps([local ?? claim?.draft ?? {}]);
    holds.current = claim && task ? heldAtFirst(personId, task, claim) : {};
    setOthers(notHeld(claim?.draftsAside ?? [], holds.current));
    // Whether it is the latest is the server's to say.
    if (local) save(local);
    return () => {
      clearTimeout(timer.current);
      unsaved.current?.();
    };
    // The claim's draft is read once, when it comes before one's eyes.
  }, [personId, task]);

  const answer = steps.at(-1)!;
  return {
    answer,
    others,
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
    /** Between what is here and what was typed elsewhere. What is taken can be undone. */
    decide: useCallback((other: OtherDraft, taken: boolean) => {
      holds.current = holding(holds.current, other.page, other.step);
      setOthers((before) => before.filter(({ page }) => page !== other.page));
      if (taken) setSteps((before) => [...before, other.answer]);
      save(taken ? other.answer : answer);
    }, [answer, save]),
    /** The task is answered or gone: nothing more to save. */
    forget: useCallback(() => {
      clearTimeout(timer.current);
      unsaved.current = null;
      if (task) keepLocalDraft(personId, task, null);
    }, [personId, task]),
  };
}
