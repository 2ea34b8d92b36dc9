import type { ProjectState } from '../api/types';
import { useText } from '../text/text';

/** A project's state; one whose work was not observed here says where its hours come from. */
export function StateTag({ state, origin }: { state: ProjectState; origin?: string | null }) {
  const t = useText();
  const name = state.toLowerCase() as ProjectState;
  return (
    <>
      <span className={`tag ${name === 'published' ? 'good' : name === 'cancelled' ? 'bad' : ''}`}>{t.projectStates[name] ?? state}</span>
      {origin && origin !== 'normal' && <> <span className="tag declared">{t.sources[origin] ?? origin}</span></>}
    </>
  );
}
