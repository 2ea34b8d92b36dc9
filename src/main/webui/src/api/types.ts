/**
 * What the server answers, as the pages read it: aliases of the types generated from its OpenAPI document (`npm run generate-types`). Amounts are
 * integers: `...Minor` in the smallest unit of the currency beside them, `...Millis` in milliseconds; instants are ISO 8601 in UTC. The document
 * says of numbers and flags whether they are always there. Of other members it cannot: those that always are are named here, and all the rest may
 * be missing or null.
 */

import type { components, paths } from './openapi';

type Schemas = components['schemas'];

type Maybe<T> = T | null | undefined;

type Json<A> = A extends { content: { 'application/json': infer T } } ? T : never;
type Answered<O> = O extends { responses: infer R } ? (R extends { 200: infer A } ? Json<A> : R extends { 201: infer A } ? Json<A> : never) : never;

/** What a GET of this path answers, and a row of its page. */
type Got<P extends keyof paths> = Answered<paths[P]['get']>;
type Row<P extends keyof paths> = Got<P> extends { items: (infer T)[] } ? T : never;
type Posted<P extends keyof paths> = Answered<paths[P]['post']>;

/** The members named are always there; the others as the document says, or null. A name that the document does not have does not compile. */
type Sure<T, K extends keyof T = never> =
  { [M in K]-?: NonNullable<T[M]> } & { [M in keyof T as Exclude<M, K>]: undefined extends T[M] ? T[M] | null : T[M] };

/** With members that are more exact than the document says. */
type With<T, Exact extends { [M in keyof Exact]: M extends keyof T ? unknown : never }> = Omit<T, keyof Exact> & Exact;

export interface Page<T> {
  items: T[];
  next?: Maybe<string>;
}

/** RFC 9457; any endpoint may answer with it, so that the document does not repeat it. */
export interface Problem {
  title?: string;
  status: number;
  detail?: string;
  code?: string;
  field?: string;
  remedy?: string;
  errors?: RowError[];
}

/** One fault of an imported file; line and column count from 1. */
export interface RowError {
  line: number;
  column?: Maybe<number | string>;
  message: string;
}

export type Role = 'annotator' | 'reviewer' | 'requester' | 'researcher' | 'operator';
export type Named = Sure<Schemas['Organisation'], 'id' | 'name'>;
export type Consent = With<Sure<Schemas['ConsentState']>, { decision?: Maybe<'agreed' | 'declined'> }>;
export type Me = With<Sure<Got<'/api/me'>, 'personId' | 'displayName'>, { roles: Role[]; organisation?: Maybe<Named>; consent?: Maybe<Consent> }>;
export type Organisation = Sure<Row<'/api/organisations'>, 'id' | 'name' | 'kind'>;

export type Choice = Sure<Schemas['Choice'], 'value'>;
export type Question = With<Sure<Schemas['Question'], 'name' | 'title'>, { type: 'choice'; choices: Choice[] }>;
export type Form = With<Schemas['ProjectForm'], { questions: Question[] }>;

/** What a form and its items hold is the requester's: any JSON of these shapes. */
export type Answer = Record<string, string>;
export type Content = Record<string, unknown>;
export interface Example {
  content?: Maybe<Content | string>;
  text?: Maybe<string>;
  answer?: Maybe<Answer | string>;
  why?: Maybe<string>;
}

export type TimeClass =
  | 'direct' | 'rejected' | 'returned' | 'qualification' | 'search' | 'watching' | 'administration' | 'break' | 'review';
export type MillisByClass = Partial<Record<TimeClass, number>>;
export type Source = 'observed' | 'offline' | 'log' | 'demo' | 'correction';

/** What keeps this annotator from a project; `what` is which one ("German B2"), `says` the same in words, in English. */
export type Lack = Sure<Schemas['Lack'], 'code' | 'says' | 'remedy'>;
export type ExtraPay = Sure<Schemas['ExtraPay']>;
export type Task = With<
  Sure<Row<'/api/tasks'>, 'projectId' | 'title' | 'purpose' | 'organisation' | 'currency'>,
  { lacks?: Maybe<Lack[]>; rankedBy?: Maybe<'OWN' | 'MEDIAN' | 'ADVERTISED'> }
>;
export type TaskDetail = With<
  Sure<Got<'/api/tasks/{projectId}'>, 'projectId' | 'title' | 'purpose' | 'organisation' | 'currency' | 'guidelines'>,
  { lacks?: Maybe<Lack[]>; rankedBy?: Maybe<'OWN' | 'MEDIAN' | 'ADVERTISED'>; examples?: Maybe<Example[]>; form: Form; extraPay?: Maybe<ExtraPay> }
>;

/** What another page typed; `step`: how far it had come. */
export interface OtherDraft {
  page: string;
  step: number;
  savedAt: string;
  answer: Answer;
}
export type Claim = With<Sure<Schemas['Claimed'], 'claimId'>, { content: Content; draft?: Maybe<Answer>; draftsAside?: Maybe<OtherDraft[]> }>;
export type Claims = With<Got<'/api/claims'>, { claims: Claim[] }>;
export type Submitted = With<Sure<Posted<'/api/claims/{claimId}/submit'>, 'submissionId'>, { state: 'ACCEPTED' | 'LATE_KEPT' }>;

