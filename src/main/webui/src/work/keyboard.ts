import type { Answer, Form, Question } from '../api/types';

export type Command = 'submit' | 'undo' | 'skip' | 'return' | 'later' | 'pause' | 'help' | 'guidelines' | 'reveal';

export type Action = { type: 'choose'; question: string; value: string } | { type: Command };

/** The part of a KeyboardEvent that decides. */
export interface Stroke {
  key: string;
  shiftKey: boolean;
  ctrlKey: boolean;
  altKey: boolean;
  metaKey: boolean;
}

/** In the order in which the help lists them. */
export const COMMAND_KEYS: readonly (readonly [Command, string])[] = [
  ['submit', 'Enter'],
  ['undo', 'U'],
  ['skip', 'S'],
  ['return', 'R'],
  ['later', 'L'],
  ['pause', 'P'],
  ['guidelines', 'G'],
  ['reveal', 'B'],
  ['help', '?'],
];

/** The key of a choice: its own, or else its number from 1; beyond nine, none. */
export function choiceKey(question: Question, index: number): string | null {
  const own = question.choices[index]?.key;
  if (own) return own.toUpperCase();
  return index < 9 ? String(index + 1) : null;
}

/** The question that keys answer: the first without an answer, or the last one. */
export function currentQuestion(form: Form, answer: Answer): Question | undefined {
  return form.questions.find((question) => answer[question.name] === undefined) ?? form.questions.at(-1);
}

/**
 * What a key does, or null. A choice's own letter wins over a command's, which then still answers to Shift with the
 * letter. With `lettersOff`, letters and digits act only together with Alt, for people whose speech input or motor
 * skills make single-key shortcuts a hazard (WCAG 2.1.4); Enter stays.
 */
export function actionOf(stroke: Stroke, form: Form, answer: Answer, lettersOff = false): Action | null {
  if (stroke.metaKey) return null;
  if (stroke.key === 'Enter') return stroke.altKey || stroke.shiftKey ? null : { type: 'submit' };
  if (stroke.ctrlKey) return stroke.key.toLowerCase() === 'z' && !stroke.altKey ? { type: 'undo' } : null;
  if (stroke.key.length !== 1 || stroke.altKey !== lettersOff) return null;
  const key = stroke.key.toUpperCase();
  const shiftedLetter = stroke.shiftKey && /^[A-Z]$/.test(key);
  if (!shiftedLetter) {
    const question = currentQuestion(form, answer);
    const index = question?.choices.findIndex((_, at) => choiceKey(question, at) === key) ?? -1;
    if (question && index >= 0) return { type: 'choose', question: question.name, value: question.choices[index]!.value };
  }
  const command = COMMAND_KEYS.find(([, commandKey]) => commandKey === key)?.[0];
  return command ? { type: command } : null;
}

/** Whether every required question has its answer. */
export function complete(form: Form, answer: Answer): boolean {
  return form.questions.every((question) => question.required === false || answer[question.name] !== undefined);
}
