import { Button } from "@mantine/core";
import { IconPlus } from "@tabler/icons-react";
import { Link } from "@tanstack/react-router";
import { useRefusal } from "../access/use-refusal";
import { ActionButton } from "../ui/action-button";

/** Leads to the form, or says why there is no point in filling it in. */
export function NewServiceLink() {
  const refused = useRefusal("deploy");
  return refused ? (
    <ActionButton leftSection={<IconPlus size={16} />} disabledReason={refused}>
      New service
    </ActionButton>
  ) : (
    <Button component={Link} to="/services/new" leftSection={<IconPlus size={16} />}>
      New service
    </Button>
  );
}