/** What a page outside a task is open for. */
export type OutsideKind = 'search' | 'watching' | 'review' | 'qualification' | 'administration' | 'break';

/** A state of a page as it is told to the server; `agoMillis` between it and the sending of the message. */
export interface ObservedState extends Omit<Schemas['SaidState'], 'kind'> {
  kind: 'shown' | 'active' | 'hidden' | 'idle' | OutsideKind;
  agoMillis: number;
}
/** `heartbeatMillis`: how often the page is to send; more often while it is not the only one of this person that is in use. */
export type Observed = With<Sure<Posted<'/api/observations'>, 'serverTime'>, { claims?: Maybe<Sure<Schemas['Heard'], 'claimId'>[]> }>;

/** Without a currency while nothing was earned. */
export type WorkSum = With<Sure<Schemas['OwnWorkHours']>, { byClass: MillisByClass }>;
export type OwnProject = Sure<Row<'/api/me/projects'>, 'projectId' | 'title' | 'currency'>;
export type OwnWork = With<Got<'/api/me/work'>, { today: WorkSum; month: WorkSum; pay: Sure<Schemas['Pay'], 'currency'>[] }>;
export type Interval = With<Sure<Row<'/api/me/intervals'>, 'intervalId' | 'from' | 'to'>, { timeClass: TimeClass; source: Source }>;
export type Declaration = With<
  Sure<Row<'/api/me/declarations'>, 'declarationId' | 'declaredAt'>,
  { source: Source; state: 'pending' | 'approved' | 'refused' | 'noted' }
>;
export type Payslip = With<
  Sure<Row<'/api/me/payslips'>, 'payslipId' | 'paidAt' | 'organisation' | 'currency' | 'proofHref'>,
  { lines?: Maybe<Sure<Schemas['OwnWorkLine'], 'kind'>[]> }
>;

export type SubmissionState = 'submitted' | 'approved' | 'rejected' | 'rejection_final';
export type OwnSubmission = With<Sure<Row<'/api/me/submissions'>, 'submissionId' | 'projectId' | 'submittedAt'>, { state: SubmissionState }>;
export type Appeal = Sure<Schemas['ReadingSubmissionsAppeal'], 'appealId' | 'state'>;
export type Submission = With<
  Sure<Row<'/api/projects/{projectId}/submissions'>, 'submissionId' | 'submittedAt'>,
  { state: SubmissionState; content?: Maybe<Content>; answer?: Maybe<Answer>; appeal?: Maybe<Appeal> }
>;

/** How well one annotator meets known answers, at 95 % between low and high. */
export type Assignee = Sure<Row<'/api/projects/{projectId}/assignees'>, 'annotator'>;
export type GoldAccuracy = Sure<Row<'/api/projects/{projectId}/gold'>, 'annotator'>;

export type ProjectState = Schemas['ProjectState'];
export type Project = With<
  Sure<Row<'/api/projects'>, 'projectId' | 'title' | 'purpose' | 'guidelines' | 'state' | 'currency' | 'payRule' | 'claimOrder' | 'itemsNamedBy' | 'createdAt'>,
  { examples?: Maybe<Example[]>; form: Form; extraPay?: Maybe<ExtraPay>; skills?: Maybe<Sure<Schemas['NeededSkill'], 'skill'>[]> }
>;
export type Cost = Sure<Got<'/api/projects/{projectId}/cost'>, 'currency'>;
export type Progress = With<Sure<Got<'/api/projects/{projectId}/progress'>>, { millisByClass?: Maybe<MillisByClass> }>;
/** `tied`: per question the values that the same largest number of people chose. */
export type ItemLabel = With<
  Sure<Row<'/api/projects/{projectId}/labels'>, 'itemId'>,
  { content?: Maybe<Content>; answer?: Maybe<Answer>; tied?: Maybe<Record<string, string[]>> }
>;
export type Item = With<Sure<Row<'/api/projects/{projectId}/items'>, 'itemId' | 'externalKey'>, { content?: Maybe<Content> }>;
export type Skill = Sure<Row<'/api/skills'>, 'skillId' | 'name' | 'levels'>;
export type Holder = Sure<Row<'/api/skills/{skillId}/holders'>, 'annotator' | 'level'>;
export type Qualification = Sure<Row<'/api/qualifications'>, 'qualificationId' | 'title' | 'skill'>;
export type Payout = Sure<Row<'/api/payouts'>, 'payoutId' | 'paidAt' | 'currency'>;
export type PaidTo = Sure<Row<'/api/payouts/{payoutId}/people'>, 'annotator' | 'currency'>;
export type Paid = With<Posted<'/api/payouts'>, { runs: Sure<Schemas['PayingOutRun'], 'payoutId' | 'currency'>[] }>;
export type Account = Sure<Row<'/api/people'>, 'personId' | 'login' | 'displayName'>;
export type Provisioned = Sure<Posted<'/api/people'>, 'login' | 'oneTimePassword'>;

