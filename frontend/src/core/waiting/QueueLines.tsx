import { Link } from "@tanstack/react-router";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { QueueLine as Line, QueueAction, QueueSection } from "../../api/contract";
import { sentenceOf } from "../../api/problem";
import { Button } from "../../ui/button";
import { countText, nearText } from "../../ui/format";
import { Icon, iconNamed } from "../../ui/icon";
import { complain } from "../../ui/toast";
import { ReasonDialog } from "../cards/CardParts";
import { DecideMany } from "../routes/DecideMany";
import { act, actNow, readOn, refreshAll } from "./queue";
import "./waiting.css";
import "./words";

/** One sort of things that wait, the most pressing first. */
export function QueueLines({ section }: { section: QueueSection }) {
  const { t } = useTranslation("waiting");
  const [busy, setBusy] = useState(false);
  const late = section.code === "overdue";
  const more = async () => {
    setBusy(true);
    try {
      await readOn(section);
    } catch (error) {
      complain(sentenceOf(error));
    } finally {
      setBusy(false);
    }
  };
  return (
    <section className="queue-sec" aria-label={section.title} data-testid={`queue-${section.code}`}>
      <header className="queue-h">
        <h2>{section.title}</h2>
        <span className={late ? "n num red" : "n num"}>{countText(section.count)}</span>
        <span className="grow" />
        <DecideMany section={section} onDone={refreshAll} />
      </header>
      <div className="pane">
        {section.results.map((line) => (
          <QueueRow key={line.key} line={line} />
        ))}
        {section.next && (
          <Button look="quiet" wide busy={busy} onClick={() => void more()}>
            {t("more")}
          </Button>
        )}
      </div>
    </section>
  );
}

/** Work that begins stays in sight; what is decided or handed over is done with. */
const STAYS = new Set(["accept", "start"]);

function QueueRow({ line }: { line: Line }) {
  const { t } = useTranslation("waiting");
  const [asking, setAsking] = useState<QueueAction | null>(null);
  const press = (action: QueueAction) => {
    if (action.needs_text) setAsking(action);
    else if (STAYS.has(action.code)) void actNow(line, action);
    else act(line, action);
  };
  const due = line.due_at ? nearText(line.due_at) : "";
  const card = [line.card.number, line.card.title].filter(Boolean).join(" ");
  return (
    <div className="queue-q" data-testid="queue-line" data-key={line.key}>
      <span className="k" aria-hidden>
        <Icon name={iconNamed(line.card.icon)} />
      </span>
      <Link to={line.card.route as never} className="queue-text">
        <span className="t1 el">
          {line.text ? (
            line.text
          ) : (
            <>
              {line.card.number && <span className="num t3">{line.card.number} </span>}
              {line.card.title}
            </>
          )}
        </span>
        <span className="m el">
          {[line.who?.name, line.text ? card : line.card.status_title].filter(Boolean).join(" · ")}
          {due && (
            <>
              {" · "}
              <span className={line.is_overdue ? "red num" : "num"}>{due}</span>
            </>
          )}
        </span>
      </Link>
      <span className="acts">
        {line.actions.map((action) => (
          <Button
            key={action.code}
            size="sm"
            look={action.kind === "primary" ? "default" : "quiet"}
            aria-keyshortcuts={action.key}
            onClick={() => press(action)}
            data-key-of={action.key}
            data-testid={`queue-action-${action.code}`}
          >
            {action.title}
            <span className="kbd" aria-hidden>
              {action.key}
            </span>
          </Button>
        ))}
        {line.actions.length === 0 && (
          <Link to={line.card.route as never} className="btn quiet sm">
            {t("open")}
          </Link>
        )}
      </span>
      {asking && (
        <ReasonDialog
          action={asking}
          busy={false}
          onClose={() => setAsking(null)}
          onSend={(text) => {
            setAsking(null);
            act(line, asking, text);
          }}
        />
      )}
    </div>
  );
}
