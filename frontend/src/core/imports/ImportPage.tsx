import { Link, useParams } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import type { Import, ImportKind } from "../../api/contract";
import { sentenceOf } from "../../api/problem";
import { Icon } from "../../ui/icon";
import { Failed, Waiting } from "../../ui/state";
import { CheckedStep } from "./CheckedStep";
import { DoneStep } from "./DoneStep";
import "./imports.css";
import { isAtWork, useImport, useImportKinds } from "./imports";
import { MappingStep } from "./MappingStep";
import "./words";

/** One import, at the step where it stands. */
export function Screen() {
  const { t } = useTranslation("imports");
  const { importId } = useParams({ strict: false }) as { importId: string };
  const found = useImport(Number(importId));
  const kinds = useImportKinds();
  const one = found.data;
  const kind = kinds.data?.find((known) => known.code === one?.kind);
  return (
    <div className="imp">
      <Link to={"/settings/imports" as never} className="row imp-back">
        <Icon name="arrow-left" size={14} /> {t("back")}
      </Link>
      {(found.isPending || kinds.isPending) && <Waiting />}
      {found.isError && !one && (
        <Failed text={sentenceOf(found.error)} onRetry={() => void found.refetch()} />
      )}
      {one && (
        <>
          <div className="imp-h imp-title">
            <h2>{one.name}</h2>
            <span className="t3">
              {one.kind_title} · {t("rows", { count: one.rows_count })}
            </span>
          </div>
          {isAtWork(one.state) ? (
            <AtWork one={one} />
          ) : (
            kinds.data && <Step one={one} kind={kind} />
          )}
        </>
      )}
    </div>
  );
}

function Step({ one, kind }: { one: Import; kind: ImportKind | undefined }) {
  const { t } = useTranslation("imports");
  if (one.state === "done" || one.state === "undone") return <DoneStep one={one} kind={kind} />;
  if (kind && one.state === "mapping") return <MappingStep key={one.sheet} one={one} kind={kind} />;
  if (kind && one.state === "checked") return <CheckedStep one={one} kind={kind} />;
  return (
    <div className="empty" role="alert">
      <Icon name="circle-alert" size={28} />
      <h2>{t("failed")}</h2>
      {one.reason && <p>{one.reason}</p>}
      <div className="row">
        <Link to={"/settings/imports" as never} className="btn primary">
          {t("another")}
        </Link>
      </div>
    </div>
  );
}

/** What the server does now, and how far it is. */
function AtWork({ one }: { one: Import }) {
  const { t } = useTranslation("imports");
  const share = one.rows_count > 0 ? Math.min(1, one.seen_count / one.rows_count) : 0;
  const words = {
    reading: t("reading"),
    checking: t("checking", { seen: one.seen_count, all: one.rows_count }),
    running: t("running"),
    undoing: t("undoing"),
  };
  return (
    <div className="imp-work" role="status" data-testid="import-work">
      <p>
        <Icon name="loader" className="spin" /> {words[one.state as keyof typeof words]}
      </p>
      {one.state === "checking" && (
        <span className="bar imp-bar">
          <i style={{ width: `${Math.round(share * 100)}%` }} />
        </span>
      )}
    </div>
  );
}
