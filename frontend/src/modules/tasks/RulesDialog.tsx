import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { TaskRules } from "../../api/contract";
import { sentenceOf } from "../../api/problem";
import { get, patch } from "../../api/request";
import { cache } from "../../core/session/session";
import { IconButton } from "../../ui/button";
import { Dialog } from "../../ui/dialog";
import { Segmented, Switch } from "../../ui/marks";
import { Failed, Waiting } from "../../ui/state";
import { complain } from "../../ui/toast";
import { TASKS } from "./task";
import "./words";

const RULES = [TASKS.code, "rules"];

/** Only whoever may decide for the company has the button. */
export function RulesButton() {
  const { t } = useTranslation("tasks");
  const [open, setOpen] = useState(false);
  const rules = useQuery({
    queryKey: RULES,
    queryFn: () => get<TaskRules>("tasks/rules/"),
    staleTime: 60_000,
  });
  if (!rules.data?.can_edit) return null;
  return (
    <>
      <IconButton
        icon="settings-2"
        label={t("rules")}
        onClick={() => setOpen(true)}
        data-testid="task-rules"
      />
      {open && <RulesDialog onClose={() => setOpen(false)} />}
    </>
  );
}

/** What the company has decided about its tasks; each choice is kept as it is made. */
function RulesDialog({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation("tasks");
  const query = useQuery({ queryKey: RULES, queryFn: () => get<TaskRules>("tasks/rules/") });
  const change = async (next: Partial<TaskRules>) => {
    const before = query.data;
    cache.setQueryData<TaskRules>(RULES, (rules) => rules && { ...rules, ...next });
    try {
      cache.setQueryData(RULES, await patch<TaskRules>("tasks/rules/", next));
    } catch (error) {
      cache.setQueryData(RULES, before);
      complain(sentenceOf(error));
    }
  };
  const rules = query.data;
  return (
    <Dialog title={t("rules")} width={560} onClose={onClose}>
      {query.isPending && <Waiting rows={3} />}
      {query.isError && !rules && (
        <Failed text={sentenceOf(query.error)} onRetry={() => void query.refetch()} />
      )}
      {rules && (
        <div className="stack">
          <div>
            <span className="lbl">{t("ruleClosing")}</span>
            <Segmented<TaskRules["closing"]>
              label={t("ruleClosing")}
              value={rules.closing}
              options={[
                { value: "refuse", title: t("closingRefuse") },
                { value: "ask", title: t("closingAsk") },
                { value: "together", title: t("closingTogether") },
              ]}
              onChange={(closing) => void change({ closing })}
            />
          </div>
          <div>
            <span className="lbl">{t("ruleStarting")}</span>
            <Segmented<TaskRules["starting"]>
              label={t("ruleStarting")}
              value={rules.starting}
              options={[
                { value: "refuse", title: t("startingRefuse") },
                { value: "warn", title: t("startingWarn") },
                { value: "allow", title: t("startingAllow") },
              ]}
              onChange={(starting) => void change({ starting })}
            />
          </div>
          <div className="row">
            <Switch
              on={rules.needs_reason}
              label={t("ruleReason")}
              onChange={(needs_reason) => void change({ needs_reason })}
            />
            <span>{t("ruleReason")}</span>
          </div>
        </div>
      )}
    </Dialog>
  );
}
