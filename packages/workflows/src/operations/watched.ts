import { Watch } from "@turno/core/operations";
import type { InngestFunction } from "inngest";
import type { Desk } from "../desk.ts";
import { workflowHealthCheck } from "./workflow-health-check.ts";

interface Options {
  readonly id: string;
  readonly triggers?: readonly { readonly cron?: string }[];
}

const scheduleOf = ({ opts }: InngestFunction.Any): Watch.Schedule[] => {
  const { id, triggers = [] }: Options = opts as Options;
  return triggers.flatMap(({ cron }) => (cron ? [{ workflow: id, minutes: Watch.minutesOf(cron) }] : []));
};

/** The workflows and the one that watches over them, which is told when they begin and watches over itself too. */
export function watched(desk: Desk, workflows: readonly InngestFunction.Any[]): InngestFunction.Any[] {
  const schedules = [...workflows.flatMap(scheduleOf), { workflow: Watch.WATCH, minutes: 5 }];
  return [...workflows, workflowHealthCheck(desk, schedules)];
}
