// What every route finds in its context: who acts, what for, and the reference of this request.
import type { Id, Officer, Purpose } from "@simpul/model";

/** An officer's session as a request carries it. */
export interface Acting {
  officer: Officer;
  purpose: Purpose;
  session: Id;
  /** The device whose key signs for her, null in a session without one. */
  device: Id | null;
  /** The language of her screen, BCP 47. */
  language: string;
}

export interface Env {
  Variables: {
    /** A short text that an officer can quote and a log line carries. */
    reference: string;
    /** One per answer; the page's style elements carry it. */
    nonce: string;
    /** Present behind `requireSession`. */
    acting: Acting;
    officer: Officer;
    /** What the store wants to know: in whose name, what for. */
    standing: { actor: Officer; purpose: Purpose };
  };
}
