// One random request to an operation: mostly as its schema says, often with one thing wrong, sometimes wholly wild.
import { hostile, type Chance } from "./chance.ts";
import type { Operation, Schema } from "./interface.ts";

export interface Shot {
  operation: Operation;
  method: string;
  url: string;
  headers: Record<string, string>;
  body: string | undefined;
}

/** Values that exist at the node, real and hidden; a schema's own pattern chooses among them. */
export type Pool = readonly string[];

/** A value as the schema wants it; where it wants a form that the pool lacks, something hostile. */
export function valueFor(schema: Schema, dice: Chance, pool: Pool, depth = 0): unknown {
  if (schema.const !== undefined) return schema.const;
  if (schema.enum !== undefined) return dice.pick(schema.enum);
  const one = schema.oneOf ?? schema.anyOf;
  if (one !== undefined) return valueFor(dice.pick(one), dice, pool, depth);
  if (schema.allOf !== undefined)
    return Object.assign(
      {},
      ...schema.allOf.map((part) => valueFor(part, dice, pool, depth) as object),
    ) as object;
  const types = [schema.type ?? (schema.properties ? "object" : schema.pattern ? "string" : "any")].flat();
  switch (dice.pick(types)) {
    case "null":
      return null;
    case "boolean":
      return dice.odds(0.5);
    case "integer":
    case "number": {
      const least = schema.minimum ?? 0;
      return least + dice.below(Math.min((schema.maximum ?? least + 5) - least + 1, 50));
    }
    case "array": {
      const count = Math.max(schema.minItems ?? 0, dice.below(Math.min(schema.maxItems ?? 4, 4)));
      return Array.from({ length: count }, () => valueFor(schema.items ?? {}, dice, pool, depth + 1));
    }
    case "object": {
      const made: Record<string, unknown> = {};
      for (const [name, of] of Object.entries(schema.properties ?? {}))
        if (schema.required?.includes(name) === true || dice.odds(0.6))
          made[name] = valueFor(of, dice, pool, depth + 1);
      if (typeof schema.additionalProperties === "object" && depth < 4)
        for (let i = dice.below(4); i > 0; i--)
          made[dice.pick(fieldNames)] = valueFor(schema.additionalProperties, dice, pool, depth + 1);
      return made;
    }
    case "string":
      return textFor(schema, dice, pool);
    default:
      return dice.odds(0.5) ? dice.pick(hostile) : dice.pick(pool);
  }
}

/** Names that records of a case take, so that open maps are filled with something that is read. */
const fieldNames = [
  "names",
  "type",
  "value",
  "role",
  "kind",
  "text",
  "title",
  "due",
  "at",
  "from",
  "to",
  "note",
];

function textFor(schema: Schema, dice: Chance, pool: Pool): string {
  if (schema.format === "uuid" || schema.pattern !== undefined) {
    const pattern = new RegExp(schema.format === "uuid" ? "^[0-9a-f-]{36}$" : schema.pattern!);
    const fits = pool.filter((one) => pattern.test(one));
    if (fits.length > 0) return dice.pick(fits);
  }
  if (schema.format === "date-time") return "2031-03-04T03:00:00Z";
  const text = dice.odds(0.5) ? dice.pick(pool) : String(dice.pick(hostile));
  return text.slice(0, schema.maxLength ?? 10_000).padEnd(schema.minLength ?? 0, "x");
}

/** Puts something hostile in one place of a value, or takes the place away. */
function spoil(value: unknown, dice: Chance): unknown {
  if (value === null || typeof value !== "object" || dice.odds(0.25)) return dice.pick(hostile);
  if (Array.isArray(value)) {
    if (value.length === 0) return [dice.pick(hostile)];
    const at = dice.below(value.length);
    return value.map((one, nth) => (nth === at ? spoil(one, dice) : (one as unknown)));
  }
  const entries = Object.entries(value);
  if (entries.length === 0 || dice.odds(0.15))
    return { ...value, [String(dice.pick(hostile))]: dice.pick(hostile) };
  const [name, at] = dice.pick(entries) as [string, unknown];
  const { [name]: _gone, ...rest } = value as Record<string, unknown>;
  return dice.odds(0.2) ? rest : { ...rest, [name]: spoil(at, dice) };
}

const oddHeaders: readonly (readonly [string, string])[] = [
  ["content-type", "text/plain"],
  ["content-type", "application/json; charset=utf-7"],
  ["content-type", "multipart/form-data; boundary=x"],
  ["content-type", ""],
  ["accept-language", "\u00e9,*;q=9"],
  ["x-forwarded-for", "127.0.0.1"],
  ["x-forwarded-proto", "https"],
  ["x-http-method-override", "DELETE"],
  ["range", "bytes=5-1,-3"],
  ["if-none-match", "*"],
  ["upload-offset", "-1"],
  ["upload-length", "1e99"],
  ["upload-metadata", "intake AAAA,,=,x"],
  ["tus-resumable", "9.9.9"],
  ["content-encoding", "gzip"],
  ["cookie", "simpul_id=\u00ff; simpul_id=x"],
  ["authorization", "Bearer " + "A".repeat(43)],
  ["authorization", "Basic Og=="],
];

export const encoded = (value: unknown): string =>
  encodeURIComponent(Buffer.from(typeof value === "string" ? value : JSON.stringify(value)).toString());

/** JSON as an attacker writes it: lone surrogates and all. */
const written = (value: unknown): string => JSON.stringify(value);

export function randomShot(operation: Operation, address: string, dice: Chance, pool: Pool): Shot {
  const wrong = dice.odds(0.35);
  const at = (schema: Schema): unknown => {
    const value = valueFor(schema, dice, pool);
    return wrong && dice.odds(0.4) ? dice.pick(hostile) : value;
  };
  let path = operation.path;
  const query: string[] = [];
  for (const { name, in: where, required, schema } of operation.parameters) {
    if (where === "path") path = path.replace(`{${name}}`, encoded(at(schema)));
    else if (required === true || dice.odds(0.5)) query.push(`${name}=${encoded(at(schema))}`);
  }
  if (wrong && dice.odds(0.1)) query.push("a[]=1&__proto__[x]=1&%ff=%00");
  const headers: Record<string, string> = { origin: address };
  let body: string | undefined;
  if (operation.body !== null) {
    headers["content-type"] = "application/json";
    const value = valueFor(operation.body, dice, pool);
    body = written(wrong ? spoil(value, dice) : value);
    if (wrong && dice.odds(0.1)) body = body.slice(0, dice.below(body.length + 1));
  } else if (wrong && !["GET", "HEAD"].includes(operation.method)) body = written(dice.pick(hostile));
  if (wrong && dice.odds(0.3)) {
    const [name, value] = dice.pick(oddHeaders);
    headers[name] = value;
  }
  const method =
    wrong && dice.odds(0.05) ? dice.pick(["PUT", "DELETE", "PATCH", "POST", "GET"]) : operation.method;
  if (method === "GET") body = undefined;
  return {
    operation,
    method,
    url: `${address}${path}${query.length > 0 ? `?${query.join("&")}` : ""}`,
    headers,
    body,
  };
}
