import { usePaged } from '../api/paged';
import type { Account } from '../api/types';
import { Field, Pick } from '../kit/fields';
import { useText } from '../text/text';

interface Props {
  value: string;
  onChange: (annotator: string) => void;
  /** Random names that stand beside it on the page. */
  known: string[];
}

/** Whom one means: an account that one's organisation made, by name; somebody on this page; or anybody who worked for it, by their random name. */
export function AnnotatorField({ value, onChange, known }: Props) {
  const t = useText();
  const people = usePaged<Account>('/api/people?limit=200');
  const options: [string, string][] = [
    ['', '…'],
    ...(people.items ?? []).filter((each) => !each.organisationId).map((each): [string, string] => [each.personId, `${each.displayName} (${each.login})`]),
    ...known.map((each): [string, string] => [each, each.slice(0, 8)]),
  ];
  return (
    <>
      <Pick label={t.assign.person} hint={t.assign.personHint} value={options.some(([each]) => each === value) ? value : ''} onChange={onChange} options={options} />
      <Field label={t.assign.other} hint={t.assign.otherHint} value={value} onChange={onChange} />
    </>
  );
}
