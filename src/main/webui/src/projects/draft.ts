import { hourlyMinor, minorOf } from '../format/money';

/** The form of a new project as it is typed. */
export interface Typed {
  title: string;
  purpose: string;
  contentWarning: string;
  guidelines: string;
  questions: TypedQuestion[];
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

export interface TypedQuestion {
  title: string;
  /** Its column in the data set. */
  name: string;
  required: boolean;
  choices: TypedChoice[];
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
  /** By the place of the question, so that its name can still change. */
  answers: string[];
  why: string;
}

const BLANK_CHOICE: TypedChoice = { title: '', value: '', key: '' };

/** The first one is called `label` unless somebody says otherwise. */
export function blankQuestion(number: number): TypedQuestion {
  return { title: '', name: number === 1 ? 'label' : `label${number}`, required: true, choices: [BLANK_CHOICE, BLANK_CHOICE] };
}

export const BLANK: Typed = {
  title: '', purpose: '', contentWarning: '', guidelines: '', questions: [blankQuestion(1)], examples: [],
  currency: 'USD', payRule: 'piece', reward: '', estimateSeconds: '', labelsWanted: '3', floor: '', reserve: '',
  hazard: '', returned: '', qualification: '', bonusTerms: '',
  regions: '', languages: '', claimOrder: 'random', labelsMax: '', sharePercentMax: '', exposureMinutesMax: '', goldPercent: '', itemsNamedBy: 'nobody', restAfterMinutes: '', restMinutes: '', skills: [],
};

export type Fault = 'needed' | 'amount' | 'number' | 'choices' | 'keys' | 'name' | 'nameTwice' | 'questions' | 'currency' | 'regions' | 'languages' | 'percent' | 'minutes' | 'labelsMax' | 'skills' | 'gold' | 'goldTold' | 'restAfter' | 'rest' | 'restPaid';

/** What is wrong with what was typed, by field. */
export function faults(typed: Typed): Partial<Record<keyof Typed, Fault>> {
  const found: Partial<Record<keyof Typed, Fault>> = {};
  for (const field of ['title', 'purpose', 'guidelines'] as const) if (typed[field].trim() === '') found[field] = 'needed';
  if (!/^[A-Z]{3}$/.test(typed.currency)) found.currency = 'currency';
  else {
    if (!minorOf(typed.reward, typed.currency)) found.reward = 'amount';
    for (const field of ['floor', 'reserve', 'hazard', 'returned', 'qualification'] as const) {
      if (typed[field].trim() !== '' && minorOf(typed[field], typed.currency) === null) found[field] = 'amount';
    }
  }
  for (const field of ['estimateSeconds', 'labelsWanted'] as const) if (!/^[1-9]\d{0,5}$/.test(typed[field].trim())) found[field] = 'number';
  if (typed.questions.some((_, at) => Object.keys(faultsOfQuestion(typed.questions, at)).length > 0)) found.questions = 'questions';
  return { ...found, ...faultsOfRules(typed) };
}

/** What is wrong with one question among the others. */
export function faultsOfQuestion(questions: TypedQuestion[], at: number): { title?: Fault; name?: Fault; choices?: Fault } {
  const { title, name, choices } = questions[at]!;
  const values = named(choices).map(valueOf);
  const keys = named(choices).map((choice) => choice.key.trim()).filter(Boolean);
  return {
    ...(title.trim() === '' ? { title: 'needed' as const } : {}),
    ...(!/^[A-Za-z][A-Za-z0-9_]{0,59}$/.test(name) ? { name: 'name' as const }
      : questions.some((other, index) => index < at && other.name === name) ? { name: 'nameTwice' as const } : {}),
    ...(values.length < 2 || new Set(values).size < values.length ? { choices: 'choices' as const }
      : new Set(keys).size < keys.length ? { choices: 'keys' as const } : {}),
  };
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
  return {
    title: typed.title.trim(), purpose: typed.purpose.trim(), guidelines: typed.guidelines.trim(),
    ...(typed.contentWarning.trim() ? { contentWarning: typed.contentWarning.trim() } : {}),
    form: formOf(typed.questions),
    examples: typed.examples.filter((example) => example.text.trim() !== '').map((example) => ({
      content: { text: example.text.trim() },
      ...answered(typed.questions, example),
      ...(example.why.trim() ? { why: example.why.trim() } : {}),
    })),
    currency: typed.currency, payRule: typed.payRule,
    rewardMinor: minorOf(typed.reward, typed.currency), estimateSeconds: Number(typed.estimateSeconds), labelsWanted: Number(typed.labelsWanted),
    floorMinorPerHour: minorOf(typed.floor, typed.currency) ?? 0, reserveMinor: minorOf(typed.reserve, typed.currency) ?? 0,
    extraPay: extraPay(typed),
    ...rules(typed),
  };
}

export function formOf(questions: TypedQuestion[]) {
  return {
    questions: questions.map(({ name, title, required, choices }) => ({
      name, title: title.trim(), type: 'choice', required,
      choices: named(choices).map((choice) => ({
        value: valueOf(choice), title: choice.title.trim() || choice.value.trim(), ...(choice.key.trim() ? { key: choice.key.trim() } : {}),
      })),
    })),
  };
}

/** The examples' answers go with their questions, wherever these are moved to. */
export function withQuestions<T extends Pick<Typed, 'questions' | 'examples'>>(typed: T, questions: TypedQuestion[]): T {
  if (questions.length === typed.questions.length && questions.filter((each, at) => each !== typed.questions[at]).length < 2) return { ...typed, questions };
  const places = questions.map((question) => typed.questions.indexOf(question));
  return { ...typed, questions, examples: typed.examples.map((example) => ({ ...example, answers: places.map((place) => example.answers[place] ?? '') })) };
}

/** An answer that no choice offers any more is left out. */
export function answered(questions: TypedQuestion[], { answers }: TypedExample): { answer?: Record<string, string> } {
  const given = questions.flatMap(({ name, choices }, at): [string, string][] =>
    (named(choices).some((choice) => valueOf(choice) === answers[at]) ? [[name, answers[at]!]] : []));
  return given.length > 0 ? { answer: Object.fromEntries(given) } : {};
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

export function named(choices: TypedChoice[]): TypedChoice[] {
  return choices.filter((choice) => choice.title.trim() !== '' || choice.value.trim() !== '');
}
