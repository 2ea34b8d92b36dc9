import { useState } from 'react';
import { Button } from 'react-aria-components';
import type { Figure } from '../api/types';
import { figureText } from '../format/amount';
import { Overlay } from '../kit/overlays';
import { useFormat, useText } from '../text/text';
import { figureLabel, isDeclared } from './figure';
import { FigureValue } from './FigureValue';
import { LegsTable } from './LegsTable';

/** What is behind a number. Parts open in turn, and one can go back. */
export function FigurePanel({ figure, currency, onClose }: { figure: Figure | null; currency: string; onClose: () => void }) {
  const t = useText();
  const [inner, setInner] = useState<{ of: Figure; path: Figure[] } | null>(null);
  const path = inner && inner.of === figure ? inner.path : [];
  const shown = path.at(-1) ?? figure;
  const open = (part: Figure) => figure && setInner({ of: figure, path: [...path, part] });
  return (
    <Overlay kind="drawer" title={shown ? figureLabel(shown, t) : ''} isOpen={figure !== null} onClose={onClose}>
      {path.length > 0 && figure && (
        <Button className="button quiet small" onPress={() => setInner({ of: figure, path: path.slice(0, -1) })}>
          ← {figureLabel(path.at(-2) ?? figure, t)}
        </Button>
      )}
      {shown && <Behind key={path.length} figure={shown} currency={currency} onOpen={open} />}
    </Overlay>
  );
}

function Behind({ figure, currency, onOpen }: { figure: Figure; currency: string; onOpen: (part: Figure) => void }) {
  const t = useText();
  const format = useFormat();
  const value = figureText(figure, currency, format);
  const parts = figure.parts ?? [];
  return (
    <>
      <p className="big number">{value ?? t.figures.undefined[figure.undefined ?? ''] ?? figure.undefined ?? '–'}</p>
      {isDeclared(figure) && <p className="note warn">{t.figures.declaredNote} {t.figures.declared(figure.declaredSources ?? [])}</p>}
      {figure.bookName && <p className="muted">{t.figures.fromBook(figure.bookName)}</p>}
      {figure.formula && <p><span className="muted">{t.figures.formula}</span> <code>{figure.formula}</code></p>}
      {parts.length > 0 && (
        <dl className="parts">
          {parts.map((part) => (
            <div key={part.key + part.label}>
              <dt>{figureLabel(part, t)}</dt>
              <dd><FigureValue figure={part} currency={currency} onOpen={onOpen} /></dd>
            </div>
          ))}
        </dl>
      )}
      {figure.legsHref
        ? <LegsTable href={figure.legsHref} bookName={figure.bookName} expected={figure.value == null ? null : figure.side === 'credit' ? -figure.value : figure.value} />
        : parts.length === 0 && <p className="note">{figure.whose ? t.figures.whose(figure.whose) : t.figures.noLegs}</p>}
    </>
  );
}
