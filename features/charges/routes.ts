// The HTTP door of charges, mounted under /api/charges.
import { aNodeCode, anId, api, body, createRoute, done, json, problems, text, z } from "@simpul/doors/http";
import type { Env, OpenAPIHono } from "@simpul/doors/http";
import type { Words } from "@simpul/doors/i18n";
import { namesOf } from "../access/contract.ts";
import { elements, exhibitNeeds, offenceKinds } from "../offences/contract.ts";
import {
  admissionStands,
  courtEvents,
  disclosures,
  gapKinds,
  gapSteps,
  witnessKinds,
  witnessWays,
} from "./contract.ts";
import { addEvent, fileCharge, tellCourt } from "./court.ts";
import {
  addExhibit,
  addGap,
  addProof,
  addWitness,
  discloseExhibit,
  removeProof,
  writeAdmission,
} from "./file.ts";
import { countGaps, noteGap } from "./legal-gaps.ts";
import { listCharges, listOutcomes, viewCharge } from "./look.ts";
import type { ChargesNode } from "./node.ts";
import { seeOutcome } from "./outcomes.ts";
import { courtNotice } from "./notice.ts";
import { bundleFile, prosecutionFile } from "./paper.ts";
import { prepareCharge, withdrawCharge } from "./prepare.ts";

const day = z.iso.date();
const language = z.string().regex(/^[a-z]{2,3}$/);
const offence = z.enum(offenceKinds);
const element = z.enum(elements);

const ChargeShape = z.strictObject({
  case: text(1, 60),
  subject: anId,
  offences: z
    .array(offence)
    .min(1)
    .max(offenceKinds.length)
    .transform((all) => [...new Set(all)]),
  began: day,
  ended: day,
  place: text(1, 300),
  facts: text(10, 8000),
});
const Disclosed = { disclosure: z.enum(disclosures), reason: text(0, 1000) };
const ExhibitShape = z.strictObject({ kind: z.enum(["item", "record"]), of: anId, ...Disclosed });
const ProofShape = z.strictObject({ exhibit: anId, offence, element, says: text(3, 1000) });
const GapShape = z.strictObject({
  ...{ offence, element, text: text(3, 1000), due: day },
  to: z.union([z.strictObject({ desk: anId }), z.strictObject({ state: aNodeCode })]),
});
const WitnessShape = z.strictObject({
  ...{ label: text(1, 100), kind: z.enum(witnessKinds), way: z.enum(witnessWays) },
  ...{ state: aNodeCode.nullable(), language, protection: text(0, 1000), proves: text(0, 1000) },
});
const AdmissionShape = z
  .strictObject({
    ...{ exhibit: anId, court: aNodeCode, need: z.enum(exhibitNeeds), stands: z.enum(admissionStands) },
    ...{ says: text(3, 1000), due: day.nullable() },
    to: z.union([z.strictObject({ desk: anId }), z.strictObject({ state: aNodeCode })]).nullable(),
  })
  .refine((one) => (one.stands === "asked") === (one.to !== null && one.due !== null))
  .refine((one) => (one.to === null) === (one.due === null));
const FileShape = z.strictObject({ court: text(2, 300), ageBasis: text(0, 1000), sameAct: text(0, 2000) });
const EventShape = z.strictObject({
  ...{ event: z.enum(courtEvents).exclude(["notice"]), on: day, until: day.nullable() },
  ...{ text: text(0, 2000), amount: text(0, 100) },
});
const BundleShape = z.strictObject({
  ...{ recipient: text(2, 200), to: aNodeCode, reason: text(3, 2000), unproven: text(0, 1000) },
});
const one = { params: z.object({ id: anId }) };
const part = { params: z.object({ id: anId, part: anId }) };
const answers = { ...done, ...problems(403, 404, 409, 413, 422) };
const made = { 201: json("its id"), ...problems(403, 404, 409, 413, 422) };

