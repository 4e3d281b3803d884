import { Link, useParams } from "@tanstack/react-router";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { CompanyCard } from "../../api/console";
import { sentenceOf } from "../../api/problem";
import { post } from "../../api/request";
import { submitTicket } from "../../api/ticket";
import { Button } from "../../ui/button";
import { countText, dateText, momentText, nearText, sizeText } from "../../ui/format";
import { Icon } from "../../ui/icon";
import { Status } from "../../ui/marks";
import { Failed, Waiting } from "../../ui/state";
import { useSaving } from "../settings/saving";
import { cityOf } from "../settings/timeZones";
import { type Act, ActDialog } from "./ActDialog";
import { Migration, TONES, Troubles } from "./CompaniesPage";
import { Deeds } from "./Deeds";
import { useCompany } from "./data";
import { Fact } from "./Listed";
import { may, useOperator } from "./session";
import "./console.css";
import "./words";

/** One company: what the service knows of it, what can be done, what was done. */
export function Screen() {
  const { t } = useTranslation("console");
  const { companyId } = useParams({ strict: false }) as { companyId: string };
  const company = useCompany(companyId);
  if (company.isPending) return <Waiting rows={6} />;
  if (!company.data)
    return <Failed text={sentenceOf(company.error)} onRetry={() => void company.refetch()} />;
  const card = company.data;
  return (
    <>
      <Link to={"/" as never} className="con-back">
        <Icon name="arrow-left" /> {t("companies")}
      </Link>
      <div className="con-title">
        <h1 className="con-h">{card.name}</h1>
        <Status tone={TONES[card.status]}>{card.status_title}</Status>
      </div>
      <Facts card={card} />
      <Acts card={card} />
      <Support card={card} />
      <section className="con-sec">
        <h2>{t("story")}</h2>
        <Deeds query={{ company: card.id }} />
      </section>
    </>
  );
}

function Facts({ card }: { card: CompanyCard }) {
  const { t } = useTranslation("console");
  const { use, plan } = card;
  const ofLimit = (used: string, limit: string | null) =>
    limit === null ? used : t("ofLimit", { used, limit });
  return (
    <dl className="con-facts" data-testid="company-facts">
      <Fact label={t("address")}>{card.host}</Fact>
      <Fact label={t("inn")}>{card.inn || "—"}</Fact>
      <Fact label={t("created")}>{dateText(card.created_at)}</Fact>
      <Fact label={t("zone")}>{cityOf(card.time_zone)}</Fact>
      <Fact label={t("plan")}>{plan ? `${plan.title}, ${plan.stage_title}` : t("noPlan")}</Fact>
      {plan && !plan.paid_until && (
        <Fact label={t("trialUntil")}>
          <span data-testid="trial-until">{dateText(`${plan.trial_until}T12:00:00`)}</span>
        </Fact>
      )}
      {plan?.paid_until && (
        <Fact label={t("paidUntil")}>{dateText(`${plan.paid_until}T12:00:00`)}</Fact>
      )}
      <Fact label={t("people")}>
        {use
          ? ofLimit(
              countText(use.people),
              use.people_limit === null ? null : countText(use.people_limit),
            )
          : "—"}
      </Fact>
      <Fact label={t("storage")}>
        {use
          ? ofLimit(
              sizeText(use.storage_bytes),
              use.storage_limit === null ? null : sizeText(use.storage_limit),
            )
          : "—"}
      </Fact>
      <Fact label={t("seen")}>{card.seen_at ? nearText(card.seen_at) : t("never")}</Fact>
      <Fact label={t("errors")}>
        <Troubles row={card} />
      </Fact>
      <Fact label={t("migration")}>
        <Migration row={card} />
        {card.migration_error && <div className="f12 t3">{card.migration_error}</div>}
      </Fact>
      {card.former_names.length > 0 && (
        <Fact label={t("formerNames")}>
          {card.former_names.map(({ slug, until }) => (
            <div key={slug}>{t("leadsUntil", { slug, day: dateText(until) })}</div>
          ))}
        </Fact>
      )}
    </dl>
  );
}

function Acts({ card }: { card: CompanyCard }) {
  const { t } = useTranslation("console");
  const me = useOperator();
  const [act, setAct] = useState<Act | null>(null);
  if (!may(me, "console.act")) return null;
  return (
    <section className="con-sec">
      <h2>{t("acts")}</h2>
      <div className="con-acts">
        {card.status === "active" && (
          <Button
            icon="pause"
            look="danger"
            onClick={() => setAct({ kind: "suspend" })}
            data-testid="act-suspend"
          >
            {t("suspend")}
          </Button>
        )}
        {card.status === "suspended" && (
          <Button icon="play" onClick={() => setAct({ kind: "restore" })} data-testid="act-restore">
            {t("restore")}
          </Button>
        )}
        {!card.plan?.paid_until && (
          <Button
            icon="calendar-clock"
            onClick={() => setAct({ kind: "extend" })}
            data-testid="act-extend"
          >
            {t("extend")}
          </Button>
        )}
        <Button icon="link" onClick={() => setAct({ kind: "rename" })} data-testid="act-rename">
          {t("rename")}
        </Button>
      </div>
      <h3 className="con-sub">{t("modules")}</h3>
      <div className="con-acts">
        {card.modules.map((module) => (
          <Button
            key={module.code}
            size="sm"
            icon={module.enabled ? "check" : "plus"}
            onClick={() => setAct({ kind: "module", module })}
            data-testid={`act-module-${module.code}`}
          >
            {t(module.enabled ? "switchOff" : "switchOn", { title: module.title })}
          </Button>
        ))}
      </div>
      {act && <ActDialog card={card} act={act} onClose={() => setAct(null)} />}
    </section>
  );
}

function Support({ card }: { card: CompanyCard }) {
  const { t } = useTranslation("console");
  const me = useOperator();
  const { busy, run } = useSaving();
  const { consent } = card;
  const enter = () =>
    run(async () => {
      const door = await post<{ url: string; ticket: string }>(`companies/${card.id}/support/`);
      submitTicket(door.url, door.ticket, "support/enter");
    });
  return (
    <section className="con-sec">
      <h2>{t("support")}</h2>
      {may(me, "console.answer") && (
        <p className="con-note">
          <Link
            to={"/appeals" as never}
            search={{ company: String(card.id) } as never}
            data-testid="company-appeals"
          >
            {t("appeals")}
          </Link>
        </p>
      )}
      {consent ? (
        <div className="stack">
          <p>
            {t("supportOpen", {
              who: consent.given_by,
              until: momentText(consent.until),
              how: t(consent.may_change ? "supportChanges" : "supportReads"),
            })}
          </p>
          <p className="t2 f13">{t("supportEnterText")}</p>
          <div>
            <Button
              icon="arrow-right"
              look="primary"
              busy={busy}
              onClick={() => void enter()}
              data-testid="support-enter"
            >
              {t("supportEnter")}
            </Button>
          </div>
        </div>
      ) : (
        <p className="t2" data-testid="support-none">
          {t("supportNone")}
        </p>
      )}
    </section>
  );
}
