export * as Link from "./link/index.ts";
export * as Member from "./member/index.ts";
export * as Organization from "./organization/index.ts";
export * as Patient from "./patient/index.ts";
export * as Profile from "./profile/index.ts";
