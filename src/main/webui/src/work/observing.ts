import { Refused, request } from '../api/http';
import type { Observed, ObservedState } from '../api/types';
import { Clock } from './clock';
import { absent, aged, counting, HEARTBEAT_MILLIS, message, presence, remains, type Happening, type Noted, type Place, type Presence } from './presence';
import { tellServerTime } from './serverClock';
import { forgetUntold, keepUntold, leftBehind, live, type Untold } from './untold';

const LOOK_MILLIS = 500;

/** A browser refuses a message of more than 64 KB from a page that is going away; each state is some 150 bytes. */
const KEEPALIVE_STATES_MAX = 300;

/** On it pages of one browser ask each other to tell the server what they know. */
const CHANNEL = 'kreislauf.observing';

/**
 * Who comes back from another device makes an input here after a while without any. It is told at once, for the server cannot know before whether
 * that device still has the latest input.
 */
const AWAY_MILLIS = 3_000;

/** Input is noted at most this often: the idle rule needs the latest one, not each. */
const INPUT_MILLIS = 250;

/** A message without an answer for so long is given up, and its states are told with the next one. */
const ANSWER_MILLIS = 10_000;

/** So long an answer, or a claim, waits at most for what was observed before it. */
const MOMENT_MILLIS = 3_000;

/** While time counts, the browser keeps at least this often that it does: no more of it is lost with a page that crashes. */
const KEEP_MILLIS = 5_000;

/**
 * The one observer of this page load: feeds what happens in the window to the presence reducer, and tells the server
 * every heartbeat and at each change. Starts only after the annotator has agreed to being measured. What the server has not
 * heard is kept in the browser too, for the next page to tell should this one end first.
 */
export class Observing {
  /** Names this page load, so that the server can tell two tabs apart. */
  private readonly tab = crypto.randomUUID();
  private readonly clock = new Clock();
  private state: Presence = absent(this.clock.now(), visible());
  private personId: string | null = null;
  private left: Promise<Untold[]> = Promise.resolve([]);
  /** One message is on its way at most, and one more is wanted at most. */
  private onItsWay: Promise<void> | null = null;
  private next: Promise<void> | null = null;
  private lastInputNoted = 0;
  private lastTold = 0;
  private lastKept = 0;
  private kept: Noted[] = [];
  private heartbeatMillis = HEARTBEAT_MILLIS;
  private others: BroadcastChannel | null = null;
  private readonly listeners = new Set<() => void>();
  onBooked: (claims: NonNullable<Observed['claims']>) => void = () => {};

  /** @param personId whose time it is */
  start(personId: string): () => void {
    if (this.personId === null) live(this.tab);
    this.personId = personId;
    this.left = leftBehind(personId, this.tab, Date.now()).catch(() => []);
    const input = () => this.input();
    const changed = () => this.happened({ type: visible() ? 'visible' : 'hidden', at: this.clock.now() }, true);
    const leaving = () => {
      this.happened({ type: 'hidden', at: this.clock.now() }, false);
      void this.tell(true);
    };
    const events = ['keydown', 'pointerdown', 'pointermove', 'wheel', 'scroll', 'touchmove'];
    events.forEach((event) => window.addEventListener(event, input, { passive: true, capture: true }));
    document.addEventListener('visibilitychange', changed);
    window.addEventListener('pagehide', leaving);
    window.addEventListener('pageshow', changed);
    this.others = new BroadcastChannel(CHANNEL);
    this.others.onmessage = () => void this.tell(false);
    const timer = setInterval(() => this.look(), LOOK_MILLIS);
    return () => {
      this.enter(null, 60_000);
      clearInterval(timer);
      this.others?.close();
      this.others = null;
      events.forEach((event) => window.removeEventListener(event, input, { capture: true }));
      document.removeEventListener('visibilitychange', changed);
      window.removeEventListener('pagehide', leaving);
      window.removeEventListener('pageshow', changed);
    };
  }

  enter(place: Place | null, idleMillis: number): void {
    this.happened({ type: 'entered', place, idleMillis, at: this.clock.now() }, true);
  }

  pause(paused: boolean): void {
    this.happened({ type: paused ? 'paused' : 'resumed', at: this.clock.now() }, true);
  }

  current = (): Presence => this.state;

  subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };

  /** Resolves once what is known now has been sent, or could not be, or after a moment. */
  async flush(): Promise<void> {
    const news = this.state.untold.length > 0 || this.state.inputUntold || this.clock.now() - this.lastTold > LOOK_MILLIS;
    const sent = news ? this.tell(false) : this.onItsWay;
    if (!sent) return;
    let timer: ReturnType<typeof setTimeout> | undefined;
    await Promise.race([sent, new Promise<void>((resolve) => { timer = setTimeout(resolve, MOMENT_MILLIS); })]);
    clearTimeout(timer);
  }

  /** Resolves once the search that led to a claim is told: it is booked with the claim, as far as the server has heard of it. */
  beforeClaim(): Promise<void> {
    return this.state.place?.mode === 'task' ? Promise.resolve() : this.flush();
  }

  private input(): void {
    const at = this.clock.now();
    if (at - this.lastInputNoted < INPUT_MILLIS) return;
    this.lastInputNoted = at;
    this.happened({ type: 'input', at }, this.state.idle || at - this.state.lastInput >= AWAY_MILLIS);
  }

  private look(): void {
    const wasIdle = this.state.idle;
    this.happened({ type: 'looked', at: this.clock.now() }, false);
    const due = this.clock.now() - this.lastTold > this.heartbeatMillis - LOOK_MILLIS / 2;
    if (this.state.idle !== wasIdle || (due && this.onItsWay === null)) void this.tell(false);
  }

  private happened(happening: Happening, tell: boolean): void {
    this.become(presence(this.state, happening));
    this.listeners.forEach((listener) => listener());
    if (tell) void this.tell(happening.type === 'hidden');
  }

  private become(state: Presence): void {
    this.state = state;
    const at = this.clock.now();
    if (this.personId === null || (state.untold === this.kept && !(counting(state) && at - this.lastKept >= KEEP_MILLIS))) return;
    this.kept = state.untold;
    this.lastKept = at;
    keepUntold(this.personId, { tab: this.tab, states: remains(state).map((each) => ({ ...each, at: this.clock.onWall(each.at) })) });
  }

  private tell(keepalive: boolean): Promise<void> {
    // A page that is going away has no time to wait for the message before this one.
    if (keepalive) return this.send(true);
    if (this.onItsWay === null) {
      this.onItsWay = this.send(false).finally(() => { this.onItsWay = null; });
      return this.onItsWay;
    }
    this.next ??= this.onItsWay.then(() => {
      this.next = null;
      return this.tell(false);
    });
    return this.next;
  }

  private async send(keepalive: boolean): Promise<void> {
    if (!keepalive) await this.tellLeftBehind();
    const at = this.clock.now();
    const states = message(this.state, at);
    this.lastTold = at;
    if (states.length === 0) return;
    const told = () => this.become(presence(this.state, { type: 'told', upTo: at }));
    try {
      const observed = await this.post({ tab: this.tab, states }, keepalive && states.length <= KEEPALIVE_STATES_MAX);
      told();
      if (observed) this.heard(observed);
    } catch (failure) {
      // What was refused would be refused again; anything else is kept and told with the next heartbeat.
      if (isRefused(failure)) told();
    }
  }

  /** What earlier pages could not tell, each in its own name and with its true age. */
  private async tellLeftBehind(): Promise<void> {
    const left = await this.left;
    while (left.length > 0) {
      const { tab, states } = left[0]!;
      try {
        await this.post({ tab, states: aged(states, Date.now()) }, false);
      } catch (failure) {
        if (!isRefused(failure)) return;
      }
      left.shift();
      forgetUntold(this.personId!, tab);
    }
  }

  private post(json: { tab: string; states: ObservedState[] }, keepalive: boolean): Promise<Observed | undefined> {
    return request('/api/observations', { method: 'POST', json, keepalive, quiet: 'repeated', timeoutMillis: ANSWER_MILLIS });
  }

  private heard(observed: Observed): void {
    tellServerTime(observed.serverTime);
    const sooner = observed.heartbeatMillis < this.heartbeatMillis;
    this.heartbeatMillis = observed.heartbeatMillis;
    // The other page does not know of this one before it tells and is answered.
    if (sooner) this.others?.postMessage('tell');
    if (observed.claims) this.onBooked(observed.claims);
  }
}

function isRefused(failure: unknown): boolean {
  return failure instanceof Refused && failure.problem.status < 500 && ![408, 425, 429].includes(failure.problem.status);
}

function visible(): boolean {
  return document.visibilityState === 'visible';
}
