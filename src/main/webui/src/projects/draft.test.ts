import { describe, expect, it } from 'vitest';
import { advertised, BLANK, body, costPerItem, faults, faultsOfQuestion, withQuestions, type Typed } from './draft';

const FILLED: Typed = {
  ...BLANK, title: 'Reviews', purpose: 'A classifier of reviews', guidelines: 'Judge the tone.',
  questions: [{
    title: 'What is the tone?', name: 'tone', required: true,
    choices: [{ title: 'Positive', value: '', key: 'p' }, { title: 'Not at all good', value: 'neg', key: '' }, { title: '', value: '', key: '' }],
  }],
  reward: '0.25', estimateSeconds: '150', labelsWanted: '3', floor: '4,20', reserve: '100',
};

describe('a new project', () => {
  it('shows the hourly wage that reward and estimate come to', () => {
    expect(advertised(FILLED)).toBe(600);
    expect(advertised({ ...FILLED, payRule: 'hour', reward: '12' })).toBe(1200);
    expect(advertised({ ...FILLED, hazard: '0.10' })).toBe(840);
    expect(advertised({ ...FILLED, payRule: 'hour', reward: '36', estimateSeconds: '100', hazard: '0.07' })).toBe(3852);
    expect(advertised({ ...FILLED, estimateSeconds: '' })).toBeNull();
  });

  it('shows what an item costs; by the hour rounded up, as escrow holds it', () => {
    expect(costPerItem(FILLED)).toBe(75);
    expect(costPerItem({ ...FILLED, payRule: 'hour', reward: '1.00', estimateSeconds: '10', labelsWanted: '1' })).toBe(1);
  });

  it('sends whole minor units, and a value for each choice', () => {
    expect(faults(FILLED)).toEqual({});
    expect(body(FILLED)).toMatchObject({
      rewardMinor: 25, floorMinorPerHour: 420, reserveMinor: 10_000, estimateSeconds: 150, labelsWanted: 3,
      form: { questions: [{ name: 'tone', choices: [{ value: 'positive', title: 'Positive', key: 'p' }, { value: 'neg', title: 'Not at all good' }] }] },
    });
  });

  it('asks several questions in their order, and examples keep their answers when they are moved', () => {
    const tone = FILLED.questions[0]!;
    const polite = { title: 'Polite?', name: 'polite', required: false, choices: [{ title: 'Yes', value: '', key: '' }, { title: 'No', value: '', key: '' }] };
    const typed = withQuestions({ ...FILLED, questions: [tone, polite], examples: [{ text: 'Fine.', answers: ['neg', 'yes'], why: '' }] }, [polite, tone]);
    expect(faults(typed)).toEqual({});
    expect(body(typed).form.questions.map(({ name, required }) => [name, required])).toEqual([['polite', false], ['tone', true]]);
    expect(body(typed).examples).toEqual([{ content: { text: 'Fine.' }, answer: { polite: 'yes', tone: 'neg' } }]);
    expect(body(withQuestions(typed, [tone])).examples).toEqual([{ content: { text: 'Fine.' }, answer: { tone: 'neg' } }]);
    expect(body(withQuestions(typed, [polite, { ...tone, title: 'Which tone?' }])).examples[0]!.answer).toEqual({ polite: 'yes', tone: 'neg' });
  });

  it('says which question is not clear yet', () => {
    const tone = FILLED.questions[0]!;
    expect(faults({ ...FILLED, questions: [tone, { ...tone, title: '' }] })).toEqual({ questions: 'questions' });
    expect(faultsOfQuestion([tone, { ...tone, title: '' }], 1)).toEqual({ title: 'needed', name: 'nameTwice' });
    expect(faultsOfQuestion([{ ...tone, choices: [tone.choices[0]!, { ...tone.choices[1]!, key: 'p' }] }], 0)).toEqual({ choices: 'keys' });
    expect(faultsOfQuestion([{ ...tone, choices: [tone.choices[0]!] }], 0)).toEqual({ choices: 'choices' });
  });

  it('sends the rules of who may work on it, only those that were set', () => {
    expect(body(FILLED)).not.toHaveProperty('regions');
    expect(body({
      ...FILLED, regions: 'ke, DE', languages: 'de', claimOrder: 'least_confident', labelsMax: '5', sharePercentMax: '20', exposureMinutesMax: '30',
      contentWarning: 'Violence', skills: [{ skill: 'German', level: 'B2' }, { skill: 'Law', level: '' }],
    })).toMatchObject({
      regions: ['KE', 'DE'], languages: ['de'], claimOrder: 'least_confident', labelsMax: 5, sharePercentMax: 20, exposureMinutesMax: 30,
      skills: [{ skill: 'German', level: 'B2' }, { skill: 'Law' }],
    });
    expect(body({ ...FILLED, exposureMinutesMax: '30' })).not.toHaveProperty('exposureMinutesMax');
  });

  it('says which rule does not hold together', () => {
    expect(faults({ ...FILLED, regions: 'Kenya', languages: 'german', labelsMax: '2', sharePercentMax: '0', exposureMinutesMax: '1441' })).toEqual({
      regions: 'regions', languages: 'languages', labelsMax: 'labelsMax', sharePercentMax: 'percent', exposureMinutesMax: 'minutes',
    });
    expect(faults({ ...FILLED, restAfterMinutes: '50' })).toEqual({ restMinutes: 'rest' });
    expect(faults({ ...FILLED, restAfterMinutes: '9', restMinutes: '31' })).toEqual({ restAfterMinutes: 'restAfter', restMinutes: 'rest' });
    expect(faults({ ...FILLED, restAfterMinutes: '50', restMinutes: '5', floor: '' })).toEqual({ restMinutes: 'restPaid' });
    expect(body({ ...FILLED, restAfterMinutes: '50', restMinutes: '5' })).toMatchObject({ restAfterMinutes: 50, restMinutes: 5 });
    expect(faults({ ...FILLED, goldPercent: '51' })).toEqual({ goldPercent: 'gold' });
    expect(faults({ ...FILLED, goldPercent: '5', itemsNamedBy: 'annotators' })).toEqual({ goldPercent: 'goldTold' });
    expect(body({ ...FILLED, goldPercent: '5' })).toMatchObject({ goldPercent: 5, itemsNamedBy: 'nobody' });
    const twice = { skill: 'German', level: '' };
    expect(faults({ ...FILLED, skills: [twice, { ...twice, level: 'C1' }] })).toEqual({ skills: 'skills' });
  });

  it('says what is missing', () => {
    expect(Object.keys(faults(BLANK)).sort()).toEqual(['estimateSeconds', 'guidelines', 'purpose', 'questions', 'reward', 'title']);
  });
});
