import { useEffect, useRef, type ReactNode } from 'react';

interface TableProps {
  label: string;
  head: ReactNode;
  children: ReactNode;
  foot?: ReactNode;
  /** On a phone each row stands as a card of its own, its cells under each other with the names of their columns. */
  stacked?: boolean;
}

/** A table that scrolls by itself where it is wider than the page, reachable by keyboard. */
export function Table({ label, head, children, foot, stacked = false }: TableProps) {
  const table = useRef<HTMLTableElement>(null);
  useEffect(() => { if (stacked) nameCells(table.current!); });
  return (
    <div className={stacked ? 'scroll stacked' : 'scroll'} role="region" aria-label={label} tabIndex={0}>
      <table ref={table}>
        <caption className="unseen">{label}</caption>
        <thead>{head}</thead>
        <tbody>{children}</tbody>
        {foot && <tfoot>{foot}</tfoot>}
      </table>
    </div>
  );
}

/** Gives each cell the name of its column to show, and the roles that it loses where it is not laid out as a cell. */
function nameCells(table: HTMLTableElement): void {
  const names = [...(table.tHead?.rows[0]?.cells ?? [])].map((cell) => cell.textContent ?? '');
  table.setAttribute('role', 'table');
  for (const row of table.rows) {
    row.setAttribute('role', 'row');
    let column = 0;
    for (const cell of row.cells) {
      cell.setAttribute('role', cell.tagName === 'TD' ? 'cell' : row.parentElement === table.tHead ? 'columnheader' : 'rowheader');
      cell.dataset.label = cell.colSpan > 1 ? '' : names[column] ?? '';
      column += cell.colSpan;
    }
  }
}

export function Bar({ label, value, max, text, tone }: { label: string; value: number; max: number; text: string; tone?: string }) {
  const share = max > 0 ? Math.min(1, value / max) : 0;
  return (
    <div className="bar">
      <div className="bar-text"><span>{label}</span><span className="number">{text}</span></div>
      <div
        className={`bar-track ${tone ?? ''}`} role="progressbar" aria-label={label}
        aria-valuemin={0} aria-valuemax={max} aria-valuenow={value} aria-valuetext={text}
      >
        <div style={{ inlineSize: `${share * 100}%` }} />
      </div>
    </div>
  );
}

/** One figure with its name, in a row of such. */
export function Fact({ label, children, note }: { label: string; children: ReactNode; note?: ReactNode }) {
  return (
    <div className="fact">
      <dt>{label}</dt>
      <dd>{children}{note && <small>{note}</small>}</dd>
    </div>
  );
}
