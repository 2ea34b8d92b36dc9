import { useEffect, useState } from 'react';
import { Button, Checkbox } from 'react-aria-components';
import { decimalOf, minorDigits, minorOf } from '../format/money';
import { Field, Pick } from '../kit/fields';
import { useText } from '../text/text';
import type { TaskFilter } from './taskFilter';

/** What is typed is looked for once the fingers rest. */
const REST_MILLIS = 400;

/** Elsewhere the tasks themselves come first, and the filter is opened when it is wanted. */
const WIDE = '(min-width: 40rem)';

/** Narrows the list of tasks. All of it is in the page's address, so that going back finds it again. */
export function TaskFilters({ filter, currencies, onChange }: { filter: TaskFilter; currencies: string[]; onChange: (filter: TaskFilter) => void }) {
  const t = useText();
  const currency = filter.currency ?? currencies[0];
  const [text, setText] = useTyped(filter.text ?? '', (typed) => onChange({ ...filter, text: typed || undefined }));
  const least = filter.least === undefined || !currency ? '' : decimalOf(filter.least, minorDigits(currency));
  const [wage, setWage] = useTyped(least, (typed) => {
    const minor = currency && typed.trim() ? minorOf(typed, currency) : null;
    onChange({ ...filter, least: minor ?? undefined, currency: minor === null ? filter.currency : currency });
  });
  const [language, setLanguage] = useTyped(filter.language ?? '', (typed) => onChange({ ...filter, language: typed.trim() || undefined }));
  const [open, setOpen] = useState(() => matchMedia(WIDE).matches || Object.values(filter).some(Boolean));
  const wrong = wage.trim() !== '' && (!currency || minorOf(wage, currency) === null);
  return (
    <search>
      <details className="box filters" open={open}>
        <summary onClick={(event) => { event.preventDefault(); setOpen(!open); }}>{t.tasks.filter.title}</summary>
        <div className="fields">
          <Field label={t.tasks.filter.text} value={text} onChange={setText} type="search" />
          <Field label={t.tasks.filter.least(currency ?? '')} value={wage} onChange={setWage} inputMode="decimal" error={wrong ? t.tasks.filter.noAmount : null} />
          <Field label={t.tasks.filter.language} value={language} onChange={setLanguage} />
          {currencies.length > 1 && (
            <Pick
              label={t.tasks.filter.currency} value={filter.currency ?? ''} options={[['', t.tasks.filter.allCurrencies], ...currencies.map((each) => [each, each] as const)]}
              onChange={(chosen) => onChange({ ...filter, currency: chosen || undefined, least: chosen === filter.currency ? filter.least : undefined })}
            />
          )}
        </div>
        <div className="checks">
          <Checkbox className="checkbox" isSelected={filter.mayDo} onChange={(mayDo) => onChange({ ...filter, mayDo })}>
            <span className="box-mark" aria-hidden="true" />{t.tasks.filter.mayDo}
          </Checkbox>
          <Checkbox className="checkbox" isSelected={filter.withoutWarning} onChange={(withoutWarning) => onChange({ ...filter, withoutWarning })}>
            <span className="box-mark" aria-hidden="true" />{t.tasks.filter.withoutWarning}
          </Checkbox>
          <Button className="button small quiet" onPress={() => { setText(''); setWage(''); setLanguage(''); onChange({ mayDo: false, withoutWarning: false }); }}>
            {t.tasks.filter.clear}
          </Button>
        </div>
      </details>
    </search>
  );
}

/** Text under one's fingers, told on after a rest; what comes from outside replaces it. */
function useTyped(outside: string, tell: (typed: string) => void): [string, (typed: string) => void] {
  const [typed, setTyped] = useState(outside);
  const [told, setTold] = useState(outside);
  if (outside !== told) {
    setTold(outside);
    setTyped(outside);
  }
  useEffect(() => {
    if (typed === told) return;
    const rest = setTimeout(() => {
      setTold(typed);
      tell(typed);
    }, REST_MILLIS);
    return () => clearTimeout(rest);
  });
  return [typed, setTyped];
}
