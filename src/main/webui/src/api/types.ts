/**
 * What the server answers, as the pages read it. Amounts are integers: `...Minor` in the smallest unit of the currency
 * beside them, `...Millis` in milliseconds; instants are ISO 8601 in UTC. Optional members may be missing or null.
 */

type Maybe<T> = T | null | undefined;

export interface Page<T> {
  items: T[];
  next?: Maybe<string>;
}

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

export interface Named {
  id: string;
  name: string;
}

export interface Consent {
  required: boolean;
  version: number | string;
  decision?: Maybe<'agreed' | 'declined'>;
  text?: Maybe<string>;
}

export interface Me {
  personId: string;
  displayName: string;
  login?: Maybe<string>;
  roles: Role[];
  organisation?: Maybe<Named>;
  region?: Maybe<string>;
  consent?: Maybe<Consent>;
}

export interface Organisation {
  id?: Maybe<string>;
  organisationId?: Maybe<string>;
  name: string;
  kind: string;
}

export interface Choice {
  value: string;
  title?: Maybe<string>;
  key?: Maybe<string>;
}

export interface Question {
  name: string;
  title: string;
  type: 'choice';
  choices: Choice[];
  required?: Maybe<boolean>;
}

export interface Form {
  questions: Question[];
}

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

export interface Task {
  projectId: string;
  title: string;
  purpose: string;
  organisation: string;
  rewardMinor: number;
  currency: string;
  payRule?: Maybe<string>;
  estimateMillis: number;
  medianMillis?: Maybe<number>;
  advertisedMinorPerHour?: Maybe<number>;
  /** What it comes to at the real median time, once that exceeds the estimate. */
  advertisedNowMinorPerHour?: Maybe<number>;
  medianEffectiveMinorPerHour?: Maybe<number>;
  ownEffectiveMinorPerHour?: Maybe<number>;
  rankedMinorPerHour?: Maybe<number>;
  rankedBy?: Maybe<'OWN' | 'MEDIAN' | 'ADVERTISED'>;
  available: number;
  contentWarning?: Maybe<string>;
  lacks?: Maybe<Lack[]>;
  rejectionShare?: Maybe<number>;
  daysToPay?: Maybe<number>;
}

/** What keeps this annotator from a project. */
export interface Lack {
  code: string;
  /** Which one: "German B2". */
  what?: Maybe<string>;
  /** The same in words, in English. */
  says: string;
  remedy: string;
  qualificationId?: Maybe<string>;
}

export interface TaskDetail extends Task {
  extraPay?: Maybe<{ hazardMinor?: Maybe<number>; returnedMinorPerHour?: Maybe<number>; qualificationMinorPerHour?: Maybe<number>; bonusTerms?: Maybe<string> }>;
  guidelines: string;
  examples?: Maybe<Example[]>;
  form: Form;
  formVersion: number;
  idleMillis: number;
  floorMinorPerHour?: Maybe<number>;
  prefetchLimit?: Maybe<number>;
}

export interface Claim {
  claimId: string;
  projectId?: Maybe<string>;
  fencingVersion: number;
  itemId: string;
  itemKey?: Maybe<string>;
  content: Content;
  leaseUntil?: Maybe<string>;
  deadlineAt?: Maybe<string>;
  rewardMinor: number;
  currency?: Maybe<string>;
  estimateMillis?: Maybe<number>;
  formVersion: number;
  draft?: Maybe<Answer>;
  bookedMillis?: Maybe<number>;
  shownAt?: Maybe<string>;
  /** Since when it is put aside for later, and when it is to be done again. */
  asideAt?: Maybe<string>;
  returnsAt?: Maybe<string>;
}

export interface Claims {
  claims: Claim[];
}

export interface Submitted {
  submissionId: string;
  state: 'ACCEPTED' | 'LATE_KEPT';
  bookedMillis: number;
  rewardMinor: number;
  currency?: Maybe<string>;
}

/** What a page outside a task is open for. */
export type OutsideKind = 'search' | 'watching' | 'review' | 'qualification' | 'administration' | 'break';

export interface ObservedState {
  kind: 'shown' | 'active' | 'hidden' | 'idle' | OutsideKind;
  claimId?: string;
  projectId?: string;
  /** Milliseconds between the state and the sending of the message. */
  agoMillis: number;
}

