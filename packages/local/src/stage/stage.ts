import { gatewayRoutes } from "@turno/contract";
import { Organization } from "@turno/core/identity";
import { Template } from "@turno/core/notifications";
import { type Context, liveContext, tableShape } from "@turno/core/platform";
import {
  apis,
  type Runtime,
  receiversFromEnvironment,
  receiversOf,
  sweeper,
  workflowsUrl,
} from "@turno/functions";
import { type InngestOptions, publishTo, workflows } from "@turno/workflows";
import { advanceTo, allOf, openMovableClock } from "../clock/index.ts";
import { consoleFor, consoleRoutes, type Machine } from "../console/index.ts";
import { createTable, localClient, startDatabase } from "../database/index.ts";
import { describeDemo, openDemo } from "../demo/index.ts";
import { readIfThere, writeAtomically } from "../disk/index.ts";
import { startEngine } from "../engine/index.ts";
import { startGateway, startLambdaUrl } from "../gateway/index.ts";
import { startIssuer } from "../issuer/index.ts";
import { startPayments, startProviders } from "../providers/index.ts";
import { startRelay, watchOutbox } from "../relay/index.ts";
import { pushKeyOf, stageChannels, stagePayments } from "./channels.ts";
import { onPort } from "./port.ts";
import { openState } from "./state.ts";
import { sweepEvery } from "./sweep.ts";
import { templatesIn } from "./templates.ts";

export interface StageOptions {
  /** Where everything is kept. */
  readonly stateDir: string;
  /** Throws away what was kept. */
  readonly fresh?: boolean;
  /** Of the API; a free one when 0. */
  readonly port?: number;
  /** A DynamoDB to use in place of the embedded one. */
  readonly databaseEndpoint?: string;
  readonly tableName?: string;
  /** An Inngest dev server to use in place of the embedded engine. */
  readonly inngestUrl?: string;
  /** Credentials of providers of messages to use in place of the stand-ins, by the names that a Lambda has them by. */
  readonly environment?: Readonly<Record<string, string | undefined>>;
  /** Without the demo clinic, for whoever brings their own. */
  readonly isEmpty?: boolean;
  /** Hears one line for each call of the API; standard output when left out. */
  readonly log?: (line: object) => void;
  /** Hears what Inngest's client says of calls that fail; the console when left out. */
  readonly inngestLogger?: InngestOptions["logger"];
  /** Called with a line of progress. */
  readonly say?: (line: string) => void;
}

/** Turno, whole, on this machine. */
export interface Stage {
  readonly url: string;
  readonly machine: Machine;
  readonly context: Context;
  readonly close: () => Promise<void>;
}

const AUDIENCE = "turno-local";
/** Where an Inngest dev server would listen. */
const INNGEST_PORT = 8288;
/** As often as the deployed schedule. */
const SWEEP_MS = 60_000;

