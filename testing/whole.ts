// How much a run of the tests tries: all of it where a landing is decided (.ci/run), a drawn part at an engineer's desk.

/** Whether everything is tried: `SIMPUL_EVERY` is set. */
export const whole: boolean = process.env["SIMPUL_EVERY"] !== undefined;

/** How often a test repeats what it leaves to chance. */
export const rounds = (atDesk: number, beforeLanding: number): number => (whole ? beforeLanding : atDesk);
