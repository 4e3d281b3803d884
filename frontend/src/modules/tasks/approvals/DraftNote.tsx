import { Link, useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { sentenceOf } from "../../../api/problem";
import { post, request } from "../../../api/request";
import { ReasonDialog } from "../../../core/cards/CardParts";
import { Button } from "../../../ui/button";
import { momentText } from "../../../ui/format";
import { Icon } from "../../../ui/icon";
import { complain, say } from "../../../ui/toast";
import type { Task } from "../task";
import { AskApproval } from "./AskApproval";
import { refreshDrafts, type Sent } from "./approvals";
import { ReleaseDate } from "./ReleaseDate";
import "../words";
import "./words";

/** Who sees a draft, when it is given, and how it stands with whoever approves it. */
export function DraftNote({ task }: { task: Task }) {
  const { t } = useTranslation("tasks");
  const { t: words } = useTranslation("approvals");
  const [asking, setAsking] = useState(false);
  const sent = task.draft_request;
  const mine = task.can?.edit ?? false;
  return (
    <>
      {sent && <Standing task={task} sent={sent} />}
      {sent?.outcome !== "waiting" && mine && (
        <p className="hint row draft-note" data-testid="draft-note">
          <span className="grow">
            {t("draftNote")}{" "}
            {task.release_at && t("draftAt", { moment: momentText(task.release_at) })}
          </span>
          <ReleaseDate task={task} />
          {task.can?.ask_approval && (
            <Button
              size="sm"
              onClick={() => setAsking(true)}
              title={words("draftTo")}
              data-testid="ask-approval"
            >
              {words("ask")}
            </Button>
          )}
        </p>
      )}
      {asking && <AskApproval tasks={[task.id]} onClose={() => setAsking(false)} />}
    </>
  );
}

function Standing({ task, sent }: { task: Task; sent: Sent }) {
  const { t } = useTranslation("approvals");
  const { t: tasks } = useTranslation("tasks");
  const navigate = useNavigate();
  const [busy, setBusy] = useState(false);
  const [returning, setReturning] = useState(false);

  const run = async (change: () => Promise<unknown>, done: string) => {
    setBusy(true);
    try {
      await change();
      if (done) {
        say(done, { icon: "check" });
        // Whoever has decided sees the draft no more.
        await navigate({ to: "/waiting" } as never);
      }
    } catch (error) {
      complain(sentenceOf(error));
    } finally {
      setBusy(false);
      setReturning(false);
      await refreshDrafts();
    }
  };
  const decide = (approves: boolean, text = "") =>
    run(
      () => post("tasks/approval/decision/", { drafts: sent.drafts, approves, text }),
      t(approves ? "decidedYes" : "decidedNo"),
    );
  const recall = () => run(() => request<Task>("DELETE", `tasks/${task.id}/approval/`), "");
  const name = { name: sent.approver.name };
  const told = {
    waiting: t("waitsFor", name),
    approved: t("approvedBy", name),
    returned: t("returnedBy", name),
  }[sent.outcome];
  const count = sent.drafts.length;
  return (
    <div className="call" role="status" data-testid="draft-standing">
      <Icon name={sent.outcome === "returned" ? "rotate-ccw" : "shield-check"} />
      <div className="grow">
        <div>
          {sent.can_decide ? t(count > 1 ? "askedYouSet" : "askedYou", { count: count - 1 }) : told}
        </div>
        {sent.reason && <div className="t2 f13">{sent.reason}</div>}
        {task.release_at && sent.outcome !== "returned" && (
          <div className="t2 f13">{tasks("draftAt", { moment: momentText(task.release_at) })}</div>
        )}
        {sent.others.length > 0 && (
          <div className="f13">
            <span className="t3">{t("together")}: </span>
            {sent.others.map((card, place) => (
              <span key={card.ref}>
                {place > 0 && ", "}
                <Link to={card.route as never}>
                  {card.number} {card.title}
                </Link>
              </span>
            ))}
          </div>
        )}
      </div>
      {sent.can_decide && (
        <>
          <Button
            size="sm"
            look="primary"
            busy={busy}
            onClick={() => void decide(true)}
            data-testid="draft-approve"
          >
            {count > 1 ? t("approveAll", { count }) : t("approve")}
          </Button>
          <Button
            size="sm"
            disabled={busy}
            onClick={() => setReturning(true)}
            data-testid="draft-return"
          >
            {t("giveBack")}
          </Button>
        </>
      )}
      {sent.can_recall && (
        <Button size="sm" busy={busy} onClick={() => void recall()} data-testid="draft-recall">
          {t("recall")}
        </Button>
      )}
      {returning && (
        <ReasonDialog
          action={{ code: "return", title: t("giveBackTitle"), kind: "danger", needs_text: true }}
          busy={busy}
          onClose={() => setReturning(false)}
          onSend={(text) => void decide(false, text)}
        />
      )}
    </div>
  );
}
