import { hourlyMinor, minorOf } from '../format/money';

/** The form of a new project as it is typed. */
export interface Typed {
  title: string;
  purpose: string;
  contentWarning: string;
  guidelines: string;
  question: string;
  questionName: string;
  choices: TypedChoice[];
  examples: TypedExample[];
  currency: string;
  payRule: 'piece' | 'hour';
  reward: string;
  estimateSeconds: string;
  labelsWanted: string;
  floor: string;
  reserve: string;
  hazard: string;
  returned: string;
  qualification: string;
  bonusTerms: string;
  regions: string;
  languages: string;
  claimOrder: 'random' | 'priority' | 'least_confident';
  labelsMax: string;
  sharePercentMax: string;
  exposureMinutesMax: string;
  goldPercent: string;
  itemsNamedBy: 'nobody' | 'annotators' | 'requester';
  restAfterMinutes: string;
  restMinutes: string;
  skills: TypedSkill[];
}

export interface TypedChoice {
  title: string;
  value: string;
  key: string;
}

/** Without a level the lowest is enough. */
export interface TypedSkill {
  skill: string;
  level: string;
}

export interface TypedExample {
  text: string;
  answer: string;
  why: string;
}

export const BLANK: Typed = {
  title: '', purpose: '', contentWarning: '', guidelines: '', question: '', questionName: 'label',
  choices: [{ title: '', value: '', key: '' }, { title: '', value: '', key: '' }], examples: [],
  currency: 'USD', payRule: 'piece', reward: '', estimateSeconds: '', labelsWanted: '3', floor: '', reserve: '',
  hazard: '', returned: '', qualification: '', bonusTerms: '',
  regions: '', languages: '', claimOrder: 'random', labelsMax: '', sharePercentMax: '', exposureMinutesMax: '', goldPercent: '', itemsNamedBy: 'nobody', restAfterMinutes: '', restMinutes: '', skills: [],
};

export type Fault = 'needed' | 'amount' | 'number' | 'choices' | 'name' | 'currency' | 'regions' | 'languages' | 'percent' | 'minutes' | 'labelsMax' | 'skills' | 'gold' | 'goldTold' | 'restAfter' | 'rest' | 'restPaid';

/** What is wrong with what was typed, by field. */
export function faults(typed: Typed): Partial<Record<keyof Typed, Fault>> {
  const found: Partial<Record<keyof Typed, Fault>> = {};
  for (const field of ['title', 'purpose', 'guidelines', 'question'] as const) if (typed[field].trim() === '') found[field] = 'needed';
  if (!/^[A-Z]{3}$/.test(typed.currency)) found.currency = 'currency';
  else {
    if (!minorOf(typed.reward, typed.currency)) found.reward = 'amount';
    for (const field of ['floor', 'reserve', 'hazard', 'returned', 'qualification'] as const) {
      if (typed[field].trim() !== '' && minorOf(typed[field], typed.currency) === null) found[field] = 'amount';
    }
  }
  for (const field of ['estimateSeconds', 'labelsWanted'] as const) if (!/^[1-9]\d{0,5}$/.test(typed[field].trim())) found[field] = 'number';
  if (!/^[A-Za-z][A-Za-z0-9_]{0,59}$/.test(typed.questionName)) found.questionName = 'name';
  const values = named(typed).map(valueOf);
  if (values.length < 2 || new Set(values).size < values.length) found.choices = 'choices';
  return { ...found, ...faultsOfRules(typed) };
}

function faultsOfRules(typed: Typed): Partial<Record<keyof Typed, Fault>> {
  const found: Partial<Record<keyof Typed, Fault>> = {};
  if (!listed(typed.regions).every((region) => /^[A-Za-z]{2}$/.test(region))) found.regions = 'regions';
  if (!listed(typed.languages).every((language) => /^[A-Za-z]{2,3}$/.test(language))) found.languages = 'languages';
  const outside = (typedNumber: string, min: number, max: number) =>
    typedNumber.trim() !== '' && !(/^\d{1,4}$/.test(typedNumber.trim()) && Number(typedNumber) >= min && Number(typedNumber) <= max);
  if (outside(typed.sharePercentMax, 1, 100)) found.sharePercentMax = 'percent';
  if (outside(typed.exposureMinutesMax, 1, 1440)) found.exposureMinutesMax = 'minutes';
  if (outside(typed.goldPercent, 1, 50)) found.goldPercent = 'gold';
  else if (typed.goldPercent.trim() && (typed.itemsNamedBy !== 'nobody' || typed.claimOrder !== 'random')) found.goldPercent = 'goldTold';
  if (outside(typed.labelsMax, Number(typed.labelsWanted) || 1, 1000)) found.labelsMax = 'labelsMax';
  const rests = typed.restAfterMinutes.trim() !== '' || typed.restMinutes.trim() !== '';
  if (rests && (typed.restAfterMinutes.trim() === '' || outside(typed.restAfterMinutes, 10, 480))) found.restAfterMinutes = 'restAfter';
  if (rests && (typed.restMinutes.trim() === '' || outside(typed.restMinutes, 1, 30))) found.restMinutes = 'rest';
  else if (rests && typed.payRule === 'piece' && !minorOf(typed.floor, typed.currency)) found.restMinutes = 'restPaid';
  const skills = typed.skills.map((each) => each.skill);
  if (skills.includes('') || new Set(skills).size < skills.length) found.skills = 'skills';
  return found;
}

