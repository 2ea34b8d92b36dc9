import { Refused, request } from '../api/http';
import type { Observed } from '../api/types';
import { absent, HEARTBEAT_MILLIS, message, presence, type Happening, type Place, type Presence } from './presence';

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

/**
 * The one observer of this page load: feeds what happens in the window to the presence reducer, and tells the server
 * every heartbeat and at each change. Starts only after the annotator has agreed to being measured.
 */
export class Observing {
  /** Names this page load, so that the server can tell two tabs apart. */
  private readonly tab = crypto.randomUUID();
  private state: Presence = absent(now(), visible());
  private sending: Promise<void> = Promise.resolve();
  private lastInputNoted = 0;
  private lastTold = 0;
  private heartbeatMillis = HEARTBEAT_MILLIS;
  private others: BroadcastChannel | null = null;
  private readonly listeners = new Set<() => void>();
  onBooked: (claims: NonNullable<Observed['claims']>) => void = () => {};

  start(): () => void {
    const input = () => this.input();
    const changed = () => this.happened({ type: visible() ? 'visible' : 'hidden', at: now() }, true);
    const leaving = () => {
      this.happened({ type: 'hidden', at: now() }, false);
      this.tell(true);
    };
    const events = ['keydown', 'pointerdown', 'pointermove', 'wheel', 'scroll', 'touchmove'];
    events.forEach((event) => window.addEventListener(event, input, { passive: true, capture: true }));
    document.addEventListener('visibilitychange', changed);
    window.addEventListener('pagehide', leaving);
    window.addEventListener('pageshow', changed);
    this.others = new BroadcastChannel(CHANNEL);
    this.others.onmessage = () => this.tell(false);
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
    this.happened({ type: 'entered', place, idleMillis, at: now() }, true);
  }

  pause(paused: boolean): void {
    this.happened({ type: paused ? 'paused' : 'resumed', at: now() }, true);
  }

  current = (): Presence => this.state;

  subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };

  /** Resolves once what is known now has been sent, or could not be. */
  flush(): Promise<void> {
    const news = this.state.untold.length > 0 || this.state.inputUntold || now() - this.lastTold > LOOK_MILLIS;
    if (news) this.tell(false);
    return this.sending;
  }

  /** Resolves once the search that led to a claim is told: it is booked with the claim, as far as the server has heard of it. */
  beforeClaim(): Promise<void> {
    return this.state.place?.mode === 'task' ? Promise.resolve() : this.flush();
  }

  private input(): void {
    const at = now();
    if (at - this.lastInputNoted < INPUT_MILLIS) return;
    this.lastInputNoted = at;
    this.happened({ type: 'input', at }, this.state.idle || at - this.state.lastInput >= AWAY_MILLIS);
  }

  private look(): void {
    const wasIdle = this.state.idle;
    this.happened({ type: 'looked', at: now() }, false);
    if (this.state.idle !== wasIdle || now() - this.lastTold > this.heartbeatMillis - LOOK_MILLIS / 2) this.tell(false);
  }

  private happened(happening: Happening, tell: boolean): void {
    this.state = presence(this.state, happening);
    this.listeners.forEach((listener) => listener());
    if (tell) this.tell(happening.type === 'hidden');
  }

  private tell(keepalive: boolean): void {
    const send = () => this.send(keepalive);
    // A page that is going away has no time to wait for the message before this one.
    this.sending = keepalive ? send() : this.sending.then(send);
  }

  private async send(keepalive: boolean): Promise<void> {
    const at = now();
    const states = message(this.state, at);
    this.lastTold = at;
    if (states.length === 0) return;
    const told = () => { this.state = presence(this.state, { type: 'told', upTo: at }); };
    try {
      const observed = await request<Observed | undefined>('/api/observations', {
        method: 'POST', json: { tab: this.tab, states }, keepalive: keepalive && states.length <= KEEPALIVE_STATES_MAX, quiet: true,
      });
      told();
      if (observed) this.heard(observed);
    } catch (failure) {
      // What was refused would be refused again; anything else is kept and told with the next heartbeat.
      if (failure instanceof Refused && failure.problem.status < 500) told();
    }
  }

  private heard(observed: Observed): void {
    const sooner = observed.heartbeatMillis < this.heartbeatMillis;
    this.heartbeatMillis = observed.heartbeatMillis;
    // The other page does not know of this one before it tells and is answered.
    if (sooner) this.others?.postMessage('tell');
    if (observed.claims) this.onBooked(observed.claims);
  }
}

/** Wall time, which goes on while the machine sleeps, so that a sleep shows as a gap. */
function now(): number {
  return Date.now();
}

function visible(): boolean {
  return document.visibilityState === 'visible';
}