export function chargesRoutes(node: ChargesNode, wordsIn: (language: string) => Words): OpenAPIHono<Env> {
  const routes = api();
  told(routes, node);
  routes.openapi(
    createRoute({
      method: "get",
      path: "/",
      request: { query: z.object({ case: anId.optional() }) },
      responses: { 200: json("charges as this officer may see them, newest first") },
    }),
    async (c) => c.json({ charges: await listCharges(node, c.var.standing, c.req.valid("query")) }, 200),
  );
  routes.openapi(
    createRoute({ method: "post", path: "/", request: body(ChargeShape), responses: made }),
    async (c) => c.json({ id: await prepareCharge(node, c.var.standing, c.req.valid("json")) }, 201),
  );
  routes.openapi(
    createRoute({
      method: "get",
      path: "/{id}",
      request: one,
      responses: { 200: json("one"), ...problems(404) },
    }),
    async (c) => {
      const view = await viewCharge(node, c.var.standing, c.req.valid("param").id);
      const asked = [view.preparedBy, view.filedBy, ...view.events.map((each) => each.by)];
      return c.json({ ...view, names: await namesOf(node.directory, asked) }, 200);
    },
  );
  file(routes, node);
  court(routes, node);
  papers(routes, node, wordsIn);
  return routes;
}

/** What other states told, and gaps of the law. */
function told(routes: OpenAPIHono<Env>, node: ChargesNode): void {
  routes.openapi(
    createRoute({
      method: "get",
      path: "/outcomes",
      responses: { 200: json("what became of requests, as other states told it") },
    }),
    async (c) => c.json({ outcomes: await listOutcomes(node, c.var.standing) }, 200),
  );
  routes.openapi(
    createRoute({ method: "post", path: "/outcomes/{id}/seen", request: one, responses: answers }),
    async (c) => {
      await seeOutcome(node, c.var.standing, c.req.valid("param").id);
      return c.body(null, 204);
    },
  );
  routes.openapi(
    createRoute({
      method: "get",
      path: "/gaps",
      responses: { 200: json("gaps of the law by state, kind and step, counted") },
    }),
    async (c) => c.json({ gaps: await countGaps(node, c.var.standing) }, 200),
  );
  routes.openapi(
    createRoute({
      method: "post",
      path: "/gaps",
      request: body(z.strictObject({ state: aNodeCode, kind: z.enum(gapKinds), step: z.enum(gapSteps) })),
      responses: answers,
    }),
    async (c) => {
      await noteGap(node, c.var.standing, c.req.valid("json"));
      return c.body(null, 204);
    },
  );
}

function file(routes: OpenAPIHono<Env>, node: ChargesNode): void {
  routes.openapi(
    createRoute({
      method: "post",
      path: "/{id}/exhibits",
      request: { ...one, ...body(ExhibitShape) },
      responses: made,
    }),
    async (c) => {
      const { id } = c.req.valid("param");
      return c.json({ id: await addExhibit(node, c.var.standing, id, c.req.valid("json")) }, 201);
    },
  );
  routes.openapi(
    createRoute({
      method: "put",
      path: "/{id}/exhibits/{part}",
      request: { ...part, ...body(z.strictObject(Disclosed)) },
      responses: answers,
    }),
    async (c) => {
      const { id, part: exhibit } = c.req.valid("param");
      await discloseExhibit(node, c.var.standing, id, exhibit, c.req.valid("json"));
      return c.body(null, 204);
    },
  );
  routes.openapi(
    createRoute({
      method: "post",
      path: "/{id}/proofs",
      request: { ...one, ...body(ProofShape) },
      responses: made,
    }),
    async (c) => {
      const { id } = c.req.valid("param");
      return c.json({ id: await addProof(node, c.var.standing, id, c.req.valid("json")) }, 201);
    },
  );
  routes.openapi(
    createRoute({ method: "delete", path: "/{id}/proofs/{part}", request: part, responses: answers }),
    async (c) => {
      const { id, part: proof } = c.req.valid("param");
      await removeProof(node, c.var.standing, id, proof);
      return c.body(null, 204);
    },
  );
  routes.openapi(
    createRoute({
      method: "post",
      path: "/{id}/gaps",
      request: { ...one, ...body(GapShape) },
      responses: made,
    }),
    async (c) => {
      const { id } = c.req.valid("param");
      return c.json({ id: await addGap(node, c.var.standing, id, c.req.valid("json")) }, 201);
    },
  );
  routes.openapi(
    createRoute({
      method: "post",
      path: "/{id}/admissions",
      request: { ...one, ...body(AdmissionShape) },
      responses: made,
    }),
    async (c) => {
      const { id } = c.req.valid("param");
      return c.json({ id: await writeAdmission(node, c.var.standing, id, c.req.valid("json")) }, 201);
    },
  );
  routes.openapi(
    createRoute({
      method: "post",
      path: "/{id}/witnesses",
      request: { ...one, ...body(WitnessShape) },
      responses: made,
    }),
    async (c) => {
      const { id } = c.req.valid("param");
      return c.json({ id: await addWitness(node, c.var.standing, id, c.req.valid("json")) }, 201);
    },
  );
}

