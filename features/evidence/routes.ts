// The HTTP door of the evidence room, mounted under /api/evidence.
import { api, body, createRoute, done, json, problems, z } from "@simpul/doors/http";
import type { Env, OpenAPIHono } from "@simpul/doors/http";
import { Id, holderRoles, selectorTypes } from "@simpul/model";
import { Readable } from "node:stream";
import { addEvent, noteViewing, storyOf } from "./custody.ts";
import {
  decisions,
  EvidenceRoomError,
  findingStages,
  itemScopes,
  readingStages,
  type IntakeStart,
} from "./contract.ts";
import { decide, findingsIn, groupsOf, placesOfValue, putIntoCase, undo } from "./findings.ts";
import { announceIntake, findIntake, giveUp, listIntakes } from "./intake/announce.ts";
import { askSeal } from "./intake/jobs.ts";
import { uploads } from "./intake/upload.ts";
import { findItem, listItems, originalOf, placesOf, segmentOf } from "./items.ts";
import { requireItem, type EvidenceNode } from "./node.ts";

const id = z.uuid().transform((text) => Id.parse(text.toLowerCase()));
const atItem = z.object({ item: id });
const flag = z.enum(["true", "false"]).transform((text) => text === "true");
/** What was given, without the names of what was not. */
const given = <T extends object>(all: T): { [K in keyof T]: Exclude<T[K], undefined> } =>
  Object.fromEntries(Object.entries(all).filter(([, value]) => value !== undefined)) as never;

/** Where the upload answers, as a path of the node. */
export const uploadPath = "/api/evidence/upload";

