import { Select, TreeSelect } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { Invited } from "../../../api/contract";
import { ApiProblem } from "../../../api/problem";
import { post } from "../../../api/request";
import { treeOf, useDepartments, useRoles } from "../../../core/people/directories";
import { cache } from "../../../core/session/cache";
import { may, useMe } from "../../../core/session/session";
import { choiceIcons, clearable } from "../../../ui/antd";
import { Button } from "../../../ui/button";
import { Dialog } from "../../../ui/dialog";
import { Field, TextAreaField } from "../../../ui/field";
import { Form } from "../../../ui/form";
import { say } from "../../../ui/toast";
import { useSaving } from "../saving";
import { brokenIn, emailsIn, refusedOf, withoutUnfinished } from "./emails";
import "./words";

const LINK_DAYS = 7;
const AT_ONCE = 50;

interface Outcome {
  invited: Invited[];
  refused: string[];
}

/** The server takes fifty addresses at a time; a pasted column may hold more. */
async function inviteAll(emails: string[], how: object): Promise<Outcome> {
  const outcome: Outcome = { invited: [], refused: [] };
  for (let from = 0; from < emails.length; from += AT_ONCE) {
    const some = emails.slice(from, from + AT_ONCE);
    const wrong = await invite(some, how, outcome);
    const right = some.filter((email) => !wrong.includes(email));
    outcome.refused.push(...wrong);
    // One wrong address must not hold back the others.
    if (wrong.length > 0 && right.length > 0) await invite(right, how, outcome);
  }
  return outcome;
}

/** Those of the addresses that the server does not take; any other refusal is thrown. */
async function invite(emails: string[], how: object, outcome: Outcome): Promise<string[]> {
  try {
    const answer = await post<{ results: Invited[] }>("invitations/", { emails, ...how });
    outcome.invited.push(...answer.results);
    return [];
  } catch (error) {
    const wrong = error instanceof ApiProblem ? refusedOf(error.fields, emails) : [];
    if (wrong.length === 0) throw error;
    return wrong;
  }
}

/** Twenty people in a minute: paste a column of addresses, or one link for a chat. */
export function InviteDialog({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation("staff");
  const me = useMe();
  const [text, setText] = useState("");
  const [unsent, setUnsent] = useState<string[]>([]);
  const [typing, setTyping] = useState(false);
  const [role, setRole] = useState("employee");
  const [department, setDepartment] = useState<number>();
  const roles = useRoles(may(me, "access.roles")).data ?? [];
  const departments = useDepartments().data ?? [];
  const { busy, errors, run } = useSaving();
  const emails = emailsIn(text);
  const broken = brokenIn(text);
  const seen = typing ? brokenIn(withoutUnfinished(text)) : broken;

  const send = () =>
    run(async () => {
      const outcome = await inviteAll(emails, { role, department: department ?? null });
      const { invited } = outcome;
      const here = invited.filter((one) => one.outcome === "member").length;
      const sent = t("inviteSent", { count: invited.length - here });
      if (invited.length > 0) {
        say(here > 0 ? `${sent} ${t("inviteMembers", { count: here })}` : sent, { icon: "mail" });
      }
      await cache.invalidateQueries({ queryKey: ["invitations"] });
      const left = [...outcome.refused, ...broken];
      if (left.length === 0) return onClose();
      setText(left.join("\n"));
      setUnsent(left);
    });
  const error =
    unsent.length > 0
      ? t("inviteBroken", { emails: unsent.join(", ") })
      : seen.length > 0
        ? t("inviteBrokenYet", { emails: seen.join(", ") })
        : errors.emails;

  return (
    <Dialog title={t("inviteTitle")} width={560} onClose={onClose}>
      <Form
        className="stack"
        onSubmit={(event) => {
          event.preventDefault();
          void send();
        }}
      >
        <TextAreaField
          label={t("inviteEmails")}
          hint={
            emails.length > 0 ? t("inviteFound", { count: emails.length }) : t("inviteEmailsHint")
          }
          error={error}
          rows={4}
          value={text}
          onChange={(event) => {
            setText(event.target.value);
            setTyping((event.nativeEvent as InputEvent).inputType === "insertText");
            setUnsent([]);
          }}
          onBlur={() => setTyping(false)}
          data-autofocus
          data-testid="invite-emails"
        />
        <div className="two">
          {roles.length > 0 && (
            <Field label={t("inviteRole")} error={errors.role}>
              {({ id }) => (
                <Select
                  {...choiceIcons}
                  id={id}
                  style={{ width: "100%" }}
                  value={role}
                  onChange={setRole}
                  options={roles.map((one) => ({ value: one.code, label: one.title }))}
                />
              )}
            </Field>
          )}
          {departments.length > 0 && (
            <Field label={t("inviteDepartment")} error={errors.department}>
              {({ id }) => (
                <TreeSelect
                  {...choiceIcons}
                  id={id}
                  style={{ width: "100%" }}
                  allowClear={clearable}
                  treeDefaultExpandAll
                  value={department}
                  onChange={setDepartment}
                  treeData={treeOf(departments)}
                />
              )}
            </Field>
          )}
        </div>
        <div>
          <Button
            look="primary"
            type="submit"
            busy={busy}
            disabled={emails.length === 0}
            data-testid="invite-submit"
          >
            {t("inviteSend")}
          </Button>
        </div>
        <LinkLine role={role} />
      </Form>
    </Dialog>
  );
}

function LinkLine({ role }: { role: string }) {
  const { t } = useTranslation("staff");
  const [url, setUrl] = useState<string | null>(null);
  const { busy, run } = useSaving();
  const make = () =>
    run(async () => {
      const body = { role, expires_days: LINK_DAYS };
      setUrl((await post<{ url: string }>("invitations/link/", body)).url);
      await cache.invalidateQueries({ queryKey: ["invitations"] });
    });
  const copy = async () => {
    await navigator.clipboard.writeText(url ?? "");
    say(t("linkCopied"), { icon: "link" });
  };
  return (
    <div className="set-sec" style={{ paddingBottom: 0 }}>
      <h3>{t("linkTitle")}</h3>
      <p className="hint" style={{ marginBottom: 8 }}>
        {t("linkText")}
      </p>
      {url ? (
        <div className="row">
          <input
            className="inp"
            readOnly
            value={url}
            aria-label={t("linkTitle")}
            data-testid="invite-url"
          />
          <Button icon="copy" onClick={() => void copy()}>
            {t("linkCopy")}
          </Button>
        </div>
      ) : (
        <Button icon="link" busy={busy} onClick={() => void make()} data-testid="invite-link">
          {t("linkMake")}
        </Button>
      )}
    </div>
  );
}
