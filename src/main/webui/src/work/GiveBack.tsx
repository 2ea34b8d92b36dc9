import { Button } from 'react-aria-components';
import { post } from '../api/http';
import type { Claim } from '../api/types';
import { useMutation } from '@tanstack/react-query';
import { Overlay } from '../kit/overlays';
import { Failure } from '../kit/states';
import { useText } from '../text/text';

const REASONS = ['none', 'unclear', 'language', 'distressing', 'broken', 'other'] as const;

/** Skip or return a task, with a reason if one likes. The time spent is kept either way. */
export function GiveBack({ way, claim, onClose, onDone }: { way: 'skip' | 'return' | null; claim: Claim; onClose: () => void; onDone: () => void }) {
  const t = useText();
  const give = useMutation({
    mutationFn: (reason: (typeof REASONS)[number]) =>
      post(`/api/claims/${claim.claimId}/${way}`, { fencingVersion: claim.fencingVersion, ...(reason === 'none' ? {} : { reason }) }),
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
