import { useState } from 'react';
import { Switch } from 'react-aria-components';
import type { TaskDetail } from '../api/types';
import { duration } from '../format/time';
import { Overlay } from '../kit/overlays';
import { useText } from '../text/text';
import { choiceKey, COMMAND_KEYS } from './keyboard';

const STORED = 'kreislauf.singleKeys';

/** Whether letters and digits act alone (WCAG 2.1.4 asks for a way to turn that off). */
export function useSingleKeys(): [boolean, (on: boolean) => void] {
  const [on, setOn] = useState(() => chosen() !== 'off');
  return [on, (next) => {
    try {
      localStorage.setItem(STORED, next ? 'on' : 'off');
    } catch {
      // Chosen for this page only, where the browser keeps nothing.
    }
    setOn(next);
  }];
}

function chosen(): string | null {
  try {
    return localStorage.getItem(STORED);
  } catch {
    return null;
  }
}

interface Props {
  task: TaskDetail;
  isOpen: boolean;
  onClose: () => void;
  singleKeys: boolean;
  onSingleKeys: (on: boolean) => void;
}

export function KeysHelp({ task, isOpen, onClose, singleKeys, onSingleKeys }: Props) {
  const t = useText();
  const prefix = singleKeys ? '' : 'Alt+';
  return (
    <Overlay title={t.keys.title} isOpen={isOpen} onClose={onClose}>
      {task.form.questions.map((question) => (
        <dl className="keys" key={question.name}>
          <p className="keys-head">{question.title}</p>
          {question.choices.map((choice, at) => {
            const key = choiceKey(question, at);
            return key && <div key={choice.value}><dt><kbd>{prefix}{key}</kbd></dt><dd>{choice.title ?? choice.value}</dd></div>;
          })}
        </dl>
      ))}
      <dl className="keys">
        {COMMAND_KEYS.map(([command, key]) => (
          <div key={command}><dt><kbd>{command === 'submit' ? key : prefix + key}</kbd></dt><dd>{t.keys.commands[command]}</dd></div>
        ))}
      </dl>
      <p className="muted">{t.keys.shift}</p>
      <Switch className="switch" isSelected={singleKeys} onChange={onSingleKeys}>
        <span className="switch-track" aria-hidden="true" />{t.keys.single}
      </Switch>
      <h3>{t.keys.timeTitle}</h3>
      <p>{t.keys.time(duration(task.idleMillis))}</p>
    </Overlay>
  );
}
