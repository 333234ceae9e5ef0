import { useSuspenseQuery } from "@tanstack/react-query";
import { refusal } from "../access/permission";
import { useSwitchOrganization } from "../access/use-organization";
import { meQuery } from "../api/queries";
import { createOrganization } from "../forms/organization-create";
import { ActionButton } from "../ui/action-button";
import { Mark } from "../ui/logo";
import classes from "./message-page.module.css";

/** For who left the last organisation, or saw it deleted. */
export function NoOrganizationPage() {
  const { data: me } = useSuspenseQuery(meQuery());
  const goTo = useSwitchOrganization();
  return (
    <div className={classes.page}>
      <Mark size={40} />
      <h1>You belong to no organisation</h1>
      <p>Services live in organisations. Make one, or ask somebody for an invitation.</p>
      <ActionButton disabledReason={refusal(me, "inPerson")} onClick={() => createOrganization(goTo)}>
        New organisation
      </ActionButton>
    </div>
  );
}
