import { Button } from "@mantine/core";
import { schemaResolver, useForm } from "@mantine/form";
import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useRefusal } from "../access/use-refusal";
import { client } from "../api/client";
import { isStale } from "../api/problem";
import { serviceQuery } from "../api/queries";
import type { Service } from "../api/types";
import { ActionButton } from "../ui/action-button";
import { Notice } from "../ui/notice";
import { ServiceFields } from "./service-fields";
import classes from "./service-fields.module.css";
import {
  changedFields,
  emptied,
  type ServiceValues,
  serviceSchema,
  toPatch,
  valuesOf,
} from "./service-values";
import { useFormProblem } from "./use-form-problem";

interface Props {
  service: Service;
  /** Offered once the changes are saved, since only a deploy brings them into effect. */
  onDeploy: () => void;
}

export function ServiceSettings({ service, onDeploy }: Props) {
  const queryClient = useQueryClient();
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
  const { problem, clear, invalid, refuse } = useFormProblem(form);
  const changed = changedFields(form.values, form.getInitialValues()).length > 0;

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
    clear();
    take(await queryClient.fetchQuery({ ...serviceQuery(service.id), staleTime: 0 }));
  };

  const save = async (values: ServiceValues) => {
    // The second Enter waits for what the first began, and where nothing is changed there is nothing to save.
    if (busy || !changed) {
      return;
    }
    clear();
    const missing = emptied(values, form.getInitialValues());
    if (Object.keys(missing).length > 0) {
      invalid(missing);
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
      refuse(error, values);
    } finally {
      setBusy(false);
    }
  };

  return (
    <form onSubmit={form.onSubmit(save, invalid)} noValidate aria-label="Settings">
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
