import { NumberInput, Radio, Stack, Textarea, TextInput } from "@mantine/core";
import type { UseFormReturnType } from "@mantine/form";
import type { Service } from "../api/types";
import { Panel } from "../ui/panel";
import { EnvFields } from "./env-fields";
import { GateFields } from "./gate-fields";
import classes from "./service-fields.module.css";
import { titles } from "./service-titles";
import { fitsLines, type ServiceValues } from "./service-values";
import { TrafficFields } from "./traffic-fields";

export type ServiceForm = UseFormReturnType<ServiceValues>;

interface Props {
  form: ServiceForm;
  /** A slug is chosen once: hosts and links know the service by it. */
  slug: "open" | "fixed";
  /** The one that is changed; a new one is not there yet. */
  service?: Service | undefined;
}

const slugOf = (name: string) =>
  name
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "-")
    .replace(/^-+|-+$/g, "");

/** Everything that can be set about a service, in panels. */
export function ServiceFields({ form, slug, service }: Props) {
  return (
    <div className={classes.panels}>
      <Panel title="Source">
        <div className={classes.grid}>
          <TextInput
            label={titles.name}
            description="What people call it."
            placeholder="Shop frontend"
            withAsterisk
            maxLength={100}
            {...form.getInputProps("name")}
          />
          <TextInput
            label={titles.slug}
            description={
              slug === "open"
                ? "The first part of its address. It stays."
                : "Chosen when the service was made."
            }
            placeholder={slugOf(form.values.name) || "shop-frontend"}
            readOnly={slug === "fixed"}
            variant={slug === "fixed" ? "filled" : "default"}
            spellCheck={false}
            {...form.getInputProps("slug")}
          />
          <TextInput
            className={classes.wide}
            label={titles.gitUrl}
            description="An http or https address without credentials."
            placeholder="https://github.com/you/app"
            type="url"
            withAsterisk
            spellCheck={false}
            {...form.getInputProps("gitUrl")}
          />
          <TextInput
            label={titles.gitBranch}
            withAsterisk
            spellCheck={false}
            {...form.getInputProps("gitBranch")}
          />
        </div>
      </Panel>
      <Panel title="Runtime">
        <div className={classes.grid}>
          <NumberInput
            label={titles.port}
            description="Your app reads it from PORT."
            min={1}
            max={65_535}
            clampBehavior="none"
            allowDecimal={false}
            hideControls
            {...form.getInputProps("port")}
          />
          <TextInput
            label={titles.healthPath}
            description="Healthy means that it answers 2xx or 3xx."
            spellCheck={false}
            {...form.getInputProps("healthPath")}
          />
          <NumberInput
            label={titles.replicas}
            min={1}
            max={100}
            clampBehavior="none"
            allowDecimal={false}
            {...form.getInputProps("replicas")}
          />
          <NumberInput
            label={titles.cpuLimit}
            suffix=" CPU"
            min={0.01}
            max={64}
            step={0.25}
            clampBehavior="none"
            {...form.getInputProps("cpuLimit")}
          />
          <NumberInput
            label={titles.memoryLimitMb}
            suffix=" MiB"
            min={16}
            step={64}
            clampBehavior="none"
            allowDecimal={false}
            {...form.getInputProps("memoryLimitMb")}
          />
        </div>
      </Panel>
      <Panel title="Deployments">
        <div className={classes.grid}>
          <NumberInput
            label={titles.soakSeconds}
            description="Trouble in these seconds rolls it back. 0 watches nothing."
            placeholder="The platform's default"
            suffix=" s"
            min={0}
            max={3_600}
            clampBehavior="none"
            allowDecimal={false}
            {...form.getInputProps("soakSeconds")}
          />
          <NumberInput
            label={titles.healthDeadlineSeconds}
            description="The seconds that it may take to get healthy."
            placeholder="The platform's default"
            suffix=" s"
            min={5}
            max={3_600}
            clampBehavior="none"
            allowDecimal={false}
            {...form.getInputProps("healthDeadlineSeconds")}
          />
          <Radio.Group className={classes.wide} label={titles.onNewer} {...form.getInputProps("onNewer")}>
            <Stack gap={8} mt={6}>
              <Radio value="finish" label="Comes to its end first" />
              <Radio
                value="cancel"
                label={
                  form.values.strategy === "recreate"
                    ? "Is cancelled; what served is started again where it has ended"
                    : "Is cancelled; what serves goes on serving"
                }
              />
            </Stack>
          </Radio.Group>
          <ReleaseCommandField form={form} words={service?.releaseCommand ?? []} />
          <NumberInput
            label={titles.releaseDeadlineSeconds}
            description="The seconds that the release command may take."
            placeholder="600"
            suffix=" s"
            min={5}
            max={1_800}
            clampBehavior="none"
            allowDecimal={false}
            {...form.getInputProps("releaseDeadlineSeconds")}
          />
        </div>
      </Panel>
      <GateFields form={form} serviceId={service?.id} />
      <TrafficFields form={form} service={service} />
      <EnvFields form={form} />
    </div>
  );
}

const withWords = "Runs once with each new version before it is started, such as migrations.";

/** A word a line; words that lines would change are only shown, each in quotes. */
function ReleaseCommandField({ form, words }: { form: ServiceForm; words: string[] }) {
  const shared = { className: classes.wide, label: titles.releaseCommand, spellCheck: false };
  const size = { autosize: true, minRows: 2, maxRows: 8 };
  // What somebody typed stays theirs to see, whatever another has set meanwhile.
  const typed = form.values.releaseCommand !== form.getInitialValues().releaseCommand;
  return typed || fitsLines(words) ? (
    <Textarea
      {...shared}
      {...size}
      description={`${withWords} A word a line: the program, then its arguments; no shell reads them.`}
      placeholder={"node\nmigrate.js"}
      {...form.getInputProps("releaseCommand")}
    />
  ) : (
    <Textarea
      {...shared}
      {...size}
      description={`${withWords} A word of it is empty or has a line break, which this field cannot hold: change it through the API.`}
      variant="filled"
      readOnly
      value={words.map((word) => JSON.stringify(word)).join("\n")}
      error={form.errors.releaseCommand}
    />
  );
}
