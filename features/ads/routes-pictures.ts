// The HTTP door of pictures of adverts: sent in parts, read by a job, shown drawn anew, corrected and judged.
import { anId, body, clean, createRoute, done, json, problems, z } from "@simpul/doors/http";
import type { Env, OpenAPIHono } from "@simpul/doors/http";
import { pictureLanguages, pictureLimits } from "./contract/pictures.ts";
import type { AdsNode } from "./node.ts";
import { listPictures, previewOf, viewPicture } from "./pictures/look.ts";
import { readsKhmer } from "./pictures/packs.ts";
import {
  beginPicture,
  dropPicture,
  judgePicture,
  readPictureSoon,
  takePicturePart,
} from "./pictures/pictures.ts";
import { inParts } from "./routes-parts.ts";

const one = { params: z.object({ id: anId }) };
const all = problems(403, 404, 409, 413, 422, 429);

export function pictureRoutes(routes: OpenAPIHono<Env>, node: AdsNode): void {
  routes.openapi(
    createRoute({
      method: "get",
      path: "/pictures",
      responses: {
        200: json("pictures that are no advert yet, and the languages that are read here"),
        ...all,
      },
    }),
    async (c) => {
      const khmer = await readsKhmer();
      const languages = pictureLanguages.filter((code) => khmer || code !== "km");
      return c.json({ pictures: await listPictures(node, c.var.standing), languages }, 200);
    },
  );
  routes.openapi(
    createRoute({
      method: "post",
      path: "/pictures",
      request: body(
        z.strictObject({
          source: anId,
          fileName: clean(255).min(1),
          // More than a picture may have, so that one that is too large is told so by name.
          size: z
            .number()
            .int()
            .min(1)
            .max(1024 * pictureLimits.bytes),
          languages: z.array(z.enum(pictureLanguages)).max(pictureLanguages.length),
          origin: clean(1000).optional(),
        }),
      ),
      responses: { 201: json("its id"), ...all },
    }),
    async (c) => c.json({ id: await beginPicture(node, c.var.standing, c.req.valid("json")) }, 201),
  );
  inParts(routes, "/pictures", {
    take: (...part) => takePicturePart(node, ...part),
    read: (...whole) => readPictureSoon(node, ...whole),
  });
  routes.openapi(
    createRoute({
      method: "get",
      path: "/pictures/{id}",
      request: one,
      responses: { 200: json("one"), ...all },
    }),
    async (c) => c.json(await viewPicture(node, c.var.standing, c.req.valid("param").id), 200),
  );
  routes.openapi(
    createRoute({
      method: "get",
      path: "/pictures/{id}/preview",
      request: one,
      responses: { 200: { description: "the picture, drawn anew" }, ...all },
    }),
    async (c) => {
      const bytes = await previewOf(node, c.var.standing, c.req.valid("param").id);
      return c.body(new Uint8Array(bytes), 200, { "content-type": "image/webp" });
    },
  );
  routes.openapi(
    createRoute({
      method: "post",
      path: "/pictures/{id}/advert",
      request: { ...one, ...body(z.strictObject({ text: z.string().max(pictureLimits.text) })) },
      responses: { 201: json("the advert, and whether it was there already"), ...all },
    }),
    async (c) =>
      c.json(
        await judgePicture(node, c.var.standing, c.req.valid("param").id, c.req.valid("json").text),
        201,
      ),
  );
  routes.openapi(
    createRoute({ method: "delete", path: "/pictures/{id}", request: one, responses: { ...done, ...all } }),
    async (c) => {
      await dropPicture(node, c.var.standing, c.req.valid("param").id);
      return c.body(null, 204);
    },
  );
}
