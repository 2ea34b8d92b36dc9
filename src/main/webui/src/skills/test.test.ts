import { describe, expect, it } from 'vitest';
import { BLANK_TEST, bodyOfTest, faultsOfTest, type TypedTest } from './test';

const FILLED: TypedTest = {
  ...BLANK_TEST, title: 'German B2', skill: 'German', level: 'B2',
  questions: [{ title: 'How does it sound?', name: 'tone', required: true, choices: [{ title: 'Kind', value: '', key: '' }, { title: 'Rude', value: '', key: '' }] }],
  examples: [{ text: 'Na, herzlichen Glückwunsch.', answers: ['rude'], why: '' }, { text: '', answers: [], why: '' }],
};

describe('a test', () => {
  it('is sent with its known answers, without what was left empty', () => {
    expect(faultsOfTest(FILLED)).toEqual({});
    expect(bodyOfTest(FILLED)).toMatchObject({
      skill: 'German', level: 'B2', thresholdPercent: 80, triesMax: 3, tasks: [{ content: { text: 'Na, herzlichen Glückwunsch.' }, answer: { tone: 'rude' } }],
    });
  });

  it('has a task, and an answer to each question that has to be answered', () => {
    expect(Object.keys(faultsOfTest(BLANK_TEST)).sort()).toEqual(['examples', 'questions', 'skill', 'title']);
    expect(faultsOfTest({ ...FILLED, examples: [{ text: 'Danke.', answers: [''], why: '' }] })).toEqual({ examples: 'tasks' });
    expect(faultsOfTest({ ...FILLED, threshold: '0', tries: '101' })).toEqual({ threshold: 'percent', tries: 'percent' });
  });
});
