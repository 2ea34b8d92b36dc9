import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useCallback, useEffect, useRef, useState } from 'react';
import { Button } from 'react-aria-components';
import { useParams } from 'react-router';
import { get, post, Refused } from '../api/http';
import type { Claim, Claims, TaskDetail } from '../api/types';
import { ItemContent } from '../kit/content';
import { Overlay } from '../kit/overlays';
import { explained, Failure, Loaded, Waiting } from '../kit/states';
import { useMe } from '../session/session';
import { useText } from '../text/text';
import { AnswerForm } from './AnswerForm';
import { ActionBar } from './ActionBar';
import { GiveBack, isNoLongerHeld } from './GiveBack';
import { Guidelines } from './Guidelines';
import { actionOf, complete, type Command } from './keyboard';
import { KeysHelp, useSingleKeys } from './KeysHelp';
import { NothingLeft } from './NothingLeft';
import { useObserved, usePresence } from './Observed';
import { OtherDrafts } from './OtherDrafts';
import { heldByServer, keepLocalDraft } from './drafts';
import { allRefused, allUnsent, forgetRefused, type RefusedAnswer } from './outbox';
import { isOver, taskKey } from './queue';
import { earnedBy } from './payment';
import { RefusedAnswers } from './RefusedAnswers';
import { isResting, REST_MILLIS, Resting } from './Resting';
import { useDraft } from './useDraft';
import { useForm } from './useForm';
import { useGone } from './useGone';
import { useSending } from './useSending';
import { useTaskQueue } from './useTaskQueue';
import { WorkBar } from './WorkBar';

export function WorkPage() {
  const { projectId } = useParams();
  const path = `/api/tasks/${projectId}`;
  const task = useQuery({ queryKey: [path], queryFn: () => get<TaskDetail>(path), staleTime: Infinity });
  return task.data ? <Work key={projectId} task={task.data} /> : <main id="main"><Loaded of={task}>{() => null}</Loaded></main>;
}

type Opened = 'help' | 'guidelines' | 'skip' | 'return' | null;

