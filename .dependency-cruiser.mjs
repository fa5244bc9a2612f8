/**
 * Who may import whom. The reasons are in docs/architecture.md, "Folders and doors"; that each rule bites is shown by
 * test/architecture/imports.test.ts.
 */
import { globSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path/posix";

/** Tests and what only they use: they may build a world that the code itself may not know. */
const TESTS = "\\.(test|fixture)\\.ts$|/testing(/|\\.ts$)";

/** The files that a package's `exports` name: the only ones that others may import. */
const PACKAGE_DOORS = globSync("packages/*/package.json")
  .flatMap((manifest) => {
    const { exports = {} } = JSON.parse(readFileSync(manifest, "utf8"));
    return Object.values(exports).map((file) => join(dirname(manifest), file));
  })
  .map((path) => `^${RegExp.escape(path)}$`);

const CORE = "^packages/core/src";
const NPM = "(^|/)node_modules";

/** The doors of a context: its verbs, its schemas, and the event catalogue of the platform. */
const CONTEXT_DOORS = `${CORE}/([^/]+/(index|schemas)|platform/events/index)\\.ts$`;

export default {
  forbidden: [
    {
      name: "platform-knows-no-context",
      comment: "The platform is below every context.",
      severity: "error",
      from: { path: `${CORE}/platform/`, pathNot: TESTS },
      to: { path: `${CORE}/(?!platform/)` },
    },
    {
      name: "contexts-meet-by-events",
      comment:
        "A context imports the platform alone; booking joins scheduling's claims to its own transactions, and operations looks at what all of them have done.",
      severity: "error",
      from: { path: `${CORE}/([^/]+)/`, pathNot: [TESTS, `${CORE}/operations/`] },
      to: { path: `${CORE}/(?!$1/|platform/)`, pathNot: [`${CORE}/scheduling/`] },
    },
    {
      name: "only-booking-joins-scheduling",
      comment: "A claim on the calendar belongs in the transaction of the booking that makes it.",
      severity: "error",
      from: {
        path: CORE,
        pathNot: [TESTS, `${CORE}/(booking|scheduling|operations)/`, `${CORE}/schemas\\.ts$`],
      },
      to: { path: `${CORE}/scheduling/` },
    },
    {
      name: "operations-look-on",
      comment: "What watches over the others is known to none of them.",
      severity: "error",
      from: { path: CORE, pathNot: [TESTS, `${CORE}/operations/`, `${CORE}/schemas\\.ts$`] },
      to: { path: `${CORE}/operations/` },
    },
    {
      name: "contexts-have-doors",
      comment:
        "From outside, a context is its index.ts and schemas.ts; what they do not name is its own business.",
      severity: "error",
      from: { path: `${CORE}/([^/]+)(/|\\.ts$)`, pathNot: TESTS },
      to: { path: `${CORE}/[^/]+/`, pathNot: [`${CORE}/$1/`, CONTEXT_DOORS] },
    },
    {
      name: "concepts-have-doors",
      comment:
        "Inside a context a concept is entered by its index.ts. Booking's concepts share their transactions.",
      severity: "error",
      from: { path: `${CORE}/(?!booking/)([^/]+)/([^/]+)/`, pathNot: TESTS },
      to: {
        path: `${CORE}/$1/(?!$2/)[^/]+/(?!index\\.ts$)`,
        // Schemas that others are made of. A schema reaches no table, and these concepts' doors lead to more.
        pathNot: `${CORE}/(notifications/channel/(channel|failure)|operations/tally/tally|scheduling/service/service)\\.ts$`,
      },
    },
    {
      name: "entities-stay-with-their-concept",
      comment:
        "A row is written and read where its rules are. The timeline is one query over three kinds of row.",
      severity: "error",
      from: { path: "^(.+)/[^/]+$", pathNot: `${CORE}/booking/timeline/` },
      to: { path: "\\.entity\\.ts$", pathNot: "^$1/[^/]+$" },
    },
    {
      name: "only-stores-speak-to-the-table",
      comment: "Decisions and use cases take rows from a store and hand its writes to the platform's commit.",
      severity: "error",
      from: {
        path: CORE,
        pathNot: [TESTS, "\\.(entity|store)\\.ts$", `${CORE}/platform/[^/]+$`, `${CORE}/booking/timeline/`],
      },
      to: { path: `${NPM}/(electrodb|@aws-sdk)/` },
    },
    {
      name: "the-domain-knows-no-transport",
      comment: "HTTP, Lambda and the workflow service are the edges' business.",
      severity: "error",
      from: { path: CORE, pathNot: TESTS },
      to: {
        path: [
          `${NPM}/(@middy|@types/aws-lambda|aws-lambda|inngest|jose)/`,
          "^(node:)?(http|https|http2|net)$",
        ],
      },
    },
    {
      name: "schemas-reach-no-table",
      comment: "Contract and client are made of the schemas: a browser's bundle carries no AWS SDK.",
      severity: "error",
      from: { path: `${CORE}/.*schemas\\.ts$` },
      to: { path: `${NPM}/(electrodb|@aws-sdk)/`, reachable: true },
    },
    {
      name: "packages-have-doors",
      comment: "Another package is what its package.json exports.",
      severity: "error",
      from: { path: "^(packages/[^/]+|test)/" },
      to: { path: "^packages/", pathNot: ["^$1/", ...PACKAGE_DOORS] },
    },
    {
      name: "core-is-below-all",
      severity: "error",
      from: { path: "^packages/core/", pathNot: TESTS },
      to: { path: "^packages/(?!core/)" },
    },
    {
      name: "the-contract-is-made-of-schemas",
      comment: "Schemas and types: the contract calls nothing.",
      severity: "error",
      from: { path: "^packages/contract/", pathNot: TESTS },
      to: { path: "^packages/(?!contract/)", pathNot: `${CORE}/schemas\\.ts$` },
    },
    {
      name: "the-client-knows-the-contract",
      severity: "error",
      from: { path: "^packages/client/", pathNot: TESTS },
      to: { path: "^packages/(?!client/|contract/src/index\\.ts$)" },
    },
    {
      name: "workflows-know-the-domain",
      severity: "error",
      from: { path: "^packages/workflows/", pathNot: TESTS },
      to: { path: "^packages/(?!workflows/|core/)" },
    },
    {
      name: "providers-know-the-domain",
      comment: "They are adapters of core's ports; their stand-ins are the local runtime's.",
      severity: "error",
      from: { path: "^packages/providers/", pathNot: TESTS },
      to: { path: "^packages/(?!providers/|core/)" },
    },
    {
      name: "functions-know-domain-contract-providers-and-workflows",
      severity: "error",
      from: { path: "^packages/functions/", pathNot: TESTS },
      to: { path: "^packages/(?!functions/|core/|contract/|providers/|workflows/)" },
    },
    {
      name: "nothing-deployed-knows-this-machine",
      comment: "The local runtime is on top of everything; core's tests borrow its database.",
      severity: "error",
      from: { path: "^packages/(?!local/)", pathNot: `^packages/core/.*(${TESTS})` },
      to: { path: "^packages/local/" },
    },
    {
      name: "no-cycles",
      severity: "error",
      from: {},
      to: { circular: true, viaOnly: { dependencyTypesNot: ["type-only"] } },
    },
    {
      name: "no-unlisted-dependency",
      comment:
        "What is imported is in the package.json of the package that imports it; test tools are in the root's.",
      severity: "error",
      from: { pathNot: TESTS },
      to: { dependencyTypes: ["npm-no-pkg", "npm-unknown"] },
    },
    {
      name: "no-development-dependency-in-the-product",
      severity: "error",
      from: { path: "^packages/", pathNot: TESTS },
      to: { dependencyTypes: ["npm-dev"], dependencyTypesNot: ["type-only"] },
    },
    {
      name: "everything-resolves",
      severity: "error",
      from: {},
      to: { couldNotResolve: true },
    },
  ],
  options: {
    doNotFollow: { path: "node_modules" },
    // Types are part of what one knows of another.
    tsPreCompilationDeps: true,
    tsConfig: { fileName: "tsconfig.json" },
    enhancedResolveOptions: {
      exportsFields: ["exports"],
      conditionNames: ["types", "import", "node", "default"],
    },
  },
};
