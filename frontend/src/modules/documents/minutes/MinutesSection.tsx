import { Link, useNavigate } from "@tanstack/react-router";
import { useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import type { Brief } from "../../../api/contract";
import type { MinutesLines } from "../../../api/documents";
import { sentenceOf } from "../../../api/problem";
import { post } from "../../../api/request";
import { CardSection } from "../../../core/cards/CardParts";
import { ToolFailed, ToolWaiting, toolState } from "../../../core/cards/ToolState";
import { cache } from "../../../core/session/cache";
import { lost } from "../../../core/session/connection";
import { recount, useMe } from "../../../core/session/session";
import { Button } from "../../../ui/button";
import { useStore } from "../../../ui/store";
import { complain } from "../../../ui/toast";
import { DOCUMENTS, type Doc } from "../document";
import { useDocumentTypes } from "../reads";
import { FormerLines } from "./FormerLines";
import { GiveDialog } from "./GiveDialog";
import { isSettled, type Line, lacksDoer, livingOf, removedOf } from "./line";
import { useLines } from "./lines";
import { MinutesList } from "./MinutesList";
import { RemovedLines } from "./RemovedLines";
import { sendWaiting } from "./writing";
import "./minutes.css";
import "./words";

/** Lines of minutes, in cards of the types that have them. */
export function MinutesSection({ doc }: { doc: Doc }) {
  const { t } = useTranslation("documents_minutes");
  const type = useDocumentTypes().data?.find((one) => one.code === doc.type.code);
  const query = useLines(doc.id, type?.has_lines === true);
  if (!type?.has_lines) return null;
  const state = toolState(query);
  if (state === "none") return null;
  if (state === "failed") return <ToolFailed title={t("title")} query={query} />;
  if (!query.data) return <ToolWaiting title={t("title")} />;
  return query.data.has_lines ? <Opened doc={doc} told={query.data} /> : null;
}

function Opened({ doc, told }: { doc: Doc; told: MinutesLines }) {
  const { t } = useTranslation("documents_minutes");
  const me = useMe();
  const isLost = useStore(lost);
  const [giving, setGiving] = useState<Line | null>(null);
  useEffect(() => {
    if (!isLost) sendWaiting(doc.id, me.id);
  }, [isLost, doc.id, me.id]);
  const lines = livingOf(told.results);
  return (
    <CardSection title={t("title")} count={lines.length || ""}>
      {told.former && (
        <div className="min-before" data-testid="minutes-former">
          <Around title={t("former")} briefs={[told.former]} />
          <FormerLines card={doc.id} />
        </div>
      )}
      <Note doc={doc} lines={lines} canWrite={told.can.write} />
      <MinutesList
        card={doc.id}
        by={me.id}
        lines={lines}
        count={told.results.length}
        canWrite={told.can.write}
        canGive={told.can.give}
        onGive={setGiving}
      />
      <RemovedLines card={doc.id} lines={removedOf(told.results)} canWrite={told.can.write} />
      {told.following.length > 0 && <Around title={t("following")} briefs={told.following} />}
      {/* While these are not agreed upon nobody knows with what the next ones begin. */}
      {told.can.next && doc.status !== "on_route" && <NextButton doc={doc} />}
      {giving && <GiveDialog card={doc.id} line={giving} onClose={() => setGiving(null)} />}
    </CardSection>
  );
}

/** What becomes of the lines, as things stand. */
function Note({ doc, lines, canWrite }: { doc: Doc; lines: Line[]; canWrite: boolean }) {
  const { t } = useTranslation("documents_minutes");
  const lacking = lines.filter(lacksDoer).length;
  const started = lines.filter(isSettled).length;
  if (lines.length === 0) {
    return <p className="hint sec-empty">{t(canWrite ? "emptyWrite" : "empty")}</p>;
  }
  const isBefore = doc.status === "draft" || doc.status === "on_route";
  const waits = lines.some((one) => one.sort === "task" && !isSettled(one));
  return (
    <p className="hint min-note" data-testid="minutes-note">
      {isBefore && waits && <span>{t(`note_${doc.status as "draft" | "on_route"}`)}</span>}
      {started > 0 && <span>{t("started", { count: started })}</span>}
      {canWrite && lacking > 0 && <span className="red">{t("lacking", { count: lacking })}</span>}
    </p>
  );
}

function Around({ title, briefs }: { title: string; briefs: Brief[] }) {
  return (
    <p className="row f13 min-around">
      <span className="t3">{title}</span>
      {briefs.map((one) => (
        <Link key={one.ref} to={one.route as never} className="el">
          {[one.number, one.title].filter(Boolean).join(" ")}
        </Link>
      ))}
    </p>
  );
}

/** The next meeting of the series: a draft that knows who came, where, and what is still undone. */
function NextButton({ doc }: { doc: Doc }) {
  const { t } = useTranslation("documents_minutes");
  const navigate = useNavigate();
  const [busy, setBusy] = useState(false);
  const make = async () => {
    setBusy(true);
    try {
      const made = await post<{ id: number }>(`documents/${doc.id}/next/`);
      recount();
      void cache.invalidateQueries({ queryKey: [DOCUMENTS.code] });
      await navigate({ to: `${DOCUMENTS.route}/${made.id}` } as never);
    } catch (error) {
      complain(sentenceOf(error));
    } finally {
      setBusy(false);
    }
  };
  return (
    <div className="min-next">
      <Button icon="arrow-right" busy={busy} onClick={() => void make()} data-testid="minutes-next">
        {t("next")}
      </Button>
    </div>
  );
}
