// The web side of a node: guards first, then the features by hand, then the pages.
import {
  api,
  liveRoute,
  problem,
  refuse,
  requireSession,
  sameOrigin,
  soundAddress,
  soundBody,
  withHeaders,
  withReference,
} from "@simpul/doors/http";
import type { Env, OpenAPIHono } from "@simpul/doors/http";
import { backChannelPath } from "@simpul/features/access/routes-provider.ts";
import { uploadPath } from "@simpul/features/evidence/routes.ts";
import { tablePaths } from "@simpul/features/follow-up/contract.ts";
import { surgePaths } from "@simpul/features/surge/contract.ts";
import { assets, builtPages } from "./assets.ts";
import type { Features } from "./features.ts";
import { readiness } from "./health/ready.ts";
import { liveOf, maySee } from "./live.ts";
import type { Metrics } from "./metrics.ts";
import type { Node } from "./node.ts";
import { describe, documentPath, type Document } from "./openapi.ts";
import { refusals } from "./refusals.ts";
import { watched } from "./watched.ts";
import { builtVerifier, verifierFiles } from "./verifier.ts";

/** Files that come in as they are; each door limits its own. */
const bytesPaths = new Set([...surgePaths, ...tablePaths]);

/** Everything that answers at `address` (what people type, e.g. `http://localhost:7410`). */
export function webApp(
  node: Node,
  address: string,
  parts: Features,
  metrics: Metrics | null = null,
): OpenAPIHono<Env> {
  const app = api();
  // Before every guard: an old phone sends no origin, and nobody's coming is written down.
  if (parts.openPage !== null) app.route("/", parts.openPage);
  app.route("/", parts.forms);
  app.onError(
    refuse({ ...refusals, ...parts.refusals }, (fault, reference) =>
      node.log.error({ err: fault, reference }, "fault"),
    ),
  );
  app.use(withReference((bytes) => node.random.bytes(bytes)));
  app.use(watched(node.log, metrics));
  app.use(withHeaders(address.startsWith("https:")));
  app.use(soundAddress());
  const fromHere = sameOrigin((origin) => origin === address);
  app.use((c, next) => (c.req.path === backChannelPath ? next() : fromHere(c, next)));
  app.use(
    soundBody((path) => path === uploadPath || path.startsWith(`${uploadPath}/`) || bytesPaths.has(path)),
  );

  // The process answers: enough for whoever restarts it. What it can do is told by /readyz.
  app.get("/healthz", (c) => c.json({ node: node.code, exercise: node.exercise, status: "alive" }));
  const ready = readiness(node);
  app.get("/readyz", async (c) => {
    const look = await ready();
    return c.json(look, look.status === "not-ready" ? 503 : 200);
  });

  for (const [path, routes] of parts.openDoors) app.route(path, routes);
  app.use(
    "/api/*",
    requireSession(parts.cookie, (credential) => parts.resolve(credential)),
  );
  const holds = ({ acting }: Env["Variables"]): Promise<boolean> => parts.holds(acting.session);
  app.get("/api/live", liveRoute(liveOf(node.store), maySee(node.store), holds));
  for (const [path, routes] of parts.doors) app.route(path, routes);
  // MSG-10: one schema for pages, command line and machines, written by the routes themselves.
  let document: Document | undefined;
  app.get(documentPath, (c) => c.json((document ??= describe(app, node))));
  app.all("/api/*", (c) => problem(c, 404, "NOT_FOUND"));

  app.route("/", verifierFiles(builtVerifier));
  app.route("/", assets(builtPages));
  return app;
}
