import { createContext, useCallback, useContext, useMemo, useState, type ReactNode } from 'react';
import { I18nProvider } from 'react-aria-components';
import { hours, moment, shortTime, timeOfDay, timeOfDayUtc } from '../format/time';
import { money } from '../format/money';
import type { Catalogue } from './en';

export type Language = 'en' | 'de';

export const LANGUAGES: readonly (readonly [Language, string])[] = [['en', 'English'], ['de', 'Deutsch']];

const CHOSEN = 'kreislauf.language';

/** Only the catalogue in use is loaded. */
const catalogues: Record<Language, () => Promise<Catalogue>> = {
  en: () => import('./en').then((module) => module.en),
  de: () => import('./de').then((module) => module.de),
};

/** The language chosen here before, else the first of the browser's that we have. */
export function preferredLanguage(): Language {
  const wanted = [chosen(), ...navigator.languages].map((each) => each?.slice(0, 2));
  return LANGUAGES.map(([language]) => language).find((language) => language === wanted.find(known)) ?? 'en';
}

function chosen(): string | null {
  try {
    return localStorage.getItem(CHOSEN);
  } catch {
    return null;
  }
}

function known(language: string | undefined): boolean {
  return LANGUAGES.some(([each]) => each === language);
}

export function loadCatalogue(language: Language): Promise<Catalogue> {
  return catalogues[language]();
}

interface Spoken {
  language: Language;
  t: Catalogue;
  choose: (language: Language) => void;
}

const SpokenContext = createContext<Spoken | null>(null);

export function Speaking(props: { language: Language; catalogue: Catalogue; children: ReactNode }) {
  const [spoken, setSpoken] = useState({ language: props.language, t: props.catalogue });
  const choose = useCallback((language: Language) => {
    try {
      localStorage.setItem(CHOSEN, language);
    } catch {
      // Chosen for this page only, where the browser keeps nothing.
    }
    void loadCatalogue(language).then((t) => {
      document.documentElement.lang = language;
      setSpoken({ language, t });
    });
  }, []);
  const value = useMemo(() => ({ ...spoken, choose }), [spoken, choose]);
  return (
    <SpokenContext.Provider value={value}>
      <I18nProvider locale={localeOf(spoken.language)}>{props.children}</I18nProvider>
    </SpokenContext.Provider>
  );
}

export function useLanguage(): Spoken {
  const spoken = useContext(SpokenContext);
  if (!spoken) throw new Error('Outside <Speaking>.');
  return spoken;
}

export function useText(): Catalogue {
  return useLanguage().t;
}

/** The browser's regional variant of the language where it has one (`en-GB`), so that dates look as its user expects. */
function localeOf(language: Language): string {
  return navigator.languages.find((each) => each.startsWith(language)) ?? language;
}

/** Numbers as the chosen language writes them. */
export function useFormat() {
  const { language, t } = useLanguage();
  return useMemo(() => {
    const locale = localeOf(language);
    const percent = new Intl.NumberFormat(locale, { style: 'percent', maximumFractionDigits: 1 });
    const ratio = new Intl.NumberFormat(locale, { maximumFractionDigits: 3 });
    const count = new Intl.NumberFormat(locale);
    return {
      locale,
      money: (minor: number, currency: string) => money(minor, currency, locale),
      perHour: (minor: number, currency: string) => t.perHour(money(minor, currency, locale)),
      hours: (millis: number) => (Math.abs(millis) < 3_600_000 ? shortTime(millis, locale) : hours(millis, locale)),
      moment: (iso: string) => moment(iso, locale),
      timeOfDay: (at: number) => timeOfDay(at, locale),
      timeOfDayUtc: (iso: string) => timeOfDayUtc(iso, locale),
      percent: (share: number) => percent.format(share),
      ratio: (value: number) => ratio.format(value),
      count: (value: number) => count.format(value),
      day: (day: string) =>
        new Intl.DateTimeFormat(locale, { dateStyle: 'full', timeZone: 'UTC' }).format(new Date(`${day}T00:00:00Z`)),
    };
  }, [language, t]);
}

export type Format = ReturnType<typeof useFormat>;
