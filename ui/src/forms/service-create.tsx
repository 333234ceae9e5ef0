import { Button } from "@mantine/core";
import { schemaResolver, useForm } from "@mantine/form";
import { notifications } from "@mantine/notifications";
import { useQueryClient } from "@tanstack/react-query";
import { Link, useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import { useRefusal } from "../access/use-refusal";
import { client } from "../api/client";
import { newIntent, useIntents } from "../api/intent";
import { sentenceOf } from "../api/problem";
import { serviceQuery } from "../api/queries";
import type { Service } from "../api/types";
import { ActionButton } from "../ui/action-button";
import { PageHeader } from "../ui/page-header";
import { Shortages } from "../ui/refusal-notice";
import { ServiceFields } from "./service-fields";
import classes from "./service-fields.module.css";
import { newService, type ServiceValues, serviceSchema, toCreate } from "./service-values";
import { useFormProblem } from "./use-form-problem";

export function ServiceCreate() {
  const navigate = useNavigate();
  const queryClient = useQueryClient();
  const [busy, setBusy] = useState<"create" | "deploy">();
  const intents = useIntents();
  const refused = useRefusal("deploy");
  const form = useForm<ServiceValues>({
    initialValues: newService,
    validate: schemaResolver(serviceSchema, { sync: true }),
    validateInputOnBlur: false,
    onSubmitPreventDefault: "always",
  });
  const { problem, clear, invalid, refuse } = useFormProblem(form);

  const create = async (values: ServiceValues, then: "create" | "deploy") => {
    // The second button waits for what the first began.
    if (busy) {
      return;
    }
    clear();
    setBusy(then);
    try {
      const body = toCreate(values);
      const { data: service } = await client.POST("/api/containers/services", {
        params: { header: intents.of(body) },
        body,
      });
      intents.end();
      if (!service) {
        return;
      }
      queryClient.setQueryData(serviceQuery(service.id).queryKey, service);
      const deploymentId = then === "deploy" ? await deployNew(service) : undefined;
      await navigate({
        to: "/services/$serviceId",
        params: { serviceId: service.id },
        search: deploymentId ? { deployment: deploymentId } : {},
      });
    } catch (error) {
      refuse(error, values);
    } finally {
      setBusy(undefined);
    }
  };

  return (
    <>
      <PageHeader title="New service" meta="Only a name and a repository are needed." />
      <form
        onSubmit={form.onSubmit((values) => create(values, "deploy"), invalid)}
        noValidate
        aria-label="New service"
      >
        <div className={classes.columns}>
          <ServiceFields form={form} slug="open" />
          <Recognised />
        </div>
        {problem && <div className={classes.problem}>{problem}</div>}
        <div className={classes.bar}>
          <Button component={Link} to="/services" variant="subtle" color="gray">
            Cancel
          </Button>
          <ActionButton
            variant="default"
            loading={busy === "create"}
            disabledReason={refused}
            onClick={() => form.onSubmit((values) => create(values, "create"), invalid)()}
          >
            Create only
          </ActionButton>
          <ActionButton type="submit" loading={busy === "deploy"} disabledReason={refused}>
            Create and deploy
          </ActionButton>
        </div>
      </form>
    </>
  );
}

/** The deployment of one that was just created; a refusal waits on whatever page comes next until it is closed. */
async function deployNew(service: Service) {
  try {
    const { data } = await client.POST("/api/containers/services/{serviceId}/deploy", {
      params: { path: { serviceId: service.id }, header: newIntent() },
      body: {},
    });
    return data?.deploymentId;
  } catch (error) {
    notifications.show({
      color: "red",
      autoClose: false,
      closeButtonProps: { "aria-label": "Close" },
      title: `${service.name} is created, but not deployed`,
      message: (
        <>
          {sentenceOf(error)}
          <Shortages error={error} />
        </>
      ),
    });
    return undefined;
  }
}

/** What a repository must hold, beside the form that asks for it. */
function Recognised() {
  return (
    <aside className={classes.aside} aria-label="What Berth recognises">
      <h2>What Berth recognises</h2>
      <dl>
        <dt className="mono">package-lock.json</dt>
        <dd>A Node.js app with dependencies. A build script runs if there is one.</dd>
        <dt className="mono">server.js</dt>
        <dd>A Node.js app without dependencies.</dd>
        <dt className="mono">index.html</dt>
        <dd>
          A static site, at the top or in <span className="mono">public</span>.
        </dd>
      </dl>
      <p>
        The app listens on the port in <span className="mono">PORT</span> and gets the traffic as soon as its
        health path answers.
      </p>
    </aside>
  );
}