/** Starts everything in the order of its needs, and answers when every part accepts calls. */
export async function startStage(options: StageOptions): Promise<Stage> {
  const { stateDir, fresh = false, port = 0, tableName = "turno", say = () => undefined } = options;
  const state = openState(stateDir, { fresh });
  const closing: (() => Promise<void>)[] = [];
  const kept = <Part extends { close(): Promise<void> }>(part: Part): Part => {
    closing.unshift(() => part.close());
    return part;
  };
  const close = async (): Promise<void> => {
    for (const end of closing.splice(0)) await end();
  };
  try {
    const clock = openMovableClock(state.folder("clock"));
    const database = options.databaseEndpoint
      ? { endpoint: options.databaseEndpoint, stop: async () => undefined }
      : await startDatabase({ path: state.file("table.db") });
    closing.unshift(() => database.stop());
    const dynamo = localClient(database.endpoint);
    await createTable(dynamo, tableName, tableShape);
    const context = liveContext({ dynamo, table: tableName, master: state.masterKey(), now: clock.now });
    // Beside the API's port, so that a token outlives a restart: it names its issuer's address.
    const issuer = kept(
      await onPort(port && port + 1, (wanted) =>
        startIssuer({ stateDir: state.folder("issuer"), port: wanted }),
      ),
    );
    let apiUrl: string | undefined;
    const providers = kept(
      await startProviders({
        stateDir: state.folder("providers"),
        clock,
        registered: Template.providerTemplates(),
        apiUrl: () => apiUrl,
      }),
    );
    // Its pages are in messages, and outlive a restart as tokens do.
    const payments = kept(
      await onPort(port && port + 2, (wanted) =>
        startPayments({ stateDir: state.folder("providers"), clock, port: wanted, apiUrl: () => apiUrl }),
      ),
    );
    const engine = options.inngestUrl
      ? undefined
      : kept(
          await onPort(port && INNGEST_PORT, (wanted) =>
            startEngine({
              ...{ clock, stateDir: state.folder("engine"), port: wanted },
              send: (call) => app.send(call),
            }),
          ),
        );

    // The gateway comes before what its messages link to, since only then its address is known.
    let machine: Machine | undefined;
    const runtime: Runtime = {
      context,
      issuer: { url: issuer.url, audience: AUDIENCE },
      stage: "local",
      version: "0.1.0",
      webUrl: "",
      pushKey: pushKeyOf(options.environment ?? {}, providers),
      receivers: {
        ...receiversOf({ ...providers.accounts(), stripe: payments.account }),
        ...receiversFromEnvironment(options.environment ?? {}),
      },
      ...(options.log && { log: options.log }),
    };
    const gateway = kept(
      await onPort(port, (wanted) =>
        startGateway({
          port: wanted,
          routes: [
            ...gatewayRoutes.map(({ context: target, ...route }) => ({ ...route, target })),
            ...consoleRoutes,
          ],
          targets: {
            ...apis(runtime),
            local: consoleFor(() => machine),
          },
          authorizer: { issuer: issuer.url, audience: [AUDIENCE] },
          cors: { allowOrigins: ["*"], allowMethods: ["*"], allowHeaders: ["*"] },
        }),
      ),
    );

    const { channels, real } = stageChannels({
      environment: options.environment ?? {},
      providers,
      clock,
      apiUrl: gateway.url,
    });
    const served = workflows({
      context,
      channels,
      payments: stagePayments(options.environment ?? {}, payments),
      webUrl: gateway.url,
      inngest: {
        isDev: true,
        baseUrl: engine?.url ?? options.inngestUrl!,
        ...(engine && { fetch: engine.fetch }),
        ...(options.inngestLogger && { logger: options.inngestLogger }),
      },
    });
    const app = kept(await startLambdaUrl({ functionName: "workflows", handler: workflowsUrl(served) }));
    const relay = startRelay({ context, publish: publishTo(served), report: console.error });
    closing.unshift(() => relay.stop());
    watchOutbox(dynamo, relay);
    const stopSweeping = sweepEvery(SWEEP_MS, sweeper({ context, publish: publishTo(served) }));
    closing.unshift(stopSweeping);
    if (engine) {
      await engine.sync(app.url);
      engine.start();
    } else {
      await fetch(app.url, { method: "PUT" });
    }

    if (!options.isEmpty && readIfThere(state.file("demo-is-open")) === undefined) {
      say("opening the demo clinic");
      await openDemo(context);
      writeAtomically(state.file("demo-is-open"), context.now());
    }
    machine = {
      demo: describeDemo(context),
      clock,
      issuer,
      audience: AUDIENCE,
      providers,
      templateOf: templatesIn(context),
      realProviders: real,
      payments,
      askDeposits: (terms) =>
        Organization.askDeposits(context, describeDemo(context).organization.organizationId, terms),
      engine,
      advanceTo: (target) =>
        advanceTo({ clock, engine: allOf(engine!, providers, payments), flush: relay.flush }, target),
    };
    apiUrl = gateway.url;
    providers.start();
    payments.start();
    return { url: gateway.url, machine, context, close };
  } catch (error) {
    await close();
    throw error;
  }
}