export interface Observed {
  serverTime: string;
  /** How often the page is to send: more often while it is not the only one of this person that is in use. */
  heartbeatMillis: number;
  claims?: Maybe<{ claimId: string; bookedMillis: number; leaseUntil?: Maybe<string>; deadlineAt?: Maybe<string> }[]>;
}

export interface WorkSum {
  byClass: MillisByClass;
  observedMillis: number;
  declaredMillis: number;
  earnedMinor: number;
  /** Missing while nothing was earned. */
  currency?: Maybe<string>;
}

export interface OwnProject {
  projectId: string;
  title: string;
  organisation?: Maybe<string>;
  currency: string;
  submissions: number;
  millis: number;
  byClass?: Maybe<MillisByClass>;
  earnedMinor: number;
  effectiveMinorPerHour?: Maybe<number>;
  advertisedMinorPerHour?: Maybe<number>;
}

export interface OwnWork {
  today: WorkSum;
  month: WorkSum;
  pay: { currency: string; dueMinor: number; paidMinor: number; pendingMinor?: Maybe<number> }[];
  perProject: OwnProject[];
}

export interface Interval {
  intervalId: string;
  projectId?: Maybe<string>;
  title?: Maybe<string>;
  claimId?: Maybe<string>;
  timeClass: TimeClass;
  source: Source;
  from: string;
  to: string;
  millis: number;
}

export interface Declaration {
  declarationId: string;
  claimId?: Maybe<string>;
  annotator?: Maybe<string>;
  source: Source;
  askedMillis: number;
  bookedMillis: number;
  reason?: Maybe<string>;
  state: 'pending' | 'approved' | 'refused' | 'noted';
  declaredAt: string;
  decideUntil?: Maybe<string>;
}

export type Source = 'observed' | 'offline' | 'log' | 'demo' | 'correction';

export interface Payslip {
  payslipId?: Maybe<string>;
  payoutId?: Maybe<string>;
  paidAt: string;
  organisation: string;
  currency: string;
  totalMinor: number;
  failedAt?: Maybe<string>;
  lines?: Maybe<{ title?: Maybe<string>; kind: string; amountMinor: number; count?: Maybe<number>; millis?: Maybe<number> }[]>;
}

export interface Submission {
  submissionId: string;
  projectId: string;
  title?: Maybe<string>;
  itemKey?: Maybe<string>;
  itemId?: Maybe<string>;
  content?: Maybe<Content>;
  answer?: Maybe<Answer>;
  annotator?: Maybe<string>;
  submittedAt: string;
  state: 'submitted' | 'approved' | 'rejected' | 'rejection_final';
  bookedMillis?: Maybe<number>;
  declaredMillis?: Maybe<number>;
  rewardMinor: number;
  currency?: Maybe<string>;
  lateKept?: boolean;
  reason?: Maybe<string>;
  appealUntil?: Maybe<string>;
  appealId?: Maybe<string>;
  appeal?: Maybe<{ appealId: string; state?: Maybe<string>; reason?: Maybe<string>; by?: Maybe<string> }>;
}

export type ProjectState = 'draft' | 'published' | 'paused' | 'closed' | 'cancelled';

export interface Project {
  projectId: string;
  title: string;
  purpose: string;
  contentWarning?: Maybe<string>;
  guidelines: string;
  examples?: Maybe<Example[]>;
  form: Form;
  state: ProjectState;
  currency: string;
  payRule: string;
  rewardMinor: number;
  estimateMillis: number;
  labelsWanted: number;
  labelsMax?: Maybe<number>;
  floorMinorPerHour?: Maybe<number>;
  idleMillis: number;
  deadlineMillis: number;
  prefetchLimit: number;
  reviewDays: number;
  appealDays: number;
  regions?: Maybe<string[]>;
  languages?: Maybe<string[]>;
  claimOrder: string;
  sharePercentMax?: Maybe<number>;
  exposureMinutesMax?: Maybe<number>;
  skills?: Maybe<{ skill: string; level?: Maybe<string> }[]>;
  extraPay?: TaskDetail['extraPay'];
  reserveMinor?: Maybe<number>;
  advertisedMinorPerHour?: Maybe<number>;
  origin?: Maybe<string>;
  items?: Maybe<number>;
  organisation?: Maybe<Named>;
  createdAt?: Maybe<string>;
  publishedAt?: Maybe<string>;
}

export interface Cost {
  items?: Maybe<number>;
  labels: number;
  rewardsMinor: number;
  reserveMinor: number;
  totalMinor: number;
  cashMinor: number;
  missingMinor?: Maybe<number>;
  currency?: Maybe<string>;
  advertisedMinorPerHour?: Maybe<number>;
}

