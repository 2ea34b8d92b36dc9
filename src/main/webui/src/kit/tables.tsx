import type { ReactNode } from 'react';

/** A table that scrolls by itself where it is wider than the page, reachable by keyboard. */
export function Table({ label, head, children, foot }: { label: string; head: ReactNode; children: ReactNode; foot?: ReactNode }) {
  return (
    <div className="scroll" role="region" aria-label={label} tabIndex={0}>
      <table>
        <caption className="unseen">{label}</caption>
        <thead>{head}</thead>
        <tbody>{children}</tbody>
        {foot && <tfoot>{foot}</tfoot>}
      </table>
    </div>
  );
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
