import { expect, it } from "vitest";
import { settingsOf } from "../../infra/settings.ts";
import { type Resource, resourcesOf, type SynthesizedStage } from "./synth.ts";

/** A deployed stage as a whole. */
export function stageFacts(stage: string, made: () => SynthesizedStage): void {
  const all = (): [string, Resource][] =>
    Object.values(made().templates).flatMap((template) => Object.entries(resourcesOf(template)));

  it("leaves nothing that cdk-nag finds without a written reason", () => {
    expect(made().findings).toEqual([]);
  });

  it("has no reason written down for what is not there", () => {
    expect(made().unused).toEqual([]);
  });

  it("stays below half of what CloudFormation allows", () => {
    for (const template of Object.values(made().templates)) {
      const { Resources, Outputs = {} } = template.toJSON() as { Resources: object; Outputs?: object };
      expect(Object.keys(Resources).length).toBeLessThan(250);
      expect(Object.keys(Outputs).length).toBeLessThan(100);
      expect(Buffer.byteLength(JSON.stringify(template.toJSON(), null, 1))).toBeLessThan(500_000);
    }
  });

  it("refers to nothing that is not there", () => {
    for (const template of Object.values(made().templates)) {
      const { Resources, Parameters = {} } = template.toJSON() as { Resources: object; Parameters?: object };
      const known = new Set([...Object.keys(Resources), ...Object.keys(Parameters)]);
      expect(referencesIn(template.toJSON()).filter((name) => !known.has(name))).toEqual([]);
    }
  });

  it("holds no secret", () => {
    const text = Object.values(made().templates)
      .map((template) => JSON.stringify(template.toJSON()))
      .join("\n");
    expect(text).not.toMatch(/signkey-|sk-inn-|AKIA[0-9A-Z]{16}|BEGIN [A-Z ]*PRIVATE KEY/);
    for (const [name, value] of all().flatMap(([, resource]) => variablesOf(resource))) {
      if (/KEY|SECRET|TOKEN|PASSWORD/.test(name)) {
        expect([name, value]).toEqual([
          expect.stringMatching(/_PARAMETER$/),
          expect.stringMatching(new RegExp(`^/turno/${stage}/[a-z-]+$`)),
        ]);
      }
    }
  });

  it("needs no custom resource, and no Lambda but its own", () => {
    expect(all().filter(([, { Type }]) => Type.startsWith("Custom::"))).toEqual([]);
  });

  it("keeps every role below the boundary of its account", () => {
    const { permissionsBoundary, account } = settingsOf(stage);
    const roles = all().filter(([, { Type }]) => Type === "AWS::IAM::Role");
    expect(roles.length).toBeGreaterThan(0);
    for (const [, { Properties }] of roles) {
      const expected = permissionsBoundary && `arn:aws:iam::${account}:policy/${permissionsBoundary}`;
      expect(Properties.PermissionsBoundary).toEqual(expected);
    }
  });

  it("encrypts its logs and keeps them as long as it says", () => {
    const logs = all().filter(([, { Type }]) => Type === "AWS::Logs::LogGroup");
    const { tier, lambda } = settingsOf(stage);
    for (const [, { Properties, DeletionPolicy }] of logs) {
      expect(Properties.RetentionInDays).toBe(lambda.logDays);
      expect(DeletionPolicy).toBe(tier === "dev" ? "Delete" : "Retain");
      expect(Properties.KmsKeyId !== undefined).toBe(tier !== "dev");
    }
  });

  it("says on everything whose it is", () => {
    for (const [, { Type, Properties }] of all()) {
      if (Type !== "AWS::Lambda::Function" && Type !== "AWS::DynamoDB::Table") continue;
      expect(Properties.Tags).toContainEqual({ Key: "stage", Value: stage });
    }
  });
}

const variablesOf = ({ Properties }: Resource): [string, unknown][] => {
  const environment = Properties?.Environment as { Variables?: Record<string, unknown> } | undefined;
  return Object.entries(environment?.Variables ?? {});
};

function referencesIn(value: unknown): string[] {
  if (Array.isArray(value)) return value.flatMap(referencesIn);
  if (typeof value !== "object" || value === null) return [];
  const { Ref, "Fn::GetAtt": attribute } = value as Record<string, unknown>;
  const target = Ref ?? (Array.isArray(attribute) ? attribute[0] : undefined);
  const own = typeof target === "string" && !target.startsWith("AWS::") ? [target] : [];
  return [...own, ...Object.values(value).flatMap(referencesIn)];
}
