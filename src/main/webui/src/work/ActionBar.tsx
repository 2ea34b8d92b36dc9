import { Button } from 'react-aria-components';
import { useText } from '../text/text';
import { COMMAND_KEYS, type Command } from './keyboard';

interface Props {
  onCommand: (command: Command) => void;
  canUndo: boolean;
  ready: boolean;
  paused: boolean;
  keyPrefix: string;
}

const SECONDARY: Command[] = ['undo', 'later', 'skip', 'return', 'guidelines', 'help'];

export function ActionBar({ onCommand, canUndo, ready, paused, keyPrefix }: Props) {
  const t = useText();
  const key = (command: Command) => COMMAND_KEYS.find(([each]) => each === command)![1];
  return (
    <div className="work-actions">
      <Button className={ready && !paused ? 'button primary large' : 'button large'} isDisabled={paused} onPress={() => onCommand('submit')}>
        {t.work.submit}<kbd aria-hidden="true">{key('submit')}</kbd>
      </Button>
      <div className="work-more">
        {SECONDARY.map((command) => (
          <Button
            key={command} className={`button quiet small ${command}`} onPress={() => onCommand(command)}
            isDisabled={command === 'undo' ? !canUndo : paused && command !== 'help'}
          >
            {t.work.commands[command]}<kbd aria-hidden="true">{keyPrefix}{key(command)}</kbd>
          </Button>
        ))}
      </div>
    </div>
  );
}
