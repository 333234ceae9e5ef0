import { NumberInput, Radio, Stack } from "@mantine/core";
import type { Service } from "../api/types";
import { Panel } from "../ui/panel";
import type { ServiceForm } from "./service-fields";
import classes from "./service-fields.module.css";
import { titles } from "./service-titles";
import { VolumeField } from "./volume-field";

interface Props {
  form: ServiceForm;
  /** The one that is changed; a new one is not there yet. */
  service?: Service | undefined;
}

/** How the traffic comes to a new version, and what it shares with the one before; a canary's numbers where there is to be one. */
export function TrafficFields({ form, service }: Props) {
  return (
    <Panel title="Traffic">
      <div className={classes.grid}>
        <Radio.Group className={classes.wide} label={titles.strategy} {...form.getInputProps("strategy")}>
          <Stack gap={8} mt={6}>
            <Radio value="blue_green" label="All at once, when it is healthy" />
            <Radio value="canary" label="A part first (canary); then it is promoted or aborted" />
            <Radio
              value="recreate"
              label="Once what serves has ended (recreate); two versions never run at once"
              description="For an app that must not run twice. With each deploy, restart and roll-back visitors are not served for some seconds: they get a 503 page."
            />
          </Stack>
        </Radio.Group>
        {form.values.strategy === "canary" && (
          <>
            <NumberInput
              label={titles.canaryWeight}
              description="Of all requests."
              suffix=" %"
              min={1}
              max={99}
              clampBehavior="none"
              allowDecimal={false}
              {...form.getInputProps("canaryWeight")}
            />
            <NumberInput
              label={titles.canaryHoldSeconds}
              description="0 waits for a person, for a day at most."
              suffix=" s"
              min={0}
              max={86_400}
              clampBehavior="none"
              allowDecimal={false}
              {...form.getInputProps("canaryHoldSeconds")}
            />
            <NumberInput
              label={titles.canaryMaxErrorPercent}
              description="More 5xx than that abort it, from 20 requests on. 100 never does."
              suffix=" %"
              min={1}
              max={100}
              clampBehavior="none"
              allowDecimal={false}
              {...form.getInputProps("canaryMaxErrorPercent")}
            />
          </>
        )}
        <VolumeField form={form} service={service} />
      </div>
    </Panel>
  );
}
