import { Button, TextInput } from "@mantine/core";
import { useForm } from "@mantine/form";
import { notifications } from "@mantine/notifications";
import { useQueryClient, useSuspenseQuery } from "@tanstack/react-query";
import { Link, useSearch } from "@tanstack/react-router";
import { useState } from "react";
import { useRefusal } from "../../access/use-refusal";
import { organizationsQuery } from "../../api/access-queries";
import type { TotpSecret } from "../../api/access-types";
import { client } from "../../api/client";
import type { Intent } from "../../api/intent";
import { meQuery } from "../../api/queries";
import { afterRecentSignIn } from "../../forms/sign-in-again";
import { useRequest } from "../../forms/use-request";
import { ActionButton } from "../../ui/action-button";
import classes from "../../ui/form.module.css";
import { Notice } from "../../ui/notice";
import { Panel } from "../../ui/panel";
import { PasswordField } from "../../ui/password-field";
import { QrCode } from "../../ui/qr-code";
import { ShownOnce } from "../../ui/shown-once";
import { StatusBadge } from "../../ui/status-badge";
import own from "./two-step-tab.module.css";

export function TwoStepTab() {
  const { data: me } = useSuspenseQuery(meQuery());
  const { required } = useSearch({ from: "/console/account/two-step" });
  const [codes, setCodes] = useState<string[]>();
  return (
    <Panel
      title="Two-step sign-in"
      aside={
        <StatusBadge
          plain
          tone={me.hasSecondFactor ? "ok" : "idle"}
          word={me.hasSecondFactor ? "On" : "Off"}
        />
      }
    >
      <div className={classes.stack}>
        {required && !me.hasSecondFactor && (
          <Notice tone="warn" title="Everybody here needs two-step sign-in">
            <p>Until yours is on, you see nothing else of Berth. An authenticator app is all it takes.</p>
          </Notice>
        )}
        {codes && <RecoveryCodes codes={codes} />}
        {required && codes && (
          <div className={classes.end}>
            <Button renderRoot={(props) => <Link {...props} to="/services" />}>Go on to your services</Button>
          </div>
        )}
        {me.hasSecondFactor ? <TurnOff onDone={() => setCodes(undefined)} /> : <TurnOn onDone={setCodes} />}
      </div>
    </Panel>
  );
}

function RecoveryCodes({ codes }: { codes: string[] }) {
  return (
    <>
      <Notice tone="info" title="Keep these recovery codes">
        <p>
          Each signs you in once, in place of the app's code, when your device is lost. They are shown only
          now.
        </p>
      </Notice>
      <ShownOnce label="recovery codes" value={codes.join("\n")} />
    </>
  );
}

function TurnOn({ onDone }: { onDone: (codes: string[]) => void }) {
  const [secret, setSecret] = useState<TotpSecret>();
  return secret ? (
    <Confirm secret={secret} onDone={onDone} />
  ) : (
    <PasswordAsked
      label="Turn on"
      lead="Sign-in then asks for a code of your authenticator app beside the password. A stolen password alone is not enough."
      send={async (password, header) => {
        const { data } = await client.POST("/api/me/totp", { params: { header }, body: password });
        setSecret(data);
      }}
    />
  );
}

function Confirm({ secret, onDone }: { secret: TotpSecret; onDone: (codes: string[]) => void }) {
  const queryClient = useQueryClient();
  const form = useForm({
    initialValues: { code: "" },
    validate: { code: (value) => (/^\d{6}$/.test(value.replaceAll(" ", "")) ? null : "Six digits") },
  });
  const { busy, problem, send } = useRequest(form);
  const submit = ({ code }: { code: string }) =>
    send(async (header) => {
      const { data } = await client.POST("/api/me/totp/confirm", {
        params: { header },
        body: { code: code.replaceAll(" ", "") },
      });
      onDone(data?.recoveryCodes ?? []);
      await queryClient.invalidateQueries({ queryKey: meQuery().queryKey });
      // Where everybody needs a second factor, these were refused until now.
      await queryClient.invalidateQueries({ queryKey: organizationsQuery().queryKey });
    });
  return (
    <form className={own.setup} noValidate aria-label="Two-step sign-in" onSubmit={form.onSubmit(submit)}>
      <QrCode text={secret.uri} label="The secret as a QR code" />
      <div className={classes.stack}>
        <p className={classes.lead}>
          Scan the picture with an authenticator app, or type this secret into it. Then enter the code that it
          shows.
        </p>
        <ShownOnce label="secret" value={secret.secret.replace(/(.{4})(?=.)/g, "$1 ")} />
        <TextInput
          label="Code"
          className={own.code}
          inputMode="numeric"
          autoComplete="one-time-code"
          {...form.getInputProps("code")}
        />
        {problem && <Notice tone="bad" title={problem} />}
        <div className={classes.end}>
          <ActionButton type="submit" loading={busy}>
            Confirm
          </ActionButton>
        </div>
      </div>
    </form>
  );
}

function TurnOff({ onDone }: { onDone: () => void }) {
  const queryClient = useQueryClient();
  return (
    <PasswordAsked
      label="Turn off"
      danger
      lead="Turning it off makes your recovery codes worthless too."
      send={async (password, header) => {
        await client.POST("/api/me/totp/remove", { params: { header }, body: password });
        onDone();
        notifications.show({ message: "Two-step sign-in is off" });
        await queryClient.invalidateQueries({ queryKey: meQuery().queryKey });
      }}
    />
  );
}

interface AskedProps {
  label: string;
  lead: string;
  danger?: boolean;
  send: (password: { password?: string }, header: Intent) => Promise<unknown>;
}

/** Asks for the password once more, of whoever has one: a session that was left open is not enough. */
function PasswordAsked({ label, lead, danger = false, send: request }: AskedProps) {
  const { data: me } = useSuspenseQuery(meQuery());
  const refused = useRefusal("inPerson");
  const form = useForm({
    initialValues: { password: "" },
    validate: { password: (value) => (value || !me.hasPassword ? null : "Enter your password") },
  });
  const { busy, problem, send } = useRequest(form);
  const submit = ({ password }: { password: string }) =>
    send((header) => afterRecentSignIn(() => request(me.hasPassword ? { password } : {}, header)));
  return (
    <form className={classes.fields} noValidate aria-label={label} onSubmit={form.onSubmit(submit)}>
      <p className={classes.lead}>{lead}</p>
      {me.hasPassword && (
        <PasswordField label="Password" autoComplete="current-password" {...form.getInputProps("password")} />
      )}
      {problem && <Notice tone="bad" title={problem} />}
      <div className={classes.end}>
        <ActionButton
          type="submit"
          loading={busy}
          disabledReason={refused}
          {...(danger ? { variant: "outline", color: "red" } : {})}
        >
          {label}
        </ActionButton>
      </div>
    </form>
  );
}
