import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useRef, useState } from 'react';
import { Button } from 'react-aria-components';
import { Link, useParams, useSearchParams } from 'react-router';
import { get, post } from '../api/http';
import type { Content, Form, TaskDetail } from '../api/types';
import { ItemContent, Prose } from '../kit/content';
import { Failure, Loaded } from '../kit/states';
import { useMe } from '../session/session';
import { useText } from '../text/text';
import { complete } from './keyboard';
import { useObserved } from './Observed';
import { keepAnswers, keptAnswers } from './testAnswers';

interface Paper {
  attemptId: string;
  projectId: string;
  title: string;
  guidelines: string;
  form: Form;
  tasks: { ordinal: number; content: Content }[];
}

interface Result {
  right: number;
  of: number;
  passed: boolean;
  skill: string;
  level: string;
  triesLeft: number;
}

/** A test that earns a skill. Its time is observed as qualification, for the project it is taken for. */
export default function QualificationPage() {
  const { qualificationId } = useParams();
  const project = useSearchParams()[0].get('project');
  const paper = useQuery({
    queryKey: ['attempt', qualificationId, project],
    queryFn: () => post<Paper>(`/api/qualifications/${qualificationId}/attempts`, project ? { projectId: project } : {}),
    staleTime: Infinity, retry: false,
  });
  return (
    <main id="main" className="narrow">
      <Loaded of={paper}>{(data) => <Taking key={data.attemptId} paper={data} />}</Loaded>
    </main>
  );
}

function Taking({ paper }: { paper: Paper }) {
  const t = useText();
  const client = useQueryClient();
  const { personId } = useMe();
  const path = `/api/tasks/${paper.projectId}`;
  const project = useQuery({ queryKey: [path], queryFn: () => get<TaskDetail>(path), staleTime: Infinity });
  const observing = useObserved({ mode: 'qualification', projectId: paper.projectId }, project.data?.idleMillis);
  const [answers, setAnswers] = useState(() => keptAnswers(personId, paper.attemptId, paper.tasks.length));
  const choose = (task: number, question: string, value: string) => {
    const next = answers.map((answer, at) => (at === task ? { ...answer, [question]: value } : answer));
    keepAnswers(personId, paper.attemptId, next);
    setAnswers(next);
  };
  const [missing, setMissing] = useState<number | null>(null);
  const tasks = useRef<(HTMLElement | null)[]>([]);
  const handIn = useMutation({
    mutationFn: async () => {
      await observing.flush();
      return post<Result>(`/api/qualifications/attempts/${paper.attemptId}/submit`, { answers });
    },
    onSuccess: () => {
      keepAnswers(personId, paper.attemptId, null);
      void client.invalidateQueries({ predicate: ({ queryKey }) => String(queryKey[0]).startsWith('/api/tasks') });
      client.removeQueries({ queryKey: ['attempt'] });
    },
  });
  if (handIn.data) return <Outcome result={handIn.data} projectId={paper.projectId} />;
  const send = () => {
    const open = answers.findIndex((answer) => !complete(paper.form, answer));
    setMissing(open < 0 ? null : open);
    if (open >= 0) tasks.current[open]?.focus();
    else handIn.mutate();
  };
  return (
    <>
      <h1>{paper.title}</h1>
      <p className="lead">{t.qualification.lead}</p>
      <Prose text={paper.guidelines} />
      {paper.tasks.map((task, at) => (
        <section key={task.ordinal} tabIndex={-1} ref={(element) => { tasks.current[at] = element; }} aria-label={t.qualification.task(at + 1, paper.tasks.length)}>
          <h2>{t.qualification.task(at + 1, paper.tasks.length)}</h2>
          <div className="item"><ItemContent content={task.content} /></div>
          {paper.form.questions.map((question) => (
            <fieldset key={question.name} className="question">
              <legend>{question.title || question.name}</legend>
              <div className="choices">
                {question.choices.map((choice) => {
                  const chosen = answers[at]![question.name] === choice.value;
                  return (
                    <label key={choice.value} className={chosen ? 'choice chosen' : 'choice'}>
                      <input
                        type="radio" name={`${at}-${question.name}`} value={choice.value} checked={chosen}
                        onChange={() => choose(at, question.name, choice.value)}
                      />
                      <span>{choice.title ?? choice.value}</span>
                    </label>
                  );
                })}
              </div>
            </fieldset>
          ))}
        </section>
      ))}
      <p className="hint-line" role="status">{missing !== null && t.qualification.missing(missing + 1)}</p>
      {handIn.isError && <Failure error={handIn.error} />}
      <div className="actions">
        <Button className="button primary large" isDisabled={handIn.isPending} onPress={send}>{t.qualification.handIn}</Button>
      </div>
    </>
  );
}

function Outcome({ result, projectId }: { result: Result; projectId: string }) {
  const t = useText();
  const earned = result.level === result.skill ? result.skill : `${result.skill} ${result.level}`;
  return (
    <>
      <h1>{result.passed ? t.qualification.passed(earned) : t.qualification.failed}</h1>
      <p role="status">{t.qualification.score(result.right, result.of)} {!result.passed && t.qualification.triesLeft(result.triesLeft)}</p>
      <p>{t.qualification.timeKept}</p>
      <div className="actions">
        <Link className="button primary" to={result.passed ? `/tasks/${projectId}` : '/tasks'}>{result.passed ? t.qualification.toTheTask : t.work.otherTasks}</Link>
      </div>
    </>
  );
}
