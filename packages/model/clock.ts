// Time and randomness come in as arguments, so that yesterday can be tested today.

export interface Clock {
  now(): Date;
}

export interface Random {
  /** Returns `length` unpredictable bytes. */
  bytes(length: number): Uint8Array;
}
