/** Which tasks one wants to see; left out: all. */
export interface TaskFilter {
  text?: string;
  /** Least wage per hour in minor units of `currency`. */
  least?: number;
  currency?: string;
  language?: string;
  mayDo: boolean;
  withoutWarning: boolean;
}

export function filterOf(params: URLSearchParams): TaskFilter {
  const least = Number(params.get('minMinorPerHour') ?? NaN);
  const currency = params.get('currency') ?? undefined;
  return {
    text: params.get('text') ?? undefined,
    least: Number.isSafeInteger(least) && least >= 0 && currency ? least : undefined,
    currency,
    language: params.get('language') ?? undefined,
    mayDo: params.get('mayDo') === 'true',
    withoutWarning: params.get('withoutWarning') === 'true',
  };
}

/** As the server reads it, which is also how it stands in the page's address. */
export function paramsOf(filter: TaskFilter): URLSearchParams {
  const params = new URLSearchParams();
  if (filter.text) params.set('text', filter.text);
  if (filter.currency) params.set('currency', filter.currency);
  if (filter.least !== undefined && filter.currency) params.set('minMinorPerHour', String(filter.least));
  if (filter.language) params.set('language', filter.language);
  if (filter.mayDo) params.set('mayDo', 'true');
  if (filter.withoutWarning) params.set('withoutWarning', 'true');
  return params;
}
