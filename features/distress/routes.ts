// The HTTP door of the emergency desk and the hotline intake, mounted under /api/distress.
import { anId, api, body, clean, createRoute, done, json, problems, z } from "@simpul/doors/http";
import type { Env, OpenAPIHono } from "@simpul/doors/http";
import type { AtDesk } from "@simpul/features/victims/contract.ts";
import type { Id, Officer } from "@simpul/model";
import type { Standing } from "@simpul/store";
import {
  answerMessage,
  closeMessage,
  exclude,
  letIn,
  linkPerson,
  noteCall,
  noteMessage,
  saidOtherwise,
  takeMessage,
} from "./acts.ts";
import { keepCall } from "./calls.ts";
import { answerWays, closings, dangers, howMany, longest, notToTell, pageLanguages } from "./contract.ts";
import { deskState, keepPhones, listMessages, viewMessage } from "./look.ts";
import type { EmergencyNode } from "./node.ts";
import { agreePlace, endPlace, listPlaces, putPlace } from "./places.ts";
import { agreeTelling, draftTelling, dropTelling } from "./tell.ts";
import { answerTold, listTold } from "./told.ts";

const text = (most: number, least = 1) =>
  clean(most)
    .transform((value) => value.trim())
    .pipe(z.string().min(least));
const maybe = (most: number) => clean(most).default("");
const why = text(2000, 10);
const stateCode = z.string().regex(/^[a-z]{2}$/);
const DeskShape = z.strictObject({ kind: z.literal("desk"), id: anId });
const RecipientShape = z.union([DeskShape, z.strictObject({ kind: z.literal("state"), id: stateCode })]);
/** Messages are opened by desks of this state alone. */
const PlaceShape = z.union([
  z.strictObject({ use: z.literal("opens"), to: DeskShape, why }),
  z.strictObject({ use: z.literal("told"), to: RecipientShape, why }),
]);
const ExcludedShape = z.union([
  z.strictObject({ kind: z.enum(["desk", "agency", "officer"]), id: anId }),
  z.strictObject({ kind: z.literal("state"), id: stateCode }),
]);
const CallShape = z.strictObject({
  token: z.string().regex(/^[\w-]{22,64}$/),
  said: z.strictObject({
    language: z.enum(pageLanguages),
    where: maybe(longest.where),
    many: z.enum(howMany).nullable().default(null),
    danger: z.enum(dangers).nullable().default(null),
    child: z.boolean().default(false),
    answer: z.enum(answerWays).nullable().default(null),
    contact: maybe(longest.contact),
    not: z.array(z.enum(notToTell)).max(6).default([]),
    notOther: maybe(longest.other),
    more: maybe(longest.more),
    for: z.enum(["me", "other"]).nullable().default(null),
    call: z.strictObject({
      caller: z.enum(["self", "family", "friend", "other"]).nullable().default(null),
      callerName: maybe(200),
      phone: maybe(100),
      callBack: z.enum(["any-time", "at-times", "text-only", "never"]).nullable().default(null),
      callBackNote: maybe(400),
      person: maybe(200),
      nationality: maybe(60),
      finished: z.boolean(),
    }),
  }),
});

