import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { Announcement, ConsolePlans } from "../../api/console";
import { del, post } from "../../api/request";
import { Button } from "../../ui/button";
import { Dialog } from "../../ui/dialog";
import { TextAreaField, TextField } from "../../ui/field";
import { Form } from "../../ui/form";
import { momentText } from "../../ui/format";
import { Segmented, Status, Tick } from "../../ui/marks";
import { say } from "../../ui/toast";
import { useSaving } from "../settings/saving";
import { refresh, useAnswer, usePages } from "./data";
import { Listed } from "./Listed";
import { may, useOperator } from "./session";
import "./console.css";
import "./words";

/** What companies are told over every page. */
export function Screen() {
  const { t } = useTranslation("console");
  const me = useOperator();
  const [making, setMaking] = useState(false);
  const pages = usePages<Announcement>("announcements/");
  const plans = usePlanTitles();
  const mayAct = may(me, "console.act");
  return (
    <>
      <div className="con-head">
        <h1 className="con-h">{t("announcements")}</h1>
        {mayAct && (
          <Button icon="plus" look="primary" onClick={() => setMaking(true)} data-testid="announce">
            {t("announceNew")}
          </Button>
        )}
      </div>
      <Listed
        pages={pages}
        icon="message-square"
        none={t("announceNone")}
        noneText={t("announceNoneText")}
      >
        {(rows) => (
          <table className="con-tbl">
            <thead>
              <tr>
                <th>{t("announceText")}</th>
                <th>{t("forPlans")}</th>
                <th>{t("begins")}</th>
                <th>{t("ends")}</th>
                <th>{t("status")}</th>
                <th />
              </tr>
            </thead>
            <tbody>
              {rows.map((row) => (
                <Row key={row.id} row={row} plans={plans} mayAct={mayAct} />
              ))}
            </tbody>
          </table>
        )}
      </Listed>
      {making && <Making onClose={() => setMaking(false)} />}
    </>
  );
}

/** Code of a plan → what it is called. */
function usePlanTitles(): Map<string, string> {
  const versions = useAnswer<ConsolePlans>("plans/").data?.results ?? [];
  return new Map(versions.map(({ code, title }) => [code, title]));
}

type Standing = "withdrawn" | "over" | "later" | "now";

function standingOf(row: Announcement, now = new Date()): Standing {
  if (row.withdrawn_at) return "withdrawn";
  if (new Date(row.ends_at) <= now) return "over";
  return new Date(row.begins_at) > now ? "later" : "now";
}

interface RowProps {
  row: Announcement;
  plans: Map<string, string>;
  mayAct: boolean;
}

function Row({ row, plans, mayAct }: RowProps) {
  const { t } = useTranslation("console");
  const { busy, run } = useSaving();
  const standing = standingOf(row);
  const withdraw = () => run(() => del(`announcements/${row.id}/`)).finally(refresh);
  return (
    <tr data-testid="announcement-row">
      <td>{row.text}</td>
      <td data-label={t("forPlans")}>
        {row.plans.map((code) => plans.get(code) ?? code).join(", ") || t("forAll")}
      </td>
      <td data-label={t("begins")} className="num">
        {momentText(row.begins_at)}
      </td>
      <td data-label={t("ends")} className="num">
        {momentText(row.ends_at)}
      </td>
      <td data-label={t("status")}>
        <Status tone={standing === "now" ? "green" : "neutral"}>{t(standing)}</Status>
      </td>
      <td className="end">
        {mayAct && (standing === "now" || standing === "later") && (
          <Button size="sm" busy={busy} onClick={() => void withdraw()} data-testid="withdraw">
            {t("withdraw")}
          </Button>
        )}
      </td>
    </tr>
  );
}

/** «2026-11-23T18:00» of the reader's own clock, as a field of the browser takes it. */
function local(date: Date): string {
  const shifted = new Date(date.getTime() - date.getTimezoneOffset() * 60_000);
  return shifted.toISOString().slice(0, 16);
}

const DAY_MS = 86_400_000;

function Making({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation("console");
  const [text, setText] = useState("");
  const [tone, setTone] = useState<Announcement["tone"]>("note");
  const [begins, setBegins] = useState(local(new Date()));
  const [ends, setEnds] = useState(local(new Date(Date.now() + DAY_MS)));
  const [plans, setPlans] = useState<string[]>([]);
  const { busy, errors, run } = useSaving();
  const moment = (value: string) => new Date(value).toISOString();
  const submit = async () => {
    const body = { text, tone, begins_at: moment(begins), ends_at: moment(ends), plans };
    if (!(await run(() => post("announcements/", body)))) return;
    say(t("done"));
    onClose();
    await refresh();
  };
  return (
    <Dialog
      title={t("announceNew")}
      onClose={onClose}
      footer={
        <>
          <Button onClick={onClose}>{t("cancel")}</Button>
          <Button
            look="primary"
            type="submit"
            form="announce"
            busy={busy}
            data-testid="announce-do"
          >
            {t("announce")}
          </Button>
        </>
      }
    >
      <Form id="announce" className="stack" onSubmit={() => void submit()}>
        <TextAreaField
          label={t("announceText")}
          required
          rows={3}
          maxLength={500}
          value={text}
          onChange={(event) => setText(event.target.value)}
          error={errors.text}
          data-testid="announce-text"
        />
        <Segmented
          label={t("tone")}
          value={tone}
          options={[
            { value: "note", title: t("toneNote") },
            { value: "warning", title: t("toneWarning") },
          ]}
          onChange={setTone}
        />
        <div className="con-pair">
          <TextField
            label={t("begins")}
            type="datetime-local"
            required
            value={begins}
            onChange={(event) => setBegins(event.target.value)}
            error={errors.begins_at}
          />
          <TextField
            label={t("ends")}
            type="datetime-local"
            required
            value={ends}
            onChange={(event) => setEnds(event.target.value)}
            error={errors.ends_at}
          />
        </div>
        <PlanTicks chosen={plans} onChange={setPlans} />
      </Form>
    </Dialog>
  );
}

function PlanTicks({
  chosen,
  onChange,
}: {
  chosen: string[];
  onChange: (plans: string[]) => void;
}) {
  const { t } = useTranslation("console");
  const plans = usePlanTitles();
  return (
    <fieldset className="con-ticks">
      <legend className="lbl">
        {t("forPlans")} {chosen.length === 0 && `(${t("forAll")})`}
      </legend>
      {[...plans].map(([code, title]) => (
        <span key={code} className="con-tick">
          <Tick
            label={title}
            checked={chosen.includes(code)}
            onChange={({ target }) =>
              onChange(target.checked ? [...chosen, code] : chosen.filter((one) => one !== code))
            }
          />
          {title}
        </span>
      ))}
    </fieldset>
  );
}
