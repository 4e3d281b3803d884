import { useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { ApiProblem, sentenceOf } from "../../api/problem";
import type { Mine, Run, Strip, Verdict } from "../../api/routes";
import { Button } from "../../ui/button";
import { TextAreaField } from "../../ui/field";
import { Icon } from "../../ui/icon";
import { useHotKeys } from "../../ui/keys";
import { Menu } from "../../ui/menu";
import { complain, say } from "../../ui/toast";
import type { CardKind } from "../entities/kind";
import { ChangedNotice } from "./ChangedNotice";
import { type Changed, changedBy, inOrder, keepWords, keptWords, needsWords } from "./deciding";
import { decide, readAnew, settleStrip } from "./route";
import { AskDialog, RedirectDialog } from "./StepDialogs";
import "./routes.css";
import "./words";

interface DecisionPanelProps {
  kind: CardKind;
  id: number;
  run: Run;
  mine: Mine;
  /** Hash of what the card says now. */
  content: string;
}

interface Wish {
  verdict: Verdict;
  to: string;
}

const LOOKS: Partial<Record<Verdict, "primary" | "danger">> = {
  approve: "primary",
  done: "primary",
  reject: "danger",
};

/** Where the reader is asked now: his words, and what he may say of what he has seen. */
export function DecisionPanel({ kind, id, run, mine, content }: DecisionPanelProps) {
  const { t } = useTranslation("routes");
  // What was on the screen when the question was put. What stands there by now is sent only after a look at it.
  const [seen, setSeen] = useState(content);
  const [text, setText] = useState(() => keptWords(mine.step));
  const [error, setError] = useState<string>();
  const [busy, setBusy] = useState<Verdict | null>(null);
  const [refused, setRefused] = useState<{ wish: Wish; changed: Changed } | null>(null);
  const [dialog, setDialog] = useState<"redirect" | "ask" | null>(null);
  const box = useRef<HTMLElement>(null);
  const field = () => box.current?.querySelector("textarea")?.focus();
  useHotKeys({ KeyD: field });
  const stage = run.stages.find((one) => one.code === mine.stage)?.title ?? "";

  const write = (next: string) => {
    setText(next);
    setError(undefined);
    keepWords(mine.step, next);
  };
  const settle = (strip: Strip) => {
    keepWords(mine.step, "");
    settleStrip(kind, id, strip);
  };
  const press = async (wish: Wish, looked = seen) => {
    if (needsWords(wish.verdict) && !text.trim()) {
      setError(t("commentNeeded"));
      field();
      return;
    }
    setBusy(wish.verdict);
    try {
      const strip = await decide(mine.step, { ...wish, text: text.trim(), seen: looked });
      say(t(`said_${wish.verdict}`));
      settle(strip);
    } catch (problem) {
      const changed = changedBy(problem);
      if (changed) setRefused({ wish, changed });
      else if (problem instanceof ApiProblem && problem.fields.text) setError(problem.fields.text);
      else complain(sentenceOf(problem));
      void readAnew(kind, id);
    } finally {
      setBusy(null);
    }
  };
  const again = () => {
    if (!refused) return;
    const { wish, changed } = refused;
    setSeen(changed.hash);
    setRefused(null);
    void press(wish, changed.hash);
  };
  const rethink = () => {
    if (refused) setSeen(refused.changed.hash);
    setRefused(null);
  };

  return (
    <section
      ref={box}
      className="route-decide"
      aria-label={t("decideAt", { stage })}
      data-testid="route-decide"
    >
      <p className="route-ask">
        <Icon name="shield-check" size={16} />
        <span className="grow">{t("decideAt", { stage })}</span>
        <span className="kbd" aria-hidden>
          D
        </span>
      </p>
      {refused ? (
        <ChangedNotice
          changed={refused.changed}
          verdict={refused.wish.verdict}
          busy={busy !== null}
          onAgain={again}
          onRethink={rethink}
        />
      ) : (
        content !== seen && (
          <p className="notice tone-amber" role="status">
            <Icon name="circle-alert" />
            <span>{t("changedNow")}</span>
          </p>
        )
      )}
      <TextAreaField
        label={t("comment")}
        hint={t("commentHint")}
        error={error}
        rows={2}
        maxLength={5000}
        value={text}
        aria-keyshortcuts="D"
        onChange={(event) => write(event.target.value)}
        data-testid="route-comment"
      />
      {!refused && (
        <div className="route-verdicts">
          {inOrder(mine).map((verdict) =>
            verdict === "return" && mine.returns_to.length > 0 ? (
              <ReturnMenu
                key={verdict}
                mine={mine}
                run={run}
                busy={busy !== null}
                onPick={(to) => void press({ verdict, to })}
              />
            ) : (
              <Button
                key={verdict}
                look={LOOKS[verdict] ?? "default"}
                busy={busy === verdict}
                disabled={busy !== null}
                onClick={() => void press({ verdict, to: "" })}
                data-testid={`route-say-${verdict}`}
              >
                {t(verdict)}
              </Button>
            ),
          )}
        </div>
      )}
      <div className="row route-else">
        <button type="button" className="link f13" onClick={() => setDialog("ask")}>
          {t("ask")}
        </button>
        <button type="button" className="link f13" onClick={() => setDialog("redirect")}>
          {t("redirect")}
        </button>
      </div>
      {dialog === "ask" && (
        <AskDialog kind={kind} id={id} step={mine.step} onClose={() => setDialog(null)} />
      )}
      {dialog === "redirect" && (
        <RedirectDialog
          kind={kind}
          id={id}
          step={mine.step}
          without={null}
          onClose={() => setDialog(null)}
        />
      )}
    </section>
  );
}

interface ReturnMenuProps {
  mine: Mine;
  run: Run;
  busy: boolean;
  onPick: (to: string) => void;
}

/** A return asks where to: to whoever has sent it, or to a stage before this one. */
function ReturnMenu({ mine, run, busy, onPick }: ReturnMenuProps) {
  const { t } = useTranslation("routes");
  const name = run.initiator?.name;
  const items = [
    {
      key: "initiator",
      title: name ? t("toInitiator", { name }) : t("toInitiatorPlain"),
      before: t("returnTo"),
      run: () => onPick(""),
    },
    ...mine.returns_to.map(({ code, title }) => ({
      key: code,
      title: t("toStage", { title }),
      run: () => onPick(code),
    })),
  ];
  return (
    <Menu
      label={t("returnTo")}
      items={items}
      trigger={(open) => (
        <Button disabled={busy} {...open} data-testid="route-say-return">
          {t("return")}
          <Icon name="chevron-down" size={14} />
        </Button>
      )}
    />
  );
}
