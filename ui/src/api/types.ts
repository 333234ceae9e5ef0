import type { components } from "./schema";

type Schemas = components["schemas"];

export type Service = Schemas["Service"];
export type ServiceStatus = Service["status"];
export type Deployment = Schemas["Deployment"];
export type Release = Schemas["Release"];
export type Build = Schemas["Build"];
export type Step = Schemas["Step"];
export type Reason = Schemas["Failure"];
export type ServiceCreate = Schemas["CreateServiceRequest"];
export type ServicePatch = Schemas["ChangeServiceRequest"];
export type Accepted = Schemas["Accepted"];
export type Operation = Schemas["Operation"];
export type OnNewer = Service["onNewer"];
export type Strategy = Service["strategy"];
export type Canary = Schemas["Canary"];
export type DeployWindow = Service["deployWindows"][number];
export type Quota = Schemas["Quota"];
export type QuotaResource = Schemas["QuotaResource"];
export type QuotaEvent = Schemas["QuotaEvent"];
export type Shortage = Schemas["Shortage"];
export type Template = Schemas["Template"];
