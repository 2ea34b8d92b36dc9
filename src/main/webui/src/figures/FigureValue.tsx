import { Button } from 'react-aria-components';
import type { Figure } from '../api/types';
import { figureText } from '../format/amount';
import { useFormat, useText } from '../text/text';
import { figureLabel, isDeclared } from './figure';

/** A number that opens what is behind it: the ledger legs, the formula and its parts, or whose it is. */
export function FigureValue({ figure, currency, onOpen }: { figure: Figure; currency: string; onOpen: (figure: Figure) => void }) {
  const t = useText();
  const format = useFormat();
  const text = figureText(figure, currency, format) ?? t.figures.undefined[figure.undefined ?? ''] ?? figure.undefined ?? '–';
  return (
    <>
      <Button className="linklike number" aria-label={`${figureLabel(figure, t)}: ${text}. ${t.figures.open}`} onPress={() => onOpen(figure)}>{text}</Button>
      {isDeclared(figure) && <>{' '}<span className="tag declared" title={t.figures.declaredNote}>{t.figures.declared(figure.declaredSources ?? [])}</span></>}
    </>
  );
}
