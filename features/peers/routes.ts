// The HTTP door of peers, mounted under /api/peers.
import { api, body, createRoute, json, problems, z } from "@simpul/doors/http";
import type { Env, OpenAPIHono } from "@simpul/doors/http";
import {
  confirmPeerHeard,
  enterPeer,
  resumePeerByTwo,
  stopPeerBecause,
  suspendPeerBecause,
} from "./introduce.ts";
import { closeIncident, listIncidents } from "./incidents.ts";
import { keyRoutes } from "./key-routes.ts";
import { lettersOf, listPeers, onePeer, ownCard } from "./look.ts";
import type { PeersNode } from "./node.ts";
import { listDoubts, reviewDoubt } from "./doubts.ts";
import {
  CardShape,
  CloseShape,
  CodeShape,
  DoubtShape,
  HeardShape,
  LetterIdShape,
  ReasonShape,
} from "./shapes.ts";
import { askPeerNow, tryLetterAgain } from "./try-again.ts";

const one = { params: z.object({ code: CodeShape }) };

export function peersRoutes(node: PeersNode): OpenAPIHono<Env> {
  const routes = api();
  routes.openapi(
    createRoute({ method: "get", path: "/", responses: { 200: json("all peers"), ...problems(404) } }),
    async (c) => c.json(await listPeers(node, c.var.standing), 200),
  );
  routes.openapi(
    createRoute({ method: "get", path: "/card", responses: { 200: json("our card"), ...problems(404) } }),
    (c) => c.json(ownCard(node, c.var.standing), 200),
  );
  routes.openapi(
    createRoute({
      method: "post",
      path: "/",
      request: body(CardShape),
      responses: { 201: json("entered, to be confirmed by another"), ...problems(403, 404, 409, 422) },
    }),
    async (c) => {
      const card = c.req.valid("json");
      await enterPeer(node, c.var.standing, card);
      return c.json(await onePeer(node, c.var.standing, CodeShape.parse(card.node)), 201);
    },
  );
  keyRoutes(node, routes);
  routes.openapi(
    createRoute({
      method: "get",
      path: "/{code}",
      request: one,
      responses: { 200: json("one peer"), ...problems(404) },
    }),
    async (c) => c.json(await onePeer(node, c.var.standing, c.req.valid("param").code), 200),
  );
  routes.openapi(
    createRoute({
      method: "post",
      path: "/{code}/confirm",
      request: { ...one, ...body(HeardShape) },
      responses: { 200: json("confirmed"), ...problems(403, 404, 409, 422) },
    }),
    async (c) => {
      const { code } = c.req.valid("param");
      await confirmPeerHeard(node, c.var.standing, code, c.req.valid("json").heard);
      return c.json(await onePeer(node, c.var.standing, code), 200);
    },
  );
  routes.openapi(
    createRoute({
      method: "post",
      path: "/{code}/stop",
      request: { ...one, ...body(ReasonShape) },
      responses: { 200: json("stopped"), ...problems(403, 404, 422) },
    }),
    async (c) => {
      const { code } = c.req.valid("param");
      await stopPeerBecause(node, c.var.standing, code, c.req.valid("json").reason);
      return c.json(await onePeer(node, c.var.standing, code), 200);
    },
  );
  routes.openapi(
    createRoute({
      method: "post",
      path: "/{code}/suspend",
      request: { ...one, ...body(ReasonShape) },
      responses: { 200: json("rests"), ...problems(403, 404, 422) },
    }),
    async (c) => {
      const { code } = c.req.valid("param");
      await suspendPeerBecause(node, c.var.standing, code, c.req.valid("json").reason);
      return c.json(await onePeer(node, c.var.standing, code), 200);
    },
  );
  routes.openapi(
    createRoute({
      method: "post",
      path: "/{code}/resume",
      request: one,
      responses: { 200: json("asked for, or going on"), ...problems(403, 404) },
    }),
    async (c) => {
      const { code } = c.req.valid("param");
      await resumePeerByTwo(node, c.var.standing, code);
      return c.json(await onePeer(node, c.var.standing, code), 200);
    },
  );
  routes.openapi(
    createRoute({
      method: "post",
      path: "/{code}/ask",
      request: one,
      responses: { 200: json("how it is now"), ...problems(404) },
    }),
    async (c) => c.json(await askPeerNow(node, c.var.standing, c.req.valid("param").code), 200),
  );
  routes.openapi(
    createRoute({
      method: "get",
      path: "/{code}/letters",
      request: one,
      responses: { 200: json("what did not arrive, and what we refused"), ...problems(404) },
    }),
    async (c) => c.json(await lettersOf(node, c.var.standing, c.req.valid("param").code), 200),
  );
  routes.openapi(
    createRoute({
      method: "get",
      path: "/{code}/doubts",
      request: one,
      responses: { 200: json("what passed while that state's key, or ours, was stolen"), ...problems(404) },
    }),
    async (c) => c.json(await listDoubts(node, c.var.standing, c.req.valid("param").code), 200),
  );
  routes.openapi(
    createRoute({
      method: "post",
      path: "/{code}/doubts/{id}",
      request: { params: z.object({ code: CodeShape, id: LetterIdShape }), ...body(DoubtShape) },
      responses: { 204: { description: "said" }, ...problems(403, 404, 422) },
    }),
    async (c) => {
      const { code: whose, id: request } = c.req.valid("param");
      await reviewDoubt(node, c.var.standing, { whose, request, ...c.req.valid("json") });
      return c.body(null, 204);
    },
  );
  routes.openapi(
    createRoute({
      method: "get",
      path: "/{code}/incidents",
      request: one,
      responses: { 200: json("evidences that differed, and what was found out"), ...problems(404) },
    }),
    async (c) => c.json(await listIncidents(node, c.var.standing, c.req.valid("param").code), 200),
  );
  routes.openapi(
    createRoute({
      method: "post",
      path: "/{code}/incidents/{id}/close",
      request: { params: z.object({ code: CodeShape, id: LetterIdShape }), ...body(CloseShape) },
      responses: { 204: { description: "closed" }, ...problems(403, 404, 422) },
    }),
    async (c) => {
      const { code: peer, id: incident } = c.req.valid("param");
      await closeIncident(node, c.var.standing, { peer, incident, ...c.req.valid("json") });
      return c.body(null, 204);
    },
  );
  routes.openapi(
    createRoute({
      method: "post",
      path: "/{code}/letters/{id}/again",
      request: { params: z.object({ code: CodeShape, id: LetterIdShape }) },
      responses: { 200: json("the one that waits now"), ...problems(403, 404, 409) },
    }),
    async (c) => {
      const { code, id } = c.req.valid("param");
      return c.json({ id: await tryLetterAgain(node, c.var.standing, code, id) }, 200);
    },
  );
  return routes;
}
