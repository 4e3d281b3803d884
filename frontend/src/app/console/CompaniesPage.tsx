import { Link, useNavigate, useSearch } from "@tanstack/react-router";
import { useDeferredValue, useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import type { CompanyLine } from "../../api/console";
import { countText, nearText, sizeText } from "../../ui/format";
import { Icon } from "../../ui/icon";
import { Status, Tag, type Tone } from "../../ui/marks";
import { usePages } from "./data";
import { Listed } from "./Listed";
import "./console.css";
import "./words";

export const TONES: Record<CompanyLine["status"], Tone> = {
  provisioning: "neutral",
  active: "green",
  maintenance: "amber",
  suspended: "red",
  deleting: "red",
  gone: "neutral",
};
const STATUSES: [CompanyLine["status"], string][] = [
  ["active", "Работает"],
  ["suspended", "Приостановлена"],
  ["maintenance", "На обслуживании"],
  ["deleting", "Удаляется"],
];
const STAGES: [string, string][] = [
  ["trial", "Пробный период"],
  ["active", "Оплачено"],
  ["past_due", "Ждём оплату"],
  ["read_only", "Только чтение"],
  ["suspended", "Приостановлено"],
  ["deleting", "Ждёт удаления"],
];

/** Every company: found by a word, narrowed by state; what is asked stands in the address. */
export function Screen() {
  const { t } = useTranslation("console");
  const navigate = useNavigate();
  const asked = useSearch({ strict: false }) as Record<string, string | undefined>;
  const [text, setText] = useState(asked.search ?? "");
  const search = useDeferredValue(text.trim());
  const { search: _, ...rest } = asked;
  const pages = usePages<CompanyLine>("companies/", { ...rest, search });
  const narrow = (name: string, value: string) =>
    void navigate({ search: { ...asked, [name]: value || undefined }, replace: true } as never);
  useEffect(() => {
    if ((asked.search ?? "") !== search)
      void navigate({ search: { ...asked, search: search || undefined }, replace: true } as never);
  }, [asked, search, navigate]);

  return (
    <>
      <h1 className="con-h">{t("companies")}</h1>
      <div className="con-filters">
        <label className="inp box">
          <Icon name="search" size={14} />
          <input
            type="search"
            aria-label={t("find")}
            placeholder={t("find")}
            value={text}
            onChange={(event) => setText(event.target.value)}
            data-testid="company-find"
          />
        </label>
        <Choice
          label={t("status")}
          any={t("anyStatus")}
          options={STATUSES}
          value={asked.status ?? ""}
          onChange={(value) => narrow("status", value)}
        />
        <Choice
          label={t("plan")}
          any={t("anyStage")}
          options={STAGES}
          value={asked.stage ?? ""}
          onChange={(value) => narrow("stage", value)}
        />
        <label className="con-tick">
          <input
            type="checkbox"
            className="cb"
            checked={asked.migration_failed === "true"}
            onChange={({ target }) => narrow("migration_failed", target.checked ? "true" : "")}
          />
          {t("onlyFailed")}
        </label>
      </div>
      <Listed
        pages={pages}
        icon="building-2"
        none={t("noCompanies")}
        noneText={t("noCompaniesText")}
      >
        {(rows) => <Table rows={rows} />}
      </Listed>
    </>
  );
}

interface ChoiceProps {
  label: string;
  any: string;
  options: [string, string][];
  value: string;
  onChange: (value: string) => void;
}

function Choice({ label, any, options, value, onChange }: ChoiceProps) {
  return (
    <select
      className="inp"
      aria-label={label}
      value={value}
      onChange={(event) => onChange(event.target.value)}
    >
      <option value="">{any}</option>
      {options.map(([code, title]) => (
        <option key={code} value={code}>
          {title}
        </option>
      ))}
    </select>
  );
}

function Table({ rows }: { rows: CompanyLine[] }) {
  const { t } = useTranslation("console");
  return (
    <table className="con-tbl">
      <thead>
        <tr>
          <th>{t("company")}</th>
          <th>{t("status")}</th>
          <th>{t("plan")}</th>
          <th className="end">{t("people")}</th>
          <th className="end">{t("storage")}</th>
          <th>{t("seen")}</th>
          <th>{t("errors")}</th>
          <th>{t("migration")}</th>
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <Row key={row.id} row={row} />
        ))}
      </tbody>
    </table>
  );
}

function Row({ row }: { row: CompanyLine }) {
  const { t } = useTranslation("console");
  return (
    <tr data-testid={`company-${row.slug}`}>
      <td>
        <Link to={`/companies/${row.id}` as never} className="sb">
          {row.name}
        </Link>
        <div className="f12 t3">{row.host}</div>
      </td>
      <td data-label={t("status")}>
        <Status tone={TONES[row.status]}>{row.status_title}</Status>
        {row.consent_until && <Tag tone="violet">{t("consented")}</Tag>}
      </td>
      <td data-label={t("plan")}>
        {row.plan ? `${row.plan.title}, ${row.plan.stage_title.toLowerCase()}` : t("noPlan")}
      </td>
      <td data-label={t("people")} className="end num">
        {row.use ? countText(row.use.people) : "—"}
      </td>
      <td data-label={t("storage")} className="end num">
        {row.use ? sizeText(row.use.storage_bytes) : "—"}
      </td>
      <td data-label={t("seen")} className="num">
        {row.seen_at ? nearText(row.seen_at) : t("never")}
      </td>
      <td data-label={t("errors")}>
        <Troubles row={row} />
      </td>
      <td data-label={t("migration")}>
        <Migration row={row} />
      </td>
    </tr>
  );
}

export function Troubles({ row }: { row: CompanyLine }) {
  const { t } = useTranslation("console");
  const told = [
    row.parked > 0 && t("parkedOf", { count: row.parked }),
    row.failing > 0 && t("failingOf", { count: row.failing }),
    row.faults > 0 && t("faultsOf", { count: row.faults }),
  ].filter(Boolean);
  return told.length > 0 ? <span className="red">{told.join(", ")}</span> : t("noErrors");
}

export function Migration({ row }: { row: CompanyLine }) {
  const { t } = useTranslation("console");
  if (row.migration === "ready") return t("migrationReady");
  return row.migration === "failed" ? (
    <span className="red" title={row.migration_error}>
      {t("migrationFailed")}
    </span>
  ) : (
    <span className="amber">{t("migrationBehind")}</span>
  );
}
