import type { paths } from "./schema";

/** The JSON body of one answer, whatever media type the document names it under. */
type Body<Response> = Response extends { content: infer Content } ? Content[keyof Content] : never;

export type Me = Body<paths["/api/me"]["get"]["responses"][200]>;
export type Service = Body<paths["/api/containers/services/{id}"]["get"]["responses"][200]>;
export type ServiceStatus = Service["status"];
export type Deployment = Body<
  paths["/api/containers/services/{id}/deployments/{deploymentId}"]["get"]["responses"][200]
>;
export type Build = Body<paths["/api/containers/services/{id}/builds/{buildId}"]["get"]["responses"][200]>;
export type Step = Deployment["steps"][number];
export type Reason = NonNullable<Deployment["reason"]>;
export type ServiceCreate =
  paths["/api/containers/services"]["post"]["requestBody"]["content"]["application/json"];
export type ServicePatch =
  paths["/api/containers/services/{id}"]["patch"]["requestBody"]["content"]["application/json"];
export type Accepted = Body<paths["/api/containers/services/{id}/deploy"]["post"]["responses"][202]>;
