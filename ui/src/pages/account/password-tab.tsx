import { useForm } from "@mantine/form";
import { notifications } from "@mantine/notifications";
import { useQueryClient, useSuspenseQuery } from "@tanstack/react-query";
import { useRefusal } from "../../access/use-refusal";
import { sessionsQuery } from "../../api/access-queries";
import { client } from "../../api/client";
import { meQuery } from "../../api/queries";
import { checkPassword } from "../../forms/password-rules";
import { afterRecentSignIn } from "../../forms/sign-in-again";
import { useRequest } from "../../forms/use-request";
import { ActionButton } from "../../ui/action-button";
import classes from "../../ui/form.module.css";
import { Notice } from "../../ui/notice";
import { Panel } from "../../ui/panel";
import { PasswordField } from "../../ui/password-field";

interface Values {
  currentPassword: string;
  newPassword: string;
}

export function PasswordTab() {
  const queryClient = useQueryClient();
  const refused = useRefusal("inPerson");
  const { data: me } = useSuspenseQuery(meQuery());
  const form = useForm<Values>({
    initialValues: { currentPassword: "", newPassword: "" },
    validate: {
      currentPassword: (value) => (value || !me.hasPassword ? null : "Enter the password that you have now"),
      newPassword: checkPassword,
    },
  });
  const { busy, problem, send } = useRequest(form);
  const save = ({ currentPassword, newPassword }: Values) =>
    send(async () => {
      await afterRecentSignIn(() =>
        client.PUT("/api/me/password", {
          body: { newPassword, ...(me.hasPassword ? { currentPassword } : {}) },
        }),
      );
      form.reset();
      notifications.show({ message: "Password changed. All other sessions ended." });
      await queryClient.invalidateQueries({ queryKey: sessionsQuery().queryKey });
      // The first password is one that they have from here on.
      await queryClient.invalidateQueries({ queryKey: meQuery().queryKey });
    });
  return (
    <Panel title="Password">
      <form className={classes.fields} noValidate aria-label="Password" onSubmit={form.onSubmit(save)}>
        <p className={classes.lead}>A new password ends all your other sessions.</p>
        {me.hasPassword && (
          <PasswordField
            label="Current password"
            autoComplete="current-password"
            what="current password"
            {...form.getInputProps("currentPassword")}
          />
        )}
        <PasswordField
          label="New password"
          description="At least 12 characters."
          autoComplete="new-password"
          what="new password"
          {...form.getInputProps("newPassword")}
        />
        {problem && <Notice tone="bad" title={problem} />}
        <div className={classes.end}>
          <ActionButton type="submit" loading={busy} disabledReason={refused}>
            Change password
          </ActionButton>
        </div>
      </form>
    </Panel>
  );
}