export interface Progress {
  items: number;
  slots: number;
  open: number;
  claimed: number;
  submitted: number;
  approved: number;
  rejected: number;
  resolved?: Maybe<number>;
  observedMillis: number;
  declaredMillis: number;
  millisByClass?: Maybe<MillisByClass>;
  spentMinor?: Maybe<number>;
  dueMinor?: Maybe<number>;
  escrowMinor?: Maybe<number>;
  reserveLeftMinor?: Maybe<number>;
  estimateMillis?: Maybe<number>;
  q1Millis?: Maybe<number>;
  medianMillis?: Maybe<number>;
  q3Millis?: Maybe<number>;
  /** The wage at the real median, once that exceeds the estimate. */
  advertisedNowMinorPerHour?: Maybe<number>;
  medianEffectiveMinorPerHour?: Maybe<number>;
  effectiveMinorPerHour?: Maybe<number>;
  noticeCode?: Maybe<string>;
  notice?: Maybe<string>;
}

export interface ItemLabel {
  itemId: string;
  itemKey?: Maybe<string>;
  content?: Maybe<Content>;
  labels: number;
  answer?: Maybe<Answer>;
  /** Per question the values that the same largest number of people chose. */
  tied?: Maybe<Record<string, string[]>>;
  agreement?: Maybe<number>;
  resolved: boolean;
}

export interface VersionFile {
  path: string;
  mediaType?: Maybe<string>;
  bytes: number;
  rows?: Maybe<number>;
  sha256: string;
}

export interface DatasetVersion {
  versionId: string;
  number: number;
  name: string;
  projectId?: Maybe<string>;
  state?: Maybe<string>;
  organisation?: Maybe<Named>;
  licencesDeclared: number;
  licencesSold?: Maybe<number>;
  releasedAt?: Maybe<string>;
  trainRows?: Maybe<number>;
  testRows?: Maybe<number>;
  cMinor?: Maybe<number>;
  vMinor?: Maybe<number>;
  currency?: Maybe<string>;
  millisByClass?: Maybe<MillisByClass>;
  declaredMillisByClass?: Maybe<MillisByClass>;
  annotators?: Maybe<number>;
  files?: Maybe<VersionFile[]>;
  mayDownload?: Maybe<boolean>;
}

export interface Dataset {
  rows: number;
  train: number;
  test: number;
  sample?: Maybe<{ itemKey: string; split: string; content?: Maybe<Content>; answer?: Maybe<Answer>; agreement?: Maybe<number> }[]>;
  versions?: Maybe<DatasetVersion[]>;
}

export interface Licence {
  licenceId: string;
  versionId: string;
  datasetName?: Maybe<string>;
  ordinal?: Maybe<number>;
  seller?: Maybe<Named>;
  buyer?: Maybe<Named>;
  priceMinor: number;
  currency: string;
  runsTotal: number;
  runsUsed: number;
  soldAt?: Maybe<string>;
  beyondDeclared?: Maybe<boolean>;
}

export interface Offer extends Omit<Licence, 'licenceId' | 'soldAt' | 'runsUsed'> {
  offerId: string;
  state: string;
}

export interface Model {
  modelId: string;
  name: string;
  organisation?: Maybe<Named>;
  state: string;
  months?: Maybe<number>;
  monthsSold: number;
  releasedAt?: Maybe<string>;
  runs: number;
  revenueMinor: number;
  currency: string;
}

export type Unit = 'minor' | 'millis' | 'minorPerHour' | 'permille' | 'ratio' | 'count';

/** One number of a circuit: it opens the ledger legs whose sum it is, or its formula and parts, or says whose it is. */
export interface Figure {
  key: string;
  label: string;
  value?: Maybe<number>;
  unit: Unit;
  commodity?: Maybe<string>;
  book?: Maybe<string>;
  bookName?: Maybe<string>;
  legsHref?: Maybe<string>;
  /** `credit`: the value is the negative of the legs' sum. */
  side?: Maybe<string>;
  whose?: Maybe<string>;
  formula?: Maybe<string>;
  parts?: Maybe<Figure[]>;
  group?: Maybe<string>;
  source?: Maybe<string>;
  declaredSources?: Maybe<string[]>;
  undefined?: Maybe<string>;
}

export interface FlowNode {
  key: string;
  label: string;
  /** M, C, P, C' or M'. */
  stage?: Maybe<string>;
}