export function evidenceRoutes(node: EvidenceNode): OpenAPIHono<Env> {
  const routes = api();
  const upload = uploads(node, uploadPath);

  routes.all("/upload", (c) => upload.handle(c.req.raw, c.var.standing));
  routes.all("/upload/:intake", (c) => upload.handle(c.req.raw, c.var.standing));

  routes.openapi(
    createRoute({
      method: "get",
      path: "/intakes/start",
      responses: { 200: json("what to write into the statement") },
    }),
    (c) => {
      const { officer, device } = c.var.acting;
      return c.json(
        {
          now: node.clock.now().toISOString(),
          node: node.code,
          officer: officer.id,
          desk: officer.desk,
          device,
          limits: node.limits,
        } satisfies IntakeStart,
        200,
      );
    },
  );
  routes.openapi(
    createRoute({
      method: "post",
      path: "/intakes",
      request: body(
        z.object({
          statement: z.base64().max(100_000),
          signature: z.base64().max(200),
          disclosures: z.array(z.string().max(8_000)).max(20),
          case: id.optional(),
          key: z
            .string()
            .regex(/^[0-9a-f]{64}$/)
            .optional(),
        }),
      ),
      responses: { 201: json("announced"), ...problems(403, 404, 409, 413, 422, 429) },
    }),
    async (c) => {
      const { case: into, key, ...ask } = c.req.valid("json");
      const given = { ...ask, ...(into && { case: into }), ...(key && { key }) };
      return c.json(await announceIntake(node, c.var.standing, given), 201);
    },
  );
  routes.openapi(
    createRoute({ method: "get", path: "/intakes", responses: { 200: json("her files on their way in") } }),
    async (c) => c.json({ intakes: await listIntakes(node, c.var.standing) }, 200),
  );
  const atIntake = z.object({ intake: id });
  routes.openapi(
    createRoute({
      method: "get",
      path: "/intakes/{intake}",
      request: { params: atIntake },
      responses: { 200: json("one file"), ...problems(404) },
    }),
    async (c) => c.json(await findIntake(node, c.var.standing, c.req.valid("param").intake), 200),
  );
  routes.openapi(
    createRoute({
      method: "post",
      path: "/intakes/{intake}/seal",
      request: { params: atIntake },
      responses: { 200: json("asked for"), ...problems(404) },
    }),
    async (c) => {
      const { intake } = c.req.valid("param");
      await askSeal(node, c.var.standing, intake);
      return c.json(await findIntake(node, c.var.standing, intake), 200);
    },
  );
  routes.openapi(
    createRoute({
      method: "delete",
      path: "/intakes/{intake}",
      request: { params: atIntake },
      responses: { ...done, ...problems(404) },
    }),
    async (c) => {
      await giveUp(node, c.var.standing, c.req.valid("param").intake);
      return c.body(null, 204);
    },
  );

  routes.openapi(
    createRoute({
      method: "get",
      path: "/items",
      request: {
        query: z.object({
          case: z
            .string()
            .regex(/^([A-Za-z]{2}-\d{4}-\d{6}|[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12})$/)
            .optional(),
          loose: flag.optional(),
          scope: z.enum(itemScopes).optional(),
          stage: z.enum(readingStages).optional(),
          open: flag.optional(),
          text: z.string().max(200).optional(),
          cursor: z
            .string()
            .regex(/^[\dT:.Z-]{20,30}_[0-9a-f-]{36}$/)
            .optional(),
          limit: z.coerce.number().int().min(1).max(200).optional(),
        }),
      },
      responses: { 200: json("items this officer sees"), ...problems(422) },
    }),
    async (c) => {
      const ask = given(c.req.valid("query"));
      return c.json(await listItems(node, c.var.standing, ask), 200);
    },
  );
  routes.openapi(
    createRoute({
      method: "get",
      path: "/items/{item}",
      request: { params: atItem },
      responses: { 200: json("one item"), ...problems(404) },
    }),
    async (c) => c.json(await findItem(node, c.var.standing, c.req.valid("param").item), 200),
  );
  routes.openapi(
    createRoute({
      method: "get",
      path: "/items/{item}/story",
      request: { params: atItem },
      responses: { 200: json("its custody, checked"), ...problems(404) },
    }),
    async (c) => {
      const story = await node.store.read(c.var.standing, (db) =>
        storyOf(node, db, c.req.valid("param").item),
      );
      const officers = [
        ...new Set(
          story.lines.flatMap(({ actor }) =>
            actor.startsWith("officer:") ? [Id.parse(actor.slice(8))] : [],
          ),
        ),
      ];
      const names = await node.directory.officers(officers);
      return c.json(
        {
          ...story,
          names: Object.fromEntries([...names].map(([key, { name }]) => [key, name])),
        },
        200,
      );
    },
  );

  /** Looking into an item is an event of its custody: noted once for a viewing, before anything is shown. */
  const viewing = (c: { var: Env["Variables"] }, item: Id): Promise<void> =>
    node.store.write(c.var.standing, async (tx) => {
      await requireItem(node, tx, "evidence.view", item);
      await noteViewing(node, tx, item, c.var.acting.session);
    });

  routes.openapi(
    createRoute({
      method: "get",
      path: "/items/{item}/reading",
      request: { params: atItem },
      responses: { 200: json("where its segments begin"), ...problems(404, 409) },
    }),
    async (c) => {
      const { item } = c.req.valid("param");
      return c.json(
        { segments: await node.store.read(c.var.standing, (db) => placesOf(node, db, item)) },
        200,
      );
    },
  );
  routes.openapi(
    createRoute({
      method: "get",
      path: "/items/{item}/reading/{segment}",
      request: { params: atItem.extend({ segment: z.coerce.number().int().min(0).max(1_000_000) }) },
      responses: { 200: json("parts, and what was found in them"), ...problems(404, 409) },
    }),
    async (c) => {
      const { item, segment } = c.req.valid("param");
      await viewing(c, item);
      const parts = await node.store.read(c.var.standing, (db) => segmentOf(node, db, item, segment));
      const first = parts[0]?.number ?? 0;
      const findings = await node.store.read(c.var.standing, (db) =>
        findingsIn(node, db, item, first, first + parts.length),
      );
      return c.json({ parts, findings }, 200);
    },
  );
  routes.openapi(
    createRoute({
      method: "get",
      path: "/items/{item}/findings",
      request: {
        params: atItem,
        query: z.object({
          stage: z.enum(findingStages).optional(),
          type: z.enum(selectorTypes).optional(),
          from: z.coerce.number().int().min(0).max(1_000_000).optional(),
          limit: z.coerce.number().int().min(1).max(5_000).optional(),
        }),
      },
      responses: { 200: json("each value once, a page of them, and how many there are"), ...problems(404) },
    }),
    async (c) => {
      const { item } = c.req.valid("param");
      const ask = given(c.req.valid("query"));
      return c.json(await node.store.read(c.var.standing, (db) => groupsOf(node, db, item, ask)), 200);
    },
  );
  routes.openapi(
    createRoute({
      method: "get",
      path: "/items/{item}/findings/{finding}/places",
      request: { params: atItem.extend({ finding: id }) },
      responses: { 200: json("where the value of this finding stands"), ...problems(404) },
    }),
    async (c) => {
      const { item, finding } = c.req.valid("param");
      const places = await node.store.read(c.var.standing, (db) => placesOfValue(node, db, item, finding));
      return c.json({ places }, 200);
    },
  );
  routes.openapi(
    createRoute({
      method: "post",
      path: "/items/{item}/decisions",
      request: {
        params: atItem,
        ...body(
          z.object({
            findings: z.array(id).min(1).max(500),
            decision: z.enum(decisions),
            role: z.enum(holderRoles).optional(),
            correction: z.object({ type: z.enum(selectorTypes), value: z.string().max(2048) }).optional(),
            alike: z.boolean().optional(),
          }),
        ),
      },
      responses: { 200: json("the act, by which it is undone"), ...problems(403, 404, 413, 422) },
    }),
    async (c) => {
      const { item } = c.req.valid("param");
      const { role, correction, alike, ...ask } = c.req.valid("json");
      const whole = { ...ask, ...given({ role, correction, alike }) };
      const done = await node.store.write(c.var.standing, (tx) => decide(node, tx, item, whole));
      node.wake(`item:${item}`);
      return c.json(done, 200);
    },
  );
  routes.openapi(
    createRoute({
      method: "delete",
      path: "/items/{item}/decisions/{act}",
      request: { params: atItem.extend({ act: id }) },
      responses: { 200: json("taken back"), ...problems(404, 409) },
    }),
    async (c) => {
      const { item, act } = c.req.valid("param");
      const done = await node.store.write(c.var.standing, (tx) => undo(node, tx, item, act));
      node.wake(`item:${item}`);
      return c.json(done, 200);
    },
  );
  routes.openapi(
    createRoute({
      method: "put",
      path: "/items/{item}/case",
      request: { params: atItem, ...body(z.object({ case: id })) },
      responses: { 200: json("how many findings came into the case anew"), ...problems(403, 404, 409) },
    }),
    async (c) => {
      const { item } = c.req.valid("param");
      const into = c.req.valid("json").case;
      const done = await node.store.write(c.var.standing, (tx) => putIntoCase(node, tx, item, into));
      node.wake(`item:${item}`);
      node.wake(`case:${into}`);
      return c.json(done, 200);
    },
  );

  /** The picture as pixels only, made anew and without metadata: what a page may show. */
  routes.get("/items/:item/picture", async (c) => {
    const item = Id.parse(c.req.param("item"));
    await viewing(c, item);
    const { source } = await node.store.read(c.var.standing, (db) => originalOf(node, db, item));
    if (source.size > node.reading.whole) throw new EvidenceRoomError("NOT_READ_YET");
    const { default: sharp } = await import("sharp");
    const picture = await sharp(await source.range(0, source.size), { limitInputPixels: 300_000_000 })
      .rotate()
      .resize(1600, 1600, { fit: "inside", withoutEnlargement: true })
      .webp()
      .toBuffer()
      .catch((fault: unknown) => {
        throw new EvidenceRoomError("NOT_READ_YET", {}, fault);
      });
    return c.body(new Uint8Array(picture), 200, { "content-type": "image/webp" });
  });

  /** The original bytes, to keep elsewhere: a copy, and an event of custody as such. */
  routes.get("/items/:item/original", async (c) => {
    const item = Id.parse(c.req.param("item"));
    const { source, fileName } = await node.store.read(c.var.standing, (db) => originalOf(node, db, item));
    await node.store.write(c.var.standing, (tx) =>
      addEvent(node, tx, item, "copied", { bytes: source.size }),
    );
    const stream = Readable.from(
      (async function* () {
        for (let at = 0; at < source.size; at += 1_048_576) yield await source.range(at, at + 1_048_576);
      })(),
    );
    return c.body(Readable.toWeb(stream) as ReadableStream, 200, {
      // Never shown in the page: a stranger's file is saved, not opened.
      "content-type": "application/octet-stream",
      "content-length": String(source.size),
      "content-disposition": `attachment; filename*=UTF-8''${encodeURIComponent(fileName)}`,
    });
  });
  return routes;
}
