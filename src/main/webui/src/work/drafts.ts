import { request } from '../api/http';
import type { Answer } from '../api/types';
import { store, stored, unstore } from '../kit/stored';

/** What was typed here and is not known to be on the server. */
interface Draft {
  answer: Answer;
  savedAt: number;
}

const SAVE_MILLIS = 10_000;

const keyOf = (personId: string, task: string) => `kreislauf.draft.${personId}.${task}`;

/** What was typed of this task in this browser, as long as the server may not have it; else the server's copy is the latest, from whatever device. */
export function localDraft(personId: string, task: string): Answer | null {
  return stored<Draft>(keyOf(personId, task))?.answer ?? null;
}

/** @param answer null: the task is answered or gone */
export function keepLocalDraft(personId: string, task: string, answer: Answer | null): void {
  if (answer) store(keyOf(personId, task), { answer, savedAt: Date.now() } satisfies Draft);
  else unstore(keyOf(personId, task));
}

/** Saves a draft on the server. What could not be saved stays in this browser; what was saved does not, for another device may change it. */
export async function saveDraft(personId: string, task: string, claimId: string, answer: Answer): Promise<void> {
  try {
    await request(`/api/claims/${claimId}/draft`, { method: 'PUT', json: { answer }, quiet: true, keepalive: true, timeoutMillis: SAVE_MILLIS });
  } catch {
    return;
  }
  // What was typed meanwhile is saved by a message of its own.
  if (JSON.stringify(localDraft(personId, task)) === JSON.stringify(answer)) unstore(keyOf(personId, task));
}