export type VersionFile = Sure<Schemas['File'], 'path' | 'sha256'>;
export type DatasetVersion = With<
  Sure<Got<'/api/datasets/{versionId}'>, 'versionId' | 'name'>,
  { organisation?: Maybe<Named>; millisByClass?: Maybe<MillisByClass>; declaredMillisByClass?: Maybe<MillisByClass>; files?: Maybe<VersionFile[]> }
>;
export type Dataset = With<
  Sure<Got<'/api/projects/{projectId}/dataset'>>,
  { sample?: Maybe<With<Sure<Schemas['Sample'], 'itemKey' | 'split'>, { content?: Maybe<Content>; answer?: Maybe<Answer> }>[]>; versions?: Maybe<DatasetVersion[]> }
>;
interface Parties {
  seller?: Maybe<Named>;
  buyer?: Maybe<Named>;
}
export type Licence = With<Sure<Row<'/api/licences'>, 'licenceId' | 'versionId' | 'currency'>, Parties>;
export type Offer = With<Sure<Row<'/api/licences/offers'>, 'offerId' | 'versionId' | 'currency' | 'state'>, Parties>;
export type Model = With<Sure<Row<'/api/models'>, 'modelId' | 'name' | 'state' | 'currency'>, { organisation?: Maybe<Named> }>;

export type Unit = 'minor' | 'millis' | 'minorPerHour' | 'permille' | 'ratio' | 'count';

/**
 * One number of a circuit: it opens the ledger legs whose sum it is (`side` credit: the value is the negative of their sum), or its formula and
 * parts, or says whose it is.
 */
export type Figure = With<Sure<Schemas['Figure'], 'key' | 'label'>, { unit: Unit; parts?: Maybe<Figure[]> }>;
export type FlowNode = Sure<Schemas['Node'], 'key' | 'label'>;
export type Flow = With<Sure<Schemas['Flow'], 'figure'>, { side: 'money' | 'hours' | 'outside'; from: FlowNode; to: FlowNode }>;
export type ChainLink = With<Sure<Schemas['Link'], 'kind' | 'id' | 'name'>, { figures?: Maybe<Figure[]> }>;
export type Circuit = With<
  Sure<Got<'/api/circuit/models/{modelId}'>, 'currency'>,
  { subject: With<Sure<Schemas['Subject'], 'kind' | 'id' | 'name'>, { organisation?: Maybe<Named> }>; figures: Figure[]; flows?: Maybe<Flow[]>; chain?: Maybe<ChainLink[]> }
>;
export type OwnCircuit = With<Sure<Got<'/api/circuit/mine'>>, { figures?: Maybe<Figure[]>; chain?: Maybe<ChainLink[]> }>;

/** The sum of a page of legs is over all pages, not only this one. */
export type Leg = Sure<Row<'/api/circuit/legs'>, 'account' | 'commodity'>;
export type Legs = With<Sure<Got<'/api/circuit/legs'>>, { items: Leg[] }>;
/** `sums` (one for each commodity) and `count` are over all pages, of what was asked for. */
export type Statement = With<Sure<Got<'/api/ledger/books/{book}/statement'>>, { items: StatementLine[]; sums?: Maybe<Sure<Schemas['Total'], 'commodity'>[]> }>;
export type StatementLine = Sure<Row<'/api/ledger/books/{book}/statement'>, 'account' | 'commodity'>;
export type Entry = With<
  Sure<Got<'/api/ledger/entries/{id}'>, 'entryId' | 'type' | 'effectiveAt' | 'postedAt'>,
  { legs: Sure<Schemas['ShownLeg'], 'account' | 'commodity'>[]; others?: Maybe<Sure<Schemas['OtherBook'], 'book'>[]> }
>;
export type Book = Sure<Row<'/api/ledger/books'>, 'book'>;
export type Audit = With<
  Sure<Got<'/api/ledger/audit'>, 'auditedAt'>,
  { invariants: With<Sure<Schemas['Finding'], 'says'>, { breaches: Sure<Schemas['Breach'], 'place' | 'detail'>[] }>[] }
>;
export type TrialBalance = With<
  Sure<Got<'/api/ledger/trial-balance'>, 'book'>,
  { rows: Sure<Schemas['TrialRow'], 'account' | 'commodity'>[]; totals?: Maybe<Sure<Schemas['TrialTotal'], 'commodity'>[]> }
>;
export type BalanceSheet = With<
  Sure<Got<'/api/ledger/balance-sheet'>, 'book'>,
  {
    forms: With<
      Sure<Schemas['SheetForm'], 'form'>,
      { lines: Sure<Schemas['SheetLine'], 'account' | 'commodity'>[]; totals?: Maybe<Sure<Schemas['FormTotal'], 'commodity'>[]> }
    >[];
  }
>;

/** `effectiveMedianInterval95`: bootstrap over annotators. */
export type WageRow = Sure<Schemas['WageReportRow'], 'region'>;
export type WageReport = With<Sure<Got<'/api/reports/wages'>, 'currency'>, { rows: WageRow[]; all?: Maybe<WageRow> }>;
