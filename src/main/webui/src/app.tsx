import { lazy, Suspense, useEffect, useRef, type ReactNode } from 'react';
import { RouterProvider } from 'react-aria-components';
import { Navigate, NavLink, Route, Routes, useHref, useLocation, useNavigate } from 'react-router';
import type { Me } from './api/types';
import { Failure, Waiting } from './kit/states';
import { ConsentPage } from './session/ConsentPage';
import { Landing } from './session/Landing';
import { SignInAgain } from './session/SignInAgain';
import { has, loginHref, mayBeMeasured, MeContext, useSignedIn } from './session/session';
import { LANGUAGES, useLanguage, useText, type Language } from './text/text';
import { TaskListPage } from './work/TaskListPage';
import { TaskIntroPage } from './work/TaskIntroPage';
import { WorkPage } from './work/WorkPage';

const QualificationPage = lazy(() => import('./work/QualificationPage'));
const PayPage = lazy(() => import('./pay/PayPage'));
const MinePage = lazy(() => import('./pay/MinePage'));
const ProjectListPage = lazy(() => import('./projects/ProjectListPage'));
const NewProjectPage = lazy(() => import('./projects/NewProjectPage'));
const PayoutsPage = lazy(() => import('./projects/PayoutsPage'));
const ProjectPage = lazy(() => import('./projects/ProjectPage'));
const SkillsPage = lazy(() => import('./skills/SkillsPage'));
const PeoplePage = lazy(() => import('./people/PeoplePage'));
const LicencesPage = lazy(() => import('./market/LicencesPage'));
const ModelListPage = lazy(() => import('./models/ModelListPage'));
const ModelPage = lazy(() => import('./models/ModelPage'));
const CircuitListPage = lazy(() => import('./circuit/CircuitListPage'));
const CircuitPage = lazy(() => import('./circuit/CircuitPage'));
const WagesPage = lazy(() => import('./reports/WagesPage'));
const BooksPage = lazy(() => import('./ledger/BooksPage'));
const BookPage = lazy(() => import('./ledger/BookPage'));
const AuditPage = lazy(() => import('./ledger/AuditPage'));
const EntryPage = lazy(() => import('./ledger/EntryPage'));

export function App() {
  const signedIn = useSignedIn();
  const navigate = useNavigate();
  return (
    <RouterProvider navigate={(to) => void navigate(to)} useHref={useHref}>
      {signedIn.data === undefined
        ? <main id="main">{signedIn.isError ? <Failure error={signedIn.error} retry={() => void signedIn.refetch()} /> : <Waiting />}</main>
        : signedIn.data === null ? <SignedOutApp /> : <SignedInApp me={signedIn.data} />}
    </RouterProvider>
  );
}

function SignedOutApp() {
  return (
    <>
      <Header me={null} />
      <Landing />
    </>
  );
}

function SignedInApp({ me }: { me: Me }) {
  return (
    <MeContext.Provider value={me}>
      <Header me={me} />
      <NewPageFocus />
      <Suspense fallback={<main id="main"><Waiting /></main>}>
        <Routes>
          <Route path="/" element={<Navigate to={home(me)} replace />} />
          <Route path="/consent" element={<ConsentPage />} />
          <Route path="/tasks" element={<Measured me={me}><TaskListPage /></Measured>} />
          <Route path="/tasks/:projectId" element={<Measured me={me}><TaskIntroPage /></Measured>} />
          <Route path="/work/:projectId" element={<Measured me={me}><WorkPage /></Measured>} />
          <Route path="/qualifications/:qualificationId" element={<Measured me={me}><QualificationPage /></Measured>} />
          <Route path="/pay" element={<PayPage />} />
          <Route path="/mine" element={<MinePage />} />
          <Route path="/projects" element={<ProjectListPage />} />
          <Route path="/projects/payouts" element={<PayoutsPage />} />
          <Route path="/projects/new" element={<NewProjectPage />} />
          <Route path="/projects/:projectId" element={<ProjectPage />} />
          <Route path="/projects/:projectId/:tab" element={<ProjectPage />} />
          <Route path="/skills" element={<SkillsPage />} />
          <Route path="/people" element={<PeoplePage />} />
          <Route path="/licences" element={<LicencesPage />} />
          <Route path="/models" element={<ModelListPage />} />
          <Route path="/models/:modelId" element={<ModelPage />} />
          <Route path="/circuit" element={<CircuitListPage />} />
          <Route path="/circuit/:kind/:id" element={<CircuitPage />} />
          <Route path="/reports" element={<Navigate to="/reports/wages" replace />} />
          <Route path="/reports/wages" element={<WagesPage />} />
          <Route path="/ledger" element={<BooksPage />} />
          <Route path="/ledger/audit" element={<AuditPage />} />
          <Route path="/ledger/entries/:id" element={<EntryPage />} />
          <Route path="/ledger/:book" element={<BookPage />} />
          <Route path="*" element={<NotFound />} />
        </Routes>
      </Suspense>
      <SignInAgain />
    </MeContext.Provider>
  );
}

