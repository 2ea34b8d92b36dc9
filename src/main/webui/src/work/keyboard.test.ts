import { describe, expect, it } from 'vitest';
import type { Form } from '../api/types';
import { actionOf, complete, type Stroke } from './keyboard';

const FORM: Form = {
  questions: [
    {
      name: 'sentiment', title: 'Sentiment?', type: 'choice',
      choices: [{ value: 'pos', title: 'Positive' }, { value: 'neg', title: 'Negative' }, { value: 'unsure', title: 'Unsure', key: 's' }],
    },
  ],
};

function stroke(key: string, held: Partial<Stroke> = {}): Stroke {
  return { key, shiftKey: false, ctrlKey: false, altKey: false, metaKey: false, ...held };
}

describe('keys of the task page', () => {
  it('numbers the choices that have no key of their own', () => {
    expect(actionOf(stroke('2'), FORM, {})).toEqual({ type: 'choose', question: 'sentiment', value: 'neg' });
  });

  it('lets a choice have a letter that a command has too, and the command keep it with Shift', () => {
    expect(actionOf(stroke('s'), FORM, {})).toEqual({ type: 'choose', question: 'sentiment', value: 'unsure' });
    expect(actionOf(stroke('S', { shiftKey: true }), FORM, {})).toEqual({ type: 'skip' });
  });

  it('submits with Enter and undoes with U or Ctrl+Z', () => {
    expect(actionOf(stroke('Enter'), FORM, {})).toEqual({ type: 'submit' });
    expect(actionOf(stroke('u'), FORM, {})).toEqual({ type: 'undo' });
    expect(actionOf(stroke('z', { ctrlKey: true }), FORM, {})).toEqual({ type: 'undo' });
  });

  it('opens the help with a question mark, which needs Shift on most keyboards', () => {
    expect(actionOf(stroke('?', { shiftKey: true }), FORM, {})).toEqual({ type: 'help' });
  });

  it('leaves the browser its own shortcuts', () => {
    expect(actionOf(stroke('r', { ctrlKey: true }), FORM, {})).toBeNull();
    expect(actionOf(stroke('l', { metaKey: true }), FORM, {})).toBeNull();
    expect(actionOf(stroke('Tab'), FORM, {})).toBeNull();
  });

  it('needs Alt for letters and digits when single keys are off', () => {
    expect(actionOf(stroke('1'), FORM, {}, true)).toBeNull();
    expect(actionOf(stroke('1', { altKey: true }), FORM, {}, true)).toEqual({ type: 'choose', question: 'sentiment', value: 'pos' });
    expect(actionOf(stroke('Enter'), FORM, {}, true)).toEqual({ type: 'submit' });
  });

  it('answers the first open question of several', () => {
    const two: Form = { questions: [FORM.questions[0]!, { ...FORM.questions[0]!, name: 'tone' }] };
    expect(actionOf(stroke('1'), two, { sentiment: 'pos' })).toEqual({ type: 'choose', question: 'tone', value: 'pos' });
    expect(complete(two, { sentiment: 'pos' })).toBe(false);
    expect(complete(two, { sentiment: 'pos', tone: 'neg' })).toBe(true);
  });
});
