import type { Figure } from '../api/types';
import type { Catalogue } from '../text/en';

/** The figure's name in the reader's language where the catalogue knows its key, else as the server says. */
export function figureLabel(figure: { key: string; label: string }, t: Catalogue): string {
  return t.figures.labels[figure.key] ?? figure.label;
}

/** Whether it holds hours that somebody reported and the platform did not observe. */
export function isDeclared(figure: Figure): boolean {
  if (figure.value === 0) return false;
  return figure.source === 'declared' || figure.commodity === 'LABOUR_DECLARED' || (figure.declaredSources?.length ?? 0) > 0;
}
