// A file that comes in parts: each part by its number, then the word that all are here, with what they must come to.
import { aDigest, anId, body, createRoute, done, problems, z } from "@simpul/doors/http";
import type { Env, OpenAPIHono } from "@simpul/doors/http";
import type { Digest, Id } from "@simpul/model";
import type { Standing } from "@simpul/store";
import { adLimits } from "./contract.ts";

const responses = { ...done, ...problems(403, 404, 409, 413, 422, 429) };

/** Adds `POST {path}/{id}/parts/{part}` and `POST {path}/{id}/read`. */
export function inParts(
  routes: OpenAPIHono<Env>,
  path: string,
  file: {
    take(standing: Standing, id: Id, part: number, bytes: Buffer): Promise<void>;
    read(standing: Standing, id: Id, digest: Digest): Promise<void>;
  },
): void {
  routes.openapi(
    createRoute({
      method: "post",
      path: `${path}/{id}/parts/{part}`,
      request: {
        params: z.object({ id: anId, part: z.coerce.number().int().min(0).max(63) }),
        ...body(z.strictObject({ bytes: z.base64().max(adLimits.part * 2) })),
      },
      responses,
    }),
    async (c) => {
      const { id, part } = c.req.valid("param");
      await file.take(c.var.standing, id, part, Buffer.from(c.req.valid("json").bytes, "base64"));
      return c.body(null, 204);
    },
  );
  routes.openapi(
    createRoute({
      method: "post",
      path: `${path}/{id}/read`,
      request: { params: z.object({ id: anId }), ...body(z.strictObject({ digest: aDigest })) },
      responses,
    }),
    async (c) => {
      await file.read(c.var.standing, c.req.valid("param").id, c.req.valid("json").digest);
      return c.body(null, 204);
    },
  );
}
