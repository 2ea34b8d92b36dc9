import { Button } from 'react-aria-components';
import { post, Refused } from '../api/http';
import type { Claim } from '../api/types';
import { useMutation } from '@tanstack/react-query';
import { Overlay } from '../kit/overlays';
import { Failure } from '../kit/states';
import { useText } from '../text/text';

const REASONS = ['none', 'unclear', 'language', 'distressing', 'broken', 'other'] as const;

/** Answered to what is no longer held: there is nothing left to give back. */
const NOT_HELD = [404, 409, 410];

export function isNoLongerHeld(failure: unknown): boolean {
  return failure instanceof Refused && NOT_HELD.includes(failure.problem.status);
}

/** Skip or return a task, with a reason if one likes. The time spent is kept either way, and the task goes even if it was somebody else's already. */
export function GiveBack({ way, claim, onClose, onDone }: { way: 'skip' | 'return' | null; claim: Claim; onClose: () => void; onDone: () => void }) {
  const t = useText();
  const give = useMutation({
    mutationFn: (reason: (typeof REASONS)[number]) =>
      post(`/api/claims/${claim.claimId}/${way}`, { fencingVersion: claim.fencingVersion, ...(reason === 'none' ? {} : { reason }) }).catch((failure: unknown) => {
        if (!isNoLongerHeld(failure)) throw failure;
      }),
    onSuccess: onDone,
  });
  const shown = way ?? 'skip';
  return (
    <Overlay title={t.giveBack[shown].title} isOpen={way !== null} onClose={onClose}>
      <p>{t.giveBack[shown].text}</p>
      {give.isError && <Failure error={give.error} />}
      <div className="stack">
        {REASONS.map((reason) => (
          <Button
            key={reason} autoFocus={reason === 'none'} className={reason === 'none' ? 'button primary' : 'button'}
            isDisabled={give.isPending} onPress={() => give.mutate(reason)}
          >
            {reason === 'none' ? t.giveBack[shown].plain : t.giveBack.reasons[reason]}
          </Button>
        ))}
      </div>
    </Overlay>
  );
}
