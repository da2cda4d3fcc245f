// The HTTP doors of the field: for officers under /api/field, and for phones, which bring their own proof.
import { anId, api, body, clean, createRoute, done, json, problems, z } from "@simpul/doors/http";
import type { Env, OpenAPIHono } from "@simpul/doors/http";
import { contact } from "./contact.ts";
import { FieldError } from "./contract.ts";
import type { FieldNode } from "./node.ts";
import { enrolPhone, listPhones, revokePhone } from "./phones.ts";

const coordinate = z.string().regex(/^[A-Za-z0-9_-]{43}$/);
const PublicKey = z.strictObject({
  kty: z.literal("EC"),
  crv: z.literal("P-256"),
  x: coordinate,
  y: coordinate,
});

/** A compact JWE is five base64url parts; how large one may be is the compartment's own limit. */
const jwe = z
  .string()
  .max(400_000)
  .regex(/^[A-Za-z0-9_-]+(\.[A-Za-z0-9_-]*){4}$/);
const ContactShape = z.strictObject({
  phone: anId,
  at: z.iso.datetime(),
  entries: z.array(z.strictObject({ id: anId, person: anId, jwe })).max(200),
  wiped: z.boolean().exactOptional(),
});

export function fieldRoutes(node: FieldNode): OpenAPIHono<Env> {
  const routes = api();
  routes.openapi(
    createRoute({
      method: "get",
      path: "/phones",
      responses: { 200: json("phones of this officer or desk") },
    }),
    async (c) => c.json({ phones: await listPhones(node, c.var.standing) }, 200),
  );
  routes.openapi(
    createRoute({
      method: "post",
      path: "/phones",
      request: body(z.strictObject({ name: clean(60).min(1), key: PublicKey })),
      responses: { 201: json("the phone is this node's"), ...problems(403, 409, 422) },
    }),
    async (c) => c.json(await enrolPhone(node, c.var.standing, c.req.valid("json")), 201),
  );
  routes.openapi(
    createRoute({
      method: "post",
      path: "/phones/{id}/revoke",
      request: { params: z.object({ id: anId }) },
      responses: { ...done, ...problems(403, 404, 409) },
    }),
    async (c) => {
      await revokePhone(node, c.var.standing, c.req.valid("param").id);
      return c.body(null, 204);
    },
  );
  return routes;
}

/** Stands open: who asks is proven by the phone's signature over the very bytes of the body. */
export function contactRoutes(node: FieldNode): OpenAPIHono<Env> {
  const routes = api();
  routes.openapi(
    createRoute({
      method: "post",
      path: "/",
      request: {
        ...body(ContactShape),
        headers: z.object({ "x-simpul-phone": z.string().max(200).optional() }),
      },
      responses: { 200: json("what was taken, and what to do"), ...problems(403, 422, 429) },
    }),
    async (c) => {
      const signature = c.req.header("x-simpul-phone");
      if (signature === undefined) throw new FieldError("PHONE_NOT_PROVEN");
      const proof = { body: await c.req.text(), signature };
      return c.json(await contact(node, c.req.valid("json"), proof), 200);
    },
  );
  return routes;
}