function Work({ task }: { task: TaskDetail }) {
  const t = useText();
  const me = useMe();
  const client = useQueryClient();
  const queue = useTaskQueue(task.projectId, task.prefetchLimit ?? 5, () => allUnsent(me.personId));
  const claim = queue.current;
  const resting = !claim && queue.phase === 'exhausted' && isResting(queue.error);
  const observing = useObserved(
    claim ? { mode: 'task', claimId: claim.claimId, projectId: task.projectId }
      : { mode: resting ? 'break' : queue.phase === 'exhausted' ? 'watching' : 'search', projectId: task.projectId },
    resting ? REST_MILLIS : task.idleMillis,
  );
  const paused = usePresence().paused;
  const draft = useDraft(me.personId, claim, queue.drafted);
  const { form, failed, readAgain } = useForm(task, claim);
  const ready = form !== undefined && complete(form, draft.answer);
  const [opened, setOpened] = useState<Opened>(null);
  const [revealed, setRevealed] = useState(false);
  const [hint, setHint] = useState('');
  const [refused, setRefused] = useState(() => allRefused(me.personId));
  const [deadline, setDeadline] = useState<string | null>(null);
  const [earned, setEarned] = useState(0);
  const [singleKeys, setSingleKeys] = useSingleKeys();
  const item = useRef<HTMLDivElement>(null);

  /** What time brings is the server's to say. */
  const paidByTime = () => {
    if (task.payRule === 'hour') void client.invalidateQueries({ queryKey: ['/api/me/work'] });
  };
  const tellGone = useGone(task.projectId, (gone, known) => {
    if (gone === claim?.claimId) {
      draft.forget();
      setHint(t.work.doneElsewhere);
    }
    queue.remove(gone);
    if (known) queue.settled(gone);
  });
  const sending = useSending(
    me.personId,
    () => observing.flush(),
    (unsent, submitted) => {
      // Sent with a newer claim than that it was given for, the task may have come back meanwhile.
      queue.remove(unsent.claimId);
      queue.settled(unsent.claimId);
      tellGone(unsent.claimId, true);
      setEarned((before) => before + earnedBy(task, submitted));
      paidByTime();
      if (submitted.state === 'LATE_KEPT') setHint(t.work.lateKept);
      void client.invalidateQueries({ queryKey: ['/api/claims'] });
    },
    (unsent) => {
      queue.settled(unsent.claimId);
      tellGone(unsent.claimId, true);
      setRefused(allRefused(me.personId));
    },
  );
  const { fragile } = sending;
  useEffect(() => {
    if (!fragile) return;
    const leaving = (event: BeforeUnloadEvent) => event.preventDefault();
    window.addEventListener('beforeunload', leaving);
    return () => window.removeEventListener('beforeunload', leaving);
  }, [fragile]);

  const { remove, settled } = queue;
  const claimId = claim?.claimId;
  const over = claim !== undefined && isOver(claim);
  useEffect(() => {
    setRevealed(false);
    setDeadline(null);
    if (!claimId) return;
    item.current?.focus({ preventScroll: true });
    window.scrollTo(0, 0);
    if (over) return;
    post<{ deadlineAt?: string | null } | undefined>(`/api/claims/${claimId}/shown`).then((heard) => setDeadline(heard?.deadlineAt ?? null)).catch((failure: unknown) => {
      // Fetched ahead and held too long: somebody else may have it by now. Nothing was done on it yet.
      if (isNoLongerHeld(failure)) {
        setHint(t.work.expired);
        remove(claimId);
        settled(claimId);
      }
    });
  }, [claimId, over, remove, settled, t]);

  const chooseDraft = draft.choose;
  const choose = useCallback((question: string, value: string) => {
    setHint('');
    chooseDraft(question, value);
  }, [chooseDraft]);

  const submit = useCallback(() => {
    if (!claim || paused || !form) return;
    if (!ready) {
      setHint(t.work.answerFirst);
      return;
    }
    setHint('');
    const clientActiveMillis = Math.round(observing.current().countedMillis);
    sending.send({
      claimId: claim.claimId, projectId: task.projectId, ...(claim.itemId ? { itemId: claim.itemId } : {}),
      ...(claim.taskId ? { taskId: claim.taskId } : {}), fencingVersion: claim.fencingVersion,
      formVersion: claim.formVersion, answer: draft.answer, clientActiveMillis,
    });
    draft.forget();
    remove(claim.claimId);
    tellGone(claim.claimId, false);
  }, [claim, paused, task, form, ready, draft, observing, remove, sending, tellGone, t]);

  const putAside = queue.later;
  const later = useCallback(() => {
    if (!claim) return;
    post<{ returnsAt?: string | null }>(`/api/claims/${claim.claimId}/later`, { fencingVersion: claim.fencingVersion })
      .then((aside) => putAside(claim.claimId, draft.answer, aside.returnsAt))
      .catch((failure: unknown) => {
        const limit = failure instanceof Refused && failure.problem.code === 'ASIDE_LIMIT';
        if (!limit && isNoLongerHeld(failure)) {
          setHint(t.work.ended);
          remove(claim.claimId);
          settled(claim.claimId);
        } else {
          setHint(failure instanceof Refused ? explained(failure, t).title : t.work.laterFailed);
        }
      });
  }, [claim, draft.answer, putAside, remove, settled, t]);

  const { bringBack } = queue;
  const letGo = useCallback((answer: RefusedAnswer) => {
    forgetRefused(me.personId, answer.unsent.claimId);
    setRefused(allRefused(me.personId));
  }, [me.personId]);
  const mend = useCallback((answer: RefusedAnswer) => {
    const key = taskKey(answer.unsent);
    get<Claims>('/api/claims').then(({ claims }) => {
      const held = claims.find((each) => taskKey(each) === key);
      if (!held) {
        setHint(t.work.refused.gone);
        return;
      }
      keepLocalDraft(me.personId, key, answer.unsent.answer, heldByServer(held));
      bringBack({ ...held, draft: answer.unsent.answer });
      letGo(answer);
    }).catch(() => setHint(t.work.refused.later));
  }, [me.personId, bringBack, letGo, t]);

  const command = useCallback((which: Command) => {
    if (paused && which !== 'pause' && which !== 'help') return;
    switch (which) {
      case 'submit': return submit();
      case 'undo': return draft.undo();
      case 'pause': return observing.pause(!observing.current().paused);
      case 'reveal': return setRevealed((before) => !before);
      case 'later': return later();
      default: return setOpened(which);
    }
  }, [paused, submit, draft, observing, later]);

  useEffect(() => {
    const pressed = (event: KeyboardEvent) => {
      if (!form || opened || event.defaultPrevented || event.repeat || takesKeys(event.target, event.key)) return;
      const action = actionOf(event, form, draft.answer, !singleKeys);
      if (!action) return;
      if (action.type === 'choose' && (!claim || paused)) return;
      event.preventDefault();
      if (action.type === 'choose') choose(action.question, action.value);
      else command(action.type);
    };
    window.addEventListener('keydown', pressed);
    return () => window.removeEventListener('keydown', pressed);
  }, [opened, form, draft.answer, singleKeys, claim, paused, choose, command]);

  const veiled = Boolean(task.contentWarning) && !revealed;
  return (
    <main id="main" className="work">
      <h1 className="unseen">{t.work.title(task.title)}</h1>
      <WorkBar task={task} claim={claim} deadline={deadline ?? claim?.deadlineAt ?? null} earnedHere={earned} unsent={sending.held} paused={paused} onPause={() => command('pause')} />
      {sending.fragile && <p className="note bad" role="alert">{t.work.fragile}</p>}
      <p className="hint-line" role="status">{hint}</p>
      {claim ? (
        <>
          {over && (
            <div className="note" role="status">
              <p>{t.work.over}</p>
              <Button className="button small" onPress={() => setOpened('return')}>{t.work.letGo}</Button>
            </div>
          )}
          <div className={paused ? 'item paused' : veiled ? 'item veiled' : 'item'} ref={item} tabIndex={-1} role="group" aria-label={t.work.item}>
            {paused
              ? <div className="item-veil"><p>{t.work.paused}</p><Button className="button primary" onPress={() => command('pause')}>{t.work.resume}</Button></div>
              : veiled
                ? <div className="item-veil"><p>{task.contentWarning}</p><Button className="button" onPress={() => setRevealed(true)}>{t.work.reveal}</Button></div>
                : <ItemContent content={claim.content} />}
          </div>
          {failed && <Failure error={failed} retry={readAgain} />}
          <OtherDrafts others={draft.others} onDecide={draft.decide} />
          {!paused && form && <AnswerForm form={form} answer={draft.answer} onChoose={choose} keyPrefix={singleKeys ? '' : 'Alt+'} />}
          <ActionBar
            onCommand={command} canUndo={draft.canUndo} paused={paused}
            ready={ready} keyPrefix={singleKeys ? '' : 'Alt+'}
          />
        </>
      ) : queue.phase === 'failed' ? <Failure error={queue.error} retry={queue.lookAgain} />
        : resting ? <Resting projectId={task.projectId} since={queue.error} onRested={queue.lookAgain} />
        : queue.phase === 'exhausted' ? <NothingLeft reason={queue.error} onLookAgain={queue.lookAgain} hasAside={queue.aside.length > 0} />
          : <Waiting />}
      <RefusedAnswers answers={refused} projectId={task.projectId} onMend={mend} onLetGo={letGo} />
      <Aside claims={queue.aside} onOpen={queue.bringBack} />
      <Overlay kind="drawer" title={t.guidelines} isOpen={opened === 'guidelines'} onClose={() => setOpened(null)}>
        <Guidelines task={task} />
      </Overlay>
      <KeysHelp
        task={form ? { ...task, form } : task} isOpen={opened === 'help'} onClose={() => setOpened(null)}
        singleKeys={singleKeys} onSingleKeys={setSingleKeys}
      />
      {claim && (
        <GiveBack
          way={opened === 'skip' || opened === 'return' ? opened : null} claim={claim} onClose={() => setOpened(null)}
          onDone={() => { draft.forget(); paidByTime(); setOpened(null); remove(claim.claimId); settled(claim.claimId); tellGone(claim.claimId, true); }}
        />
      )}
    </main>
  );
}

/** Tasks put aside for later, each with its draft. */
function Aside({ claims, onOpen }: { claims: Claim[]; onOpen: (claim: Claim) => void }) {
  const t = useText();
  if (claims.length === 0) return null;
  return (
    <section className="aside-tasks" aria-label={t.work.aside}>
      <h2>{t.work.aside}</h2>
      {claims.map((claim, at) => (
        <Button key={claim.claimId} className="button small" onPress={() => onOpen(claim)}>{claim.itemKey ?? t.work.asideTask(at + 1)}</Button>
      ))}
    </section>
  );
}

/** Whether the element has a use of its own for this key. */
function takesKeys(target: EventTarget | null, key: string): boolean {
  if (!(target instanceof HTMLElement)) return false;
  if (target instanceof HTMLInputElement && target.type === 'radio') return false;
  if (target.isContentEditable || ['INPUT', 'TEXTAREA', 'SELECT'].includes(target.tagName)) return true;
  return (key === 'Enter' || key === ' ') && target.closest('button, a, summary, [role=button]') !== null;
}

