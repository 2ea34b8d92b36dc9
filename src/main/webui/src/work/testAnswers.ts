import type { Answer } from '../api/types';
import { store, stored, unstore } from '../kit/stored';

const keyOf = (personId: string, attemptId: string) => `kreislauf.test.${personId}.${attemptId}`;

/** The answers of a test that is being taken, one for each of its tasks: what this browser kept of the attempt, else none. */
export function keptAnswers(personId: string, attemptId: string, tasks: number): Answer[] {
  const kept = stored<Answer[]>(keyOf(personId, attemptId));
  return Array.from({ length: tasks }, (_, at) => (Array.isArray(kept) && kept[at]) || {});
}

/** @param answers null: the test was handed in */
export function keepAnswers(personId: string, attemptId: string, answers: Answer[] | null): void {
  if (answers) store(keyOf(personId, attemptId), answers);
  else unstore(keyOf(personId, attemptId));
}
