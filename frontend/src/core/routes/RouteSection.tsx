import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { Run, Strip, StripPerson } from "../../api/routes";
import { Button, IconButton } from "../../ui/button";
import { Tag } from "../../ui/marks";
import { Menu, type MenuItem } from "../../ui/menu";
import { usePhone } from "../../ui/screen";
import { ToolFailed, ToolWaiting, toolState } from "../cards/ToolState";
import type { CardKind } from "../entities/kind";
import { may, useMe } from "../session/session";
import { DecisionPanel } from "./DecisionPanel";
import { QuestionCall } from "./QuestionCall";
import { useStrip } from "./route";
import { SendDialog } from "./SendDialog";
import { RecallDialog, RedirectDialog } from "./StepDialogs";
import { StripList } from "./StripList";
import { OUTCOME_TONES, progressOf, questionsTo } from "./strip";
import "./routes.css";
import "./words";

interface RouteSectionProps {
  kind: CardKind;
  id: number;
  /** The card sends by a button of its own, in front of the others: a second one here would only ask which to press. */
  isLed?: boolean;
}

type Open = "send" | "recall" | StripPerson;

/** The route of any card: one's own decision, how far it has come, sending and taking back. */
export function RouteSection({ kind, id, isLed }: RouteSectionProps) {
  const { t } = useTranslation("routes");
  const query = useStrip(kind, id);
  const state = toolState(query);
  if (state === "none") return null;
  if (state === "failed") return <ToolFailed title={t("title")} query={query} />;
  if (!query.data) return <ToolWaiting title={t("title")} />;
  if (!query.data.run && (isLed || !query.data.can_start)) return null;
  return <Route kind={kind} id={id} isLed={isLed} strip={query.data} />;
}

function Route({ kind, id, isLed, strip }: RouteSectionProps & { strip: Strip }) {
  const { t } = useTranslation("routes");
  const me = useMe();
  const phone = usePhone();
  const [open, setOpen] = useState<Open | null>(null);
  const { run } = strip;
  const close = () => setOpen(null);
  const asked = run && me.id !== null ? questionsTo(run, me.id) : [];
  return (
    <section className="sec" aria-label={t("title")} data-testid="route">
      <RouteHead strip={strip} onRecall={() => setOpen("recall")} />
      {run?.mine.map((mine) => (
        <DecisionPanel
          key={mine.step}
          kind={kind}
          id={id}
          run={run}
          mine={mine}
          content={strip.content}
        />
      ))}
      {asked.map(({ question, asker }) => (
        <QuestionCall key={question.id} kind={kind} id={id} question={question} asker={asker} />
      ))}
      {run ? (
        <StripList
          run={run}
          folds={phone}
          onRedirect={may(me, "routes.manage") ? (person) => setOpen(person) : undefined}
        />
      ) : (
        <p className="hint sec-empty">{t("none")}</p>
      )}
      {strip.can_start && !isLed && (
        <div className="row route-send">
          <Button
            look={run ? "default" : "primary"}
            icon="send"
            onClick={() => setOpen("send")}
            data-testid="route-send"
          >
            {t(run ? "sendAgain" : "send")}
          </Button>
        </div>
      )}
      {open === "send" && <SendDialog kind={kind} id={id} onClose={close} />}
      {open === "recall" && <RecallDialog kind={kind} id={id} onClose={close} />}
      {open !== null && typeof open === "object" && (
        <RedirectDialog
          kind={kind}
          id={id}
          step={open.step}
          without={open.person?.id ?? null}
          onClose={close}
        />
      )}
    </section>
  );
}

function RouteHead({ strip, onRecall }: { strip: Strip; onRecall: () => void }) {
  const { t } = useTranslation("routes");
  const { run } = strip;
  const items: MenuItem[] = strip.can_recall
    ? [{ key: "recall", title: t("recall"), icon: "rotate-ccw", run: onRecall }]
    : [];
  return (
    <header className="route-h">
      <h3>{t("title")}</h3>
      {run ? <Standing run={run} /> : <span className="grow" />}
      {items.length > 0 && (
        <Menu
          label={t("actions")}
          alignEnd
          items={items}
          trigger={(open) => (
            <IconButton
              icon="ellipsis"
              label={t("actions")}
              small
              {...open}
              data-testid="route-menu"
            />
          )}
        />
      )}
    </header>
  );
}

function Standing({ run }: { run: Run }) {
  const { t } = useTranslation("routes");
  const { done, of } = progressOf(run);
  const asOf = t("asOf", { route: run.route.title, version: run.route.version });
  return (
    <>
      <span className="n num">
        {done}/{of}
      </span>
      <Tag tone={OUTCOME_TONES[run.outcome] ?? "blue"}>
        <span data-testid="route-outcome">
          {run.outcome ? t(`outcome_${run.outcome}`) : t("going")}
        </span>
      </Tag>
      <span className="f12 t3 el grow" title={asOf}>
        {asOf}
      </span>
    </>
  );
}
