import { Fragment } from 'react';
import type { Figure } from '../api/types';
import { figureLabel } from '../figures/figure';
import { FigureValue } from '../figures/FigureValue';
import { Table } from '../kit/tables';
import { useText } from '../text/text';

/** The numbers of the picture, in the order of the circuit. */
export function FigureTable({ figures, currency, onOpen }: { figures: Figure[]; currency: string; onOpen: (figure: Figure) => void }) {
  const t = useText();
  const groups = [...new Set(figures.map((figure) => figure.group ?? ''))];
  return (
    <Table
      label={t.circuit.table}
      head={<tr><th>{t.circuit.figure}</th><th className="n">{t.circuit.value}</th><th className="from">{t.circuit.behind}</th></tr>}
    >
      {groups.map((group) => (
        <Fragment key={group}>
          {group && <tr className="group"><th colSpan={3} scope="colgroup">{t.circuit.groups[group] ?? group}</th></tr>}
          {figures.filter((figure) => (figure.group ?? '') === group).map((figure) => (
            <tr key={figure.key}>
              <th scope="row">{figureLabel(figure, t)}</th>
              <td className="n"><FigureValue figure={figure} currency={currency} onOpen={onOpen} /></td>
              <td className="muted from">{behind(figure, t)}</td>
            </tr>
          ))}
        </Fragment>
      ))}
    </Table>
  );
}

function behind(figure: Figure, t: ReturnType<typeof useText>): string {
  if (figure.legsHref) return figure.bookName ? t.figures.fromBook(figure.bookName) : t.figures.legs;
  if (figure.formula) return figure.formula;
  return figure.whose ? t.figures.whose(figure.whose) : '';
}