export function distressRoutes(node: EmergencyNode): OpenAPIHono<Env> {
  const routes = api();
  const one = { params: z.object({ id: anId }) };
  const refused = problems(404, 409);

  routes.openapi(
    createRoute({
      method: "get",
      path: "/desk",
      responses: { 200: json("how the emergency desk stands"), ...refused },
    }),
    async (c) => c.json(await deskState(node, c.var.acting), 200),
  );
  routes.openapi(
    createRoute({
      method: "put",
      path: "/phones",
      request: body(
        z.strictObject({ phones: z.array(z.strictObject({ name: text(200), phone: text(60, 3) })).max(20) }),
      ),
      responses: { ...done, ...problems(404, 422) },
    }),
    async (c) => {
      await keepPhones(node, c.var.acting, c.req.valid("json").phones);
      return c.body(null, 204);
    },
  );
  routes.openapi(
    createRoute({
      method: "put",
      path: "/calls/{id}",
      request: { ...one, ...body(CallShape) },
      responses: { ...done, ...problems(404, 409, 422) },
    }),
    async (c) => {
      const { token, said } = c.req.valid("json");
      const standing = c.var.standing as Standing & { actor: Officer };
      await keepCall(node, standing, { id: c.req.valid("param").id, token, said: said });
      return c.body(null, 204);
    },
  );

  routes.openapi(
    createRoute({
      method: "get",
      path: "/messages",
      responses: { 200: json("messages, what presses first"), ...refused },
    }),
    async (c) => c.json(await listMessages(node, c.var.acting), 200),
  );
  routes.openapi(
    createRoute({
      method: "get",
      path: "/messages/{id}",
      request: one,
      responses: { 200: json("one message"), ...refused },
    }),
    async (c) => c.json(await viewMessage(node, c.var.acting, c.req.valid("param").id), 200),
  );
  /** An act on a message: what it takes, and what it does. */
  const on = <Shape extends z.ZodType>(
    path: string,
    shape: Shape,
    act: (who: AtDesk, id: Id, ask: z.output<Shape>) => Promise<unknown>,
  ): void => {
    routes.openapi(
      createRoute({
        method: "post",
        path: `/messages/{id}/${path}`,
        request: { ...one, ...body(shape) },
        responses: { 200: json("done"), ...problems(403, 404, 409, 422) },
      }),
      async (c) => {
        const ask = c.req.valid("json" as never) as z.output<Shape>;
        const gives = await act(c.var.acting, (c.req.valid("param" as never) as { id: Id }).id, ask);
        return c.json(gives ?? null, 200);
      },
    );
  };
  const nothing = z.strictObject({});
  on("take", nothing, (who, id) => takeMessage(node, who, id));
  on("note", z.strictObject({ text: text(4000) }), (who, id, ask) => noteMessage(node, who, id, ask.text));
  on("called", z.strictObject({ text: text(2000) }), (who, id, ask) => noteCall(node, who, id, ask.text));
  on("answer", z.strictObject({ text: text(3000) }), (who, id, ask) =>
    answerMessage(node, who, id, ask.text),
  );
  on("exclude", z.strictObject({ who: ExcludedShape, why }), (who, id, ask) =>
    exclude(node, who, id, { who: ask.who, why: ask.why }),
  );
  on("let-in", z.strictObject({ of: anId, why }), (who, id, ask) => letIn(node, who, id, ask));
  on("said-otherwise", z.strictObject({ word: z.enum(notToTell), how: why }), (who, id, ask) =>
    saidOtherwise(node, who, id, ask),
  );
  on("link", z.strictObject({ person: text(20).nullable() }), async (who, id, ask) => ({
    person: await linkPerson(node, who, id, ask.person),
  }));
  on("close", z.strictObject({ why: z.enum(closings), text: maybe(2000) }), (who, id, ask) =>
    closeMessage(node, who, id, ask),
  );
  on("tell", z.strictObject({ to: RecipientShape, text: text(6000, 10), why }), (who, id, ask) =>
    draftTelling(node, who, id, { ...ask, to: ask.to }),
  );
  on("tell/agree", z.strictObject({ of: anId }), (who, id, ask) => agreeTelling(node, who, id, ask.of));
  on("tell/drop", z.strictObject({ of: anId, why }), (who, id, ask) => dropTelling(node, who, id, ask));

  routes.openapi(
    createRoute({
      method: "get",
      path: "/places",
      responses: { 200: json("the list of vetted desks"), ...refused },
    }),
    async (c) => c.json(await listPlaces(node, c.var.acting), 200),
  );
  routes.openapi(
    createRoute({
      method: "post",
      path: "/places",
      request: body(PlaceShape),
      responses: { 201: json("put; a second person agrees"), ...problems(404, 409, 422) },
    }),
    async (c) => {
      const ask = c.req.valid("json");
      return c.json({ id: await putPlace(node, c.var.acting, { ...ask, to: ask.to }) }, 201);
    },
  );
  routes.openapi(
    createRoute({
      method: "post",
      path: "/places/{id}/agree",
      request: one,
      responses: { ...done, ...problems(403, 404) },
    }),
    async (c) => {
      await agreePlace(node, c.var.acting, c.req.valid("param").id);
      return c.body(null, 204);
    },
  );
  routes.openapi(
    createRoute({
      method: "post",
      path: "/places/{id}/end",
      request: { ...one, ...body(z.strictObject({ why })) },
      responses: { ...done, ...problems(404, 422) },
    }),
    async (c) => {
      await endPlace(node, c.var.acting, c.req.valid("param").id, c.req.valid("json").why);
      return c.body(null, 204);
    },
  );

  routes.openapi(
    createRoute({ method: "get", path: "/told", responses: { 200: json("what her desk was told") } }),
    async (c) => c.json(await listTold(node, c.var.acting), 200),
  );
  routes.openapi(
    createRoute({
      method: "post",
      path: "/told/{id}/answer",
      request: { ...one, ...body(z.strictObject({ text: text(4000) })) },
      responses: { ...done, ...problems(404, 422) },
    }),
    async (c) => {
      await answerTold(node, c.var.acting, c.req.valid("param").id, c.req.valid("json").text);
      return c.body(null, 204);
    },
  );
  return routes;
}