export interface Flow {
  side: 'money' | 'hours' | 'outside';
  from: FlowNode;
  to: FlowNode;
  value: number;
  figure: string;
}

export interface ChainLink {
  kind: string;
  id: string;
  name: string;
  parents?: Maybe<string[]>;
  figures?: Maybe<Figure[]>;
  href?: Maybe<string>;
}

export interface Circuit {
  subject: { kind: string; id: string; name: string; organisation?: Maybe<Named> };
  currency: string;
  figures: Figure[];
  flows?: Maybe<Flow[]>;
  chain?: Maybe<ChainLink[]>;
}

export interface OwnCircuit {
  currency?: Maybe<string>;
  figures?: Maybe<Figure[]>;
  chain?: Maybe<ChainLink[]>;
}

export interface Leg {
  entryId?: Maybe<string>;
  type?: Maybe<string>;
  effectiveAt?: Maybe<string>;
  postedAt?: Maybe<string>;
  book?: Maybe<string>;
  bookName?: Maybe<string>;
  account: string;
  commodity: string;
  amount: number;
  balance?: Maybe<number>;
}

export interface Legs extends Page<Leg> {
  /** The sum over all pages, not only this one. */
  sum?: Maybe<number>;
  count?: Maybe<number>;
}

export interface Entry {
  entryId: string;
  number?: Maybe<number>;
  type: string;
  effectiveAt: string;
  occurredAt?: Maybe<string>;
  postedAt: string;
  about?: Maybe<Record<string, unknown>>;
  reverses?: Maybe<string>;
  reversedBy?: Maybe<string>;
  legs: Leg[];
  /** Books of this entry that the reader may not see. */
  others?: Maybe<{ book: string; bookName?: Maybe<string> }[]>;
}

export interface Book {
  book: string;
  name?: Maybe<string>;
  kind?: Maybe<string>;
}

export interface Audit {
  holds: boolean;
  auditedAt: string;
  fromTx: number;
  toTx: number;
  entries: number;
  invariants: { invariant: number; says: string; holds: boolean; breaches: { place: string; detail: string }[] }[];
  elapsedMillis: number;
}

export interface TrialBalance {
  book: string;
  name?: Maybe<string>;
  rows: { account: string; commodity: string; debit: number; credit: number; balance: number }[];
  totals?: Maybe<{ commodity: string; debit: number; credit: number }[]>;
}

export interface BalanceSheet {
  book: string;
  name?: Maybe<string>;
  forms: {
    form: string;
    lines: { account: string; commodity: string; amount: number }[];
    totals?: Maybe<{ commodity: string; amount: number }[]>;
  }[];
}

export interface WageRow {
  region: string;
  annotators?: Maybe<number>;
  suppressed: boolean;
  hoursMillis?: Maybe<number>;
  advertisedMinorPerHour?: Maybe<number>;
  effectiveMedianMinorPerHour?: Maybe<number>;
  /** Bootstrap over annotators, 95 %. */
  effectiveMedianInterval95?: Maybe<{ low?: Maybe<number>; high?: Maybe<number> }>;
  effectiveMeanMinorPerHour?: Maybe<number>;
  effectiveP10MinorPerHour?: Maybe<number>;
  effectiveP90MinorPerHour?: Maybe<number>;
  unpaidShare?: Maybe<number>;
}

export interface WageReport {
  parameters?: Maybe<{ seed?: number } & Record<string, unknown>>;
  watermark?: Maybe<{ tx?: number } & Record<string, unknown>>;
  measures?: Maybe<string[]>;
  sha256?: Maybe<string>;
  currency: string;
  rows: WageRow[];
  all?: Maybe<WageRow>;
  notes?: Maybe<string[]>;
}

export interface Payout {
  payoutId: string;
  projectId?: Maybe<string>;
  paidAt: string;
  people: number;
  totalMinor: number;
  currency: string;
  failed: number;
}

export interface PaidTo {
  annotator: string;
  amountMinor: number;
  currency: string;
  failedAt?: Maybe<string>;
}

export interface Paid {
  runs: { payoutId: string; people: number; totalMinor: number; currency: string }[];
}

export interface Skill {
  skillId: string;
  name: string;
  levels: string[];
}

export interface Qualification {
  qualificationId: string;
  title: string;
  skill: string;
  level?: Maybe<string>;
  open: boolean;
  handedIn: number;
  passed: number;
}
