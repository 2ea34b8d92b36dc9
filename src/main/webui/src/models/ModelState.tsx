import type { Model } from '../api/types';
import { useText } from '../text/text';

export function ModelState({ model }: { model: Model }) {
  const t = useText();
  return <span className={model.state === 'released' ? 'tag good' : 'tag'}>{t.models.states[model.state] ?? model.state}</span>;
}
