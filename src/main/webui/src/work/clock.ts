/** The wall may lag this much behind what must have passed before it counts as set back. */
const SET_BACK_MILLIS = 50;

/**
 * Wall time that never goes back. It goes on while the machine sleeps, so that a sleep shows as a gap; when the computer's clock is set back, it
 * goes on by what really passed. A clock that is set forward cannot be told from a sleep.
 */
export class Clock {
  private wall = Date.now();
  private ticks = performance.now();
  /** What this clock is ahead of the computer's. */
  private ahead = 0;

  now(): number {
    const wall = Date.now();
    const ticks = performance.now();
    const passed = Math.max(0, ticks - this.ticks);
    if (wall < this.wall + passed - SET_BACK_MILLIS) this.ahead += Math.round(this.wall + passed - wall);
    else if (wall < this.wall) this.ahead += this.wall - wall;
    this.wall = wall;
    this.ticks = ticks;
    return wall + this.ahead;
  }

  /** A moment of this clock as the computer's clock would tell it now, to be kept beyond this page. */
  onWall(at: number): number {
    return at - this.ahead;
  }
}
