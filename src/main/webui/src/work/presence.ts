import type { ObservedState, OutsideKind } from '../api/types';

/**
 * What this page knows about the work before it: where one is, whether it can be seen, when the last input was. The
 * server decides what is booked; this reducer applies the same rules (hidden, idle and sleeping time do not count,
 * thinking up to the idle threshold does) so that the clock on the page runs as the booked one will.
 * All times are milliseconds of one clock of this page, never decreasing.
 */

export interface Place {
  mode: 'task' | OutsideKind;
  claimId?: string;
  projectId?: string;
}

/** A state of the page at a moment. */
export interface Noted {
  kind: ObservedState['kind'];
  claimId?: string;
  projectId?: string;
  at: number;
}

export interface Presence {
  place: Place | null;
  idleMillis: number;
  visible: boolean;
  paused: boolean;
  idle: boolean;
  lastInput: number;
  /** Whether there was input that no message has told of. */
  inputUntold: boolean;
  /** The latest input that is told, or kept to be told: no two of them are further apart than the idle threshold while one works. */
  lastKept: number;
  lastLook: number;
  /** Counted at the present place since it was entered. */
  countedMillis: number;
  untold: Noted[];
}

export type Happening =
  | { type: 'entered'; place: Place | null; idleMillis: number; at: number }
  | { type: 'input'; at: number }
  | { type: 'hidden'; at: number }
  | { type: 'visible'; at: number }
  | { type: 'paused'; at: number }
  | { type: 'resumed'; at: number }
  | { type: 'looked'; at: number }
  | { type: 'told'; upTo: number };

export const HEARTBEAT_MILLIS = 15_000;

/** The page looks every half second while it is visible; a longer gap than this means that the machine slept, or that the page stood still: it does not count. */
export const SLEEP_MILLIS = 10_000;

/** What cannot be sent is kept up to this many states, hours of a lost connection; the server takes 5,000 in one message. */
const UNTOLD_MAX = 4_000;

export function absent(at: number, visible: boolean): Presence {
  return {
    place: null, idleMillis: 60_000, visible, paused: false, idle: false,
    lastInput: at, lastKept: at, inputUntold: false, lastLook: at, countedMillis: 0, untold: [],
  };
}

export function presence(before: Presence, happening: Happening): Presence {
  if (happening.type === 'told') return told(before, happening.upTo);
  const now = looked(before, happening.at);
  switch (happening.type) {
    case 'looked':
      return now;
    case 'input':
      return input(now, happening.at);
    case 'entered':
      return entered(now, happening.place, happening.idleMillis, happening.at);
    case 'hidden':
      return now.visible ? { ...leaving(now, happening.at), visible: false } : now;
    case 'visible':
      return now.visible ? now : arriving({ ...now, visible: true }, happening.at);
    case 'paused':
      return now.paused ? now : { ...leaving(now, happening.at), paused: true };
    case 'resumed':
      return now.paused ? arriving({ ...now, paused: false }, happening.at) : now;
  }
}

/** Whether this very moment counts. */
export function counting(state: Presence): boolean {
  return state.place !== null && state.visible && !state.paused && !state.idle;
}

/** What a message sent now has to say, in order of time; the last one is what is so now. */
export function message(state: Presence, at: number): ObservedState[] {
  const states = [...state.untold];
  if (state.place && state.inputUntold) states.push(noted(state.place, 'active', state.lastInput));
  states.sort((one, other) => one.at - other.at);
  const latest = states.at(-1);
  const said = latest !== undefined && latest.at === at && latest.kind !== 'active' && latest.kind !== 'hidden';
  if (state.place && counting(state) && !said) states.push(noted(state.place, kindOf(state.place), at));
  return aged(states, at);
}

/** States in the order of time, each with its age at this moment. */
export function aged(states: Noted[], at: number): ObservedState[] {
  return states.map(({ kind, claimId, projectId, at: then }) => ({
    kind,
    ...(claimId === undefined ? {} : { claimId }),
    ...(projectId === undefined ? {} : { projectId }),
    agoMillis: Math.max(0, Math.round(at - then)),
  }));
}