/** Nothing of a person's work is observed before they agreed to it. */
function Measured({ me, children }: { me: Me; children: ReactNode }) {
  return mayBeMeasured(me) ? children : <Navigate to="/consent" replace />;
}

function home(me: Me): string {
  if (has(me, 'annotator')) return mayBeMeasured(me) ? '/tasks' : '/consent';
  if (has(me, 'requester', 'reviewer')) return '/projects';
  if (has(me, 'researcher')) return '/reports/wages';
  return '/ledger';
}

function Header({ me }: { me: Me | null }) {
  const t = useText();
  const links: [to: string, label: string, shown: boolean][] = me === null ? [] : [
    ['/tasks', t.nav.tasks, has(me, 'annotator')],
    ['/pay', t.nav.pay, has(me, 'annotator', 'reviewer')],
    ['/mine', t.nav.mine, has(me, 'annotator')],
    ['/projects', t.nav.projects, has(me, 'requester', 'reviewer')],
    ['/licences', t.nav.licences, has(me, 'requester')],
    ['/models', t.nav.models, has(me, 'requester')],
    ['/skills', t.nav.skills, has(me, 'requester')],
    ['/people', t.nav.people, has(me, 'requester', 'operator')],
    ['/circuit', t.nav.circuit, has(me, 'requester', 'researcher', 'operator')],
    ['/reports/wages', t.nav.reports, has(me, 'researcher')],
    ['/ledger', t.nav.ledger, has(me, 'annotator', 'requester', 'reviewer', 'operator')],
  ];
  const { pathname } = useLocation();
  const nav = useRef<HTMLElement>(null);
  // On a phone the row of links is wider than the screen: the one that leads here is to be seen.
  useEffect(() => {
    const here = nav.current?.querySelector<HTMLElement>('.active');
    if (here) nav.current!.scrollLeft = here.offsetLeft - nav.current!.offsetLeft - (nav.current!.clientWidth - here.offsetWidth) / 2;
  }, [pathname]);
  return (
    <header className="top">
      <a className="skip-link" href="#main">{t.skipToContent}</a>
      <NavLink to="/" className="brand"><img src="/mark.svg" alt="" width="22" height="22" />Kreislauf</NavLink>
      {me && (
        <nav aria-label={t.nav.label} ref={nav}>
          {links.filter(([, , shown]) => shown).map(([to, label]) => <NavLink key={to} to={to}>{label}</NavLink>)}
        </nav>
      )}
      <div className="top-end">
        <LanguageChoice />
        {me ? <SignedInAs me={me} /> : <a className="button small" href={loginHref()}>{t.signIn}</a>}
      </div>
    </header>
  );
}

function SignedInAs({ me }: { me: Me }) {
  const t = useText();
  return (
    <details className="who">
      <summary aria-label={t.account(me.displayName)}>{me.displayName}</summary>
      <div>
        {me.organisation && <p>{me.organisation.name}</p>}
        <p className="muted">{me.roles.map((role) => t.roles[role] ?? role).join(', ')}</p>
        {me.consent && <p><NavLink to="/consent">{t.nav.consent}</NavLink></p>}
        <p><a href="/logout">{t.signOut}</a></p>
      </div>
    </details>
  );
}

function LanguageChoice() {
  const { language, choose, t } = useLanguage();
  return (
    <select className="language" aria-label={t.language} value={language} onChange={(event) => choose(event.target.value as Language)}>
      {LANGUAGES.map(([each, name]) => <option key={each} value={each} lang={each}>{name}</option>)}
    </select>
  );
}

/** A new page begins at its top, also for those who cannot see that it changed: its heading gets the focus once it is there. */
function NewPageFocus() {
  const { pathname } = useLocation();
  const before = useRef('');
  useEffect(() => {
    const arrived = () => {
      const heading = document.querySelector<HTMLElement>('main h1');
      if (!heading) return false;
      const text = heading.textContent ?? '';
      document.title = `${text} · Kreislauf`;
      // Another part of the same page: the focus stays on the link that led to it.
      if (text !== before.current) {
        window.scrollTo(0, 0);
        heading.tabIndex = -1;
        heading.focus({ preventScroll: true });
      }
      before.current = text;
      return true;
    };
    if (arrived()) return;
    const watching = new MutationObserver(() => { if (arrived()) watching.disconnect(); });
    watching.observe(document.body, { childList: true, subtree: true });
    return () => watching.disconnect();
  }, [pathname]);
  return null;
}

function NotFound() {
  const t = useText();
  return (
    <main id="main" className="narrow">
      <h1>{t.notFound.title}</h1>
      <p>{t.notFound.text}</p>
      <p><NavLink className="button" to="/">{t.notFound.home}</NavLink></p>
    </main>
  );
}
