// The shape of the house as rules: which way imports may point (docs/ARCHITECTURE.md, "One way").
const layers = {
  model: [],
  seal: ["model"],
  ledger: ["model", "seal"],
  evidence: ["model", "seal", "ledger"],
  match: ["model", "seal"],
  detect: ["model", "match"],
  policy: ["model"],
  store: ["model", "seal", "ledger", "evidence", "match", "detect"],
  exchange: ["model", "seal", "ledger", "evidence", "match", "detect", "store"],
  doors: ["model", "policy"],
};
const pure = ["model", "seal", "ledger", "evidence", "match", "detect", "policy"];
const test = "\\.(test|bench)\\.tsx?$";

const walls = Object.entries(layers).map(([name, may]) => ({
  name: `${name}-reaches-right-only`,
  severity: "error",
  comment: `packages/${name} may import ${may.length ? may.join(", ") : "nothing of ours"}.`,
  from: { path: `^packages/${name}/`, pathNot: test },
  to: {
    path: "^(packages|features|apps|testing|conformance|bench)/",
    pathNot: `^packages/(${[name, ...may].join("|")})/`,
  },
}));

module.exports = {
  forbidden: [
    ...walls,
    {
      name: "pure-packages-touch-no-machine",
      severity: "error",
      // The Cedar engine for Node is what is passed in.
      comment: "No disk, network, clock or database: what touches them is passed in.",
      from: { path: `^packages/(${pure.join("|")})/`, pathNot: [test, "^packages/policy/cedar\\.ts$"] },
      to: { dependencyTypes: ["core"] },
    },
    {
      name: "pure-packages-know-no-database",
      severity: "error",
      from: { path: `^packages/(${pure.join("|")})/`, pathNot: test },
      to: { path: "node_modules/(pg|kysely|hono|undici|libsodium|koffi)" },
    },
    {
      name: "detect-sees-profiles-only",
      severity: "error",
      from: { path: "^packages/detect/", pathNot: test },
      to: { path: "^packages/match/", pathNot: "^packages/match/(profiles/|index\\.ts)" },
    },
    {
      name: "features-look-down",
      severity: "error",
      from: { path: "^features/", pathNot: test },
      to: { path: "^(apps|testing|conformance|bench)/" },
    },
    {
      name: "features-meet-at-contracts",
      severity: "error",
      comment:
        "A feature reaches another only at its contract.ts, a page also at a piece of page in contract/*.tsx.",
      from: { path: "^features/([^/]+)/", pathNot: `${test}|\\.tsx$` },
      to: { path: "^features/[^/]+/", pathNot: "^features/($1/|[^/]+/contract\\.ts$)" },
    },
    {
      name: "pages-meet-at-contracts",
      severity: "error",
      from: { path: "^features/([^/]+)/.*\\.tsx$", pathNot: test },
      to: { path: "^features/[^/]+/", pathNot: "^features/($1/|[^/]+/contract(\\.ts|/[^/]+\\.tsx)$)" },
    },
    {
      name: "pages-stay-in-the-browser",
      severity: "error",
      comment:
        "A page reaches contract, rules, model, match/profiles, match/zone and doors/web, nothing else.",
      from: { path: "^features/[^/]+/([^/]*page[^/]*|pages/.*)\\.tsx$" },
      to: {
        path: "^(packages|features|apps)/",
        pathNot:
          "^(packages/model/|packages/doors/(web|i18n)/|packages/match/(profiles|zone)/|features/[^/]+/(contract|rules)\\.ts$|features/[^/]+/contract/[^/]+\\.tsx$|features/[^/]+/([^/]*page[^/]*|pages/.*|words.*)\\.(tsx|ts|json|css)$)",
      },
    },
    {
      name: "apps-do-not-lean-on-apps",
      severity: "error",
      from: { path: "^apps/([^/]+)/", pathNot: test },
      to: { path: "^apps/[^/]+/", pathNot: "^apps/($1|server)/" },
    },
    {
      name: "only-demo-and-cli-reach-server",
      severity: "error",
      from: { path: "^apps/(?!server|demo|cli)[^/]+/", pathNot: test },
      to: { path: "^apps/server/" },
    },
    {
      name: "verifier-has-no-packages",
      severity: "error",
      comment: "A sceptic reads every line the verifier can reach.",
      from: { path: "^apps/verifier/", pathNot: test },
      to: { path: "node_modules/(?!@simpul)" },
    },
    {
      name: "nobody-imports-testing",
      severity: "error",
      from: { path: "^(packages|features|apps)/", pathNot: test },
      to: { path: "^(testing|conformance|bench)/" },
    },
    {
      name: "the-stranger-stands-alone",
      severity: "error",
      comment: "The client that was written from docs/protocol.md shares no line with what it speaks to.",
      from: { path: "^conformance/client/", pathNot: test },
      to: { pathNot: "^conformance/client/", dependencyTypesNot: ["core"] },
    },
    {
      name: "no-circles",
      severity: "error",
      from: {},
      to: { circular: true, viaOnly: { dependencyTypesNot: ["type-only"] } },
    },
    {
      name: "resolvable",
      severity: "error",
      from: {},
      to: { couldNotResolve: true, pathNot: "\\.(css|json)$|^virtual:|^topojson-specification$" },
    },
  ],
  options: {
    tsPreCompilationDeps: true,
    tsConfig: { fileName: "tsconfig.json" },
    doNotFollow: { path: "node_modules" },
    exclude: { path: "(^|/)(dist|\\.cache|\\.build)/" },
    enhancedResolveOptions: {
      exportsFields: ["exports"],
      conditionNames: ["import", "types", "node", "default"],
      extensions: [".ts", ".tsx", ".js", ".mjs", ".cjs", ".json"],
    },
  },
};
