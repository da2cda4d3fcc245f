// Reading JSON from outside field by field, with one refusal for all that is not as it should be.

export class Fields {
  readonly #value: Record<string, unknown>;
  readonly #refuse: (what: string) => Error;
  constructor(value: unknown, refuse: (what: string) => Error) {
    if (typeof value !== "object" || value === null || Array.isArray(value)) throw refuse("not an object");
    this.#value = value as Record<string, unknown>;
    this.#refuse = refuse;
  }

  has(name: string): boolean {
    return this.#value[name] !== undefined;
  }

  text(name: string, pattern: RegExp): string {
    const value = this.#value[name];
    if (typeof value !== "string" || !pattern.test(value)) throw this.#refuse(name);
    return value;
  }

  maybe(name: string, pattern: RegExp): string | undefined {
    return this.has(name) ? this.text(name, pattern) : undefined;
  }

  whole(name: string, least: number, most: number): number {
    const value = this.#value[name];
    if (typeof value !== "number" || !Number.isSafeInteger(value) || value < least || value > most)
      throw this.#refuse(name);
    return value;
  }

  texts(name: string, pattern: RegExp, most: number): string[] {
    const value = this.#value[name];
    if (!Array.isArray(value) || value.length > most) throw this.#refuse(name);
    if (!value.every((one): one is string => typeof one === "string" && pattern.test(one)))
      throw this.#refuse(name);
    return value;
  }

  fields(name: string): Fields {
    return new Fields(this.#value[name], (what) => this.#refuse(`${name}.${what}`));
  }

  each(name: string, most: number): Fields[] {
    const value = this.#value[name];
    if (!Array.isArray(value) || value.length > most) throw this.#refuse(name);
    return value.map((one, i) => new Fields(one, (what) => this.#refuse(`${name}[${i}].${what}`)));
  }

  entries(): [string, unknown][] {
    return Object.entries(this.#value);
  }
}
