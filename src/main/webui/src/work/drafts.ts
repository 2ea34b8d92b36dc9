import { request } from '../api/http';
import type { Answer, Claim, OtherDraft } from '../api/types';
import { store, stored, unstore } from '../kit/stored';

/** By page load, up to which step its typing is in a draft, or was decided against. */
export type Holds = Record<string, number>;

/** What was typed here and is not known to be on the server. */
interface Draft {
  answer: Answer;
  savedAt: number;
  holds?: Holds;
}

const SAVE_MILLIS = 10_000;

/** The server remembers 50 pages of a draft. */
const HOLDS_MAX = 40;

/** This page load, by which the server tells drafts apart, and how far it has come. */
const PAGE = crypto.randomUUID();
let step = 0;

const keyOf = (personId: string, task: string) => `kreislauf.draft.${personId}.${task}`;

/** What was typed of this task in this browser, as long as the server may not have it; else the server's copy is the latest, from whatever device. */
export function localDraft(personId: string, task: string): Answer | null {
  return stored<Draft>(keyOf(personId, task))?.answer ?? null;
}

/** What is in the answer that a task is shown with. */
export function heldAtFirst(personId: string, task: string, claim: Claim): Holds {
  const local = stored<Draft>(keyOf(personId, task));
  return local ? local.holds ?? {} : heldByServer(claim);
}

/** What is in the draft that the claim came with. */
export function heldByServer(claim: Claim): Holds {
  return claim.draftPage ? { [claim.draftPage]: claim.draftStep ?? 0 } : {};
}

/** The same, with what was typed by another page up to then. */
export function holding(holds: Holds, page: string, upTo: number): Holds {
  const { [page]: before = 0, ...others } = holds;
  return { ...Object.fromEntries(Object.entries(others).slice(-HOLDS_MAX)), [page]: Math.max(before, upTo) };
}

/** What other pages typed without knowing of this answer, and it holds nothing of. */
export function notHeld(others: OtherDraft[], holds: Holds): OtherDraft[] {
  return others.filter(({ page, step: upTo }) => page !== PAGE && (holds[page] ?? -1) < upTo);
}

/**
 * Kept in this browser at once.
 *
 * @param answer null: the task is answered or gone
 * @returns what is in it now
 */
export function keepLocalDraft(personId: string, task: string, answer: Answer | null, holds: Holds = {}): Holds {
  if (!answer) {
    unstore(keyOf(personId, task));
    return holds;
  }
  step += 1;
  const now = holding(holds, PAGE, step);
  store(keyOf(personId, task), { answer, savedAt: Date.now(), holds: now } satisfies Draft);
  return now;
}

/**
 * Saves a draft on the server. What could not be saved stays in this browser; what was saved does not, for another device may change it.
 *
 * @param holds with this page
 * @returns what another page wrote meanwhile, beside which this one was kept; null: this one is the draft now, or nobody knows yet
 */
export async function saveDraft(personId: string, task: string, claimId: string, answer: Answer, holds: Holds): Promise<OtherDraft | null> {
  try {
    const { [PAGE]: upTo = 0, ...others } = holds;
    const kept = await request<{ other?: OtherDraft | null }>(`/api/claims/${claimId}/draft`, {
      method: 'PUT', json: { answer, page: PAGE, step: upTo, holds: others }, quiet: true, keepalive: true, timeoutMillis: SAVE_MILLIS,
    });
    if (kept?.other) return kept.other;
  } catch {
    return null;
  }
  // What was typed meanwhile is saved by a message of its own.
  if (JSON.stringify(localDraft(personId, task)) === JSON.stringify(answer)) unstore(keyOf(personId, task));
  return null;
}
