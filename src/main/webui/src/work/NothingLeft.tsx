import { Button } from 'react-aria-components';
import { Link } from 'react-router';
import { Empty, Failure } from '../kit/states';
import { useText } from '../text/text';

export function NothingLeft({ reason, onLookAgain, hasAside }: { reason: unknown; onLookAgain: () => void; hasAside: boolean }) {
  const t = useText();
  return (
    <Empty>
      <strong>{t.work.nothingLeft}</strong>
      <p>{hasAside ? t.work.asideLeft : t.work.nothingLeftText}</p>
      {reason ? <Failure error={reason} /> : null}
      <div className="actions centred">
        <Button className="button" onPress={onLookAgain}>{t.work.lookAgain}</Button>
        <Link className="button" to="/tasks">{t.work.otherTasks}</Link>
        <Link className="button" to="/pay">{t.work.seePay}</Link>
      </div>
    </Empty>
  );
}
