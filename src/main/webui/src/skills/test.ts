import { answered, blankQuestion, faultsOfQuestion, formOf, type TypedExample, type TypedQuestion } from '../projects/draft';

/** A test as it is typed; `examples` are its tasks. */
export interface TypedTest {
  title: string;
  guidelines: string;
  skill: string;
  level: string;
  threshold: string;
  tries: string;
  questions: TypedQuestion[];
  examples: TypedExample[];
}

export type TestFault = 'needed' | 'percent' | 'questions' | 'tasks';

export const BLANK_TEST: TypedTest = {
  title: '', guidelines: '', skill: '', level: '', threshold: '80', tries: '3', questions: [blankQuestion(1)], examples: [{ text: '', answers: [], why: '' }],
};

export function faultsOfTest(typed: TypedTest): Partial<Record<keyof TypedTest, TestFault>> {
  const percent = (text: string) => /^\d{1,3}$/.test(text.trim()) && Number(text) >= 1 && Number(text) <= 100;
  const tasks = written(typed);
  const asked = typed.questions.filter((question) => question.required).length;
  return {
    ...(typed.title.trim() === '' ? { title: 'needed' as const } : {}),
    ...(typed.skill === '' ? { skill: 'needed' as const } : {}),
    ...(percent(typed.threshold) ? {} : { threshold: 'percent' as const }),
    ...(percent(typed.tries) ? {} : { tries: 'percent' as const }),
    ...(typed.questions.some((_, at) => Object.keys(faultsOfQuestion(typed.questions, at)).length > 0) ? { questions: 'questions' as const } : {}),
    ...(tasks.length === 0 || tasks.some((task) => requiredAnswers(typed, task) < asked) ? { examples: 'tasks' as const } : {}),
  };
}

/** The body of POST /api/qualifications. */
export function bodyOfTest(typed: TypedTest) {
  return {
    title: typed.title.trim(), ...(typed.guidelines.trim() ? { guidelines: typed.guidelines.trim() } : {}),
    skill: typed.skill, ...(typed.level ? { level: typed.level } : {}),
    thresholdPercent: Number(typed.threshold), triesMax: Number(typed.tries), form: formOf(typed.questions),
    tasks: written(typed).map((task) => ({ content: { text: task.text.trim() }, answer: answered(typed.questions, task).answer ?? {} })),
  };
}

function written(typed: TypedTest): TypedExample[] {
  return typed.examples.filter((task) => task.text.trim() !== '');
}

function requiredAnswers(typed: TypedTest, task: TypedExample): number {
  const given = answered(typed.questions, task).answer ?? {};
  return typed.questions.filter((question) => question.required && given[question.name] !== undefined).length;
}