function court(routes: OpenAPIHono<Env>, node: ChargesNode): void {
  routes.openapi(
    createRoute({
      method: "post",
      path: "/{id}/exhibits/{part}/notice",
      request: { ...part, ...body(z.strictObject({ on: day, text: text(0, 2000) })) },
      responses: made,
    }),
    async (c) => {
      const { id, part: exhibit } = c.req.valid("param");
      return c.json({ id: await tellCourt(node, c.var.standing, id, exhibit, c.req.valid("json")) }, 201);
    },
  );
  routes.openapi(
    createRoute({
      method: "post",
      path: "/{id}/file",
      request: { ...one, ...body(FileShape) },
      responses: answers,
    }),
    async (c) => {
      await fileCharge(node, c.var.acting, c.req.valid("param").id, c.req.valid("json"));
      return c.body(null, 204);
    },
  );
  routes.openapi(
    createRoute({
      method: "post",
      path: "/{id}/events",
      request: { ...one, ...body(EventShape) },
      responses: made,
    }),
    async (c) => {
      const { id } = c.req.valid("param");
      return c.json({ id: await addEvent(node, c.var.standing, id, c.req.valid("json")) }, 201);
    },
  );
  routes.openapi(
    createRoute({
      method: "post",
      path: "/{id}/withdraw",
      request: { ...one, ...body(z.strictObject({ reason: text(3, 2000) })) },
      responses: answers,
    }),
    async (c) => {
      await withdrawCharge(node, c.var.standing, c.req.valid("param").id, c.req.valid("json").reason);
      return c.body(null, 204);
    },
  );
}

function papers(routes: OpenAPIHono<Env>, node: ChargesNode, wordsIn: (language: string) => Words): void {
  routes.openapi(
    createRoute({
      method: "get",
      path: "/{id}/paper",
      request: { ...one, query: z.object({ with: aNodeCode.optional() }) },
      responses: { 200: { description: "the prosecution file (PDF)" }, ...problems(404, 413) },
    }),
    async (c) => {
      const { id } = c.req.valid("param");
      const { language: own } = c.var.acting;
      const asked = { with: c.req.valid("query").with, language: own, wordsIn };
      return c.body(await prosecutionFile(node, c.var.standing, id, asked), 200, {
        "content-type": "application/pdf",
        "content-disposition": `attachment; filename="prosecution-file-${id.slice(-8)}.pdf"`,
        "cache-control": "private, no-store",
      });
    },
  );
  routes.openapi(
    createRoute({
      method: "get",
      path: "/{id}/exhibits/{part}/notice",
      request: { ...part, query: z.object({ with: aNodeCode.optional() }) },
      responses: {
        200: { description: "what the court is told of an exhibit (PDF)" },
        ...problems(404, 409),
      },
    }),
    async (c) => {
      const { id, part: exhibit } = c.req.valid("param");
      const { language: own } = c.var.acting;
      const asked = { with: c.req.valid("query").with, language: own, wordsIn };
      return c.body(await courtNotice(node, c.var.standing, { id, exhibit }, asked), 200, {
        "content-type": "application/pdf",
        "content-disposition": `attachment; filename="notice-${exhibit.slice(-8)}.pdf"`,
        "cache-control": "private, no-store",
      });
    },
  );
  routes.openapi(
    createRoute({
      method: "post",
      path: "/{id}/bundle",
      request: { ...one, ...body(BundleShape) },
      responses: made,
    }),
    async (c) => {
      const { id } = c.req.valid("param");
      return c.json({ id: await bundleFile(node, c.var.standing, id, c.req.valid("json")) }, 201);
    },
  );
}