/** What would have to be told if the page ended without a word: what is untold, and that it was there until its last look. */
export function remains(state: Presence): Noted[] {
  const states = withInput(state).untold;
  const until = Math.max(state.lastLook, state.lastInput);
  const all = counting(state) ? [...states, noted(state.place!, 'hidden', until)] : [...states];
  return all.sort((one, other) => one.at - other.at);
}

function looked(before: Presence, at: number): Presence {
  const asleep = at - before.lastLook > SLEEP_MILLIS;
  // An input at the last look came before the sleep: noted after it, it would say that the sleep was work.
  const state = asleep && counting(before) ? withInput(before) : before;
  const idleFrom = state.lastInput + state.idleMillis;
  let { countedMillis, idle, untold } = state;
  if (counting(state)) {
    if (asleep) {
      untold = keep(untold, noted(state.place!, 'hidden', state.lastLook));
      // Who was thinking before a page that stood still goes on thinking, as long as the latest input allows.
      idle = at >= idleFrom;
      if (!idle) untold = keep(untold, noted(state.place!, kindOf(state.place!), at));
    } else {
      countedMillis += Math.max(0, Math.min(at, idleFrom) - state.lastLook);
      if (at >= idleFrom) {
        idle = true;
        untold = keep(untold, noted(state.place!, 'idle', idleFrom));
      }
    }
  }
  return { ...state, countedMillis, idle, untold, lastLook: Math.max(state.lastLook, at) };
}

function input(state: Presence, at: number): Presence {
  const back = state.idle && state.place !== null && state.visible && !state.paused;
  const keepBefore = counting(state) && state.inputUntold && at - state.lastKept > state.idleMillis / 2;
  if (keepBefore) return input({ ...state, lastKept: state.lastInput, inputUntold: false, untold: keep(state.untold, noted(state.place!, 'active', state.lastInput)) }, at);
  return {
    ...state,
    lastKept: back ? at : state.lastKept,
    lastInput: at,
    inputUntold: back ? false : state.inputUntold || counting(state),
    idle: back ? false : state.idle,
    untold: back ? keep(state.untold, noted(state.place!, 'active', at)) : state.untold,
  };
}

function entered(state: Presence, place: Place | null, idleMillis: number, at: number): Presence {
  const left = withInput(state);
  const gone = place === null && counting(state) ? keep(left.untold, noted(state.place!, 'hidden', at)) : left.untold;
  return arriving({ ...left, untold: gone, place, idleMillis, countedMillis: 0 }, at);
}

function arriving(state: Presence, at: number): Presence {
  const here = { ...state, idle: false, lastInput: at, lastKept: at, inputUntold: false, lastLook: at };
  return counting(here) ? { ...here, untold: keep(here.untold, noted(here.place!, kindOf(here.place!), at)) } : here;
}

function leaving(state: Presence, at: number): Presence {
  if (!state.place || state.paused || !state.visible) return state;
  const said = withInput(state);
  return { ...said, untold: keep(said.untold, noted(state.place, 'hidden', at)) };
}

/** An input not told of yet belongs to the place where it was made, so it is noted before that is left. */
function withInput(state: Presence): Presence {
  if (!state.place || !state.inputUntold) return { ...state, inputUntold: false };
  return { ...state, inputUntold: false, untold: keep(state.untold, noted(state.place, 'active', state.lastInput)) };
}

function told(state: Presence, upTo: number): Presence {
  return {
    ...state,
    untold: state.untold.filter((each) => each.at > upTo),
    lastKept: state.lastInput <= upTo ? Math.max(state.lastKept, state.lastInput) : state.lastKept,
    inputUntold: state.inputUntold && state.lastInput > upTo,
  };
}

function kindOf(place: Place): ObservedState['kind'] {
  return place.mode === 'task' ? 'shown' : place.mode;
}

function noted(place: Place, kind: ObservedState['kind'], at: number): Noted {
  return { kind, claimId: place.claimId, projectId: place.projectId, at };
}

function keep(untold: Noted[], more: Noted): Noted[] {
  return untold.length >= UNTOLD_MAX ? [...untold.slice(1), more] : [...untold, more];
}
