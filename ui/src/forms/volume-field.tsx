import { NumberInput } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useOrganization } from "../access/use-organization";
import { quotaQuery } from "../api/access-queries";
import type { Quota, Service } from "../api/types";
import type { ServiceForm } from "./service-fields";
import { titles } from "./service-titles";
import { volumeRefusals } from "./service-values";

const held = {
  off: "",
  quota: "The host's engine holds it to this size, which cannot be changed once the volume is made.",
  unlimited: "Nothing holds the app to this size; it counts in the organisation's storage.",
};

interface Props {
  form: ServiceForm;
  /** Of the one that is changed; a new one has none. */
  service?: Service | undefined;
}

/** A folder that stays, for a service that takes turns and has one replica. */
export function VolumeField({ form, service }: Props) {
  const { id } = useOrganization();
  const { data: quota } = useQuery(quotaQuery(id));
  const { value } = form.getInputProps("volumeMb");
  const refusal = volumeRefusal(quota?.volumes, service, form.values);
  return (
    <NumberInput
      label={titles.volumeMb}
      description={
        refusal ??
        `The folder /data, on one host, until the service is deleted. Empty is none. ${held[quota?.volumes ?? "off"]}`.trim()
      }
      placeholder="None"
      suffix=" MiB"
      min={64}
      max={1_048_576}
      step={256}
      clampBehavior="none"
      allowDecimal={false}
      // What was typed before it became wrong can be taken back.
      disabled={refusal !== undefined && (value === "" || value === service?.volumeMb)}
      {...form.getInputProps("volumeMb")}
    />
  );
}

/** Why a volume cannot be asked for or changed now, as a sentence; undefined where it can. */
export function volumeRefusal(
  volumes: Quota["volumes"] | undefined,
  service: Pick<Service, "volumeMb" | "volumeHost"> | undefined,
  values: ServiceForm["values"],
): string | undefined {
  if (volumes === "off") {
    return service?.volumeMb
      ? "What is there stays. The platform's operator offers no volumes any more."
      : "The platform's operator offers no volumes.";
  }
  if (volumes === "quota" && service?.volumeHost) {
    return "The host's engine holds it to the size that it was made with.";
  }
  const refusals = Object.values(volumeRefusals(values));
  return refusals.length > 0 && values.volumeMb === "" ? `${refusals.join(". ")}.` : undefined;
}