/** Words parted by commas or spaces. */
function listed(typed: string): string[] {
  return typed.split(/[\s,]+/).filter(Boolean);
}

/** What an hour brings at the reward, supplement and estimate typed, as the server computes it; null while they say nothing. */
export function advertised(typed: Typed): number | null {
  const reward = minorOf(typed.reward, typed.currency);
  if (reward === null) return null;
  const hazard = minorOf(typed.hazard, typed.currency) ?? 0;
  const millis = Number(typed.estimateSeconds) * 1000;
  return typed.payRule === 'hour' ? reward + (hourlyMinor(hazard, millis) ?? 0) : hourlyMinor(reward + hazard, millis);
}

/** What each item costs: its labels, at the reward or at the hourly rate for the estimated time, rounded up. */
export function costPerItem(typed: Typed): number | null {
  const reward = minorOf(typed.reward, typed.currency);
  const labels = Number(typed.labelsWanted);
  const seconds = Number(typed.estimateSeconds);
  if (reward === null || !(labels > 0) || !(seconds > 0)) return null;
  const hazard = minorOf(typed.hazard, typed.currency) ?? 0;
  return labels * ((typed.payRule === 'hour' ? Math.ceil((reward * seconds) / 3600) : reward) + hazard);
}

/** The body of POST /api/projects. */
export function body(typed: Typed) {
  const choices = named(typed).map((choice) => ({
    value: valueOf(choice), title: choice.title.trim() || choice.value.trim(), ...(choice.key.trim() ? { key: choice.key.trim() } : {}),
  }));
  return {
    title: typed.title.trim(), purpose: typed.purpose.trim(), guidelines: typed.guidelines.trim(),
    ...(typed.contentWarning.trim() ? { contentWarning: typed.contentWarning.trim() } : {}),
    form: { questions: [{ name: typed.questionName, title: typed.question.trim(), type: 'choice', choices, required: true }] },
    examples: typed.examples.filter((example) => example.text.trim() !== '').map((example) => ({
      content: { text: example.text.trim() },
      ...(example.answer ? { answer: { [typed.questionName]: example.answer } } : {}),
      ...(example.why.trim() ? { why: example.why.trim() } : {}),
    })),
    currency: typed.currency, payRule: typed.payRule,
    rewardMinor: minorOf(typed.reward, typed.currency), estimateSeconds: Number(typed.estimateSeconds), labelsWanted: Number(typed.labelsWanted),
    floorMinorPerHour: minorOf(typed.floor, typed.currency) ?? 0, reserveMinor: minorOf(typed.reserve, typed.currency) ?? 0,
    extraPay: extraPay(typed),
    ...rules(typed),
  };
}

/** Only what was set; the server knows what holds without it. */
function rules(typed: Typed) {
  const number = (name: 'labelsMax' | 'sharePercentMax' | 'exposureMinutesMax' | 'goldPercent' | 'restAfterMinutes' | 'restMinutes') => (typed[name].trim() ? { [name]: Number(typed[name]) } : {});
  return {
    claimOrder: typed.claimOrder, itemsNamedBy: typed.itemsNamedBy,
    ...(listed(typed.regions).length > 0 ? { regions: listed(typed.regions).map((region) => region.toUpperCase()) } : {}),
    ...(listed(typed.languages).length > 0 ? { languages: listed(typed.languages).map((language) => language.toLowerCase()) } : {}),
    ...number('labelsMax'), ...number('sharePercentMax'), ...number('goldPercent'), ...number('restAfterMinutes'), ...number('restMinutes'),
    ...(typed.contentWarning.trim() ? number('exposureMinutesMax') : {}),
    ...(typed.skills.length > 0 ? { skills: typed.skills.map(({ skill, level }) => ({ skill, ...(level ? { level } : {}) })) } : {}),
  };
}

/** Told before the claim; by the hour returned time and tests are paid already. */
function extraPay(typed: Typed) {
  const minor = (amount: string) => minorOf(amount, typed.currency) ?? 0;
  return {
    hazardMinor: minor(typed.hazard),
    ...(typed.payRule === 'piece' ? { returnedMinorPerHour: minor(typed.returned), qualificationMinorPerHour: minor(typed.qualification) } : {}),
    ...(typed.bonusTerms.trim() ? { bonusTerms: typed.bonusTerms.trim() } : {}),
  };
}

/** What stands in the data set: as typed, or the shown words in lower case with underscores. */
export function valueOf(choice: TypedChoice): string {
  return choice.value.trim() || choice.title.trim().toLowerCase().replace(/[^\p{L}\p{N}]+/gu, '_').replace(/^_|_$/g, '');
}

export function named(typed: Typed): TypedChoice[] {
  return typed.choices.filter((choice) => choice.title.trim() !== '' || choice.value.trim() !== '');
}
