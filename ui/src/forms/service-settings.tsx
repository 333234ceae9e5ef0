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
import { layOver } from "./lay-over";
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
import { useUnsaved } from "./use-unsaved";

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
  // What both changed, once the newest version was read under what somebody typed.
  const [clashes, setClashes] = useState<string[]>();
  // The version that the form was filled from. A poll brings newer ones, which must not be overwritten unseen.
  const [version, setVersion] = useState(service.version);
  const refused = useRefusal("deploy", service.id);
  const form = useForm<ServiceValues>({
    initialValues: valuesOf(service),
    validate: schemaResolver(serviceSchema, { sync: true }),
    onValuesChange: () => setSaved(false),
  });
  const { problem, clear, invalid, refuse } = useFormProblem(form);
  const isChanged = () => changedFields(form.getValues(), form.getInitialValues()).length > 0;
  useUnsaved(isChanged);

  /** Fills the form from the newest version, and keeps what was typed since `before`. */
  const take = (newest: Service, before: ServiceValues) => {
    const kept = valuesOf(newest);
    const laid = layOver(form.getValues(), before, kept);
    form.setValues(laid.values);
    form.setInitialValues(kept);
    form.resetDirty(kept);
    form.clearErrors();
    setVersion(newest.version);
    setStale(false);
    return laid.clashes;
  };

  const readAgain = async () => {
    clear();
    setBusy(true);
    try {
      const newest = await queryClient.fetchQuery({ ...serviceQuery(service.id), staleTime: 0 });
      setClashes(take(newest, form.getInitialValues()));
    } catch (error) {
      refuse(error, form.getValues());
    } finally {
      setBusy(false);
    }
  };

  const undo = () => {
    clear();
    setClashes(undefined);
    form.reset();
  };

  const save = async (values: ServiceValues) => {
    // The second Enter waits for what the first began, and where nothing is changed there is nothing to save.
    if (busy || !isChanged()) {
      return;
    }
    clear();
    setClashes(undefined);
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
        take(data, values);
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

  const changed = isChanged();
  return (
    <form onSubmit={form.onSubmit(save, invalid)} noValidate aria-label="Settings">
      <ServiceFields form={form} slug="fixed" service={service} />
      {problem && <div className={classes.problem}>{problem}</div>}
      {stale && (
        <div className={classes.problem}>
          <Notice tone="bad" title="Somebody else changed this service meanwhile">
            <p>Nothing was saved. Read what is there now: what you changed stays in the form.</p>
            <Button mt={6} size="compact-sm" variant="default" loading={busy} onClick={readAgain}>
              Read again
            </Button>
          </Notice>
        </div>
      )}
      {clashes && (
        <div className={classes.problem}>
          <Notice
            tone={clashes.length > 0 ? "warn" : "info"}
            title="The newest version is here, with what you changed"
          >
            <p>
              {clashes.length > 0
                ? `Both of you changed: ${clashes.join(", ")}. Yours is in the form, and Save puts it in place of theirs.`
                : "Nothing that you changed was changed by somebody else. Save it now."}
            </p>
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
        <Button variant="subtle" color="gray" onClick={undo} disabled={!changed}>
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
