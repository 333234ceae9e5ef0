import { Button } from "@mantine/core";
import { schemaResolver, useForm } from "@mantine/form";
import { useQueryClient } from "@tanstack/react-query";
import { type ReactNode, useState } from "react";
import { useRefusal } from "../access/use-refusal";
import { client } from "../api/client";
import { isStale } from "../api/problem";
import { serviceQuery } from "../api/queries";
import type { Service } from "../api/types";
import { ActionButton } from "../ui/action-button";
import { Notice } from "../ui/notice";
import { RefusalNotice } from "../ui/refusal-notice";
import { ServiceFields } from "./service-fields";
import classes from "./service-fields.module.css";
import { fieldErrors } from "./service-refusals";
import {
  changedFields,
  emptied,
  type ServiceValues,
  serviceSchema,
  toPatch,
  valuesOf,
} from "./service-values";

interface Props {
  service: Service;
  /** Offered once the changes are saved, since only a deploy brings them into effect. */
  onDeploy: () => void;
}

export function ServiceSettings({ service, onDeploy }: Props) {
  const queryClient = useQueryClient();
  const [problem, setProblem] = useState<ReactNode>();
  const [busy, setBusy] = useState(false);
  const [saved, setSaved] = useState(false);
  const [stale, setStale] = useState(false);
  // The version that the form was filled from. A poll brings newer ones, which must not be overwritten unseen.
  const [version, setVersion] = useState(service.version);
  const refused = useRefusal("deploy", service.id);
  const form = useForm<ServiceValues>({
    initialValues: valuesOf(service),
    validate: schemaResolver(serviceSchema, { sync: true }),
    onValuesChange: () => setSaved(false),
  });

  const take = (newest: Service) => {
    const kept = valuesOf(newest);
    form.setInitialValues(kept);
    form.setValues(kept);
    form.resetDirty(kept);
    form.clearErrors();
    setVersion(newest.version);
    setStale(false);
  };

  const readAgain = async () => {
    setProblem(undefined);
    take(await queryClient.fetchQuery({ ...serviceQuery(service.id), staleTime: 0 }));
  };

  const save = async (values: ServiceValues) => {
    setProblem(undefined);
    const missing = emptied(values, form.getInitialValues());
    if (Object.keys(missing).length > 0) {
      form.setErrors(missing);
      return;
    }
    setBusy(true);
    try {
      const { data } = await client.PATCH("/api/containers/services/{serviceId}", {
        params: { path: { serviceId: service.id }, header: { "If-Match": `"${version}"` } },
        body: toPatch(values, form.getInitialValues()),
      });
      if (data) {
        queryClient.setQueryData(serviceQuery(service.id).queryKey, data);
        take(data);
      }
      setSaved(true);
    } catch (error) {
      if (isStale(error)) {
        setStale(true);
        return;
      }
      const fields = fieldErrors(error, values);
      form.setErrors(fields);
      setProblem(
        Object.keys(fields).length > 0 ? (
          <Notice tone="bad" title="Berth refused some fields. They are marked above." />
        ) : (
          <RefusalNotice error={error} />
        ),
      );
    } finally {
      setBusy(false);
    }
  };

  const changed = changedFields(form.values, form.getInitialValues()).length > 0;
  return (
    <form onSubmit={form.onSubmit(save)} noValidate aria-label="Settings">
      <ServiceFields form={form} slug="fixed" service={service} />
      {problem && <div className={classes.problem}>{problem}</div>}
      {stale && (
        <div className={classes.problem}>
          <Notice tone="bad" title="Somebody else changed this service meanwhile">
            <p>Nothing was saved. Read what is there now, and change it again.</p>
            <Button mt={6} size="compact-sm" variant="default" onClick={readAgain}>
              Read again
            </Button>
          </Notice>
        </div>
      )}
      {saved && (
        <div className={classes.problem}>
          <Notice tone="info" title="Saved">
            <p>The next deploy brings the changes into effect.</p>
            <Button mt={6} size="compact-sm" variant="default" onClick={onDeploy}>
              Deploy
            </Button>
          </Notice>
        </div>
      )}
      <div className={classes.bar}>
        <Button variant="subtle" color="gray" onClick={() => form.reset()} disabled={!changed}>
          Undo changes
        </Button>
        <ActionButton
          type="submit"
          loading={busy}
          disabledReason={refused ?? (changed ? undefined : "Nothing is changed.")}
        >
          Save
        </ActionButton>
      </div>
    </form>
  );
}
